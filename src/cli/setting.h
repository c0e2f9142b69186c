/* Values of options: a row of the option table says what kind of value it takes and where in ff_options it goes. */
#ifndef FF_CLI_SETTING_H
#define FF_CLI_SETTING_H

#include "cli/options.h"

#include <stddef.h>

typedef struct ff_option_row ff_option_row;

/* Takes the value of an option. FF_OK, or FF_INVALID with one line for the user. */
typedef ff_status (*ff_option_set)(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

struct ff_option_row {
    const char *name, *letter; /* letter may be NULL */
    const char *argument;      /* NULL: takes none */
    const char *help;
    ff_option_set set;
    unsigned users;
    size_t at;                             /* of the member of ff_options */
    uint32_t most;                         /* of a number; of a list: entries */
    const char *takes;                     /* of a text, for the message: "the name of a file" */
    const char *(*name_of)(size_t number); /* of a choice: the words to choose from, NULL behind the last */
};

/* A bool that is set; a text that is not empty; a number from 1 to `most`; one word of several. */
ff_status ff_setting_flag(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);
ff_status ff_setting_text(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);
ff_status ff_setting_number(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);
ff_status ff_setting_choice(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

/* One more of a list of texts, an ff_option_list. */
ff_status ff_setting_further(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

/* A repository: the one of a run, or one of those to scan. */
ff_status ff_setting_repository(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);
ff_status ff_setting_repositories(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

/* FORMAT=FILE, one more of a list. */
ff_status ff_setting_also(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

/* Takes such a value apart: the name of a format of scans' pages, static, and the file, borrowed. NULL: it has another
 * form. */
const char *ff_setting_also_of(const char *value, const char **format);

/* Paths of catalogs, and seconds to wait. `row` is not looked at. */
ff_status ff_setting_patterns(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);
ff_status ff_setting_max_wait(ff_options *options, const ff_option_row *row, const char *value, ff_error *error);

/* The words of choices. */
const char *ff_setting_kind_name(size_t number);
const char *ff_setting_verdict_name(size_t number);

#endif
