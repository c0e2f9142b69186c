/* firstfault scan: what failed in many runs, and which failures are one and the same. */
#include "base/limits.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "cli/load.h"
#include "cli/message.h"
#include "cli/online.h"
#include "cli/output.h"
#include "cli/places.h"
#include "cli/setting.h"
#include "cli/since.h"
#include "digest/digest.h"
#include "survey/survey.h"

#include <firstfault/firstfault.h>
#include <stdio.h>
#include <time.h>

/* Everything that one scan needs, in the order in which it comes to be. Zero-initialise. */
typedef struct scan {
    const ff_options *options;
    int64_t now, since, until;
    int64_t keep; /* FF_NO_TIME: for ever; else runs before are forgotten */
    ff_places places;
    ff_catalog *catalog;
    ff_history *history;
    ff_arena arena;
    ff_survey_result survey;
    ff_digest digest;
} scan;

/* ---- what is asked for ---- */

static bool read_time(const scan *all, const char *option, const char *text, int64_t *time)
{
    if (!text || ff_since_read(text, all->now, time))
        return true;
    ff_message("%s takes a time such as " FF_SINCE_FORMS ", not '%s'", option, text);
    return false;
}

/* What is kept must reach at least as far back as what is looked at. */
static bool read_keep(scan *all)
{
    int64_t length;
    const char *keep = all->options->keep;
    all->keep = FF_NO_TIME;
    if (!keep)
        return true;
    if (!ff_since_length(keep, &length)) {
        ff_message("--keep takes a time such as 90d or 26w, not '%s'", keep);
        return false;
    }
    all->keep = all->now - length;
    if (all->keep <= all->since)
        return true;
    ff_message("--keep %s would forget runs of this scan: it must reach at least as far back as --since", keep);
    return false;
}

/* The second that now is in belongs to the scan. */
static bool read_times(scan *all)
{
    all->now = (int64_t)time(NULL) * FF_CLOCK_SECOND;
    all->since = all->now - FF_CLOCK_DAY;
    all->until = all->now + FF_CLOCK_SECOND;
    if (!read_time(all, "--since", all->options->since, &all->since) ||
        !read_time(all, "--until", all->options->until, &all->until))
        return false;
    if (all->until > all->now + FF_CLOCK_SECOND) /* no run is of the future, and the page would be dated so */
        all->until = all->now + FF_CLOCK_SECOND;
    if (all->since < all->until)
        return read_keep(all);
    ff_message(all->options->since ? "--since must be before --until, and before now"
                                   : "--until is before --since, which is 24h ago where it is not given");
    return false;
}

static bool is_ready(scan *all)
{
    ff_error error = {0};
    if (all->options->word_count) {
        ff_message("scan takes no TARGET: give repositories with -R OWNER/REPO, not '%s'", all->options->words[0]);
        return false;
    }
    if (!ff_online_is_sound(all->options) || !read_times(all))
        return false;
    if (ff_places_find(&all->places, all->options, &error) == FF_OK)
        return true;
    ff_message("%s", error.text);
    return false;
}

/* ---- progress and Ctrl-C ---- */

static bool is_stopped(void *self)
{
    (void)self;
    return ff_interrupt_came();
}

static bool is_hurried(void *self)
{
    (void)self;
    return ff_interrupt_came_twice();
}

/* `reading 12 of 57 runs, 34.5 MB, 4321 requests left, ends in about 2 min` */
static void show_progress(void *self, const ff_survey_progress *progress)
{
    enum { WORD_BYTES = 64 };
    char total[WORD_BYTES] = "", left[WORD_BYTES] = "", end[WORD_BYTES] = "";
    (void)self;
    if (progress->total)
        (void)snprintf(total, sizeof total, " of %llu", (unsigned long long)progress->total);
    if (progress->remaining >= 0)
        (void)snprintf(left, sizeof left, ", %lld requests left", (long long)progress->remaining);
    if (progress->wait)
        (void)snprintf(end, sizeof end, ", waits %u s for the rate limit", progress->wait);
    else if (progress->seconds)
        (void)snprintf(end, sizeof end, ", ends in about %u %s",
                       progress->seconds < 120 ? progress->seconds : (progress->seconds + 30) / 60,
                       progress->seconds < 120 ? "s" : "min");
    ff_online_show("%s%s %llu%s runs, %.1f MB%s%s", ff_interrupt_came() ? "finishing: " : "", progress->what,
                   (unsigned long long)progress->done, total, (double)progress->bytes / 1e6, left, end);
}

