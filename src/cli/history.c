/* firstfault history: what scans have learnt over time, of all groups, of one, or of one run. */
#include "history/history.h"

#include "base/limits.h"
#include "chronicle/chronicle.h"
#include "cli/command.h"
#include "cli/message.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/since.h"
#include "fetch/host.h"
#include "fetch/target.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { PREFIX_MIN = 4, ALIKE_SHOWN = 10 };

/* What is asked for. */
typedef struct question {
    const ff_options *options;
    ff_history *history;
    ff_history_run repositories[FF_LIST_MAX];
    ff_history_window window;
    char host[FF_HOST_NAME_BYTES]; /* of a repository without one */
    ff_digest_options page;
    bool nothing; /* is known of what was asked, though the page says so */
} question;

/* ---- which repositories and times ---- */

/* `repository` is OWNER/REPO or HOST/OWNER/REPO. */
static void add_repository(question *ask, ff_slice repository)
{
    ff_slice rest = repository, host = ff_slice_of(ask->host);
    size_t slashes = 0;
    for (size_t i = 0; i < repository.len; i++)
        slashes += repository.ptr[i] == '/';
    if (slashes == 2)
        (void)ff_slice_take_until(&rest, '/', &host);
    ask->repositories[ask->window.repository_count++] = (ff_history_run){.host = host, .repository = rest};
    ask->window.repositories = ask->repositories;
}

/* Without --since and -R: everything. A cancelled run counts where a scan has read it. */
static bool is_ready(question *ask)
{
    const ff_options *options = ask->options;
    ff_error error = {0};
    ask->window = (ff_history_window){.since = FF_NO_TIME, .until = FF_NO_TIME, .cancelled = true};
    ask->page.inside_actions = ff_output_is_for_actions();
    if (options->word_count > 1) {
        ff_message("history takes one GROUP or RUN at a time, not '%s' as well", options->words[1]);
        return false;
    }
    if (options->since && !ff_since_read(options->since, (int64_t)time(NULL) * FF_CLOCK_SECOND, &ask->window.since)) {
        ff_message("--since takes a time such as " FF_SINCE_FORMS ", not '%s'", options->since);
        return false;
    }
    if (ff_host_default(ask->host, NULL, &error) != FF_OK) {
        ff_message("%s", error.text);
        return false;
    }
    for (size_t i = 0; i < options->repositories.count; i++)
        add_repository(ask, ff_slice_of(options->repositories.items[i]));
    return true;
}

/* ---- writing ---- */

