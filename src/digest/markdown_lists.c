#include "digest/fact.h"
#include "digest/location.h"
#include "digest/markdown_page.h"

/* A list is a section: a heading and a table, or items. Each shows its first rows. */
enum { UNEXPLAINED = 30, RERUNS = 15, WORKFLOWS = 15, NOTES = 12 };

/* One list of the page. */
typedef struct ff_list {
    const char *heading;     /* with the header of its table, if it is one */
    const char *before_more; /* around the number of rows that were left out, in the row that says so */
    const char *behind_more;
    size_t most; /* rows */
    size_t (*count)(const ff_digest *digest);
    void (*write)(const ff_pen *pen, const ff_digest *digest, size_t row);
} ff_list;

/* Those that were read: the head of the page counts the others. */
static size_t count_unexplained(const ff_digest *digest)
{
    return digest->unexplained_count - digest->unread_count;
}

/* `run · workflow · where · when`, of a run that has no group. */
static void write_run(const ff_pen *pen, const ff_digest *digest, const ff_digest_run *run)
{
    ff_pen_say(pen, "| ");
    ff_fact_say_run(pen, run);
    ff_pen_say(pen, " | ");
    ff_location_say_run(pen, digest, run);
    ff_pen_say(pen, " | ");
    ff_pen_minute(pen, run->created_at);
    ff_pen_say(pen, " | ");
}

static void write_unexplained(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    const ff_digest_run *run = &digest->unexplained[row];
    write_run(pen, digest, run);
    ff_pen_prose(pen, run->why.len ? run->why : run->conclusion);
    ff_pen_say(pen, " |\n");
}

static size_t count_reruns(const ff_digest *digest)
{
    return digest->rerun_count;
}

static void write_rerun(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    ff_digest_run run = digest->reruns[row];
    uint32_t attempt = run.passed_attempt ? run.passed_attempt : run.attempt;
    run.attempt = 0; /* it has a column of its own */
    write_run(pen, digest, &run);
    ff_buf_printf(pen->out, "%u |\n", attempt);
}

/* Those with a failure: they come first. */
static size_t count_workflows(const ff_digest *digest)
{
    size_t count = 0;
    while (count < digest->workflow_count && digest->workflows[count].failed)
        count++;
    return count;
}

static void write_workflow(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    enum { PERCENT = 100 };
    const ff_digest_workflow *workflow = &digest->workflows[row];
    uint64_t runs = (uint64_t)workflow->failed + workflow->passed;
    ff_pen_say(pen, "| ");
    ff_location_say_workflow(pen, digest, workflow->repository, workflow->name);
    ff_buf_printf(pen->out, " | %u | %u | %u | ", workflow->failed, workflow->passed, workflow->other);
    if (runs)
        ff_buf_printf(pen->out, "%.0f %%", (double)workflow->failed * PERCENT / (double)runs);
    ff_pen_say(pen, " |\n");
}

static size_t count_notes(const ff_digest *digest)
{
    return digest->notes.count;
}

static void write_note(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    const ff_note *note = &digest->notes.items[row];
    ff_pen_say(pen, note->partial ? "- **not read:** " : "- ");
    ff_pen_prose(pen, note->text);
    ff_pen_say(pen, "\n");
}

static const ff_list LISTS[] = {
    {"## Unexplained\n| run | workflow | started | why |\n| ---: | --- | --- | --- |\n", "| … | ",
     " more, in the HTML and the JSON | | |\n", UNEXPLAINED, count_unexplained, write_unexplained},
    {"## Passed on a second try\nWhat failed before is not known.\n\n| run | workflow | started | passed in attempt |\n"
     "| ---: | --- | --- | ---: |\n",
     "| … | ", " more, in the HTML and the JSON | | |\n", RERUNS, count_reruns, write_rerun},
    {"## Workflows\n| workflow | failed | passed | other | failure rate |\n| --- | ---: | ---: | ---: | ---: |\n", "| ",
     " more, in the HTML and the JSON | | | | |\n", WORKFLOWS, count_workflows, write_workflow},
    {"## What to know of this scan\n", "- ", " more, in the HTML and the JSON\n", NOTES, count_notes, write_note},
};

enum { LIST_COUNT = sizeof LISTS / sizeof *LISTS, MORE_BYTES = 80 };

/* Rows while they fit; the heading goes with the first. */
static void write_list(ff_markdown_page *page, const ff_list *list)
{
    ff_buf block;
    size_t rows = list->count(page->digest), shown = 0;
    ff_buf_init(&block, page->most);
    ff_pen pen = ff_markdown_pen(page, &block, list->heading[strlen(list->heading) - 2] == '|');
    page->reserved = MORE_BYTES;
    for (; shown < rows && shown < list->most; shown++) {
        ff_pen_say(&pen, shown ? "" : list->heading);
        list->write(&pen, page->digest, shown);
        if (!ff_markdown_add(page, &block))
            break;
    }
    page->reserved = 0;
    if (shown && shown < rows)
        ff_buf_printf(&block, "%s%zu%s", list->before_more, rows - shown, list->behind_more);
    ff_pen_say(&pen, shown ? "\n" : "");
    (void)ff_markdown_add(page, &block);
    ff_buf_release(&block);
}

void ff_markdown_write_lists(const ff_digest *digest, size_t most, ff_buf *out)
{
    ff_markdown_page page = {.digest = digest, .out = out};
    for (size_t i = 0; i < LIST_COUNT; i++) {
        page.most += (most - page.most) / (LIST_COUNT - i); /* what one does not need is left to the next */
        write_list(&page, &LISTS[i]);
    }
}
