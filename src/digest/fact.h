/* What a page says of one group: a row of a table each, the same words in Markdown and in HTML.
 *
 *     for (const ff_fact *fact = ff_fact_first(); fact->say; fact++)
 *         if (fact->is(digest, group)) {
 *             ff_pen_say(&pen, fact->label);
 *             fact->say(&pen, digest, group);
 *         }
 */
#ifndef FF_DIGEST_FACT_H
#define FF_DIGEST_FACT_H

#include "digest/digest.h"
#include "digest/pen.h"

typedef struct ff_fact {
    const char *label;
    bool in_head; /* said in the lines under the title, without its label */
    bool (*is)(const ff_digest *digest, const ff_group *group);
    void (*say)(const ff_pen *pen, const ff_digest *digest, const ff_group *group);
} ff_fact;

/* The first row; one without `say` ends the table. */
const ff_fact *ff_fact_first(void);

/* The title, or what stands in for one. `max`: bytes of it. */
void ff_fact_say_title(const ff_pen *pen, const ff_group *group, size_t max);

/* `19821302147` as a link to the run; what attempt if not the first. */
void ff_fact_say_run(const ff_pen *pen, const ff_digest_run *run);

/* Whether it is said how to mend it, and what would decide about it: not of what got fixed. */
bool ff_fact_has_fix(const ff_group *group);
bool ff_fact_has_command(const ff_group *group);

/* The first group in front of it that has the very same fix; FF_NO_GROUP: none has. */
uint32_t ff_fact_same_fix(const ff_digest *digest, size_t index);

/* Commands of this program that tell more of it. */
void ff_fact_say_closer(const ff_pen *pen, const ff_digest *digest, const ff_group *group);

/* The run that shows it best; NULL if none is known. */
const ff_digest_run *ff_fact_example(const ff_group *group);

#endif
