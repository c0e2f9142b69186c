#include "log/signs.h"

/* Build tools go on talking after they have given up, but not for longer than this. */
enum { WEAK_LINES = 60 };

typedef enum effect {
    EXITS,      /* a number follows: the exit code */
    FINAL_EXIT, /* the same, and it is the last word on all exits before */
    FAILS,
    WEAK_EXIT, /* a number follows; counts only near the end */
    WEAK_FAIL,
    PASSES, /* the last word: what was weak or failed before is forgotten */
    CANCELS,
    TIMES_OUT,
    LOSES,
} effect;

/* A phrase: how the line starts, what it holds behind that (both may be empty), and what that means. `plain` rows are
 * for text without GitHub's marks, the others for lines of kind error. The first row that fits counts. */
static const struct phrase {
    bool plain;
    ff_slice start, inside;
    effect effect;
} PHRASES[] = {
    {false, FF_TEXT("Process completed with exit code "), FF_TEXT(""), EXITS},
    {false, FF_TEXT("The operation was canceled."), FF_TEXT(""), CANCELS},
    {false, FF_TEXT("A task was canceled."), FF_TEXT(""), CANCELS},
    {false, FF_TEXT("The run was canceled by "), FF_TEXT(""), CANCELS},
    {false, FF_TEXT("Canceling since a "), FF_TEXT(" waiting request for "), CANCELS},
    {false, FF_TEXT("The job running on runner "), FF_TEXT(" has exceeded the maximum execution time of "), TIMES_OUT},
    {false, FF_TEXT("The job has exceeded the maximum execution time of "), FF_TEXT(""), TIMES_OUT},
    {false, FF_TEXT("The action '"), FF_TEXT(" has timed out after "), TIMES_OUT},
    {false, FF_TEXT("The runner has received a shutdown signal"), FF_TEXT(""), LOSES},
    {false, FF_TEXT("The self-hosted runner"), FF_TEXT("lost communication with the server"), LOSES},
    {false, FF_TEXT("The hosted runner"), FF_TEXT("lost communication with the server"), LOSES},
    {false, FF_TEXT("The runner"), FF_TEXT("lost communication with the server"), LOSES},
    {false, FF_TEXT("The hosted runner encountered an error while running your job"), FF_TEXT(""), LOSES},
    {false, FF_TEXT("Docker "), FF_TEXT(" failed with exit code "), FAILS},
    {false, FF_TEXT("Failed to initialize container "), FF_TEXT(""), FAILS},
    {false, FF_TEXT("One or more containers failed to start."), FF_TEXT(""), FAILS},
    {false, FF_TEXT("Executing the custom container implementation failed"), FF_TEXT(""), FAILS},
    /* The same words in text that lost its marks, and as the web page shows them. */
    {true, FF_TEXT("Process completed with exit code "), FF_TEXT(""), EXITS},
    {true, FF_TEXT("Error: Process completed with exit code "), FF_TEXT(""), EXITS},
    {true, FF_TEXT("Error: The operation was canceled."), FF_TEXT(""), CANCELS},
    /* Travis CI. */
    {true, FF_TEXT("The command \""), FF_TEXT("\" exited with "), EXITS},
    {true, FF_TEXT("The command \""), FF_TEXT("\" failed and exited with "), EXITS},
    {true, FF_TEXT("Done. Your build exited with "), FF_TEXT(""), FINAL_EXIT},
    {true, FF_TEXT("Your build has been stopped."), FF_TEXT(""), FAILS},
    {true, FF_TEXT("No output has been received in the last "), FF_TEXT(""), TIMES_OUT},
    {true, FF_TEXT("The job exceeded the maximum time limit for jobs"), FF_TEXT(""), TIMES_OUT},
    {true, FF_TEXT("The log length has exceeded the limit of "), FF_TEXT(""), FAILS},
    /* Jenkins. */
    {true, FF_TEXT("Finished: FAILURE"), FF_TEXT(""), FAILS},
    {true, FF_TEXT("Finished: UNSTABLE"), FF_TEXT(""), FAILS},
    {true, FF_TEXT("Finished: ABORTED"), FF_TEXT(""), CANCELS},
    {true, FF_TEXT("Finished: SUCCESS"), FF_TEXT(""), PASSES},
    {true, FF_TEXT("Build step '"), FF_TEXT("' marked build as failure"), FAILS},
    /* GitLab, CircleCI. */
    {true, FF_TEXT("ERROR: Job failed: exit code "), FF_TEXT(""), EXITS},
    {true, FF_TEXT("ERROR: Job failed"), FF_TEXT(""), FAILS},
    {true, FF_TEXT("Job succeeded"), FF_TEXT(""), PASSES},
    {true, FF_TEXT("Exited with code exit status "), FF_TEXT(""), EXITS},
    /* Build tools and test runners. */
    {true, FF_TEXT("make"), FF_TEXT("] Error "), WEAK_EXIT},
    {true, FF_TEXT("gmake"), FF_TEXT("] Error "), WEAK_EXIT},
    {true, FF_TEXT("make: *** "), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("ninja: build stopped: "), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("[INFO] BUILD FAILURE"), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("[ERROR] BUILD FAILURE"), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("BUILD FAILURE"), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("BUILD FAILED"), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("** BUILD FAILED **"), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("npm ERR! errno "), FF_TEXT(""), WEAK_EXIT},
    {true, FF_TEXT("npm ERR! "), FF_TEXT("LIFECYCLE"), WEAK_FAIL},
    {true, FF_TEXT("npm error Lifecycle script "), FF_TEXT(" failed"), WEAK_FAIL},
    {true, FF_TEXT("npm ERR! Lifecycle script "), FF_TEXT(" failed"), WEAK_FAIL},
    {true, FF_TEXT("error Command failed with exit code "), FF_TEXT(""), WEAK_EXIT},
    {true, FF_TEXT("error: test failed, to rerun pass "), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("error: could not compile "), FF_TEXT(""), WEAK_FAIL},
    {true, FF_TEXT("FAILED ("), FF_TEXT("failures="), WEAK_FAIL},
    {true, FF_TEXT("FAILED ("), FF_TEXT("errors="), WEAK_FAIL},
    {true, FF_TEXT("="), FF_TEXT(" failed, "), WEAK_FAIL},
    {true, FF_TEXT("="), FF_TEXT(" failed in "), WEAK_FAIL},
    {true, FF_TEXT("Tests: "), FF_TEXT(" failed, "), WEAK_FAIL},
    {true, FF_TEXT("exit status "), FF_TEXT(""), WEAK_EXIT},
};

