/* The smallest program that uses an installed libfirstfault: an empty catalog, an analysis, a version. */
#include <firstfault/firstfault.h>
#include <stdio.h>

int main(void)
{
    ff_error error = {0};
    ff_catalog *catalog = NULL;
    ff_analysis *analysis = NULL;
    ff_status status = ff_catalog_new(&catalog);
    if (status == FF_OK)
        status = ff_catalog_finish(catalog, &error);
    if (status == FF_OK)
        status = ff_analysis_new(&analysis);
    if (status == FF_OK)
        printf("%s %s\n", ff_version(), ff_catalog_digest(catalog));
    ff_analysis_free(analysis);
    ff_catalog_free(catalog);
    return status == FF_OK ? 0 : 1;
}