/* ---- the parts of a scan ---- */

static ff_status survey(scan *all, ff_error *error)
{
    const ff_options *options = all->options;
    ff_online online = ff_online_of(options);
    online.stopped = is_stopped;
    ff_survey ask = {.history = all->history,
                     .catalog = all->catalog,
                     .repositories = all->places.items,
                     .repository_count = all->places.count,
                     .organizations = options->organizations.items,
                     .organization_count = options->organizations.count,
                     .since = all->since,
                     .until = all->until,
                     .branch = ff_slice_of(options->branch),
                     .workflow = ff_slice_of(options->workflow),
                     .event = ff_slice_of(options->event),
                     .cancelled = options->include_cancelled,
                     .limit = options->limit,
                     .jobs = options->jobs,
                     .online = &online,
                     .hurried = is_hurried,
                     .progress = ff_online_is_watched() ? show_progress : NULL};
    ff_interrupt_defer();
    ff_status status = ff_survey_run(&ask, &all->arena, &all->survey, error);
    ff_online_end_progress();
    return status;
}

static ff_history_window window_of(const scan *all)
{
    return (ff_history_window){.repositories = all->survey.repositories,
                               .repository_count = all->survey.repository_count,
                               .since = all->since,
                               .until = all->until,
                               .branch = ff_slice_of(all->options->branch),
                               .event = ff_slice_of(all->options->event),
                               .workflow = ff_slice_of(all->options->workflow),
                               .cancelled = all->options->include_cancelled};
}

static ff_status build(scan *all, ff_error *error)
{
    const ff_survey_result *survey = &all->survey;
    ff_digest_ask ask = {.window = window_of(all),
                         .now = all->now,
                         .catalog_digest = ff_catalog_digest(all->catalog),
                         .listed = survey->listed,
                         .analysed = survey->analysed,
                         .known = survey->known,
                         .expired = survey->expired,
                         .errors = survey->errors,
                         .passed = survey->passed,
                         .database = all->options->database,
                         .notes = &survey->notes};
    ff_digest_init(&all->digest, &all->arena);
    return ff_digest_build(&all->digest, all->history, &ask, error);
}

