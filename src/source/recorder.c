#include "source/recorder.h"

#include "archive/pack.h"
#include "base/array.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/write.h"
#include "fetch/record.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096, NAME_BYTES = 160 };

/* One answer; texts live in the arena. */
typedef struct answer {
    ff_slice path, next, text;
    bool refused, circles, unsent;
    uint32_t http;
    ff_status status;
    ff_slice file; /* empty: no body */
    ff_body body;  /* a copy, owned */
} answer;

struct recorder {
    ff_exchange exchange; /* first */
    ff_exchange *inner;
    ff_arena arena;
    struct {
        answer *items;
        size_t count, cap;
    } answers;
    ff_status failed; /* of copying */
};

static const char INDEX[] = FF_RECORD_INDEX;

/* ---- recording ---- */

/* `003-actions-runs-1-jobs.json`: the part of the path that tells what it is. */
static ff_slice file_name(struct recorder *recorder, const ff_call *call)
{
    char name[NAME_BYTES];
    size_t len = 0, slashes = 0;
    ff_slice path = ff_slice_cut(call->path, ff_slice_find_byte(call->path, '?'));
    size_t host = ff_slice_find(path, FF_LIT("://"));
    bool logs = ff_slice_ends(path, FF_LIT("/logs")), jobs = ff_slice_find(path, FF_LIT("/jobs/")) != SIZE_MAX;
    const char *end = call->kind == FF_CALL_JSON ? ".json" : logs && jobs ? ".txt" : ".zip";
    for (size_t i = host == SIZE_MAX ? 0 : host + strlen("://"); i < path.len && len < sizeof name - 1; i++) {
        char c = path.ptr[i];
        slashes += c == '/';
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (slashes > 3) /* behind `/repos/OWNER/NAME/` */
            name[len++] = plain ? c : '-';
    }
    return ff_arena_printf(&recorder->arena, "%03zu%.*s%s", recorder->answers.count, (int)len, name, end);
}

static ff_status copy_body(answer *to, const ff_body *from, ff_error *error)
{
    char piece[16 * 1024];
    ff_status status = FF_OK;
    size_t got = 1;
    for (uint64_t at = 0; status == FF_OK && got > 0; at += got) {
        status = ff_body_read(from, at, piece, sizeof piece, &got, error);
        if (status == FF_OK && got > 0)
            status = ff_body_add(&to->body, (ff_slice){piece, got}, error);
    }
    return status;
}

static ff_status record(struct recorder *recorder, const ff_call *call)
{
    answer *made = FF_ARRAY_PUSH(&recorder->arena, &recorder->answers);
    if (!made)
        return FF_NOMEM;
    ff_body_init(&made->body, ff_call_most(call->kind));
    made->path = ff_arena_dup(&recorder->arena, call->path);
    made->next = ff_arena_dup(&recorder->arena, call->next);
    made->text = ff_arena_dup(&recorder->arena, ff_slice_of(call->error.text));
    made->refused = call->next_refused;
    made->circles = call->next_circles;
    made->unsent = call->unsent;
    made->http = call->http;
    made->status = call->status;
    if (call->status == FF_OK)
        made->file = file_name(recorder, call);
    if (recorder->arena.failed)
        return FF_NOMEM;
    return call->status == FF_OK ? copy_body(made, &call->body, NULL) : FF_OK;
}

static void get(ff_exchange *exchange, ff_call *calls, size_t count)
{
    struct recorder *recorder = (struct recorder *)exchange;
    ff_exchange_get_all(recorder->inner, calls, count);
    for (size_t i = 0; i < count && recorder->failed == FF_OK; i++)
        recorder->failed = record(recorder, &calls[i]);
}

static void forget(ff_exchange *exchange, ff_slice path)
{
    ff_exchange_forget(((struct recorder *)exchange)->inner, path);
}

static void close_recorder(ff_exchange *exchange)
{
    struct recorder *recorder = (struct recorder *)exchange;
    for (size_t i = 0; i < recorder->answers.count; i++)
        ff_body_release(&recorder->answers.items[i].body);
    ff_arena_release(&recorder->arena);
    free(recorder);
}

static const ff_exchange_kind RECORDER = {.get = get, .forget = forget, .close = close_recorder};

ff_status ff_recorder_open(ff_exchange **recorder, ff_exchange *inner, ff_error *error)
{
    struct recorder *made = calloc(1, sizeof *made);
    if (!made)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    *made = (struct recorder){.exchange.kind = &RECORDER, .inner = inner};
    ff_arena_init(&made->arena, 0);
    *recorder = &made->exchange;
    return FF_OK;
}

/* ---- writing ---- */

static bool is_zip_name(const char *output)
{
    return ff_slice_ends(ff_slice_of(output), FF_LIT(".zip"));
}

