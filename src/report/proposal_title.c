/* `ci(deploy-backend): keep the evidence when the health check fails` */
#include "base/limits.h"
#include "base/utf8.h"
#include "report/place.h"
#include "report/proposal.h"
#include "report/proposal_changes.h"
#include "report/story.h"

enum { TITLE_BYTES = 72, SCOPE_BYTES = 24 };

/* The first origin: the failure that the title is about. */
static const ff_failure *subject_of(const ff_report *report)
{
    return report->failure_count ? &report->failures[0] : NULL;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* A job's name up to its leg, if it is a plain word: `(deploy-backend)`. */
static void add_scope(const ff_report *report, ff_buf *out)
{
    const ff_failure *failure = subject_of(report);
    const ff_job *job = failure ? ff_place_job(report->run, failure->job) : NULL;
    ff_slice name =
        job ? ff_slice_trim(ff_slice_cut(job->name, ff_slice_find(job->name, FF_LIT(" (")))) : (ff_slice){0};
    for (size_t i = 0; i < name.len; i++)
        if (!is_word_byte(name.ptr[i]))
            return;
    if (name.len && name.len <= SCOPE_BYTES)
        ff_buf_printf(out, "(%.*s)", FF_ARG(name));
}

/* Only files of the workflows are changed, or nobody knows yet. */
static const char *type_of(const ff_report *report, ff_proposal_kind kind)
{
    const ff_change_set *set = &report->changes[kind];
    if (!ff_proposal_is_pipeline(set))
        return "fix";
    return set->count || kind == FF_PROPOSAL_DIAGNOSE ? "ci" : "fix";
}

/* The start of an advice up to its first stop: advice begins with what to do. */
static ff_slice clause_of(ff_slice advice)
{
    static const ff_slice stops[] = {FF_TEXT(". "), FF_TEXT("; "),  FF_TEXT(": "),   FF_TEXT(" ("),
                                     FF_TEXT(", "), FF_TEXT(".\n"), FF_TEXT(" if "), FF_TEXT("\n")};
    ff_slice clause = ff_slice_trim(advice);
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        clause = ff_slice_cut(clause, ff_slice_find(clause, stops[i]));
    return ff_slice_ends(clause, FF_LIT(".")) ? ff_slice_cut(clause, clause.len - 1) : clause;
}

/* In lower case at its start, without code marks, cut between words. */
static void add_clause(ff_buf *out, ff_slice clause)
{
    size_t room = TITLE_BYTES > out->len ? TITLE_BYTES - out->len : 0;
    ff_buf plain;
    ff_buf_init(&plain, FF_LIMIT_LINE_BYTES);
    for (size_t i = 0; i < clause.len; i++)
        if (clause.ptr[i] != '`')
            ff_buf_add_byte(&plain, clause.ptr[i]);
    ff_slice text = ff_buf_slice(&plain), cut = ff_utf8_cut(text, room);
    while (cut.len < text.len && cut.len && cut.ptr[cut.len - 1] != ' ')
        cut.len--;
    cut = ff_slice_trim(cut);
    bool acronym = cut.len > 1 && cut.ptr[1] >= 'A' && cut.ptr[1] <= 'Z';
    if (cut.len && cut.ptr[0] >= 'A' && cut.ptr[0] <= 'Z' && !acronym) {
        ff_buf_add_byte(out, (char)(cut.ptr[0] - 'A' + 'a'));
        cut = ff_slice_from(cut, 1);
    }
    ff_utf8_add_safe(out, cut);
    ff_buf_inherit(out, &plain);
    ff_buf_release(&plain);
}

/* The advice of the best diagnosis that the proposal is for. */
static ff_slice advice_of(const ff_report *report, ff_proposal_kind kind)
{
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const ff_diagnosis *diagnosis = &report->diagnoses[i];
        if (ff_proposal_is_for(diagnosis, kind) && diagnosis->advice_count && diagnosis->advice[0].text.len)
            return clause_of(diagnosis->advice[0].text);
    }
    return (ff_slice){0};
}

/* With the step's name where there is room for it, beside the scope or in its place. */
static void add_evidence_title(const ff_report *report, const char *type, ff_buf *out)
{
    const ff_failure *failure = subject_of(report);
    const ff_step *step = failure ? ff_place_step(report->run, failure->job, failure->step) : NULL;
    ff_slice name = step ? step->name : (ff_slice){0};
    ff_buf words;
    ff_buf_init(&words, FF_LIMIT_LINE_BYTES);
    ff_buf_printf(&words, "keep the evidence when %.*s fails", FF_ARG(name));
    if (name.len && strlen(type) + FF_LIT(": ").len + words.len <= TITLE_BYTES && out->len + words.len > TITLE_BYTES) {
        ff_buf_reset(out);
        ff_buf_printf(out, "%s: ", type);
    } else if (!name.len || out->len + words.len > TITLE_BYTES) {
        ff_buf_reset(&words);
        ff_buf_add(&words, FF_LIT("keep the evidence when the step fails"));
    }
    add_clause(out, ff_buf_slice(&words));
    ff_buf_inherit(out, &words);
    ff_buf_release(&words);
}

void ff_proposal_write_title(const ff_report *report, ff_proposal_kind kind, ff_buf *out)
{
    ff_buf title;
    ff_buf_init(&title, FF_LIMIT_LINE_BYTES);
    const char *type = type_of(report, kind);
    ff_buf_add(&title, ff_slice_of(type));
    add_scope(report, &title);
    ff_buf_add(&title, FF_LIT(": "));
    ff_slice clause = kind == FF_PROPOSAL_FIX ? advice_of(report, kind) : (ff_slice){0};
    if (kind == FF_PROPOSAL_DIAGNOSE)
        add_evidence_title(report, type, &title);
    else
        add_clause(&title, clause.len ? clause : FF_LIT("repair what made the run fail"));
    ff_buf_add(out, ff_buf_slice(&title));
    ff_buf_inherit(out, &title);
    ff_buf_release(&title);
}
