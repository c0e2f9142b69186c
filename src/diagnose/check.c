#include "diagnose/check.h"

#include "base/keep.h"
#include "base/limits.h"
#include "diagnose/candidates.h"
#include "diagnose/evidence.h"
#include "diagnose/stage.h"
#include "diagnose/template.h"

enum { TEXT_BYTES = 400, SUBJECT_BYTES = 200, SHOWN_PLACES = 3 };

/* What a rule's word for an answer does. */
static const struct {
    const char *word;
    ff_check_result result;
    bool decides;
} BEARINGS[] = {
    {"supports", FF_CHECK_SUPPORTS, true},
    {"suggests", FF_CHECK_SUPPORTS, false},
    {"weakens", FF_CHECK_CONTRADICTS, false},
    {"contradicts", FF_CHECK_CONTRADICTS, true},
};

static void set_bearing(ff_check *check, ff_slice word)
{
    for (size_t i = 0; i < sizeof BEARINGS / sizeof *BEARINGS; i++)
        if (ff_slice_eq(word, ff_slice_of(BEARINGS[i].word))) {
            check->result = BEARINGS[i].result;
            check->decides = BEARINGS[i].decides;
        }
}

/* Text of the repository or of a script, made safe to be shown. */
static ff_slice keep(ff_case *c, ff_slice text, size_t max)
{
    return ff_text_keep(c->run->arena, text, max, &c->run->redactions);
}

/* The parameters with captures filled in. False if a capture that one needs has no value. */
static bool fill_params(ff_case *c, const ff_diagnosis *d, const ff_verify *verify, ff_probe_param *params)
{
    for (size_t i = 0; i < verify->param_count; i++) {
        params[i].name = verify->params[i].name;
        params[i].value = ff_template_fill(c, verify->params[i].value, d, FF_TEMPLATE_RAW);
        if (params[i].value.len == 0)
            return false;
    }
    return true;
}

/* What was asked about, for the reader: the values of the parameters. */
static ff_slice subject_of(ff_case *c, const ff_probe_param *params, size_t count)
{
    ff_buf text;
    ff_buf_init(&text, FF_LIMIT_LINE_BYTES);
    for (size_t i = 0; i < count; i++) {
        ff_buf_add(&text, i ? FF_LIT(" ") : (ff_slice){0});
        ff_buf_add(&text, params[i].value);
    }
    ff_slice kept = keep(c, ff_buf_slice(&text), SUBJECT_BYTES);
    ff_buf_release(&text);
    return kept;
}

static ff_slice place_of(ff_case *c, const ff_probe_scene *scene, const ff_probe_place *place)
{
    if (place->path.len == 0)
        return ff_stage_place(c, scene, place->line);
    ff_slice path = keep(c, place->path, FF_LIMIT_NAME_BYTES);
    return place->line ? ff_arena_printf(c->run->arena, "%.*s:%u", FF_ARG(path), place->line) : path;
}

static bool list_places(ff_case *c, const ff_probe_scene *scene, const ff_probe_answer *answer, ff_check *check)
{
    ff_slice *places = ff_arena_array(c->run->arena, answer->places.count, sizeof *places);
    for (size_t i = 0; places && i < answer->places.count; i++)
        places[check->place_count++] = place_of(c, scene, &answer->places.items[i]);
    check->places = places;
    check->at = check->place_count ? places[0] : (ff_slice){0};
    return places != NULL;
}

static bool is_among(const ff_slice *texts, uint32_t count, ff_slice text)
{
    for (uint32_t i = 0; i < count; i++)
        if (ff_slice_eq(texts[i], text))
            return true;
    return false;
}

/* True if a block of evidence holds this line already. */
static bool is_shown(const ff_diagnosis *d, ff_slice text)
{
    for (uint32_t i = 0; i < d->evidence_count; i++)
        for (uint32_t k = 0; d->evidence[i].kind == FF_EVIDENCE_REPO && k < d->evidence[i].line_count; k++)
            if (ff_slice_eq(d->evidence[i].lines[k].text, text))
                return true;
    return false;
}

/* The lines of files that an answer rests on become evidence; those of the log are evidence already. */
static ff_status add_evidence(ff_case *c, ff_diagnosis *d, const ff_probe_scene *scene, const ff_probe_answer *answer)
{
    ff_slice texts[SHOWN_PLACES];
    uint32_t count = 0;
    for (size_t i = 0; i < answer->places.count && count < SHOWN_PLACES; i++) {
        const ff_probe_place *place = &answer->places.items[i];
        ff_slice at = place_of(c, scene, place), text = keep(c, place->text, TEXT_BYTES);
        if (text.len)
            at = ff_arena_printf(c->run->arena, "%.*s: %.*s", FF_ARG(at), FF_ARG(text));
        if (place->path.len && !is_among(texts, count, at) && !is_shown(d, at))
            texts[count++] = at;
    }
    return count ? ff_evidence_add_repo(c, d, texts, count) : FF_OK;
}

/* The program itself said so, and its step ended on it: files that say otherwise are not those that ran, or not all. */
static bool is_witnessed(const ff_case *c, const ff_diagnosis *d, const ff_check *check)
{
    return check->of_fact && check->decides && check->result == FF_CHECK_CONTRADICTS && !d->inferred &&
           ff_candidate_is_at_failure(c, d);
}

