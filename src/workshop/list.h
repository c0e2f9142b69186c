/* The catalog for readers: its families and rules as a table for a terminal, as a Markdown reference, as JSON.
 *
 *     ff_list_choice choice = {.format = "text"};
 *     status = ff_list_write(catalog, &choice, &out);
 */
#ifndef FF_WORKSHOP_LIST_H
#define FF_WORKSHOP_LIST_H

#include "base/buf.h"
#include "catalog/catalog.h"

typedef struct ff_list_choice {
    const char *format;       /* "text", "markdown" or "json" */
    const char *const *globs; /* on families and ids; only what one of them fits is listed */
    size_t glob_count;        /* 0: everything */
} ff_list_choice;

/* Appends the list. A text without globs counts the rules of each family; with globs it names the rules. FF_OK,
 * FF_NOT_FOUND if no rule fits, FF_LIMIT, FF_NOMEM. */
ff_status ff_list_write(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out);

/* FF_OK if each glob of the choice fits a family or an id of the catalog; else FF_NOT_FOUND, naming the glob. */
ff_status ff_list_check(const ff_catalog *catalog, const ff_list_choice *choice, ff_error *error);

/* True if the rule is chosen. */
bool ff_list_has(const ff_list_choice *choice, const ff_rule *rule);

/* The formats, each in a file of its own. */
void ff_list_text(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out);
void ff_list_markdown(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out);
void ff_list_json(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out);

/* What the files say about a family: the first that says anything; empty if none does. */
ff_slice ff_list_about(const ff_catalog *catalog, ff_slice family);

#endif
