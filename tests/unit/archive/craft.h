/* Archives for tests: honest ones written by libzip, hostile ones byte by byte.
 *
 *     craft zip = {0};
 *     craft_add(&zip, (craft_entry){.name = FF_LIT("0_a.txt"), .data = FF_LIT("text\n")});
 *     craft_finish(&zip, (craft_end){0});
 *     ... craft_bytes(&zip) ...
 *     craft_release(&zip);
 */
#ifndef FF_TESTS_CRAFT_H
#define FF_TESTS_CRAFT_H

#include "archive/wire.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

typedef struct craft_entry {
    ff_slice name;
    ff_slice data;  /* as it stands in the archive: for method 0 the text itself */
    ff_slice extra; /* of the directory record */
    uint16_t flags;
    uint16_t method;
    int32_t size_lie;   /* added to the size in the directory */
    int32_t packed_lie; /* added to the packed size in the directory */
    uint32_t crc_lie;   /* xored into the checksum in the directory */
    bool elsewhere;     /* the record points at `at` instead, and no local part is written */
    uint32_t at;
    bool described; /* sizes behind the data (bit 3) */
    bool packed;    /* `data` are deflated: size and checksum of the text follow */
    uint32_t real_size, real_crc;
} craft_entry;

typedef struct craft_end {
    int32_t count_lie;
    int32_t size_lie;
    int32_t offset_lie;
    bool wide; /* a 64-bit end record with `wide_count` entries (0: the true number) */
    uint64_t wide_count;
    ff_slice comment;
} craft_end;

typedef struct craft {
    ff_buf body, directory;
    uint32_t count;
} craft;

static inline uint32_t craft_crc(ff_slice text)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < text.len; i++) {
        crc ^= (unsigned char)text.ptr[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xEDB88320) : 0);
    }
    return ~crc;
}

static inline void craft_add(craft *zip, craft_entry entry)
{
    if (!zip->body.max) {
        ff_buf_init(&zip->body, SIZE_MAX / 4);
        ff_buf_init(&zip->directory, SIZE_MAX / 4);
    }
    uint64_t at = entry.elsewhere ? entry.at : zip->body.len;
    uint32_t crc = entry.packed ? entry.real_crc : craft_crc(entry.data);
    uint32_t size = entry.packed ? entry.real_size : (uint32_t)entry.data.len;
    uint16_t flags = (uint16_t)(entry.flags | (entry.described ? 8 : 0));
    if (!entry.elsewhere) {
        const uint64_t local[][2] = {{FF_WIRE_LOCAL_MAGIC, 4},
                                     {20, 2},
                                     {flags, 2},
                                     {entry.method, 2},
                                     {0, 4},
                                     {entry.described ? 0 : crc, 4},
                                     {entry.described ? 0 : entry.data.len, 4},
                                     {entry.described ? 0 : size, 4},
                                     {entry.name.len, 2},
                                     {0, 2}};
        for (size_t i = 0; i < sizeof local / sizeof *local; i++)
            ff_wire_put(&zip->body, local[i][0], (size_t)local[i][1]);
        ff_buf_add(&zip->body, entry.name);
        ff_buf_add(&zip->body, entry.data);
        if (entry.described) {
            ff_wire_put(&zip->body, 0x08074b50, 4);
            ff_wire_put(&zip->body, crc, 4);
            ff_wire_put(&zip->body, entry.data.len, 4);
            ff_wire_put(&zip->body, size, 4);
        }
    }
    const uint64_t record[][2] = {{FF_WIRE_RECORD_MAGIC, 4},
                                  {20, 2},
                                  {20, 2},
                                  {flags, 2},
                                  {entry.method, 2},
                                  {0, 4},
                                  {crc ^ entry.crc_lie, 4},
                                  {(uint32_t)entry.data.len + (uint32_t)entry.packed_lie, 4},
                                  {size + (uint32_t)entry.size_lie, 4},
                                  {entry.name.len, 2},
                                  {entry.extra.len, 2},
                                  {0, 2},
                                  {0, 2},
                                  {0, 2},
                                  {0, 4},
                                  {at, 4}};
    for (size_t i = 0; i < sizeof record / sizeof *record; i++)
        ff_wire_put(&zip->directory, record[i][0], (size_t)record[i][1]);
    ff_buf_add(&zip->directory, entry.name);
    ff_buf_add(&zip->directory, entry.extra);
    zip->count++;
}