/* Where the phrase ends in `text`, or SIZE_MAX if it does not stand there. */
static size_t phrase_end(const struct phrase *phrase, ff_slice text)
{
    if (!ff_slice_starts(text, phrase->start))
        return SIZE_MAX;
    size_t at = ff_slice_find(ff_slice_from(text, phrase->start.len), phrase->inside);
    return at == SIZE_MAX ? SIZE_MAX : phrase->start.len + at + phrase->inside.len;
}

/* The number at the start of `text`, possibly negative (Windows has such exit codes); 1 if there is none. */
static int32_t exit_code(ff_slice text)
{
    bool negative = ff_slice_take_prefix(&text, FF_LIT("-"));
    uint64_t value;
    if (!ff_slice_take_uint(&text, &value))
        return 1;
    /* Codes of Windows are unsigned 32 bits in some messages: wrap them as the system does. */
    int64_t code = negative ? -(int64_t)(value & INT32_MAX) : (int64_t)(value & UINT32_MAX);
    return code > INT32_MAX ? (int32_t)(code - UINT32_MAX - 1) : (int32_t)code;
}

static void note_exit(ff_step_signs *shown, int32_t code, const ff_place *place, bool final)
{
    if (code == 0 && !final && shown->exit_code != FF_NO_EXIT_CODE)
        return;
    if (final || code != 0)
        shown->failed = code != 0;
    shown->exit_code = code;
    shown->exit_at = *place;
}

