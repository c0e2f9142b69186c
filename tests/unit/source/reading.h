/* Reading a whole source for a test: what it hands out, as text.
 *
 *     reading got = {0};
 *     reading_open(&got, "run.zip");     or reading_open_bytes(&got, bytes, "run.zip")
 *     assert_string_equal(reading_streams(&got), "S a/1_x.txt=text\n");
 *     reading_forget(&got);
 */
#ifndef FF_TESTS_READING_H
#define FF_TESTS_READING_H

#include "base/buf.h"
#include "base/limits.h"
#include "source/source.h"

#include <stdlib.h>

typedef struct reading {
    ff_arena arena;
    ff_run run;
    ff_source *source;
    ff_status status; /* of opening, then of the last call for a stream */
    ff_error error;
    ff_buf streams; /* `J name=text` a stream, `S` a step, `T` text of no known job */
    ff_buf notes;   /* `code` or, where it makes the run partial, `code!` */
} reading;

static inline void reading_drain(reading *got)
{
    static const char forms[] = {[FF_STREAM_STEP] = 'S', [FF_STREAM_JOB] = 'J', [FF_STREAM_TEXT] = 'T'};
    char *piece = malloc(FF_LIMIT_READ_BYTES);
    ff_stream stream;
    ff_buf_init(&got->streams, (size_t)64 * 1024 * 1024);
    ff_buf_init(&got->notes, SIZE_MAX / 4);
    while (piece && got->status == FF_OK &&
           (got->status = ff_source_next(got->source, &stream, &got->error)) == FF_OK) {
        size_t count = 0;
        ff_status status;
        ff_buf_printf(&got->streams, "%c %.*s=", forms[stream.form], FF_ARG(stream.name));
        while ((status = stream.reader.read(stream.reader.self, piece, FF_LIMIT_READ_BYTES, &count, &got->error)) ==
               FF_OK)
            ff_buf_add(&got->streams, (ff_slice){piece, count});
        ff_buf_add(&got->streams, status == FF_END ? FF_LIT("\n") : FF_LIT(" FAILED\n"));
    }
    for (size_t i = 0; i < got->run.notes.count; i++)
        ff_buf_printf(&got->notes, "%s%s\n", got->run.notes.items[i].code, got->run.notes.items[i].partial ? "!" : "");
    free(piece);
}

static inline void reading_open(reading *got, const char *target)
{
    *got = (reading){0};
    ff_arena_init(&got->arena, 0);
    ff_run_init(&got->run, &got->arena);
    got->status = ff_source_open(&got->source, target, &got->run, &got->error);
    reading_drain(got);
}

static inline void reading_open_bytes(reading *got, ff_slice bytes, const char *name)
{
    *got = (reading){0};
    ff_arena_init(&got->arena, 0);
    ff_run_init(&got->run, &got->arena);
    got->status = ff_source_open_bytes(&got->source, bytes, name, &got->run, &got->error);
    reading_drain(got);
}

static inline const char *reading_streams(const reading *got)
{
    return got->streams.ptr ? got->streams.ptr : "";
}

static inline const char *reading_notes(const reading *got)
{
    return got->notes.ptr ? got->notes.ptr : "";
}

static inline void reading_forget(reading *got)
{
    ff_source_close(got->source);
    ff_buf_release(&got->streams);
    ff_buf_release(&got->notes);
    ff_arena_release(&got->arena);
    *got = (reading){0};
}

#endif
