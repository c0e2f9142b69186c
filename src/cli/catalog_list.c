#include "cli/catalog.h"

ff_exit ff_catalog_command_list(const ff_options *options)
{
    return ff_catalog_write(options, FF_LIT(""));
}