static void note_end(ff_step_signs *shown, bool *flag, const ff_place *place)
{
    *flag = true;
    if (shown->exit_code == FF_NO_EXIT_CODE)
        shown->exit_at = *place;
}

static void forget(ff_signs *signs, ff_step_signs *shown)
{
    signs->weak = false;
    shown->failed = false;
}

static void apply(ff_signs *signs, ff_step_signs *shown, const ff_line *line, effect what, ff_slice rest)
{
    switch (what) {
    case EXITS: note_exit(shown, exit_code(rest), &line->place, false); break;
    case FINAL_EXIT:
        forget(signs, shown);
        note_exit(shown, exit_code(rest), &line->place, true);
        shown->passed = shown->exit_code == 0;
        break;
    case FAILS: note_end(shown, &shown->failed, &line->place); break;
    case CANCELS: note_end(shown, &shown->cancelled, &line->place); break;
    case TIMES_OUT: note_end(shown, &shown->timed_out, &line->place); break;
    case LOSES: note_end(shown, &shown->lost, &line->place); break;
    case PASSES:
        forget(signs, shown);
        shown->passed = true;
        break;
    case WEAK_EXIT:
    case WEAK_FAIL:
        signs->weak = true;
        signs->weak_at = line->place;
        signs->weak_code = what == WEAK_EXIT ? exit_code(rest) : FF_NO_EXIT_CODE;
        signs->since_weak = 0;
        break;
    }
}

static void look_for_phrase(ff_signs *signs, ff_step_signs *shown, const ff_line *line)
{
    bool plain = line->kind != FF_LINE_ERROR;
    for (size_t i = 0; i < sizeof PHRASES / sizeof *PHRASES; i++) {
        size_t end = PHRASES[i].plain == plain ? phrase_end(&PHRASES[i], line->body) : SIZE_MAX;
        if (end == SIZE_MAX)
            continue;
        apply(signs, shown, line, PHRASES[i].effect, ff_slice_from(line->body, end));
        return;
    }
}

/* Lines that say nothing about how a step ended: the runner's, blank ones, and the rest of an error's own message. */
static bool is_meaningful(const ff_step_signs *shown, const ff_line *line)
{
    switch (line->kind) {
    case FF_LINE_OUTPUT: return line->text.len > 0 && (line->stamped || !shown->error_ends);
    case FF_LINE_ERROR:
    case FF_LINE_WARNING:
    case FF_LINE_NOTICE:
    case FF_LINE_COMMAND: return true;
    case FF_LINE_SCRIPT:
    case FF_LINE_GROUP:
    case FF_LINE_DEBUG:
    case FF_LINE_RUNNER:
    case FF_LINE_KIND_COUNT: break;
    }
    return false;
}

void ff_signs_begin(ff_signs *signs, bool plain)
{
    *signs = (ff_signs){.plain = plain};
}

void ff_signs_line(ff_signs *signs, ff_step_signs *shown, const ff_line *line)
{
    signs->since_weak++;
    if (is_meaningful(shown, line))
        shown->error_ends = line->kind == FF_LINE_ERROR;
    if (line->kind == FF_LINE_ERROR) {
        if (shown->error_lines++ == 0)
            shown->first_error = line->place;
        shown->last_error = line->place;
    }
    if (line->kind == FF_LINE_ERROR || (signs->plain && line->kind == FF_LINE_OUTPUT))
        look_for_phrase(signs, shown, line);
}

void ff_signs_end(ff_signs *signs, ff_step_signs *shown)
{
    if (shown->failed || shown->cancelled || shown->timed_out || shown->lost)
        return;
    if (shown->error_ends && !signs->scripted) {
        shown->failed = true;
        shown->exit_at = shown->last_error;
    } else if (signs->weak && signs->since_weak <= WEAK_LINES) {
        shown->failed = true;
        shown->exit_code = signs->weak_code;
        shown->exit_at = signs->weak_at;
        shown->open_end = true;
    }
}
