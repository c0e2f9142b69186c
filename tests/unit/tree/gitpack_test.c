/* Packs whose objects differ from one another for ever, or from something of gigabytes, are refused before libgit2 sees
 * them; it does not come back from some of these. */
#include "tree/git_objects.h"
#include "tree/gitpack.h"
#include "unit/tree/plot.h"

#include "base/buf.h"
#include "base/limits.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

enum { MAX_OBJECTS = 5000, ID_BYTES = 20, COMMIT = 1, FROM_OFFSET = 6, FROM_ID = 7 };

static const char *const STORES[] = {".", NULL};

/* An object without its body, which nobody gets to see. Its id is its number. */
typedef struct object {
    unsigned type;
    uint64_t size;
    unsigned other; /* number of the object that it differs from */
} object;

static void id_of(unsigned number, unsigned char *id)
{
    memset(id, 0, ID_BYTES);
    id[0] = 0xAB;
    id[1] = (unsigned char)(number >> 8);
    id[2] = (unsigned char)number;
}

static void add_number(ff_buf *out, uint64_t value, int bytes)
{
    while (bytes-- > 0)
        ff_buf_add_byte(out, (char)(value >> (8 * bytes) & 0xFF));
}

static void add_header(ff_buf *out, unsigned type, uint64_t size)
{
    unsigned first = type << 4 | (unsigned)(size & 15);
    for (size >>= 4; size; size >>= 7) {
        ff_buf_add_byte(out, (char)(first | 0x80));
        first = (unsigned)(size & 0x7F);
    }
    ff_buf_add_byte(out, (char)first);
}

static void add_distance(ff_buf *out, uint64_t far)
{
    char bytes[10];
    size_t at = sizeof bytes;
    bytes[--at] = (char)(far & 0x7F);
    while (far >>= 7)
        bytes[--at] = (char)(0x80 | (--far & 0x7F));
    ff_buf_add(out, (ff_slice){bytes + at, sizeof bytes - at});
}

static void add_id(ff_buf *out, unsigned number)
{
    unsigned char id[ID_BYTES];
    id_of(number, id);
    ff_buf_add(out, (ff_slice){(const char *)id, sizeof id});
}

static void write_bytes(const char *path, const ff_buf *bytes)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->ptr, 1, bytes->len, file), bytes->len);
    assert_int_equal(fclose(file), 0);
}

static void write_data(const object *objects, size_t count, uint32_t *places)
{
    ff_buf out;
    ff_buf_init(&out, 1024 * 1024);
    ff_buf_add(&out, FF_LIT("PACK"));
    add_number(&out, 2, 4);
    add_number(&out, count, 4);
    for (size_t i = 0; i < count; i++) {
        places[i] = (uint32_t)out.len;
        add_header(&out, objects[i].type, objects[i].size);
        if (objects[i].type == FROM_ID)
            add_id(&out, objects[i].other);
        if (objects[i].type == FROM_OFFSET)
            add_distance(&out, places[i] - (objects[i].other < i ? places[objects[i].other] : 0));
    }
    ff_buf_add_repeat(&out, 'x', ID_BYTES);
    write_bytes("pack/pack-1.pack", &out);
    ff_buf_release(&out);
}

/* With `large`, places stand in the second table. */
static void write_pack(const object *objects, size_t count, bool large)
{
    static uint32_t places[MAX_OBJECTS];
    ff_buf out;
    assert_true(mkdir("pack", 0700) == 0 || errno == EEXIST);
    write_data(objects, count, places);
    ff_buf_init(&out, 1024 * 1024);
    ff_buf_add(&out, FF_LIT("\xFFtOc"));
    add_number(&out, 2, 4);
    for (unsigned i = 0; i < 256; i++)
        add_number(&out, i < 0xAB ? 0 : count, 4);
    for (unsigned i = 0; i < count; i++)
        add_id(&out, i);
    ff_buf_add_repeat(&out, '\0', 4 * count);
    for (unsigned i = 0; i < count; i++)
        add_number(&out, large ? 0x80000000U | i : places[i], 4);
    for (unsigned i = 0; large && i < count; i++)
        add_number(&out, places[i], 8);
    ff_buf_add_repeat(&out, 'x', ID_BYTES);
    ff_buf_add_repeat(&out, 'y', ID_BYTES);
    write_bytes("pack/pack-1.idx", &out);
    ff_buf_release(&out);
}

static bool allows(unsigned number)
{
    ff_gitpacks *packs;
    unsigned char id[ID_BYTES];
    id_of(number, id);
    assert_int_equal(ff_gitpacks_open(&packs, STORES), FF_OK);
    bool allowed = ff_gitpacks_allow(packs, id);
    ff_gitpacks_close(packs);
    return allowed;
}

