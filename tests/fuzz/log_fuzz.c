/* Any bytes as a source: text or archive. Lines come clean and in place, and the end is reached. */
#include "fuzz.h"

#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "log/log.h"

static void check_line(const ff_run *run, const ff_line *line)
{
    FF_PROMISE((unsigned)line->kind < FF_LINE_KIND_COUNT);
    FF_PROMISE(line->job < run->jobs.count);
    FF_PROMISE(line->step < run->jobs.items[line->job].steps.count);
    FF_PROMISE(line->place.line > 0);
    FF_PROMISE(line->text.len <= 2 * FF_LIMIT_LINE_BYTES + 64);
    FF_PROMISE(line->body.len <= line->text.len);
    FF_PROMISE(!line->body.len || line->body.ptr + line->body.len == line->text.ptr + line->text.len);
    FF_PROMISE(ff_slice_find_byte(line->text, '\n') == SIZE_MAX);
}

static void check_kept(ff_slice text)
{
    ff_arena arena;
    uint32_t redactions = 0;
    ff_arena_init(&arena, 0);
    ff_slice kept = ff_text_keep(&arena, text, FF_LIMIT_KEPT_LINE_BYTES, &redactions);
    FF_PROMISE(kept.len <= FF_LIMIT_KEPT_LINE_BYTES && ff_utf8_valid(kept));
    ff_slice again = ff_text_keep(&arena, kept, FF_LIMIT_KEPT_LINE_BYTES, &redactions);
    FF_PROMISE(again.len <= FF_LIMIT_KEPT_LINE_BYTES && ff_utf8_valid(again));
    ff_arena_release(&arena);
}

static void read_lines(ff_source *source, ff_run *run)
{
    ff_log *log = NULL;
    ff_error error = {0};
    ff_line line;
    ff_status status = ff_log_open(&log, source, run, &error);
    while (status == FF_OK && (status = ff_log_next(log, &line, &error)) == FF_OK) {
        check_line(run, &line);
        check_kept(line.text);
    }
    FF_PROMISE(status == FF_END || error.text[0]);
    ff_log_close(log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ff_arena arena;
    ff_run run;
    ff_source *source = NULL;
    ff_error error = {0};
    ff_arena_init(&arena, 0);
    ff_run_init(&run, &arena);
    if (ff_source_open_bytes(&source, ff_fuzz_input(data, size), "fuzz", &run, &error) == FF_OK)
        read_lines(source, &run);
    else
        FF_PROMISE(error.text[0]);
    ff_source_close(source);
    ff_arena_release(&arena);
    return 0;
}
