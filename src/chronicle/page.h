/* The pages of one group and of one run, for a terminal and in Markdown. Inside src/chronicle only. */
#ifndef FF_CHRONICLE_PAGE_H
#define FF_CHRONICLE_PAGE_H

#include "chronicle/chronicle.h"
#include "chronicle/folio.h"

/* Each writes the whole page. The chronicle must be one of that kind. */
void ff_chronicle_say_group(const ff_folio *folio, const ff_chronicle *chronicle);
void ff_chronicle_say_run(const ff_folio *folio, const ff_chronicle *chronicle);

#endif
