#include "fetch/target.h"

#include "fetch/host.h"

enum { PART_BYTES = 100 };

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '-' || byte == '_';
}

/* Letters, digits, hyphens; `_` stands in the names of managed users. */
static bool is_owner(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_name_byte(text.ptr[i]))
            return false;
    return text.len > 0 && text.len <= PART_BYTES && text.ptr[0] != '-';
}

static bool is_name(ff_slice text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!is_name_byte(text.ptr[i]) && text.ptr[i] != '.')
            return false;
    return text.len > 0 && text.len <= PART_BYTES && !ff_slice_eq(text, FF_LIT(".")) &&
           !ff_slice_eq(text, FF_LIT(".."));
}

/* Splits OWNER/REPO or HOST/OWNER/REPO. False, with `target` untouched, for anything else. */
static bool take_repository(ff_target *target, ff_slice text)
{
    ff_slice parts[3] = {{0}};
    size_t count = 0;
    while (count < 3 && ff_slice_take_until(&text, '/', &parts[count]))
        count++;
    if (text.len || count < 2)
        return false;
    ff_slice host = count == 3 ? parts[0] : (ff_slice){0}, owner = parts[count - 2], name = parts[count - 1];
    if ((count == 3 && !ff_host_is_name(host)) || !is_owner(owner) || !is_name(name))
        return false;
    target->host = host;
    target->owner = owner;
    target->name = name;
    return true;
}

bool ff_target_is_repository(ff_slice text)
{
    ff_target ignored;
    return !ff_slice_ends(text, FF_LIT("/")) && take_repository(&ignored, text);
}

static bool take_nocase(ff_slice *rest, ff_slice prefix)
{
    if (!ff_slice_eq_nocase(ff_slice_cut(*rest, prefix.len), prefix))
        return false;
    *rest = ff_slice_from(*rest, prefix.len);
    return true;
}

/* The next part of a path, up to a slash. */
static ff_slice take_part(ff_slice *path)
{
    ff_slice part = {0};
    (void)ff_slice_take_until(path, '/', &part);
    return part;
}

/* An id, which is never 0. */
static bool take_id(ff_slice *path, uint64_t *id)
{
    return ff_slice_to_uint(take_part(path), id) && *id > 0;
}

/* What stands behind the run's id: /attempts/N, /job/ID or /jobs/ID, in any order, then whatever follows. False if one
 * of them has no number. */
static bool take_details(ff_target *target, ff_slice path)
{
    uint64_t attempt = 0;
    while (path.len) {
        ff_slice part = take_part(&path);
        if (ff_slice_eq(part, FF_LIT("attempts"))) {
            if (!take_id(&path, &attempt) || attempt > UINT32_MAX)
                return false;
            target->attempt = (uint32_t)attempt;
        } else if (ff_slice_eq(part, FF_LIT("job")) || (ff_slice_eq(part, FF_LIT("jobs")) && path.len)) {
            if (!take_id(&path, &target->job))
                return false;
        } else {
            break;
        }
    }
    return true;
}

/* Behind OWNER/REPO/: actions/runs/ID…, the API's actions/jobs/ID…, or runs/ID of a job's page of checks. */
static bool take_run(ff_target *target, ff_slice path)
{
    if (ff_slice_take_prefix(&path, FF_LIT("actions/runs/")))
        return take_id(&path, &target->run) && take_details(target, path);
    return (ff_slice_take_prefix(&path, FF_LIT("actions/jobs/")) || ff_slice_take_prefix(&path, FF_LIT("runs/"))) &&
           take_id(&path, &target->job);
}

/* The server that the address of an API belongs to: `repos/…` is behind api.HOST or HOST/api/v3. */
static bool take_api(ff_slice *host, ff_slice *path)
{
    if (ff_slice_take_prefix(path, FF_LIT("api/v3/repos/")))
        return true;
    if (!ff_slice_eq_nocase(ff_slice_cut(*host, 4), FF_LIT("api.")) || !ff_slice_take_prefix(path, FF_LIT("repos/")))
        return false;
    *host = ff_slice_from(*host, 4);
    return true;
}

static bool take_url(ff_target *target, ff_slice rest)
{
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '?' && rest.ptr[end] != '#')
        end++;
    ff_slice path = ff_slice_cut(rest, end), host = take_part(&path);
    (void)take_api(&host, &path);
    ff_slice owner = take_part(&path), name = take_part(&path);
    if (!ff_host_is_name(host) || !is_owner(owner) || !is_name(name) || !take_run(target, path))
        return false;
    target->host = host;
    target->owner = owner;
    target->name = name;
    return true;
}

bool ff_target_read(ff_target *target, ff_slice text, ff_slice repository)
{
    ff_target found = {0};
    text = ff_slice_trim(text);
    if (take_nocase(&text, FF_LIT("https://")) || take_nocase(&text, FF_LIT("http://"))) {
        if (!take_url(&found, text))
            return false;
    } else {
        if (!ff_slice_to_uint(text, &found.run) || !found.run)
            return false;
        (void)take_repository(&found, ff_slice_trim(repository));
    }
    *target = found;
    return true;
}
