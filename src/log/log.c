#include "log/log.h"

#include "base/array.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/terminal.h"
#include "base/utf8.h"
#include "log/classify.h"
#include "log/facts.h"
#include "log/signs.h"
#include "log/steps.h"
#include "log/window.h"

#include <stdlib.h>

/* Room for a line without its control sequences. */
#define SCRATCH_BYTES (2 * FF_LIMIT_LINE_BYTES + 16)

/* What gh writes where it cannot tell the step. */
static const ff_slice UNKNOWN_STEP = FF_TEXT("UNKNOWN STEP");

/* What is counted for each job; its index is that of the run. */
typedef struct tally {
    uint64_t lines;           /* handed out so far */
    uint64_t name, step_name; /* hashes of gh's columns */
    bool own_times;           /* nobody knew the job's times before */
} tally;

struct ff_log {
    ff_source *source; /* borrowed */
    ff_run *run;       /* borrowed */
    ff_window window;
    char *scratch; /* owned */

    ff_stream stream;
    bool reading; /* a stream is open */
    bool gh;      /* each of its lines has gh's prefix */
    bool stamps;  /* its lines have GitHub's time stamps */
    bool headers; /* a step's header was seen in it */
    bool partial; /* it is one step's text alone: its lines cannot be counted in the job */
    bool skip;    /* lines of a job beyond FF_LIMIT_JOBS */

    struct {
        tally *items;
        size_t count, cap;
    } tallies;
    ff_steps steps;
    ff_facts facts;

    /* The step that the last line belonged to. */
    uint32_t job, step;
    bool own_times;
    uint32_t cut_lines; /* noted so far */
    ff_classifier classifier;
    ff_signs signs;
};

ff_status ff_log_open(ff_log **out, ff_source *source, ff_run *run, ff_error *error)
{
    ff_log *log = calloc(1, sizeof *log);
    if (log) {
        log->source = source;
        log->run = run;
        log->job = log->step = FF_NO_INDEX;
        log->scratch = malloc(SCRATCH_BYTES);
        if (ff_window_init(&log->window) == FF_OK && log->scratch) {
            *out = log;
            return FF_OK;
        }
    }
    ff_log_close(log);
    return ff_error_set(error, FF_NOMEM, "out of memory");
}

void ff_log_close(ff_log *log)
{
    if (!log)
        return;
    ff_window_release(&log->window);
    free(log->scratch);
    free(log);
}

static ff_status no_memory(ff_error *error)
{
    return ff_error_set(error, FF_NOMEM, "out of memory for the facts of the run");
}

/* Makes the tallies reach up to `job`. */
static ff_status reach_tally(ff_log *log, uint32_t job, ff_error *error)
{
    while (log->tallies.count <= job) {
        tally *added = FF_ARRAY_PUSH(log->run->arena, &log->tallies);
        if (!added)
            return no_memory(error);
    }
    return FF_OK;
}

/* Begins to read lines of a job. */
static ff_status begin_job(ff_log *log, uint32_t job, bool split, ff_error *error)
{
    ff_status status = reach_tally(log, job, error);
    if (status != FF_OK)
        return status;
    ff_job *facts = ff_run_job(log->run, job);
    if (log->tallies.items[job].lines == 0)
        log->tallies.items[job].own_times = facts->started_at == FF_NO_TIME;
    if (!(log->facts.checkout && log->facts.job == job))
        log->facts = (ff_facts){0};
    facts->has_log = true;
    ff_steps_begin(&log->steps, log->run, job, split);
    return FF_OK;
}

static ff_status begin_new_job(ff_log *log, ff_slice name, bool split, ff_error *error)
{
    ff_job *job = ff_run_add_job(log->run, name);
    log->skip = !job;
    if (!job)
        return log->run->arena->failed ? no_memory(error) : FF_OK;
    if (log->run->jobs.count > 1)
        log->run->single_log = false;
    return begin_job(log, (uint32_t)(log->run->jobs.count - 1), split, error);
}