static ff_status write_page(const question *ask, const ff_chronicle *chronicle, ff_error *error)
{
    const ff_options *options = ask->options;
    bool terminal = !options->output && isatty(STDOUT_FILENO);
    const char *format = options->format ? options->format : terminal ? "text" : "markdown";
    ff_buf page;
    ff_buf_init(&page, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_chronicle_render(chronicle, format, &ask->page, &page);
    if (status == FF_OK)
        status = ff_output_write(options->output, ff_buf_slice(&page), error);
    else
        (void)ff_error_set(error, status, "the page could not be written: %s", ff_status_name(status));
    ff_buf_release(&page);
    return status;
}

/* An export on its way out. */
typedef struct outflow {
    ff_output output;
    const ff_digest_options *page;
    ff_error *error;
} outflow;

static ff_status write_line(void *self, ff_slice line)
{
    outflow *out = self;
    ff_buf sealed;
    ff_buf_init(&sealed, FF_LIMIT_HISTORY_LINE_BYTES);
    ff_chronicle_seal(line, out->page, &sealed);
    ff_status status = ff_buf_status(&sealed);
    if (status == FF_OK)
        status = ff_output_add(&out->output, ff_buf_slice(&sealed), out->error);
    ff_buf_release(&sealed);
    return status;
}

static ff_status write_export(question *ask, ff_error *error)
{
    outflow out = {.page = &ask->page, .error = error};
    ff_status status = ff_output_begin(&out.output, ask->options->output, error);
    if (status == FF_OK)
        status = ff_history_export(ask->history, &ask->window, write_line, &out, error);
    return ff_output_end(&out.output, status, error);
}

/* ---- what is asked about ---- */

/* Fingerprints that begin alike. */
typedef struct alike {
    char items[ALIKE_SHOWN + 1][FF_SHA256_HEX + 1];
    size_t count;
} alike;

static ff_status take_print(void *self, const char *fingerprint)
{
    alike *found = self;
    memcpy(found->items[found->count++], fingerprint, FF_SHA256_HEX + 1);
    return FF_OK;
}

static ff_status read_group(question *ask, ff_chronicle *chronicle, const char *word, ff_error *error)
{
    alike found = {0};
    ff_slice prefix = ff_slice_of(word);
    if (prefix.len < PREFIX_MIN || strspn(word, "0123456789abcdefABCDEF") != prefix.len)
        return ff_error_set(error, FF_MISUSE,
                            "a group is named by %d hexadecimal digits of its fingerprint or more, and '%s' is no run",
                            PREFIX_MIN, word);
    ff_status status = ff_history_find(ask->history, prefix, ALIKE_SHOWN + 1, take_print, &found, error);
    if (status != FF_OK)
        return status;
    if (found.count == 1)
        status = ff_chronicle_read_group(chronicle, ask->history, &ask->window, found.items[0], error);
    if (found.count == 0 || status == FF_NOT_FOUND)
        return ff_error_set(error, FF_NOT_FOUND,
                            found.count ? "no run of the group %s is known in these repositories and times"
                                        : "no group is known whose fingerprint begins with %s",
                            word);
    if (found.count == 1)
        return status;
    for (size_t i = 0; i < found.count && i < ALIKE_SHOWN; i++)
        ff_message("%s is one of them", found.items[i]);
    return ff_error_set(error, FF_MISUSE, "%s%zu groups begin with %s; give more digits",
                        found.count > ALIKE_SHOWN ? "more than " : "",
                        found.count > ALIKE_SHOWN ? (size_t)ALIKE_SHOWN : found.count, word);
}

static ff_status read_run(question *ask, ff_chronicle *chronicle, const ff_target *target, ff_error *error)
{
    enum { REPOSITORY_BYTES = 256 }; /* a target has names of 100 bytes at most */
    char name[REPOSITORY_BYTES];
    ff_history_run repository = {.host = target->host.len ? target->host : ff_slice_of(ask->host)};
    ff_history_window window = ask->window;
    if (target->owner.len) {
        (void)snprintf(name, sizeof name, "%.*s/%.*s", FF_ARG(target->owner), FF_ARG(target->name));
        repository.repository = ff_slice_of(name);
        window.repositories = &repository;
        window.repository_count = 1;
    }
    ff_status status = ff_chronicle_read_run(chronicle, ask->history, &window, target->run, error);
    if (status != FF_NOT_FOUND)
        return status;
    unsigned long long id = target->run;
    if (!window.repository_count)
        return ff_error_set(error, status, "run %llu is not known; a scan of its repository and day would list it", id);
    window.repository_count = 0; /* all */
    if (ff_chronicle_read_run(chronicle, ask->history, &window, target->run, error) == FF_OK)
        return ff_error_set(error, status, "run %llu is not known of this repository, but of another one", id);
    return ff_error_set(error, status, "run %llu is not known of this repository; a scan of its day would list it", id);
}

/* A number is a run, if that is known, else it may be the beginning of a fingerprint. */
static ff_status read_word(question *ask, ff_chronicle *chronicle, const char *word, ff_error *error)
{
    ff_target target;
    uint64_t number;
    ff_error of_run = {0};
    if (!ff_target_read(&target, ff_slice_of(word), (ff_slice){0}))
        return read_group(ask, chronicle, word, error);
    if (!target.run)
        return ff_error_set(error, FF_MISUSE, "'%s' names a job; give the id or the address of its run", word);
    ff_status status = read_run(ask, chronicle, &target, &of_run);
    if (status == FF_NOT_FOUND && ff_slice_to_uint(ff_slice_of(word), &number) && strlen(word) >= PREFIX_MIN) {
        ff_status group = read_group(ask, chronicle, word, error);
        if (group != FF_NOT_FOUND)
            return group;
        *error = (ff_error){0};
    }
    if (status != FF_OK)
        *error = of_run;
    return status;
}

static ff_status answer(question *ask, ff_error *error)
{
    const char *word = ask->options->word_count ? ask->options->words[0] : NULL;
    if (word && strcmp(word, "export") == 0)
        return write_export(ask, error);
    ff_arena arena;
    ff_chronicle chronicle;
    ff_arena_init(&arena, 0);
    ff_chronicle_init(&chronicle, &arena);
    ff_status status = word ? read_word(ask, &chronicle, word, error)
                            : ff_chronicle_read_groups(&chronicle, ask->history, &ask->window, error);
    ask->nothing = !word && chronicle.groups.count == 0;
    if (status == FF_OK)
        status = write_page(ask, &chronicle, error);
    ff_arena_release(&arena);
    return status;
}

/* ---- the command ---- */

static void print_usage(void)
{
    printf("Usage: firstfault history [OPTION]... [GROUP|RUN|export]\n\n"
           "Says what scans have learnt over time. Asks nobody: all of it is in the database.\n"
           "Without a word: all groups, the newest first. GROUP: the first digits of a fingerprint, 4\n"
           "or more: when and where it was seen, what scans said of it, what shows it best, the fix.\n"
           "RUN: the id or URL of a run: its attempts, how they failed, what was diagnosed.\n"
           "export: everything, a JSON object a line.\n\n");
    ff_options_print_help(FF_FOR_HISTORY);
    printf("\nExit status: 0 answered, 2 usage error or several groups begin so, 3 nothing is known, or the\n"
           "database cannot be read.\n");
}

ff_exit ff_command_history(int argc, char **argv)
{
    static const ff_option_command command = {FF_FOR_HISTORY, print_usage};
    ff_options options;
    ff_exit result;
    ff_error error = {0};
    if (!ff_options_ready(&options, &command, argc, argv, &result))
        return result;
    question ask = {.options = &options};
    if (!is_ready(&ask))
        return FF_EXIT_USAGE;
    ff_status status = ff_history_open(&ask.history, options.database, FF_HISTORY_READ, &error);
    if (status == FF_OK)
        status = answer(&ask, &error);
    ff_history_close(ask.history);
    if (status == FF_OK)
        return ask.nothing ? FF_EXIT_PARTIAL : FF_EXIT_DONE;
    ff_message("%s", error.text[0] ? error.text : ff_status_name(status));
    return status == FF_MISUSE ? FF_EXIT_USAGE : FF_EXIT_PARTIAL;
}
