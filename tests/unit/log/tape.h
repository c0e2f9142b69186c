/* A source that plays prepared text, and what the log made of it, kept to be compared.
 *
 *     tape_reel reel = {.form = FF_STREAM_TEXT, .name = "log.txt", .text = FF_LIT("hello\n")};
 *     tape_record *record = tape_play(&reel, 1, 0);
 *     assert_int_equal(record->count, 1);
 *     tape_free(record);
 */
#ifndef TESTS_UNIT_LOG_TAPE_H
#define TESTS_UNIT_LOG_TAPE_H

#include "base/array.h"
#include "log/log.h"
#include "source/kind.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct tape_reel {
    ff_stream_form form;
    const char *name;
    ff_slice text;
    const char *job;  /* for steps and jobs: its name in the archive */
    const char *step; /* for steps: its name */
} tape_reel;

typedef struct tape_record {
    ff_arena arena;
    ff_run run;
    ff_line *items; /* texts are copies */
    size_t count, cap;
} tape_record;

typedef struct tape_player {
    const tape_reel *reels;
    size_t count, next, at, piece;
    ff_run *run;
} tape_player;

static inline ff_status tape_read(void *self, char *into, size_t cap, size_t *got, ff_error *error)
{
    tape_player *player = self;
    ff_slice rest = ff_slice_from(player->reels[player->next - 1].text, player->at);
    (void)error;
    *got = rest.len < cap ? rest.len : cap;
    if (player->piece && *got > player->piece)
        *got = player->piece;
    if (*got == 0)
        return FF_END;
    memcpy(into, rest.ptr, *got);
    player->at += *got;
    return FF_OK;
}

static inline uint32_t tape_job(ff_run *run, const char *name)
{
    for (uint32_t i = 0; i < run->jobs.count; i++)
        if (ff_slice_eq(ff_run_job(run, i)->archive_name, ff_slice_of(name)))
            return i;
    ff_job *job = ff_run_add_job(run, ff_slice_of(name));
    assert_non_null(job);
    job->archive_name = job->name;
    return (uint32_t)(run->jobs.count - 1);
}

static inline ff_status tape_next(ff_source *source, ff_stream *stream, ff_error *error)
{
    tape_player *player = source->self;
    (void)error;
    if (player->next == player->count)
        return FF_END;
    const tape_reel *reel = &player->reels[player->next++];
    player->at = 0;
    *stream = (ff_stream){.form = reel->form, .name = ff_slice_of(reel->name), .job = FF_NO_INDEX, .step = FF_NO_INDEX};
    stream->reader = (ff_reader){tape_read, player};
    if (reel->job)
        stream->job = tape_job(player->run, reel->job);
    if (reel->step) {
        ff_step *step = ff_run_add_step(player->run, stream->job, ff_slice_of(reel->step));
        assert_non_null(step);
        step->phase = ff_slice_starts(step->name, FF_LIT("Post ")) ? FF_STEP_POST : FF_STEP_MAIN;
        stream->step = (uint32_t)(ff_run_job(player->run, stream->job)->steps.count - 1);
    }
    return FF_OK;
}

/* Plays the reels in pieces of `piece` bytes (0: as large as asked for) and keeps every line. */
static inline tape_record *tape_play(const tape_reel *reels, size_t count, size_t piece)
{
    static const ff_source_kind kind = {.next = tape_next};
    tape_record *record = calloc(1, sizeof *record);
    assert_non_null(record);
    ff_arena_init(&record->arena, 0);
    ff_run_init(&record->run, &record->arena);
    tape_player player = {.reels = reels, .count = count, .piece = piece, .run = &record->run};
    ff_source source = {.kind = &kind, .run = &record->run, .self = &player};
    ff_log *log = NULL;
    ff_error error = {0};
    ff_line line;
    ff_status status;
    assert_int_equal(ff_log_open(&log, &source, &record->run, &error), FF_OK);
    while ((status = ff_log_next(log, &line, &error)) == FF_OK) {
        ff_line *kept = FF_ARRAY_PUSH(&record->arena, record);
        assert_non_null(kept);
        *kept = line;
        kept->text = ff_arena_dup(&record->arena, line.text);
        kept->body = ff_arena_dup(&record->arena, line.body);
    }
    assert_int_equal(status, FF_END);
    ff_log_close(log);
    return record;
}

static inline tape_record *tape_play_text(const char *text)
{
    return tape_play(&(tape_reel){.form = FF_STREAM_TEXT, .name = "log.txt", .text = ff_slice_of(text)}, 1, 0);
}

static inline void tape_free(tape_record *record)
{
    ff_arena_release(&record->arena);
    free(record);
}

static inline const ff_line *tape_line(const tape_record *record, size_t number)
{
    assert_true(number >= 1 && number <= record->count);
    return &record->items[number - 1];
}

static inline const ff_step *tape_step(const tape_record *record, size_t step)
{
    assert_true(record->run.jobs.count > 0 && step < ff_run_job(&record->run, 0)->steps.count);
    return ff_run_step(&record->run, 0, (uint32_t)step);
}

/* Compares with a readable message. */
#define tape_assert_text(slice, expected)                                        \
    do {                                                                         \
        ff_slice found_ = (slice), wanted_ = ff_slice_of(expected);              \
        if (!ff_slice_eq(found_, wanted_))                                       \
            fail_msg("found \"%.*s\", wanted \"%s\"", FF_ARG(found_), expected); \
    } while (0)

#endif