/* A step whose name is known beforehand. */
static ff_status begin_named_step(ff_log *log, ff_slice name, int64_t number, ff_error *error)
{
    ff_step *step = ff_run_add_step(log->run, log->steps.job, name);
    if (!step)
        return log->run->arena->failed ? no_memory(error) : FF_OK;
    step->phase = ff_steps_phase(name);
    step->number = ff_slice_eq(name, FF_LIT("Set up job")) ? 1 : number;
    log->steps.step = (uint32_t)(ff_run_job(log->run, log->steps.job)->steps.count - 1);
    return FF_OK;
}

static ff_slice base_name(ff_slice path)
{
    for (size_t at = path.len; at > 0; at--)
        if (path.ptr[at - 1] == '/')
            return ff_slice_from(path, at);
    return path;
}

/* `6_Run tests.txt`: a step's file taken out of an archive. */
static bool is_step_file(ff_slice path, ff_slice *name, uint64_t *number)
{
    *name = base_name(path);
    if (!ff_slice_take_uint(name, number) || *number == 0 || *number > INT32_MAX ||
        !ff_slice_take_prefix(name, FF_LIT("_")) || !ff_slice_ends(*name, FF_LIT(".txt")))
        return false;
    name->len -= FF_LIT(".txt").len;
    return name->len > 0;
}

static bool starts_with_setup(ff_slice bytes)
{
    ff_slice line;
    ff_front front;
    if (!ff_slice_take_until(&bytes, '\n', &line))
        return false;
    ff_front_parse(&front, line, false);
    return ff_steps_is_setup(front.text);
}

/* Text whose form only its content shows. */
static ff_status begin_text(ff_log *log, ff_error *error)
{
    ff_slice bytes, name;
    uint64_t number;
    ff_status status = ff_window_ahead(&log->window, &bytes, error);
    if (status != FF_OK)
        return status;
    log->gh = ff_front_is_gh(bytes);
    if (log->gh)
        return FF_OK;
    bool step_file = is_step_file(log->stream.name, &name, &number) &&
                     (ff_slice_eq(name, FF_LIT("Set up job")) || !starts_with_setup(bytes));
    status = begin_new_job(log, (ff_slice){0}, !step_file, error);
    if (status != FF_OK || !step_file)
        return status;
    log->partial = number != 1;
    return begin_named_step(log, name, (int64_t)number, error);
}

static ff_status begin_stream(ff_log *log, ff_error *error)
{
    ff_status status = ff_source_next(log->source, &log->stream, error);
    if (status != FF_OK)
        return status;
    ff_window_open(&log->window, log->stream.reader);
    log->reading = true;
    log->gh = log->stamps = log->headers = log->partial = log->skip = false;
    log->steps.job = FF_NO_INDEX;
    switch (log->stream.form) {
    case FF_STREAM_STEP:
        status = begin_job(log, log->stream.job, false, error);
        log->steps.step = log->stream.step;
        return status;
    case FF_STREAM_JOB: return begin_job(log, log->stream.job, true, error);
    case FF_STREAM_TEXT: return begin_text(log, error);
    }
    return FF_OK;
}

/* Draws the conclusions of the step that was read last; it may still go on in another stream. */
static void end_step(ff_log *log)
{
    if (log->step != FF_NO_INDEX)
        ff_signs_end(&log->signs, &ff_run_step(log->run, log->job, log->step)->signs);
    log->job = log->step = FF_NO_INDEX;
}

static void end_stream(ff_log *log)
{
    end_step(log);
    log->reading = false;
}

static uint32_t find_tally(const ff_log *log, uint64_t name)
{
    for (uint32_t i = 0; i < log->tallies.count; i++)
        if (log->tallies.items[i].name == name)
            return i;
    return FF_NO_INDEX;
}