static void an_object_must_come_to_an_end(void **state)
{
    static const struct {
        const char *what;
        object objects[3];
        bool allowed;
    } rows[] = {
        {"an object", {{COMMIT, 5, 0}, {COMMIT, 5, 0}, {COMMIT, 5, 0}}, true},
        {"of 64 MiB", {{COMMIT, FF_LIMIT_GIT_DELTA_BYTES, 0}}, true},
        {"of more", {{COMMIT, FF_LIMIT_GIT_DELTA_BYTES + 1, 0}}, false},
        {"of 2^63 bytes", {{COMMIT, UINT64_C(1) << 63, 0}}, false},
        {"differs from itself", {{FROM_ID, 5, 0}}, false},
        {"from another", {{FROM_ID, 5, 1}, {COMMIT, 5, 0}}, true},
        {"from one that is large", {{FROM_ID, 5, 1}, {COMMIT, FF_LIMIT_GIT_DELTA_BYTES - 4, 0}}, false},
        {"from one that differs from it", {{FROM_ID, 5, 1}, {FROM_ID, 5, 0}}, false},
        {"three in a circle", {{FROM_ID, 5, 1}, {FROM_ID, 5, 2}, {FROM_ID, 5, 0}}, false},
        {"from what leads into a circle", {{FROM_ID, 5, 1}, {FROM_ID, 5, 2}, {FROM_ID, 5, 1}}, false},
        {"from one in front", {{FROM_ID, 5, 2}, {COMMIT, 5, 0}, {FROM_OFFSET, 5, 1}}, true},
        {"a circle of both kinds", {{FROM_ID, 5, 2}, {COMMIT, 5, 0}, {FROM_OFFSET, 5, 0}}, false},
        {"from what is not in the pack", {{FROM_ID, 5, 7}}, false},
        {"from the start of the file", {{FROM_OFFSET, 5, 7}}, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int large = 0; large < 2; large++) {
            write_pack(rows[i].objects, 3, large);
            if (allows(0) != rows[i].allowed)
                fail_msg("%s", rows[i].what);
        }
    assert_true(allows(3)); /* no pack has it */
}

static void a_long_way_ends_at_the_bound(void **state)
{
    static object objects[MAX_OBJECTS];
    (void)state;
    for (unsigned i = 0; i < MAX_OBJECTS; i++)
        objects[i] = (object){i ? (i % 2 ? FROM_ID : FROM_OFFSET) : COMMIT, 1, i ? i - 1 : 0};
    write_pack(objects, MAX_OBJECTS, false);
    assert_true(allows(FF_LIMIT_GIT_DELTAS - 1));
    assert_false(allows(FF_LIMIT_GIT_DELTAS));
    assert_false(allows(MAX_OBJECTS - 1));
}

static void libgit2_is_not_asked_for_what_goes_in_circles(void **state)
{
    static const object circle[] = {{FROM_ID, 5, 1}, {FROM_ID, 5, 0}};
    ff_git_objects *objects;
    ff_git_id id;
    uint64_t size;
    (void)state;
    write_pack(circle, COUNT(circle), false);
    assert_int_equal(ff_git_objects_open(&objects, STORES), FF_OK);
    assert_int_equal(ff_git_root(objects, FF_LIT("ab00000000000000000000000000000000000000"), &id), FF_INVALID);
    id_of(1, id.bytes);
    assert_int_equal(ff_git_size(objects, &id, &size), FF_INVALID);
    ff_git_objects_close(objects);
}

static void damaged_packs_are_as_good_as_not_there(void **state)
{
    static const object plain[] = {{COMMIT, 5, 0}};
    static const off_t lengths[] = {0, 7, 500, 1031, 1032, 1040, 1055};
    ff_gitpacks *packs;
    (void)state;
    plot_put("pack/pack-2.idx", "\xFFtOc"); /* and no pack */
    for (size_t i = 0; i < COUNT(lengths); i++) {
        write_pack(plain, COUNT(plain), false);
        assert_int_equal(truncate("pack/pack-1.idx", lengths[i]), 0);
        assert_true(allows(0));
        assert_int_equal(ff_gitpacks_open(&packs, STORES), FF_OK);
        assert_true((ff_gitpacks_index(packs, 0) != NULL) == (lengths[i] >= 1032));
        ff_gitpacks_close(packs);
    }
    write_pack(plain, COUNT(plain), false);
    assert_int_equal(truncate("pack/pack-1.pack", 12), 0);
    assert_false(allows(0));
}

static void more_packs_than_the_limit_are_refused(void **state)
{
    static const object plain[] = {{COMMIT, 5, 0}};
    ff_gitpacks *packs;
    (void)state;
    write_pack(plain, COUNT(plain), false);
    for (unsigned i = 0; i < FF_LIMIT_GIT_PACKS; i++) {
        char index[64], data[64];
        (void)snprintf(index, sizeof index, "pack/pack-x%u.idx", i);
        (void)snprintf(data, sizeof data, "pack/pack-x%u.pack", i);
        assert_int_equal(link("pack/pack-1.idx", index), 0);
        assert_int_equal(link("pack/pack-1.pack", data), 0);
    }
    assert_int_equal(ff_gitpacks_open(&packs, STORES), FF_LIMIT);
    assert_null(packs);
    assert_int_equal(remove("pack/pack-1.idx"), 0);
    assert_int_equal(ff_gitpacks_open(&packs, STORES), FF_OK);
    ff_gitpacks_close(packs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLOT(an_object_must_come_to_an_end),
        IN_PLOT(a_long_way_ends_at_the_bound),
        IN_PLOT(libgit2_is_not_asked_for_what_goes_in_circles),
        IN_PLOT(damaged_packs_are_as_good_as_not_there),
        IN_PLOT(more_packs_than_the_limit_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
