#include "cli/load.h"

#include "cli/locate.h"
#include "cli/message.h"
#include "workshop/compile.h"

/* Builds the catalog from its layers. `user` is the folder of the user's own layer, or NULL. */
static ff_status build_catalog(ff_catalog **catalog, const ff_options *options, const char *user, ff_error *error)
{
    char path[FF_PATH_BYTES];
    ff_status status = ff_catalog_new(catalog);
    if (status == FF_OK && ff_locate_patterns(path) != FF_OK)
        return ff_error_set(error, FF_NOT_FOUND, "the built-in catalog (a folder 'patterns') was not found");
    if (status == FF_OK)
        status = ff_catalog_add_path(*catalog, path, "built-in", error);
    if (status == FF_OK && user)
        status = ff_catalog_add_path(*catalog, user, "user", error);
    for (size_t i = 0; i < options->pattern_count && status == FF_OK; i++)
        status = ff_catalog_add_path(*catalog, options->patterns[i],
                                     i + options->own_patterns < options->pattern_count ? "--patterns" : FF_OWN_LAYER,
                                     error);
    return status == FF_OK ? ff_catalog_finish(*catalog, error) : status;
}

/* A user's own catalog that is broken is said and left out; the built-in one and --patterns must be sound. */
ff_status ff_load_catalog(ff_catalog **catalog, const ff_options *options, ff_error *error)
{
    *catalog = NULL;
    char user[FF_PATH_BYTES];
    ff_error broken = {0};
    bool has_user = ff_locate_user_patterns(user) == FF_OK;
    if (has_user && build_catalog(catalog, options, user, &broken) == FF_OK &&
        ff_compile_check(*catalog, "user", &broken) == FF_OK)
        return FF_OK;
    ff_catalog_free(*catalog);
    *catalog = NULL;
    ff_status status = build_catalog(catalog, options, NULL, error);
    if (status == FF_OK && has_user && broken.status != FF_NOT_FOUND) /* an empty folder is no catalog */
        ff_message("%s; your own catalog is left out", broken.text);
    return status;
}
