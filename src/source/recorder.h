/* An exchange that remembers what another one answered, and writes it down as a kept run (kept.h). */
#ifndef FF_SOURCE_RECORDER_H
#define FF_SOURCE_RECORDER_H

#include "fetch/exchange.h"
#include "fetch/target.h"

/* Opens a recorder over `inner`, which is borrowed. FF_OK or FF_NOMEM. */
ff_status ff_recorder_open(ff_exchange **recorder, ff_exchange *inner, ff_error *error);

/* FF_OK if `output` can be written: a new name that ends in `.zip`, or a folder that is empty or can be made. Else
 * FF_MISUSE with a text that names it. */
ff_status ff_recorder_check(const char *output, ff_error *error);

/* Writes index and bodies; the index comes last, or the ZIP is renamed when whole, so nothing half-written is taken for
 * a kept run. Files are 0600. FF_OK, FF_IO, FF_NOMEM, FF_LIMIT; the text names the output. */
ff_status ff_recorder_write(ff_exchange *recorder, const ff_target *target, const char *output, ff_error *error);

#endif
