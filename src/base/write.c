#include "base/write.h"

#include <errno.h>
#include <unistd.h>

ff_status ff_write_all(int fd, ff_slice bytes)
{
    while (bytes.len) {
        ssize_t done = write(fd, bytes.ptr, bytes.len);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return FF_IO;
        bytes = ff_slice_from(bytes, (size_t)done);
    }
    return FF_OK;
}
