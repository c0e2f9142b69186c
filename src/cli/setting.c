#include "cli/setting.h"

#include "base/limits.h"
#include "base/slice.h"
#include "digest/digest.h"
#include "fetch/target.h"

#include <stdio.h>

static void *member(ff_options *options, const ff_option_row *row)
{
    return (char *)options + row->at;
}

ff_status ff_setting_flag(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    (void)value;
    (void)error;
    *(bool *)member(options, row) = true;
    return FF_OK;
}

ff_status ff_setting_text(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    if (!*value)
        return ff_error_set(error, FF_INVALID, "%s takes %s", row->letter ? row->letter : row->name, row->takes);
    *(const char **)member(options, row) = value;
    return FF_OK;
}

ff_status ff_setting_number(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    uint64_t number;
    if (!ff_slice_to_uint(ff_slice_of(value), &number) || number == 0 || number > row->most)
        return ff_error_set(error, FF_INVALID, "%s takes a number from 1 to %u, not '%s'", row->name, row->most, value);
    *(uint32_t *)member(options, row) = (uint32_t)number;
    return FF_OK;
}

ff_status ff_setting_choice(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    char names[128] = "";
    for (size_t i = 0; row->name_of(i); i++) {
        if (strcmp(value, row->name_of(i)) == 0) {
            *(const char **)member(options, row) = value;
            return FF_OK;
        }
        size_t used = strlen(names);
        (void)snprintf(names + used, sizeof names - used, "%s%s", i ? ", " : "", row->name_of(i));
    }
    return ff_error_set(error, FF_INVALID, "%s takes one of %s, not '%s'", row->name, names, value);
}

ff_status ff_setting_further(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    ff_option_list *list = member(options, row);
    const char *name = row->letter ? row->letter : row->name;
    if (!*value)
        return ff_error_set(error, FF_INVALID, "%s takes %s", name, row->takes);
    if (list->count >= FF_LIST_MAX)
        return ff_error_set(error, FF_INVALID, "%s may be given %d times at most", name, FF_LIST_MAX);
    list->items[list->count++] = value;
    return FF_OK;
}

static ff_status check_repository(const char *value, ff_error *error)
{
    if (ff_target_is_repository(ff_slice_of(value)))
        return FF_OK;
    return ff_error_set(error, FF_INVALID, "-R takes OWNER/REPO or HOST/OWNER/REPO, not '%s'", value);
}

ff_status ff_setting_repository(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    (void)row;
    options->repository = value;
    return check_repository(value, error);
}

ff_status ff_setting_repositories(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    ff_status status = check_repository(value, error);
    return status == FF_OK ? ff_setting_further(options, row, value, error) : status;
}

const char *ff_setting_also_of(const char *value, const char **format)
{
    ff_slice rest = ff_slice_of(value), name = {0};
    if (!ff_slice_take_until(&rest, '=', &name) || rest.len == 0)
        return NULL;
    for (size_t i = 0; (*format = ff_digest_format_name(i)) != NULL; i++)
        if (ff_slice_eq(name, ff_slice_of(*format)))
            return value + name.len + 1;
    return NULL;
}

ff_status ff_setting_also(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    const char *format;
    if (!ff_setting_also_of(value, &format))
        return ff_error_set(error, FF_INVALID, "--also takes FORMAT=FILE, such as html=night.html, not '%s'", value);
    return ff_setting_further(options, row, value, error);
}

ff_status ff_setting_patterns(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    (void)row;
    if (options->pattern_count >= FF_PATTERN_PATHS_MAX)
        return ff_error_set(error, FF_INVALID, "--patterns may be given %d times at most", FF_PATTERN_PATHS_MAX);
    options->patterns[options->pattern_count++] = value;
    return FF_OK;
}

ff_status ff_setting_max_wait(ff_options *options, const ff_option_row *row, const char *value, ff_error *error)
{
    uint64_t seconds;
    (void)row;
    if (!ff_slice_to_uint(ff_slice_of(value), &seconds) || seconds > FF_LIMIT_WAIT_SECONDS)
        return ff_error_set(error, FF_INVALID, "--max-wait takes seconds from 0 to %u, not '%s'", FF_LIMIT_WAIT_SECONDS,
                            value);
    options->max_wait = (uint32_t)seconds;
    options->bad_max_wait = NULL;
    return FF_OK;
}

static const char *pick(const char *const *words, size_t count, size_t number)
{
    return number < count ? words[number] : NULL;
}

const char *ff_setting_kind_name(size_t number)
{
    static const char *const words[] = {"fix", "diagnose"};
    return pick(words, sizeof words / sizeof *words, number);
}

const char *ff_setting_verdict_name(size_t number)
{
    static const char *const words[] = {"confirmed", "likely", "possible", "undecided"};
    return pick(words, sizeof words / sizeof *words, number);
}
