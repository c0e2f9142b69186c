#include "archive/pack.h"

#include <stdio.h>
#include <unistd.h>
#include <zip.h>

static zip_source_t *open_member(zip_t *zip, const ff_pack_member *member)
{
    if (member->fd < 0)
        return zip_source_buffer(zip, member->bytes.ptr ? member->bytes.ptr : "", member->bytes.len, 0);
    int fd = dup(member->fd); /* libzip closes what it is given */
    FILE *file = fd < 0 ? NULL : fdopen(fd, "rb");
    if (!file && fd >= 0)
        (void)close(fd);
    zip_source_t *source = file ? zip_source_filep(zip, file, 0, (zip_int64_t)member->size) : NULL;
    if (file && !source)
        (void)fclose(file);
    return source;
}

static bool add_member(zip_t *zip, const ff_pack_member *member)
{
    zip_source_t *source = open_member(zip, member);
    if (source && zip_file_add(zip, member->name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

ff_status ff_pack_write(const char *path, const ff_pack_member *members, size_t count, ff_error *error)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (!zip)
        return ff_error_set(error, FF_IO, "cannot be written");
    bool fine = true;
    for (size_t i = 0; i < count && fine; i++)
        fine = add_member(zip, &members[i]);
    if (fine && zip_close(zip) == 0)
        return FF_OK;
    ff_status status = ff_error_set(error, FF_IO, "cannot be written: %s", zip_strerror(zip));
    zip_discard(zip);
    return status;
}