static bool is_empty_folder(DIR *folder)
{
    const struct dirent *found;
    while ((found = readdir(folder)) != NULL)
        if (strcmp(found->d_name, ".") != 0 && strcmp(found->d_name, "..") != 0)
            return false;
    return true;
}

/* Where the output would be made: found out before anything is asked. */
static ff_status check_parent(const char *output, ff_error *error)
{
    char path[PATH_BYTES];
    ff_slice name = ff_slice_of(output);
    while (name.len > 1 && name.ptr[name.len - 1] == '/')
        name.len--;
    size_t slash = name.len;
    while (slash > 0 && name.ptr[slash - 1] != '/')
        slash--;
    int len = snprintf(path, sizeof path, "%.*s.", (int)slash, output);
    if (len < 0 || (size_t)len >= sizeof path)
        return ff_error_set(error, FF_MISUSE, "%s: the name is too long", output);
    if (access(path, W_OK | X_OK) == 0)
        return FF_OK;
    return ff_error_set(error, FF_MISUSE, "%s: cannot be made: %s", output, strerror(errno));
}

/* Nothing is written over: what stands there may be somebody's only copy. */
static ff_status check_zip(const char *output, ff_error *error)
{
    struct stat facts;
    if (lstat(output, &facts) != 0)
        return check_parent(output, error);
    return ff_error_set(error, FF_MISUSE, "%s: is there already; give -o another name", output);
}

ff_status ff_recorder_check(const char *output, ff_error *error)
{
    if (strcmp(output, "-") == 0)
        return ff_error_set(error, FF_MISUSE, "a run is kept in a folder or a .zip, not on standard output");
    if (is_zip_name(output))
        return check_zip(output, error);
    struct stat facts;
    if (lstat(output, &facts) == 0 && S_ISLNK(facts.st_mode))
        return ff_error_set(error, FF_MISUSE, "%s: is a symbolic link; give -o a new folder", output);
    DIR *folder = opendir(output);
    if (!folder && errno == ENOENT)
        return check_parent(output, error);
    if (!folder)
        return ff_error_set(error, FF_MISUSE, "%s: %s; -o takes a new folder or a name that ends in .zip", output,
                            strerror(errno));
    bool empty = is_empty_folder(folder);
    (void)closedir(folder);
    return empty ? FF_OK : ff_error_set(error, FF_MISUSE, "%s: the folder is not empty; give -o a new one", output);
}

static void write_answer(ff_json *json, const answer *from)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "path", from->path);
    ff_json_put_uint(json, "http", from->http);
    ff_json_key(json, "status");
    ff_json_int(json, from->status);
    ff_json_put_text_or_null(json, "file", from->file);
    ff_json_put_text_or_null(json, "next", from->next);
    if (from->refused)
        ff_json_put_uint(json, "refused", 1);
    if (from->circles)
        ff_json_put_uint(json, "circles", 1);
    if (from->unsent)
        ff_json_put_uint(json, "unsent", 1);
    ff_json_put_text_or_null(json, "text", from->text);
    ff_json_close(json, '}');
}

static ff_status write_index(const struct recorder *recorder, const ff_target *target, ff_buf *out)
{
    ff_json json = {.out = out};
    ff_buf url;
    ff_buf_init(&url, PATH_BYTES);
    ff_buf_printf(&url, "https://%.*s/%.*s/%.*s/actions/runs/%llu", FF_ARG(target->host), FF_ARG(target->owner),
                  FF_ARG(target->name), (unsigned long long)target->run);
    if (target->attempt)
        ff_buf_printf(&url, "/attempts/%u", target->attempt);
    if (target->job)
        ff_buf_printf(&url, "/job/%llu", (unsigned long long)target->job);
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "schema", FF_LIT(FF_RECORD_SCHEMA));
    ff_json_put_text(&json, "target", ff_buf_slice(&url));
    ff_json_key(&json, "answers");
    ff_json_open(&json, '[');
    for (size_t i = 0; i < recorder->answers.count; i++)
        write_answer(&json, &recorder->answers.items[i]);
    ff_json_close(&json, ']');
    ff_json_close(&json, '}');
    ff_buf_add_byte(out, '\n');
    ff_buf_inherit(out, &url);
    ff_buf_release(&url);
    return ff_buf_status(out);
}

static ff_status write_body(int fd, const ff_body *body)
{
    char piece[16 * 1024];
    ff_status status = FF_OK;
    size_t got = 1;
    for (uint64_t at = 0; status == FF_OK && got > 0; at += got) {
        status = ff_body_read(body, at, piece, sizeof piece, &got, NULL);
        if (status == FF_OK)
            status = ff_write_all(fd, (ff_slice){piece, got});
    }
    return status;
}

