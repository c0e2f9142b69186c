#include "source/sniff.h"

#include "base/utf8.h"

enum {
    FEW_NULS = 8,    /* a killed program leaves some; so does a serial console */
    NUL_SHARE = 10,  /* one byte in so many is NUL: binary */
    ODD_PERCENT = 30 /* bytes that are neither UTF-8 nor common controls: text in another encoding stays below */
};

typedef struct signature {
    size_t at;
    ff_slice bytes;
    const char *format;
} signature;

static const signature SIGNATURES[] = {
    {0, FF_TEXT("PK\x03\x04"), "a ZIP archive"},
    {0, FF_TEXT("PK\x05\x06"), "a ZIP archive"},
    {0, FF_TEXT("\x1F\x8B"), "gzip data; unpack it first (gunzip)"},
    {4, FF_TEXT("1AY&SY"), "bzip2 data; unpack it first"},
    {0,
     FF_TEXT("\xFD"
             "7zXZ"),
     "xz data; unpack it first"},
    {0, FF_TEXT("\x28\xB5\x2F\xFD"), "zstd data; unpack it first"},
    {0, FF_TEXT("7z\xBC\xAF\x27\x1C"), "a 7z archive; unpack it first"},
    {0, FF_TEXT("Rar!\x1A\x07"), "a RAR archive; unpack it first"},
    {257, FF_TEXT("ustar"), "a tar archive; unpack it first"},
    {0,
     FF_TEXT("\x7F"
             "ELF"),
     "an ELF program"},
    {0, FF_TEXT("MZ\x90"), "a Windows program"},
    {0, FF_TEXT("\xCA\xFE\xBA\xBE"), "a Java class or Mach-O program"},
    {0, FF_TEXT("\x89PNG"), "a PNG image"},
    {0, FF_TEXT("\xFF\xD8\xFF"), "a JPEG image"},
    {0, FF_TEXT("GIF89a"), "a GIF image"},
    {0, FF_TEXT("%PDF-"), "a PDF document"},
    {0, FF_TEXT("SQLite format 3"), "an SQLite database"},
    {0, FF_TEXT("\xFF\xFE"), "UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
    {0, FF_TEXT("\xFE\xFF"), "UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)"},
};

bool ff_sniff_is_zip(ff_slice head)
{
    return ff_slice_starts(head, FF_LIT("PK\x03\x04")) || ff_slice_starts(head, FF_LIT("PK\x05\x06"));
}

const char *ff_sniff_format(ff_slice head)
{
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof *SIGNATURES; i++)
        if (ff_slice_starts(ff_slice_from(head, SIGNATURES[i].at), SIGNATURES[i].bytes))
            return SIGNATURES[i].format;
    return NULL;
}

/* What a download leaves behind when it failed: a page of the web site, or an answer of GitHub's API. */
static const char *failed_download(ff_slice head)
{
    ff_slice text = ff_slice_trim(head);
    bool page = ff_slice_eq_nocase(ff_slice_cut(text, 14), FF_LIT("<!doctype html")) ||
                ff_slice_eq_nocase(ff_slice_cut(text, 5), FF_LIT("<html"));
    if (page)
        return "a web page; the download failed or needs a login";
    if (ff_slice_starts(text, FF_LIT("{")) && ff_slice_find(text, FF_LIT("\"message\"")) != SIZE_MAX &&
        ff_slice_find(text, FF_LIT("\"documentation_url\"")) != SIZE_MAX)
        return "an error answer of GitHub's API; the download failed";
    return NULL;
}

/* Control characters that programs print on purpose. */
static bool is_text_control(unsigned char byte)
{
    return (byte >= '\a' && byte <= '\r') || byte == 0x1B;
}

static size_t count_odd(ff_slice head)
{
    size_t odd = 0;
    while (head.len) {
        uint32_t code = 0;
        size_t used = ff_utf8_next(head, &code);
        if (used == 0 || (used == 1 && (code < 0x20 || code == 0x7F) && !is_text_control((unsigned char)head.ptr[0])))
            odd++;
        head = ff_slice_from(head, used ? used : 1);
    }
    return odd;
}

const char *ff_sniff_not_a_log(ff_slice head)
{
    const char *format = ff_sniff_format(head);
    if (!format)
        format = failed_download(head);
    if (format)
        return format;
    size_t nuls = 0;
    for (size_t i = 0; i < head.len; i++)
        nuls += head.ptr[i] == '\0';
    bool binary = nuls > FEW_NULS && nuls > head.len / NUL_SHARE;
    size_t odd = binary ? 0 : count_odd(head) - nuls;
    if (odd > FEW_NULS)
        binary = odd > head.len / 100 * ODD_PERCENT + head.len % 100 * ODD_PERCENT / 100;
    return binary ? "binary data" : NULL;
}
