#include "tree/gitpack.h"

#include "base/limits.h"
#include "base/slice.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    ID_BYTES = 20,
    FANOUT = 256,
    NAMES_AT = 8 + 4 * FANOUT, /* behind the magic number, the version and the fan-out table */
    BLOCK_NAMES = 512,         /* read at once */
    HEADER_BYTES = 40,         /* of an object: its type, its size, what it differs from */
};

enum object_type { FROM_OFFSET = 6, FROM_ID = 7 }; /* differs from the object that is so far in front, or called so */

typedef struct pack {
    char *path;              /* of the index */
    int index, data;         /* open */
    uint32_t fanout[FANOUT]; /* how many names start with this byte or a smaller one */
} pack;

struct ff_gitpacks {
    pack items[FF_LIMIT_GIT_PACKS];
    size_t count;
};

/* An object on the way. */
typedef struct step {
    uint64_t at, size;
    unsigned type;
    size_t used; /* bytes of the header that are read */
    unsigned char header[HEADER_BYTES];
} step;

static bool read_at(int fd, void *into, size_t len, uint64_t at)
{
    ssize_t got;
    do
        got = pread(fd, into, len, (off_t)at);
    while (got < 0 && errno == EINTR);
    return got >= 0 && (size_t)got == len;
}

static uint32_t number_of(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* ---- the index ---- */

static bool read_fanout(pack *p)
{
    static const unsigned char magic[] = {0xFF, 't', 'O', 'c', 0, 0, 0, 2};
    unsigned char bytes[NAMES_AT];
    if (!read_at(p->index, bytes, sizeof bytes, 0) || memcmp(bytes, magic, sizeof magic) != 0)
        return false;
    for (size_t i = 0; i < FANOUT; i++)
        p->fanout[i] = number_of(bytes + sizeof magic + 4 * i);
    return true;
}

/* Halves the range of names as libgit2 does, so that of names that stand there twice the same one is found. Names near
 * one another are read at once. */
static bool find_name(const pack *p, const unsigned char *id, uint32_t *found)
{
    unsigned char block[BLOCK_NAMES * ID_BYTES], name[ID_BYTES];
    uint32_t low = id[0] ? p->fanout[id[0] - 1] : 0, high = p->fanout[id[0]], first = 0;
    bool have_block = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const unsigned char *at = name;
        if (!have_block && high - low <= BLOCK_NAMES) {
            first = low;
            have_block = read_at(p->index, block, (size_t)(high - low) * ID_BYTES, NAMES_AT + (uint64_t)low * ID_BYTES);
            if (!have_block)
                return false;
        }
        if (have_block)
            at = block + (size_t)(middle - first) * ID_BYTES;
        else if (!read_at(p->index, name, ID_BYTES, NAMES_AT + (uint64_t)middle * ID_BYTES))
            return false;
        int order = memcmp(at, id, ID_BYTES);
        if (order == 0) {
            *found = middle;
            return true;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* Behind the names stand checksums and places of 4 bytes each, then the large places of 8. */
static bool find_place(const pack *p, const unsigned char *id, uint64_t *place)
{
    const uint32_t large = 0x80000000U;
    unsigned char bytes[8];
    uint32_t found;
    if (!find_name(p, id, &found))
        return false;
    const uint64_t count = p->fanout[FANOUT - 1], places = NAMES_AT + count * (ID_BYTES + 4);
    if (!read_at(p->index, bytes, 4, places + (uint64_t)found * 4))
        return false;
    *place = number_of(bytes);
    if (!(*place & large))
        return true;
    if (!read_at(p->index, bytes, 8, places + count * 4 + (*place & (large - 1)) * 8))
        return false;
    *place = (uint64_t)number_of(bytes) << 32 | number_of(bytes + 4);
    return true;
}

/* ---- the way of an object ---- */

/* Three bits of the type and four of the size, then seven of the size a byte, the low ones first. */
static bool read_header(const pack *p, step *s)
{
    unsigned shift = 4;
    memset(s->header, 0, sizeof s->header);
    if (s->at > INT64_MAX || pread(p->data, s->header, sizeof s->header, (off_t)s->at) <= 0)
        return false;
    unsigned char byte = s->header[0];
    s->type = byte >> 4 & 7;
    s->size = byte & 15;
    for (s->used = 1; byte & 0x80; shift += 7) {
        if (shift > 56)
            return false;
        byte = s->header[s->used++];
        s->size |= (uint64_t)(byte & 0x7F) << shift;
    }
    return true;
}

/* How far in front, the high bits first; each byte that goes on adds one to what came before. */
static bool go_back(step *s)
{
    unsigned char byte = s->header[s->used++];
    uint64_t far = byte & 0x7F;
    while (byte & 0x80) {
        if (far > UINT64_MAX >> 8 || s->used == HEADER_BYTES)
            return false;
        byte = s->header[s->used++];
        far = (far + 1) << 7 | (byte & 0x7F);
    }
    if (far == 0 || far >= s->at)
        return false;
    s->at -= far;
    return true;
}

static bool comes_to_an_end(const pack *p, uint64_t place)
{
    step s = {.at = place};
    uint64_t total = 0;
    for (unsigned steps = 0; steps < FF_LIMIT_GIT_DELTAS; steps++) {
        if (!read_header(p, &s) || s.size > FF_LIMIT_GIT_DELTA_BYTES - total)
            return false;
        total += s.size;
        if (s.type != FROM_OFFSET && s.type != FROM_ID)
            return true;
        if (s.type == FROM_OFFSET ? !go_back(&s) : !find_place(p, s.header + s.used, &s.at))
            return false;
    }
    return false;
}

bool ff_gitpacks_allow(const ff_gitpacks *packs, const unsigned char *id)
{
    for (size_t i = 0; i < packs->count; i++) {
        uint64_t place;
        if (find_place(&packs->items[i], id, &place) && !comes_to_an_end(&packs->items[i], place))
            return false;
    }
    return true;
}

/* ---- opening ---- */

static char *join(const char *folder, const char *name, size_t name_len, const char *tail)
{
    size_t len = strlen(folder) + name_len + strlen(tail) + sizeof "/pack/";
    char *path = malloc(len);
    if (path)
        (void)snprintf(path, len, "%s/pack/%.*s%s", folder, (int)name_len, name, tail);
    return path;
}

static int open_part(const char *store, const char *name, size_t name_len, const char *tail)
{
    char *path = join(store, name, name_len, tail);
    int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
    free(path);
    return fd;
}

static void close_pack(pack *p)
{
    if (p->index >= 0)
        (void)close(p->index);
    if (p->data >= 0)
        (void)close(p->data);
    free(p->path);
}

/* A pack that cannot be used is as good as not there. */
static ff_status add_pack(ff_gitpacks *packs, const char *store, ff_slice stem)
{
    if (packs->count == FF_LIMIT_GIT_PACKS)
        return FF_LIMIT;
    pack *p = &packs->items[packs->count];
    *p = (pack){.path = join(store, stem.ptr, stem.len, ".idx"), .index = -1, .data = -1};
    if (!p->path)
        return FF_NOMEM;
    p->index = open_part(store, stem.ptr, stem.len, ".idx");
    p->data = open_part(store, stem.ptr, stem.len, ".pack");
    if (p->index >= 0 && p->data >= 0 && read_fanout(p))
        packs->count++;
    else
        close_pack(p);
    return FF_OK;
}

static ff_status add_store(ff_gitpacks *packs, const char *store)
{
    ff_status status = FF_OK;
    char *folder = join(store, "", 0, "");
    if (!folder)
        return FF_NOMEM;
    DIR *listing = opendir(folder);
    free(folder);
    for (const struct dirent *found; listing && status == FF_OK && (found = readdir(listing)) != NULL;) {
        ff_slice name = ff_slice_of(found->d_name);
        if (ff_slice_ends(name, FF_LIT(".idx")) && name.len <= FF_LIMIT_NAME_BYTES)
            status = add_pack(packs, store, ff_slice_cut(name, name.len - 4));
    }
    if (listing)
        (void)closedir(listing);
    return status;
}

ff_status ff_gitpacks_open(ff_gitpacks **packs, const char *const *stores)
{
    ff_status status = FF_OK;
    *packs = calloc(1, sizeof **packs);
    if (!*packs)
        return FF_NOMEM;
    for (; status == FF_OK && *stores; stores++)
        status = add_store(*packs, *stores);
    if (status != FF_OK) {
        ff_gitpacks_close(*packs);
        *packs = NULL;
    }
    return status;
}

void ff_gitpacks_close(ff_gitpacks *packs)
{
    if (!packs)
        return;
    for (size_t i = 0; i < packs->count; i++)
        close_pack(&packs->items[i]);
    free(packs);
}

const char *ff_gitpacks_index(const ff_gitpacks *packs, size_t at)
{
    return at < packs->count ? packs->items[at].path : NULL;
}
