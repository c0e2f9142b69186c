/* The tables, and the way from each of their versions to the next. */
#ifndef FF_HISTORY_SCHEMA_H
#define FF_HISTORY_SCHEMA_H

#include "history/database.h"

/* Marks a file as a history of firstfault: "FFHi". */
#define FF_SCHEMA_APPLICATION 0x46464869

/* The newest version that this program knows. */
int64_t ff_schema_newest(void);

/* The statements that lead from `version`, an older one, to the next; NULL behind the last. Static. */
const char *const *ff_schema_step(int64_t version);

#endif
