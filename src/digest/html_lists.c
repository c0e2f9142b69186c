#include "digest/fact.h"
#include "digest/html_page.h"
#include "digest/location.h"

enum { ROWS = 500 };

/* A table of runs or workflows: a section of its own. */
typedef struct ff_table {
    const char *id, *heading, *caption, *header;
    size_t (*count)(const ff_digest *digest);
    void (*add)(const ff_pen *pen, const ff_digest *digest, size_t row);
} ff_table;

static void add_run(const ff_pen *pen, const ff_digest *digest, const ff_digest_run *run)
{
    ff_html_mark(pen, "<th scope=\"row\">");
    ff_fact_say_run(pen, run);
    ff_html_mark(pen, "</th><td>");
    ff_pen_minute(pen, run->created_at);
    ff_html_mark(pen, "</td><td>");
    ff_location_say_run(pen, digest, run);
    ff_html_mark(pen, "</td>");
}

/* Those that were read: the head of the page counts the others. */
static size_t count_unexplained(const ff_digest *digest)
{
    return digest->unexplained_count - digest->unread_count;
}

static void add_unexplained(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    const ff_digest_run *run = &digest->unexplained[row];
    add_run(pen, digest, run);
    ff_html_mark(pen, "<td>");
    ff_pen_prose(pen, run->why.len ? run->why : run->conclusion);
    ff_html_mark(pen, "</td>");
}

static size_t count_reruns(const ff_digest *digest)
{
    return digest->rerun_count;
}

static void add_rerun(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    ff_digest_run run = digest->reruns[row];
    uint32_t attempt = run.passed_attempt ? run.passed_attempt : run.attempt;
    run.attempt = 0; /* it has a column of its own */
    add_run(pen, digest, &run);
    ff_buf_printf(pen->out, "<td class=\"number\">%u</td>", attempt);
}

static size_t count_workflows(const ff_digest *digest)
{
    return digest->workflow_count;
}

static void add_workflow(const ff_pen *pen, const ff_digest *digest, size_t row)
{
    const ff_digest_workflow *workflow = &digest->workflows[row];
    uint64_t runs = (uint64_t)workflow->failed + workflow->passed;
    ff_html_mark(pen, "<th scope=\"row\">");
    ff_location_say_workflow(pen, digest, workflow->repository, workflow->name);
    ff_buf_printf(pen->out,
                  "</th><td class=\"number\">%u</td><td class=\"number\">%u</td><td class=\"number\">%u</td>"
                  "<td class=\"number\">",
                  workflow->failed, workflow->passed, workflow->other);
    if (runs)
        ff_buf_printf(pen->out, "%.0f %%", 100.0 * workflow->failed / (double)runs);
    ff_html_mark(pen, "</td>");
}

#define COLUMN(name) "<th scope=\"col\">" name "</th>"
#define NUMBERS(name) "<th scope=\"col\" class=\"number\">" name "</th>"

static const ff_table TABLES[] = {
    {"unexplained", "Unexplained", "Failed runs that belong to none of the above",
     COLUMN("Run") COLUMN("Started (UTC)") COLUMN("Workflow") COLUMN("Why"), count_unexplained, add_unexplained},
    {"reruns", "Passed on a second try", "What failed before is not known",
     COLUMN("Run") COLUMN("Started (UTC)") COLUMN("Workflow") NUMBERS("Passed in attempt"), count_reruns, add_rerun},
    {"workflows", "Workflows", "Runs of the window; the rate is of those that failed or passed",
     COLUMN("Workflow") NUMBERS("Failed") NUMBERS("Passed") NUMBERS("Other") NUMBERS("Failure rate"), count_workflows,
     add_workflow},
};

static void add_table(const ff_pen *pen, const ff_digest *digest, const ff_table *table)
{
    size_t rows = table->count(digest);
    if (rows == 0)
        return;
    ff_buf_printf(
        pen->out,
        "<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n<div class=\"scroll%s\" role=\"region\" "
        "aria-label=\"Table: %s\" tabindex=\"0\">\n<table>\n<caption>%s</caption>\n<thead><tr>%s</tr></thead>\n"
        "<tbody>\n",
        table->id, table->id, table->heading, table->count == count_workflows ? "" : " cards", table->heading,
        table->caption, table->header);
    for (size_t i = 0; i < rows && i < ROWS; i++) {
        ff_html_mark(pen, "<tr>");
        table->add(pen, digest, i);
        ff_html_mark(pen, "</tr>\n");
    }
    ff_html_mark(pen, "</tbody>\n</table>\n</div>\n");
    if (rows > ROWS)
        ff_buf_printf(pen->out, "<p>%zu more, in the JSON.</p>\n", rows - ROWS);
    ff_html_mark(pen, "</section>\n");
}

static void add_notes(const ff_pen *pen, const ff_notes *notes)
{
    if (notes->count == 0)
        return;
    ff_html_mark(pen, "<section aria-labelledby=\"notes\">\n<h2 id=\"notes\">What to know of this scan</h2>\n<ul>\n");
    for (size_t i = 0; i < notes->count; i++) {
        ff_html_mark(pen, notes->items[i].partial ? "<li><strong>Not read:</strong> " : "<li>");
        ff_pen_prose(pen, notes->items[i].text);
        ff_html_mark(pen, "</li>\n");
    }
    ff_html_mark(pen, "</ul>\n</section>\n");
}

void ff_html_add_lists(const ff_pen *pen, const ff_digest *digest)
{
    for (size_t i = 0; i < sizeof TABLES / sizeof *TABLES; i++)
        add_table(pen, digest, &TABLES[i]);
    add_notes(pen, &digest->notes);
}
