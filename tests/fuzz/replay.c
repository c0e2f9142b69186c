/* Runs a fuzz target over every file of the folders given, once whole and then cut short at a few places. */
#include "fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

enum { PATH_BYTES = 4096, FILE_MAX = 1 << 20, CUTS = 16 };

/* The exact size on the heap, so that a byte read past the end is seen. */
static void feed(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    FF_PROMISE(copy);
    memcpy(copy, bytes, size);
    (void)LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay_file(const char *path)
{
    static uint8_t bytes[FILE_MAX];
    FILE *file = fopen(path, "rb");
    FF_PROMISE(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    FF_PROMISE(!ferror(file));
    FF_PROMISE(fclose(file) == 0);
    feed(bytes, size);
    for (size_t i = 1; i < CUTS; i++)
        feed(bytes, size * i / CUTS);
}

static unsigned replay_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    FF_PROMISE(dir);
    unsigned count = 0;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[PATH_BYTES];
        struct stat st;
        int length = snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        FF_PROMISE(length > 0 && (size_t)length < sizeof path);
        if (stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
            replay_file(path);
            count++;
        }
    }
    FF_PROMISE(closedir(dir) == 0);
    return count;
}

int main(int argc, char **argv)
{
    unsigned count = 0;
    for (int i = 1; i < argc; i++)
        count += replay_folder(argv[i]);
    printf("%u inputs\n", count);
    return count ? EXIT_SUCCESS : EXIT_FAILURE;
}
