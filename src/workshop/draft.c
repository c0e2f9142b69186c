#include "workshop/draft.h"

#include "base/utf8.h"
#include "base/yaml.h"
#include "diagnose/analysis.h"
#include "workshop/mask.h"

enum { DRAFTS_MAX = 8, LINE_BYTES = 300, SURROUNDINGS = 12 };

static void add_row(ff_buf *out, const char *lead, ff_slice text, const char *comment)
{
    ff_buf_add(out, ff_slice_of(lead));
    ff_yaml_add_quoted(out, text);
    ff_buf_printf(out, "%s%s\n", *comment ? "    # " : "", comment);
}

/* What a person should read of the step: the author may know a better line among them. */
static void add_surroundings(ff_buf *out, const ff_report *report, const ff_diagnosis *d)
{
    size_t shown = 0;
    for (size_t i = 0; i < report->excerpt_count && shown < SURROUNDINGS; i++) {
        const ff_excerpt_line *excerpt = &report->excerpt[i];
        if (excerpt->job != d->job || excerpt->step != d->step)
            continue;
        ff_slice text = ff_utf8_cut(excerpt->line.text, LINE_BYTES);
        ff_buf_printf(out, "%s  #   %.*s\n", shown++ ? "" : "\n  # The log says here:\n", FF_ARG(text));
    }
}

/* A long number is still one when half of it is gone. */
static bool masks_alike(const ff_mask *mask, ff_slice line)
{
    ff_mask other;
    ff_mask_init(&other);
    ff_mask_line(&other, line);
    bool alike = ff_slice_eq(ff_buf_slice(&mask->pattern), ff_buf_slice(&other.pattern));
    ff_mask_release(&other);
    return alike;
}

static void add_rule(ff_buf *out, const ff_mask *mask, ff_slice line, size_t number)
{
    ff_buf_printf(out, "  - id: mine.%.*s", FF_ARG(ff_buf_slice(&mask->slug)));
    if (number)
        ff_buf_printf(out, "-%zu", number + 1);
    ff_buf_add_byte(out, '\n');
    add_row(out, "    title: ", ff_buf_slice(&mask->title), "say it in your own words");
    ff_buf_add(out, FF_LIT("    role: cause    # or symptom, if something else lies behind it\n"));
    add_row(out, "    match: ", ff_buf_slice(&mask->pattern), "");
    ff_buf_add(out,
               FF_LIT("    fix:\n      - say: Write what somebody who knows it would do, in two or three sentences.\n"
                      "    examples:\n      match:\n"));
    add_row(out, "        - ", line, "");
    add_row(out, "        - ", ff_buf_slice(&mask->variant), "made up: replace it by a line of another run");
    ff_buf_add(out, FF_LIT("      no_match:\n"));
    ff_buf echo;
    ff_buf_init(&echo, (size_t)2 * LINE_BYTES);
    ff_buf_add(&echo, FF_LIT("echo \""));
    ff_buf_add(&echo, line);
    ff_buf_add_byte(&echo, '"');
    add_row(out, "        - ", ff_buf_slice(&echo), "a script that only prints it");
    ff_slice half = ff_slice_trim_end(ff_utf8_cut(line, line.len / 2));
    if (ff_slice_find_byte(half, ' ') < half.len && !masks_alike(mask, half))
        add_row(out, "        - ", half, "half of it");
    ff_buf_inherit(out, &echo);
    ff_buf_release(&echo);
}

/* The line that stands for a diagnosis, as it was kept: a mark of cutting at its end is no part of it. */
static ff_slice line_of(const ff_diagnosis *d)
{
    for (uint32_t i = 0; i < d->evidence_count; i++)
        if (d->evidence[i].primary && d->evidence[i].line_count) {
            ff_slice text = ff_slice_trim_end(d->evidence[i].lines[0].text);
            if (ff_slice_ends(text, FF_LIT("…")))
                text.len -= strlen("…");
            return ff_slice_cut(text, LINE_BYTES);
        }
    return (ff_slice){0};
}

static bool is_unknown(const ff_diagnosis *d)
{
    return !d->rule && !d->tolerated && d->standing == FF_STANDING_EXPLAINS && line_of(d).len;
}

static void add_draft(ff_buf *out, const ff_report *report, const ff_diagnosis *d, size_t number)
{
    ff_slice line = line_of(d);
    ff_mask mask;
    ff_mask_init(&mask);
    ff_mask_line(&mask, line);
    if (number == 0)
        ff_buf_add(out,
                   FF_LIT("# A draft: mend title, role, advice and examples, then run firstfault catalog test FILE\n"
                          "family: mine\n\nrules:"));
    add_surroundings(out, report, d);
    add_rule(out, &mask, line, number);
    ff_buf_inherit(out, &mask.pattern);
    ff_buf_inherit(out, &mask.title);
    ff_buf_inherit(out, &mask.variant);
    ff_mask_release(&mask);
}

ff_status ff_draft_run(const ff_draft *draft, ff_buf *out, size_t *rules, ff_error *error)
{
    ff_analysis *analysis = NULL;
    *rules = 0;
    ff_status status = ff_analysis_new(&analysis);
    if (status == FF_OK)
        status = ff_analysis_triage(analysis, draft->catalog, draft->target, draft->options, error);
    const ff_report *report = status == FF_OK ? ff_analysis_report(analysis) : NULL;
    for (size_t i = 0; report && i < report->diagnosis_count && *rules < DRAFTS_MAX; i++)
        if (is_unknown(&report->diagnoses[i]))
            add_draft(out, report, &report->diagnoses[i], (*rules)++);
    ff_analysis_free(analysis);
    if (status != FF_OK)
        return ff_error_set(error, status, "%s", ff_status_name(status));
    return ff_buf_status(out) == FF_OK ? FF_OK : ff_error_set(error, ff_buf_status(out), "the draft is too long");
}