/* gh names job and step in front of each line; a job may come back. */
static ff_status follow_gh(ff_log *log, const ff_front *front, ff_error *error)
{
    ff_status status = FF_OK;
    uint64_t name = ff_hash(FF_HASH_START, front->job), step_name = ff_hash(FF_HASH_START, front->step);
    bool first = log->steps.job == FF_NO_INDEX, unknown = ff_slice_eq(front->step, UNKNOWN_STEP);
    if (!first && !front->prefixed)
        return FF_OK;
    if (first || log->skip || log->tallies.items[log->steps.job].name != name) {
        uint32_t job = find_tally(log, name);
        log->skip = false;
        status =
            job == FF_NO_INDEX ? begin_new_job(log, front->job, unknown, error) : begin_job(log, job, unknown, error);
        if (status != FF_OK || log->skip)
            return status;
        log->tallies.items[log->steps.job].name = name;
        uint32_t steps = (uint32_t)ff_run_job(log->run, log->steps.job)->steps.count;
        log->steps.step = steps ? steps - 1 : FF_NO_INDEX;
    }
    tally *counted = &log->tallies.items[log->steps.job];
    if (counted->step_name == step_name)
        return FF_OK;
    counted->step_name = step_name;
    log->steps.split = unknown;
    if (!unknown)
        return begin_named_step(log, front->step, 0, error);
    log->steps.step = FF_NO_INDEX;
    return FF_OK;
}

/* The names of clean-up steps and of the workflow's own can be alike; how their text begins cannot. */
static void correct_phase(ff_step *step, const ff_front *front, bool header)
{
    if (ff_slice_starts(front->text, FF_LIT("Post job cleanup.")) && step->phase == FF_STEP_MAIN)
        step->phase = FF_STEP_POST;
    else if (header && step->phase == FF_STEP_POST)
        step->phase = FF_STEP_MAIN;
}

static void enter_step(ff_log *log, const ff_front *front, bool header)
{
    end_step(log);
    log->job = log->steps.job;
    log->step = log->steps.step;
    ff_step *step = ff_run_step(log->run, log->job, log->step);
    bool again = step->first_line != 0;
    log->own_times = again ? log->stream.form == FF_STREAM_TEXT : step->started_at == FF_NO_TIME;
    if (!again)
        correct_phase(step, front, header);
    ff_classifier_step(&log->classifier);
    ff_signs_begin(&log->signs, false);
}

static void count_line(ff_log *log, ff_line *line)
{
    tally *counted = &log->tallies.items[log->job];
    counted->lines++;
    line->place.file = log->stream.name;
    line->place.line = log->window.number;
    line->place.job_line = log->partial ? 0 : counted->lines;
}

/* Each of the first few by its place, the others without. */
static void note_cut(ff_log *log, const ff_place *place)
{
    enum { NAMED = 5, NAME_BYTES = 120 };
    if (log->cut_lines++ >= NAMED) {
        ff_notes_add(&log->run->notes, true, "long-line", "Further lines were scanned only at both their ends.");
        return;
    }
    ff_slice name = ff_utf8_keep(log->run->arena, place->file, NAME_BYTES);
    ff_notes_add(&log->run->notes, true, "long-line",
                 "\"%.*s\", line %llu, is longer than %zu KiB and was scanned only at both its ends.", FF_ARG(name),
                 (unsigned long long)place->line, 2 * FF_LIMIT_LINE_BYTES / 1024);
}

static void note_times(int64_t *started_at, int64_t *completed_at, int64_t time)
{
    if (*started_at == FF_NO_TIME)
        *started_at = time;
    *completed_at = time;
}

/* Extends the step's range to this line. */
static void note_step(ff_log *log, const ff_line *line)
{
    ff_step *step = ff_run_step(log->run, log->job, log->step);
    ff_job *job = ff_run_job(log->run, log->job);
    if (step->first_line == 0) {
        step->file = line->place.file;
        step->first_line = line->place.line;
        step->first_job_line = line->place.job_line;
    }
    step->last_line = line->place.line;
    step->last_job_line = line->place.job_line;
    if (line->stamped && log->own_times)
        note_times(&step->started_at, &step->completed_at, line->place.time);
    if (line->stamped && log->tallies.items[log->job].own_times)
        note_times(&job->started_at, &job->completed_at, line->place.time);
}

/* Only the lines of plain text need the phrases of other services. */
static bool is_plain(const ff_log *log)
{
    return log->stream.form == FF_STREAM_TEXT && !log->gh && !log->stamps && !log->headers && !log->partial;
}

