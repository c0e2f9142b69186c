#include "archive/inflate.h"

#ifdef FF_HAVE_IGZIP

#include "base/limits.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdlib.h>

struct ff_inflate {
    struct inflate_state state;
    ff_reader compressed;
    bool input_ended;
    uint32_t crc;
    ff_status held; /* a fault found after some bytes were produced: reported by the next read */
    ff_error fault;
    char input[FF_LIMIT_READ_BYTES];
};

bool ff_inflate_available(void)
{
    return true;
}

ff_inflate *ff_inflate_new(void)
{
    return calloc(1, sizeof(ff_inflate));
}

void ff_inflate_free(ff_inflate *inflate)
{
    free(inflate);
}

void ff_inflate_start(ff_inflate *inflate, ff_reader compressed)
{
    isal_inflate_init(&inflate->state);
    inflate->state.crc_flag = ISAL_DEFLATE;
    inflate->compressed = compressed;
    inflate->input_ended = false;
    inflate->crc = 0;
    inflate->held = FF_OK;
    inflate->fault = (ff_error){0};
}

static ff_status refill(ff_inflate *inflate)
{
    size_t got = 0;
    ff_reader *from = &inflate->compressed;
    ff_status status = from->read(from->self, inflate->input, sizeof inflate->input, &got, &inflate->fault);
    if (status == FF_END)
        inflate->input_ended = true;
    else if (status != FF_OK)
        return status;
    inflate->state.next_in = (unsigned char *)inflate->input;
    inflate->state.avail_in = (uint32_t)got;
    return FF_OK;
}

/* One call of igzip. FF_OK if it moved on, FF_END behind the last block. */
static ff_status step(ff_inflate *inflate)
{
    struct inflate_state *state = &inflate->state;
    if (state->block_state == ISAL_BLOCK_FINISH)
        return FF_END;
    if (state->avail_in == 0 && !inflate->input_ended) {
        ff_status status = refill(inflate);
        if (status != FF_OK)
            return status;
    }
    uint32_t in = state->avail_in, out = state->avail_out;
    if (isal_inflate(state) < 0)
        return ff_error_set(&inflate->fault, FF_INVALID, "its compressed data are damaged");
    bool moved = state->avail_in != in || state->avail_out != out || state->block_state == ISAL_BLOCK_FINISH;
    if (!moved && inflate->input_ended)
        return ff_error_set(&inflate->fault, FF_INVALID, "its compressed data are cut short");
    return FF_OK;
}

ff_status ff_inflate_read(ff_inflate *inflate, char *into, size_t cap, size_t *got, ff_error *error)
{
    struct inflate_state *state = &inflate->state;
    if (cap > FF_LIMIT_READ_BYTES)
        cap = FF_LIMIT_READ_BYTES;
    state->next_out = (unsigned char *)into;
    state->avail_out = (uint32_t)cap;
    while (inflate->held == FF_OK && state->avail_out)
        inflate->held = step(inflate);
    *got = cap - state->avail_out;
    if (*got) {
        inflate->crc = crc32_gzip_refl(inflate->crc, (unsigned char *)into, *got);
        return FF_OK;
    }
    if (inflate->held != FF_END)
        (void)ff_error_set(error, inflate->held, "%s", inflate->fault.text);
    return inflate->held;
}

uint32_t ff_inflate_crc(const ff_inflate *inflate)
{
    return inflate->crc;
}

#else

bool ff_inflate_available(void)
{
    return false;
}

ff_inflate *ff_inflate_new(void)
{
    return NULL;
}

void ff_inflate_free(ff_inflate *inflate)
{
    (void)inflate;
}

void ff_inflate_start(ff_inflate *inflate, ff_reader compressed)
{
    (void)inflate;
    (void)compressed;
}

ff_status ff_inflate_read(ff_inflate *inflate, char *into, size_t cap, size_t *got, ff_error *error)
{
    (void)inflate;
    (void)into;
    (void)cap;
    *got = 0;
    return ff_error_set(error, FF_UNSUPPORTED, "this build inflates through libzip");
}

uint32_t ff_inflate_crc(const ff_inflate *inflate)
{
    (void)inflate;
    return 0;
}

#endif
