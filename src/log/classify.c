#include "log/classify.h"

#include "base/limits.h"

/* What the runner says between the markers, outside "Set up job" and "Complete job" too. All start with a capital. */
static const ff_slice RUNNER_PHRASES[] = {
    FF_TEXT("Post job cleanup."),
    FF_TEXT("Cleaning up orphan processes"),
    FF_TEXT("Terminate orphan process: "),
    FF_TEXT("Prepare all required actions"),
    FF_TEXT("Getting action download info"),
    FF_TEXT("Download action repository '"),
    FF_TEXT("Download immutable action package '"),
    FF_TEXT("Complete job name: "),
    FF_TEXT("A job started hook has been configured by "),
    FF_TEXT("A job completed hook has been configured by "),
    FF_TEXT("Node 20 is being deprecated. This workflow is running with "),
    FF_TEXT("Evaluate and set job outputs"),
    FF_TEXT("Uploading runner diagnostic logs"),
};

static const ff_slice SSH_ECHO = FF_TEXT("======CMD======");
static const ff_slice SSH_ECHO_END = FF_TEXT("======END======");
static const ff_slice SSH_PREFIXES[] = {FF_TEXT("out: "), FF_TEXT("err: ")};

void ff_classifier_step(ff_classifier *classifier)
{
    *classifier = (ff_classifier){.above = FF_LINE_OUTPUT};
}

static bool is_runner_phrase(ff_slice text)
{
    if (text.len == 0 || text.ptr[0] < 'A' || text.ptr[0] > 'Z')
        return false;
    for (size_t i = 0; i < sizeof RUNNER_PHRASES / sizeof *RUNNER_PHRASES; i++)
        if (ff_slice_starts(text, RUNNER_PHRASES[i]))
            return true;
    return false;
}

static bool take_ssh_prefix(ff_slice *text)
{
    return ff_slice_take_prefix(text, SSH_PREFIXES[0]) || ff_slice_take_prefix(text, SSH_PREFIXES[1]);
}

/* An ssh action shows its script once more, between two rules. Returns whether this line belongs to that. */
static bool in_ssh_echo(ff_classifier *classifier, ff_slice text)
{
    if (ff_slice_eq(text, SSH_ECHO)) {
        classifier->ssh = classifier->ssh_echo = true;
        classifier->ssh_lines = 0;
        return true;
    }
    if (!classifier->ssh_echo)
        return false;
    bool ended = ff_slice_eq(text, SSH_ECHO_END);
    bool printed = take_ssh_prefix(&text) || ++classifier->ssh_lines > FF_LIMIT_HEADER_LINES;
    classifier->ssh_echo = !ended && !printed;
    return !printed;
}

/* The runner stamps each message once: what follows without a stamp belongs to it. */
static bool continues_silently(const ff_classifier *classifier, const ff_front *front, bool stamps)
{
    return stamps && !front->stamped && (classifier->above == FF_LINE_DEBUG || classifier->above == FF_LINE_COMMAND);
}

static void open_header(ff_classifier *classifier, const ff_header_survey *header, bool stamps)
{
    ff_header_open(&classifier->header, header->closes, stamps);
    classifier->ssh = !header->scripted && ff_slice_find(header->title, FF_LIT("/ssh-")) != SIZE_MAX;
    classifier->ssh_echo = false;
}

static ff_line_kind find_kind(ff_classifier *classifier, const ff_front *front, ff_slice text,
                              const ff_line_context *context)
{
    if (context->header) {
        open_header(classifier, context->header, context->stamps);
        return FF_LINE_GROUP;
    }
    if (ff_header_holds(&classifier->header, front))
        return classifier->header.open ? FF_LINE_SCRIPT : FF_LINE_GROUP;
    if (front->marker.word != FF_MARKER_NONE)
        return front->marker.kind;
    if (context->runner_step)
        return FF_LINE_RUNNER;
    if (in_ssh_echo(classifier, text))
        return FF_LINE_SCRIPT;
    if (continues_silently(classifier, front, context->stamps))
        return classifier->above;
    return is_runner_phrase(text) ? FF_LINE_RUNNER : FF_LINE_OUTPUT;
}

ff_line_kind ff_classify(ff_classifier *classifier, const ff_front *front, ff_slice text,
                         const ff_line_context *context)
{
    classifier->above = find_kind(classifier, front, text, context);
    return classifier->above;
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/* docker compose: the container's name, which ends in a number, blanks, a bar. */
static void take_compose_prefix(ff_slice *text)
{
    size_t name = 0;
    while (name < text->len && is_name_byte(text->ptr[name]))
        name++;
    size_t digits = name;
    while (digits > 0 && text->ptr[digits - 1] >= '0' && text->ptr[digits - 1] <= '9')
        digits--;
    if (digits == name || digits < 2 || (text->ptr[digits - 1] != '-' && text->ptr[digits - 1] != '_'))
        return;
    size_t bar = name;
    while (bar < text->len && text->ptr[bar] == ' ')
        bar++;
    if (bar == name || bar == text->len || text->ptr[bar] != '|')
        return;
    ff_slice rest = ff_slice_from(*text, bar + 1);
    if (rest.len == 0 || ff_slice_take_prefix(&rest, FF_LIT(" ")))
        *text = rest;
}

/* BuildKit: `#12 3.456 ` before each line that a step of the image prints. `#12 ERROR: …` is its own word and stays. */
static void take_buildkit_prefix(ff_slice *text)
{
    ff_slice rest = *text;
    uint64_t number;
    if (ff_slice_take_prefix(&rest, FF_LIT("#")) && ff_slice_take_uint(&rest, &number) &&
        ff_slice_take_prefix(&rest, FF_LIT(" ")) && ff_slice_take_uint(&rest, &number) &&
        ff_slice_take_prefix(&rest, FF_LIT(".")) && ff_slice_take_uint(&rest, &number) &&
        (rest.len == 0 || ff_slice_take_prefix(&rest, FF_LIT(" "))))
        *text = rest;
}

ff_slice ff_classify_body(const ff_classifier *classifier, ff_line_kind kind, ff_slice text)
{
    if (kind != FF_LINE_OUTPUT)
        return text;
    if (classifier->ssh)
        (void)take_ssh_prefix(&text);
    take_compose_prefix(&text);
    take_buildkit_prefix(&text);
    return text;
}