static bool is_runner_step(const ff_step *step)
{
    return step->phase == FF_STEP_COMPLETE ||
           (step->phase == FF_STEP_SETUP && ff_slice_eq(step->name, FF_LIT("Set up job")));
}

/* Fills the line, whose step is known, and lets everyone look at it. */
static void give_line(ff_log *log, const ff_front *front, const ff_header_survey *header, ff_line *line)
{
    ff_step *step = ff_run_step(log->run, log->job, log->step);
    /* A longer line is no progress bar, and both its ends are wanted. */
    ff_slice shown = log->window.cut ? front->text : ff_terminal_last_part(front->text);
    ff_line_context context = {.header = header, .runner_step = is_runner_step(step), .stamps = log->stamps};
    *line = (ff_line){.job = log->job, .step = log->step, .cut = log->window.cut, .stamped = front->stamped};
    line->text = ff_terminal_plain(shown, log->scratch);
    line->place.time = front->time;
    count_line(log, line);
    if (line->cut)
        note_cut(log, &line->place);
    line->kind = ff_classify(&log->classifier, front, line->text, &context);
    line->body = ff_classify_body(&log->classifier, line->kind, line->text);
    if (header)
        log->signs.scripted = header->scripted;
    log->signs.plain = is_plain(log);
    note_step(log, line);
    ff_signs_line(&log->signs, &step->signs, line);
    ff_facts_line(&log->facts, log->run, line);
    ff_steps_note(&log->steps, line);
}

/* Reads what follows a line that may open a step's header; the line itself may have moved. */
static ff_status look_ahead(ff_log *log, ff_front *front, ff_header_survey *survey, ff_error *error)
{
    ff_slice bytes;
    ff_status status = ff_window_ahead(&log->window, &bytes, error);
    if (status != FF_OK)
        return status;
    ff_front_parse(front, log->window.line, log->gh);
    *survey = ff_header_look(front, bytes, log->gh, log->stamps);
    log->headers |= survey->genuine;
    return FF_OK;
}

/* Places the window's line in a job and step and fills `line`; `given` is false if it is to be passed over. */
static ff_status place_line(ff_log *log, ff_line *line, bool *given, ff_error *error)
{
    ff_front front;
    ff_header_survey survey = {0};
    ff_status status = FF_OK;
    ff_front_parse(&front, log->window.line, log->gh);
    log->stamps |= front.github;
    if (log->gh)
        status = follow_gh(log, &front, error);
    *given = !log->skip;
    if (status != FF_OK || log->skip)
        return status;
    /* What stands in a header whose end is known begins nothing. */
    bool inside = log->classifier.header.open && log->classifier.header.closes && log->job == log->steps.job &&
                  log->step == log->steps.step;
    if (!inside && ff_header_starts(&front) && (front.stamped || !log->stamps))
        status = look_ahead(log, &front, &survey, error);
    const ff_header_survey *header = survey.genuine ? &survey : NULL;
    if (status == FF_OK && (!inside || log->steps.step == FF_NO_INDEX))
        status = ff_steps_look(&log->steps, &front, header, log->stamps);
    if (status == FF_OK && log->run->arena->failed)
        status = no_memory(error);
    if (status != FF_OK)
        return status;
    if (log->job != log->steps.job || log->step != log->steps.step)
        enter_step(log, &front, header);
    give_line(log, &front, header, line);
    return FF_OK;
}

ff_status ff_log_next(ff_log *log, ff_line *line, ff_error *error)
{
    for (;;) {
        ff_status status = log->reading ? FF_OK : begin_stream(log, error);
        if (status != FF_OK)
            return status;
        status = ff_window_next(&log->window, error);
        if (status == FF_OK) {
            if (log->window.cr_ends && log->window.number == 1)
                ff_notes_add(&log->run->notes, false, "cr-ends",
                             "A text begins with lines that end with CR alone; they are counted as lines.");
            bool given = false;
            status = place_line(log, line, &given, error);
            if (status != FF_OK || given)
                return status;
            continue;
        }
        end_stream(log);
        if (status != FF_END)
            return status;
    }
}