static void yield_to_log(ff_case *c, ff_check *check)
{
    check->decides = false;
    check->text =
        ff_arena_printf(c->run->arena, "%.*s; the step printed otherwise, so what ran has other settings or files",
                        FF_ARG(check->text));
}

static ff_status ask(ff_case *c, ff_diagnosis *d, const ff_verify *verify, ff_check *check)
{
    ff_probe_scene bare;
    ff_probe_answer answer = {0};
    ff_probe_param *params = ff_arena_array(c->run->arena, verify->param_count, sizeof *params);
    if (!params)
        return FF_NOMEM;
    *check = (ff_check){.probe = verify->probe, .result = FF_CHECK_UNKNOWN};
    check->bears = verify->found.len || verify->missing.len;
    check->of_fact = ff_probe_needs_tree(verify->probe);
    bool complete = fill_params(c, d, verify, params);
    check->subject = subject_of(c, params, complete ? verify->param_count : 0);
    if (!complete || c->check_count >= FF_LIMIT_CHECKS) {
        check->text = complete ? FF_LIT("too many checks were wanted in this run") : FF_LIT("the log does not name it");
        check->bears = check->bears && complete;
        return FF_OK;
    }
    c->check_count++;
    const ff_probe_scene *scene = ff_stage_of(c, d, &bare);
    ff_probe_question question = {verify->probe, params, verify->param_count, scene};
    ff_status status = ff_probe_ask(c->repo, &question, &answer);
    if (status != FF_OK)
        return status;
    check->known = answer.outcome == FF_PROBE_FOUND || answer.outcome == FF_PROBE_MISSING;
    if (check->known)
        set_bearing(check, answer.outcome == FF_PROBE_FOUND ? verify->found : verify->missing);
    check->bears = check->bears && answer.outcome != FF_PROBE_MOOT;
    check->text = keep(c, answer.text, TEXT_BYTES);
    if (is_witnessed(c, d, check))
        yield_to_log(c, check);
    if (!list_places(c, scene, &answer, check))
        return FF_NOMEM;
    return add_evidence(c, d, scene, &answer);
}

static ff_status ask_all(ff_case *c, ff_diagnosis *d)
{
    ff_check *checks = ff_arena_array(c->run->arena, d->rule->verify_count, sizeof *checks);
    ff_status status = checks ? FF_OK : FF_NOMEM;
    for (size_t i = 0; i < d->rule->verify_count && status == FF_OK; i++) {
        status = ask(c, d, &d->rule->verify[i], &checks[i]);
        d->check_count++;
    }
    d->checks = checks;
    return status;
}

const ff_check *ff_check_deciding(const ff_diagnosis *diagnosis, ff_check_result result)
{
    for (uint32_t i = 0; i < diagnosis->check_count; i++)
        if (diagnosis->checks[i].decides && diagnosis->checks[i].result == result)
            return &diagnosis->checks[i];
    return NULL;
}

static ff_slice command_of(const ff_diagnosis *d)
{
    const ff_capture *capture = d->finding ? ff_finding_capture(d->finding, FF_LIT("command")) : NULL;
    return capture && capture->count ? capture->values[0] : (ff_slice){0};
}

bool ff_check_is_printed_too(const ff_case *c, const ff_diagnosis *diagnosis)
{
    ff_slice command = command_of(diagnosis);
    for (size_t i = 0; command.len && i < c->diagnoses.count; i++) {
        const ff_diagnosis *other = &c->diagnoses.items[i];
        if (other->rule && !other->inferred && other->job == diagnosis->job && other->role == FF_ROLE_CAUSE &&
            ff_slice_eq(command_of(other), command))
            return true;
    }
    return false;
}

/* Somebody will propose it, so it is told once something was learnt of it: that it is wrong, or may be right. */
static bool is_idle(const ff_case *c, const ff_diagnosis *d)
{
    if (!d->rule || !ff_candidate_is_suspicion(d->rule))
        return false;
    /* What was printed leaves nothing to suspect, unless the files have what the job says that it lacks. */
    if (ff_check_is_printed_too(c, d))
        return !ff_diagnosis_is_untrue(d);
    for (uint32_t i = 0; i < d->check_count; i++)
        if (d->checks[i].result != FF_CHECK_UNKNOWN)
            return false;
    return true;
}

static void drop_idle(ff_case *c)
{
    bool idle[FF_LIMIT_DIAGNOSES];
    size_t kept = 0;
    for (size_t i = 0; i < c->diagnoses.count; i++)
        idle[i] = is_idle(c, &c->diagnoses.items[i]);
    for (size_t i = 0; i < c->diagnoses.count; i++)
        if (!idle[i])
            c->diagnoses.items[kept++] = c->diagnoses.items[i];
    c->diagnoses.count = kept;
}

ff_status ff_checks_make(ff_case *c)
{
    ff_status status = FF_OK;
    for (int pass = 0; c->repo && pass < 2; pass++)
        for (size_t i = 0; i < c->diagnoses.count && status == FF_OK; i++) {
            ff_diagnosis *d = &c->diagnoses.items[i];
            if (d->rule && d->rule->verify_count && ff_candidate_is_at_failure(c, d) == (pass == 0))
                status = ask_all(c, d);
        }
    drop_idle(c);
    return status;
}
