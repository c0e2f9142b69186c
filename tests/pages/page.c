/* Prints a page of a night that is made by hand, so that other programs can judge it.
 *
 *     pages_page NIGHT FORMAT      ordinary, empty, quiet, many, attacked; html, markdown */
#include "unit/digest/sample.h"

#include "base/limits.h"

static int print_page(const struct sample_night *night, const char *format)
{
    sample s;
    ff_buf out;
    night->fill(&s);
    ff_buf_init(&out, FF_LIMIT_REPORT_BYTES);
    ff_status status = ff_digest_render(&s.digest, format, NULL, &out);
    if (status == FF_OK && fwrite(out.ptr, 1, out.len, stdout) != out.len)
        status = FF_IO;
    ff_buf_release(&out);
    sample_release(&s);
    return status == FF_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
    for (size_t i = 0; argc == 3 && i < NIGHT_COUNT; i++)
        if (strcmp(argv[1], NIGHTS[i].name) == 0)
            return print_page(&NIGHTS[i], argv[2]);
    return 2;
}