/* A new file of the folder, with the bytes or, if there are none, the body. */
static ff_status write_file(int folder, const char *name, ff_slice bytes, const ff_body *body)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (fd < 0)
        return FF_IO;
    ff_status status = body ? write_body(fd, body) : ff_write_all(fd, bytes);
    if (close(fd) != 0 && status == FF_OK)
        status = FF_IO;
    if (status != FF_OK)
        (void)unlinkat(folder, name, 0);
    return status;
}

/* Half a run is no kept run. Only what was made here: somebody else may use the folder as well. */
static void take_back(const struct recorder *recorder, int folder, size_t written)
{
    for (size_t i = 0; i < written; i++)
        if (recorder->answers.items[i].file.len)
            (void)unlinkat(folder, recorder->answers.items[i].file.ptr, 0);
}

static ff_status write_folder(const struct recorder *recorder, ff_slice index, const char *output, ff_error *error)
{
    bool made = mkdir(output, S_IRWXU) == 0;
    int folder = made || errno == EEXIST ? open(output, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    ff_status status = folder < 0 ? FF_IO : FF_OK;
    size_t written = 0;
    for (; written < recorder->answers.count && status == FF_OK; written += status == FF_OK)
        if (recorder->answers.items[written].file.len)
            status = write_file(folder, recorder->answers.items[written].file.ptr, (ff_slice){0},
                                &recorder->answers.items[written].body);
    if (status == FF_OK)
        status = write_file(folder, INDEX, index, NULL);
    if (status != FF_OK)
        (void)ff_error_set(error, FF_IO, "%s: cannot be written: %s", output, strerror(errno));
    if (status != FF_OK && folder >= 0)
        take_back(recorder, folder, written);
    if (folder >= 0)
        (void)close(folder);
    if (status != FF_OK && made)
        (void)rmdir(output);
    return status;
}

static ff_pack_member member_of(const char *name, const ff_body *body)
{
    return (ff_pack_member){.name = name, .fd = body->fd, .size = body->size, .bytes = ff_buf_slice(&body->memory)};
}

/* Never over a file that came meanwhile, which rename would do; where there are no links it has to. */
static bool name_finally(const char *path, const char *output)
{
    if (link(path, output) == 0) {
        (void)unlink(path);
        return true;
    }
    return errno != EEXIST && rename(path, output) == 0;
}

static ff_status write_zip(struct recorder *recorder, ff_slice index, const char *output, ff_error *error)
{
    char path[PATH_BYTES];
    int len = snprintf(path, sizeof path, "%s.XXXXXX", output);
    ff_pack_member *members = ff_arena_array(&recorder->arena, recorder->answers.count + 1, sizeof *members);
    if (!members)
        return ff_error_set(error, FF_NOMEM, "out of memory");
    if (len < 0 || (size_t)len >= sizeof path)
        return ff_error_set(error, FF_IO, "%s: the name is too long", output);
    int fd = mkstemp(path);
    if (fd < 0 || close(fd) != 0)
        return ff_error_set(error, FF_IO, "%s: cannot be written: %s", output, strerror(errno));
    size_t count = 0;
    members[count++] = (ff_pack_member){.name = INDEX, .fd = -1, .bytes = index};
    for (size_t i = 0; i < recorder->answers.count; i++)
        if (recorder->answers.items[i].file.len)
            members[count++] = member_of(recorder->answers.items[i].file.ptr, &recorder->answers.items[i].body);
    ff_error reason = {0};
    ff_status status = ff_pack_write(path, members, count, &reason);
    if (status == FF_OK && !name_finally(path, output))
        status = ff_error_set(&reason, FF_IO, "cannot be written: %s", strerror(errno));
    if (status != FF_OK)
        (void)unlink(path);
    return status == FF_OK ? FF_OK : ff_error_set(error, status, "%s: %s", output, reason.text);
}

ff_status ff_recorder_write(ff_exchange *exchange, const ff_target *target, const char *output, ff_error *error)
{
    struct recorder *recorder = (struct recorder *)exchange;
    if (recorder->failed != FF_OK)
        return ff_error_set(error, recorder->failed, "%s: an answer could not be kept: %s", output,
                            ff_status_name(recorder->failed));
    ff_buf index;
    ff_buf_init(&index, FF_LIMIT_ANSWER_BYTES);
    ff_status status = write_index(recorder, target, &index);
    if (status != FF_OK)
        (void)ff_error_set(error, status, "%s: its index could not be written: %s", output, ff_status_name(status));
    else if (is_zip_name(output))
        status = write_zip(recorder, ff_buf_slice(&index), output, error);
    else
        status = write_folder(recorder, ff_buf_slice(&index), output, error);
    ff_buf_release(&index);
    return status;
}