/* A stored text under a name, both NUL-terminated. */
static inline void craft_text(craft *zip, const char *name, const char *text)
{
    craft_add(zip, (craft_entry){.name = ff_slice_of(name), .data = ff_slice_of(text)});
}

static inline void craft_finish(craft *zip, craft_end end)
{
    if (!zip->body.max)
        ff_buf_init(&zip->body, SIZE_MAX / 4);
    uint64_t at = zip->body.len + (uint64_t)(int64_t)end.offset_lie;
    uint64_t size = zip->directory.len + (uint64_t)(int64_t)end.size_lie;
    uint64_t count = zip->count + (uint64_t)(int64_t)end.count_lie;
    ff_buf_add(&zip->body, ff_buf_slice(&zip->directory));
    if (end.wide) {
        uint64_t wide_at = zip->body.len;
        uint64_t claimed = end.wide_count ? end.wide_count : count;
        const uint64_t wide[][2] = {{FF_WIRE_END64_MAGIC, 4},
                                    {44, 8},
                                    {45, 2},
                                    {45, 2},
                                    {0, 4},
                                    {0, 4},
                                    {claimed, 8},
                                    {claimed, 8},
                                    {size, 8},
                                    {at, 8},
                                    {FF_WIRE_LOCATOR_MAGIC, 4},
                                    {0, 4},
                                    {wide_at, 8},
                                    {1, 4}};
        for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
            ff_wire_put(&zip->body, wide[i][0], (size_t)wide[i][1]);
        count = UINT16_MAX;
        size = at = UINT32_MAX;
    }
    const uint64_t last[][2] = {{FF_WIRE_END_MAGIC, 4}, {0, 2}, {0, 2}, {count, 2}, {count, 2}, {size, 4}, {at, 4},
                                {end.comment.len, 2}};
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        ff_wire_put(&zip->body, last[i][0], (size_t)last[i][1]);
    ff_buf_add(&zip->body, end.comment);
}

static inline ff_slice craft_bytes(const craft *zip)
{
    return ff_buf_slice(&zip->body);
}

static inline void craft_release(craft *zip)
{
    ff_buf_release(&zip->body);
    ff_buf_release(&zip->directory);
    *zip = (craft){0};
}

typedef struct craft_file {
    const char *name;
    ff_slice text;
    bool stored;
    bool encrypted;
} craft_file;

/* An honest archive written by libzip into `out`. False if libzip refuses. */
static inline bool craft_by_libzip(ff_buf *out, const craft_file *files, size_t count)
{
    zip_source_t *memory = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip = memory ? zip_open_from_source(memory, ZIP_TRUNCATE, NULL) : NULL;
    if (!zip)
        return false;
    zip_source_keep(memory);
    bool fine = true;
    for (size_t i = 0; i < count; i++) {
        zip_source_t *text = zip_source_buffer(zip, files[i].text.ptr, files[i].text.len, 0);
        zip_int64_t index = text ? zip_file_add(zip, files[i].name, text, ZIP_FL_ENC_UTF_8) : -1;
        fine = fine && index >= 0 &&
               zip_set_file_compression(zip, (zip_uint64_t)index, files[i].stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 9) ==
                   0 &&
               (!files[i].encrypted || zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_AES_256, "pw") == 0);
    }
    fine = zip_close(zip) == 0 && fine;
    char piece[4096];
    zip_int64_t got = 0;
    fine = fine && zip_source_open(memory) == 0;
    while (fine && (got = zip_source_read(memory, piece, sizeof piece)) > 0)
        ff_buf_add(out, (ff_slice){piece, (size_t)got});
    if (fine)
        (void)zip_source_close(memory);
    zip_source_free(memory);
    return fine && got == 0 && ff_buf_status(out) == FF_OK;
}

/* Text that deflate packs well but not to nothing, owned by the caller. */
static inline char *craft_lines(size_t len)
{
    char *text = malloc(len + 1);
    uint32_t seed = 1;
    for (size_t i = 0; text && i < len; i++) {
        seed = seed * 1664525 + 1013904223;
        text[i] = i % 71 == 70 ? '\n' : (char)('a' + (seed >> 28));
    }
    if (text)
        text[len] = '\0';
    return text;
}

#endif
