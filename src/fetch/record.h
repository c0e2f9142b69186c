/* The index of a recorded conversation: what was asked, how it ended, and which file holds the body.
 *
 * A file of JSON, `firstfault.json`, beside the bodies: {schema, target, answers: [{path, http, status, file, next,
 * refused, circles, unsent, text}]}. `status` is an ff_status; `text` the line for the user where it is not FF_OK. It
 * is written by source/recorder.c and read by source/kept.c; record.c takes the JSON apart.
 */
#ifndef FF_FETCH_RECORD_H
#define FF_FETCH_RECORD_H

#include "base/array.h"
#include "base/error.h"

#include <stdint.h>

#define FF_RECORD_INDEX "firstfault.json"
#define FF_RECORD_SCHEMA "firstfault.kept/1"

typedef struct ff_recorded {
    ff_slice path, file, next, text;
    uint32_t http;
    int32_t status;
    uint32_t refused, circles, unsent; /* 1: as in ff_call */
} ff_recorded;

typedef struct ff_record {
    ff_recorded *items;
    size_t count, cap;
    ff_slice schema, target;
} ff_record;

/* Reads an index; memory from `arena`. Nothing in it is trusted. FF_OK; FF_INVALID with a text that completes "its
 * index …"; FF_LIMIT, FF_NOMEM. */
ff_status ff_record_parse(ff_record *record, ff_slice json, ff_arena *arena, ff_error *error);

#endif
