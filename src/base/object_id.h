/* Names of git's objects. */
#ifndef FF_BASE_OBJECT_ID_H
#define FF_BASE_OBJECT_ID_H

#include "base/slice.h"

/* True for an id in full, of a commit or of anything else: 40 (SHA-1) or 64 (SHA-256) hexadecimal digits, upper or
 * lower case. What is shorter could be the name of a branch. */
bool ff_object_id_is(ff_slice text);

#endif
