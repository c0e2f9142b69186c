/* What a target turns out to be once it is opened: a folder, bytes at any offset, or a stream; and how it begins.
 *
 *     ff_input input = {0};
 *     ff_input_open(&input, "-", &error);
 *     if (ff_sniff_is_zip(input.head)) ...
 *     ff_input_close(&input);
 */
#ifndef FF_SOURCE_INPUT_H
#define FF_SOURCE_INPUT_H

#include "archive/blob.h"
#include "base/slice.h"

typedef enum ff_input_form {
    FF_INPUT_BLOB,   /* a regular file, or memory: can be read at any offset */
    FF_INPUT_STREAM, /* standard input, a FIFO, a device: can be read once */
    FF_INPUT_FOLDER,
} ff_input_form;

typedef struct ff_input {
    ff_input_form form;
    const char *name; /* as given; borrowed */
    int fd;           /* owned; -1 for memory */
    ff_blob blob;     /* FF_INPUT_BLOB */
    ff_slice head;    /* the first FF_LIMIT_READ_BYTES, or all if there are fewer; none for a folder */
    char *buffer;     /* owned memory behind `head` */
} ff_input;

/* Opens a path, or standard input for "-". `target` is borrowed. FF_OK, FF_NOT_FOUND, FF_IO, FF_NOMEM. Texts do not
 * name the target. After a failure too, the input must be closed. */
ff_status ff_input_open(ff_input *input, const char *target, ff_error *error);

/* The same over borrowed memory. Cannot fail. */
void ff_input_of_bytes(ff_input *input, ff_slice bytes, const char *name);

/* Turns a stream into bytes at any offset: copies it to a private temporary file without a name. FF_OK; FF_LIMIT above
 * FF_LIMIT_SPOOL_BYTES; FF_IO; FF_NOMEM. */
ff_status ff_input_spool(ff_input *input, ff_error *error);

/* Reads what follows the head of a stream. As ff_read_fn. */
ff_status ff_input_read(ff_input *input, char *into, size_t cap, size_t *got, ff_error *error);

void ff_input_close(ff_input *input); /* a zeroed one whose fd is -1 is fine */

#endif
