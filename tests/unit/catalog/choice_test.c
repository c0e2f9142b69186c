/* Which word was meant. */
#include "catalog/choice.h"

/* cmocka.h needs these four before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *nearest(const char *given)
{
    static const char *const words[] = {"id",     "title",     "role",     "severity", "match",
                                        "unless", "caused_by", "examples", "ask"};
    ff_choice choice;
    ff_choice_init(&choice, ff_slice_of(given));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        ff_choice_offer(&choice, words[i]);
    return choice.nearest;
}

static void a_typing_error_finds_its_word(void **state)
{
    static const struct {
        const char *given, *meant;
    } rows[] = {
        {"roles", "role"},
        {"rol", "role"},
        {"titel", "title"},
        {"caused-by", "caused_by"},
        {"causedby", "caused_by"},
        {"exampels", "examples"},
        {"matches", "match"},
        {"Role", "role"},
        {"severty", "severity"},
        {"aks", NULL},
        {"pattern", NULL},
        {"regex", NULL},
        {"", NULL},
        {"x", NULL},
        {"zzzz", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *found = nearest(rows[i].given);
        if (!found != !rows[i].meant || (found && strcmp(found, rows[i].meant) != 0))
            fail_msg("'%s' gives '%s'", rows[i].given, found ? found : "nothing");
    }
}

static void the_first_of_equals_wins_and_a_nearer_one_later(void **state)
{
    ff_choice choice;
    (void)state;
    ff_choice_init(&choice, FF_LIT("abcd"));
    ff_choice_offer(&choice, "abxx");
    ff_choice_offer(&choice, "xxcd");
    assert_string_equal(choice.nearest, "abxx");
    ff_choice_offer(&choice, "abcx");
    assert_string_equal(choice.nearest, "abcx");
    assert_string_equal(ff_choice_allowed(&choice), "abxx, xxcd, abcx");
}

static void long_words_and_long_lists_are_bounded(void **state)
{
    ff_choice choice;
    char word[200];
    (void)state;
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_null(nearest(word));
    ff_choice_init(&choice, FF_LIT("short"));
    ff_choice_offer(&choice, word);
    ff_choice_offer(&choice, word); /* does not fit any more: left out whole */
    ff_choice_offer(&choice, "last");
    assert_int_equal(strlen(ff_choice_allowed(&choice)), 199 + 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_typing_error_finds_its_word),
        cmocka_unit_test(the_first_of_equals_wins_and_a_nearer_one_later),
        cmocka_unit_test(long_words_and_long_lists_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