static ff_status write_page(const scan *all, const char *format, const char *path, ff_error *error)
{
    ff_digest_options options = {.inside_actions = ff_output_is_for_actions()};
    ff_buf page;
    ff_buf_init(&page, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_digest_render(&all->digest, format, &options, &page);
    if (status == FF_OK)
        status = ff_output_write(path, ff_buf_slice(&page), error);
    else
        (void)ff_error_set(error, status, "the page could not be written: %s", ff_status_name(status));
    ff_buf_release(&page);
    return status;
}

/* A page that cannot be written does not keep the others from it. */
static ff_status write_pages(const scan *all, ff_error *error)
{
    const ff_options *options = all->options;
    ff_status status = write_page(all, options->format ? options->format : "markdown", options->output, error);
    for (size_t i = 0; i < options->also.count; i++) {
        const char *format, *path = ff_setting_also_of(options->also.items[i], &format);
        ff_status other = write_page(all, format, path, error);
        status = status == FF_OK ? other : status;
    }
    return status;
}

/* From here on the scan counts: the next one says `known` of what this one said `new`. */
static ff_status finish(const scan *all, ff_error *error)
{
    const ff_history_scan row = {.started_at = all->now,
                                 .ended_at = (int64_t)time(NULL) * FF_CLOCK_SECOND,
                                 .window = window_of(all),
                                 .digest = ff_slice_of(ff_catalog_digest(all->catalog)),
                                 .listed = all->survey.listed,
                                 .failed = all->survey.failed,
                                 .analysed = all->survey.analysed,
                                 .known = all->survey.known,
                                 .expired = all->survey.expired,
                                 .errors = all->survey.errors,
                                 .said = all->digest.said,
                                 .said_count = all->digest.said_count};
    return ff_history_finish(all->history, &row, error);
}

/* What is missing. Of one place that could not be listed the error alone tells. */
static void say_notes(const ff_notes *notes, ff_status status)
{
    size_t partial = 0;
    for (size_t i = 0; i < notes->count; i++)
        partial += notes->items[i].partial;
    if (status != FF_OK && partial < 2)
        return;
    for (size_t i = 0; i < notes->count; i++)
        if (notes->items[i].partial)
            ff_message("%.*s", FF_ARG(notes->items[i].text));
}

/* ---- the whole ---- */

/* Up to the page and the row of the scan; `status` of what went wrong, with its words in `error`. */
static ff_status run(scan *all, ff_error *error)
{
    ff_status status = survey(all, error);
    say_notes(&all->survey.notes, status);
    /* To the history no repository would mean all of them. */
    if (status == FF_OK && all->survey.repository_count == 0)
        return ff_error_set(error, FF_IO, "interrupted before a repository was listed");
    if (status == FF_OK)
        status = build(all, error);
    if (status == FF_OK)
        status = write_pages(all, error);
    /* A scan that asked nobody is a look at what is known: it has seen neither what is new nor what is gone. */
    if (status != FF_OK || all->survey.stopped || all->options->offline)
        return status;
    status = finish(all, error);
    if (status == FF_OK && all->keep != FF_NO_TIME) {
        uint64_t forgotten;
        status = ff_history_prune(all->history, all->keep, &forgotten, error);
    }
    return status;
}

static ff_exit scan_all(scan *all)
{
    ff_error error = {0};
    if (ff_load_catalog(&all->catalog, all->options, &error) != FF_OK) {
        ff_message("%s", error.text[0] ? error.text : ff_status_name(error.status));
        return FF_EXIT_USAGE;
    }
    ff_status status = ff_history_open(&all->history, all->options->database, FF_HISTORY_WRITE, &error);
    if (status == FF_OK)
        status = run(all, &error);
    if (status != FF_OK)
        ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
    if (ff_interrupt_came())
        return FF_EXIT_INTERRUPTED;
    if (status != FF_OK && error.line) /* a pattern of the catalog that does not compile */
        return FF_EXIT_USAGE;
    if (status != FF_OK)
        return ff_online_exit(&error);
    return all->digest.notes.partial ? FF_EXIT_PARTIAL : FF_EXIT_DONE; /* those of the survey are among them */
}

static void print_usage(void)
{
    printf("Usage: firstfault scan -R OWNER/REPO [OPTION]...\n\n"
           "Lists the runs of some hours, reads the logs of those that failed, and writes one page:\n"
           "what failed, which failures are one and the same, what is new, what flickers, what got\n"
           "fixed. What it learns is kept in a database, so that the next scan reads new runs only.\n"
           "Without -R, --org and --repos: the repository of GH_REPO or GITHUB_REPOSITORY.\n\n");
    ff_options_print_help(FF_FOR_SCAN);
    printf("\nExit status: 0 scanned, 2 usage or catalog error, 3 something is missing that a later scan\n"
           "may bring, 4 not authorised, 130 interrupted.\n");
}

ff_exit ff_command_scan(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_SCAN, print_usage};
    ff_options options;
    ff_exit result;
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    scan all = {.options = &options};
    ff_arena_init(&all.arena, 0);
    result = is_ready(&all) ? scan_all(&all) : FF_EXIT_USAGE;
    ff_history_close(all.history);
    ff_catalog_free(all.catalog);
    ff_places_release(&all.places);
    ff_arena_release(&all.arena);
    return result;
}
