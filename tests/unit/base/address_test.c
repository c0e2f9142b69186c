/* What addresses may be made of. */
#include "base/address.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct row {
    ff_slice text;
    bool good;
} row;

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define TEXT10 "abcdefghij"
#define TEXT100 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10

static const row HOSTS[] = {
    {FF_TEXT("github.com"), true},
    {FF_TEXT("git.example-1.test"), true},
    {FF_TEXT("GitHub.com"), true},
    {FF_TEXT(""), false},
    {FF_TEXT("github.com:443"), false},
    {FF_TEXT("github.com/x"), false},
    {FF_TEXT("user@github.com"), false},
    {FF_TEXT("github..com"), false},
    {FF_TEXT(".github.com"), false},
    {FF_TEXT("-github.com"), false},
    {FF_TEXT("git hub.com"), false},
    {FF_TEXT("github.com\0.test"), false},
    {FF_TEXT("g\xc3\xaethub.com"), false},
    {FF_TEXT(TEXT100 TEXT100 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 "abc"), true},
    {FF_TEXT(TEXT100 TEXT100 TEXT10 TEXT10 TEXT10 TEXT10 TEXT10 "abcd"), false},
};

static const row REPOSITORIES[] = {
    {FF_TEXT("acme/app"), true},       {FF_TEXT("acme/.github"), true},
    {FF_TEXT("acme/_x-1.y"), true},    {FF_TEXT("a_b/c"), true},
    {FF_TEXT("acme"), false},          {FF_TEXT("acme/"), false},
    {FF_TEXT("/app"), false},          {FF_TEXT("acme/app/x"), false},
    {FF_TEXT("acme/."), false},        {FF_TEXT("acme/.."), false},
    {FF_TEXT("../app"), false},        {FF_TEXT("-acme/app"), false},
    {FF_TEXT("acme/app?x"), false},    {FF_TEXT("acme/app)](x"), false},
    {FF_TEXT("acme/\"><b>"), false},   {FF_TEXT(TEXT100 "/" TEXT100), true},
    {FF_TEXT(TEXT100 "k/app"), false}, {FF_TEXT("acme/" TEXT100 "k"), false},
};

static void hosts_are_names_alone(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(HOSTS); i++)
        if (ff_address_is_host(HOSTS[i].text) != HOSTS[i].good)
            fail_msg("%.*s", FF_ARG(HOSTS[i].text));
}

static void repositories_have_an_owner_and_a_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(REPOSITORIES); i++)
        if (ff_address_is_repository(REPOSITORIES[i].text) != REPOSITORIES[i].good)
            fail_msg("%.*s", FF_ARG(REPOSITORIES[i].text));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_names_alone),
        cmocka_unit_test(repositories_have_an_owner_and_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
