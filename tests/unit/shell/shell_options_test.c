/* How a workflow's `shell:` starts its scripts. */
#include "shell/shell.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void shells_start_as_github_starts_them(void **state)
{
    static const struct {
        const char *shell;
        bool known, errexit, pipefail;
    } rows[] = {
        {"", true, true, false},
        {"bash", true, true, true},
        {"sh", true, true, false},
        {"bash {0}", true, false, false},
        {"/usr/bin/bash -e {0}", true, true, false},
        {"bash --noprofile --norc -eo pipefail {0}", true, true, true},
        {"bash -o errexit {0}", true, true, false},
        {"python", false, false, false},
        {"pwsh", false, false, false},
        {"bash.exe", false, false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        ff_shell_options options = {.errexit = false};
        assert_int_equal(ff_shell_options_of(ff_slice_of(rows[i].shell), &options), rows[i].known);
        if (options.errexit != rows[i].errexit || options.pipefail != rows[i].pipefail)
            fail_msg("%s: errexit %d, pipefail %d", rows[i].shell, options.errexit, options.pipefail);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(shells_start_as_github_starts_them)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
