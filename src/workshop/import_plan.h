/* The rules that a file of problem matchers becomes, before they are printed. */
#ifndef FF_WORKSHOP_IMPORT_PLAN_H
#define FF_WORKSHOP_IMPORT_PLAN_H

#include "catalog/catalog.h"
#include "workshop/issue_file.h"

enum { FF_IMPORT_EXAMPLES = 2, FF_IMPORT_MISSES = 3 };

typedef struct ff_import_example {
    ff_slice text;
    const ff_param *captures; /* as the engine gave them */
    size_t capture_count;
} ff_import_example;

typedef struct ff_import_texts {
    ff_slice *items;
    size_t count, cap;
} ff_import_texts;

typedef struct ff_import_rule {
    const ff_issue_matcher *matcher;
    ff_tier tier;
    bool apart; /* the matcher tells tiers apart, line by line */
    ff_slice id;
    const struct ff_import_rule *graver; /* the rule of the same matcher that counts where both hit; may be NULL */
    const ff_slice *patterns;            /* of the matcher, as the catalog takes them, narrowed to the tier */
    size_t pivot;                        /* index of the one that becomes `match` */
    ff_slice until;                      /* of a loop: what ends the look for its headline */
    ff_import_example examples[FF_IMPORT_EXAMPLES];
    size_t example_count;
    ff_slice misses[FF_IMPORT_MISSES];
    size_t miss_count;
    ff_import_texts also;      /* other rules that hit its examples */
    ff_import_texts yields_to; /* causes of the known catalog that say more about them */
} ff_import_rule;

typedef struct ff_import_plan {
    ff_arena *arena;
    const char *name;
    ff_error *error;
    ff_slice family;
    struct {
        ff_import_rule **items; /* sorted by id */
        size_t count, cap;
    } rules;
} ff_import_plan;

/* Plans rules without examples; arena, name and error must be set. FF_OK; FF_INVALID and FF_LIMIT with a position;
 * FF_NOMEM. */
ff_status ff_import_plan_make(ff_import_plan *plan, const ff_issue_file *file);

/* True if the windows of the rule ask for exactly the lines that GitHub asks for. */
bool ff_import_rule_is_exact(const ff_import_rule *rule);

/* True if a pattern of its matcher gives the part. */
bool ff_import_rule_has(const ff_import_rule *rule, ff_issue_part part);

/* True if the matcher loops. */
bool ff_import_rule_loops(const ff_import_rule *rule);

/* import_pattern.c: the tiers that a matcher can tell apart, a set of bits. */
unsigned ff_import_tiers(const ff_issue_matcher *matcher);

/* True if the pattern can match, with a message, and leave the severity out. */
bool ff_import_may_lack_severity(const ff_issue_pattern *pattern);

/* How the severity of a pattern is kept to a tier; `tier` must outlive it. FF_NO_GROUP where it gives none. */
ff_regexp_narrowing ff_import_narrowing(const ff_issue_pattern *pattern, const ff_tier *tier);

/* Writes the patterns of the rule and, for a loop, its `until`. Returns as ff_import_plan_make. */
ff_status ff_import_write_patterns(ff_import_plan *plan, ff_import_rule *rule);

/* The pattern without captures, so that it can stand in a look-ahead at the start of a line. In the arena; empty if it
 * is too long, or without memory. */
ff_slice ff_import_anywhere(ff_arena *arena, const ff_regexp *regexp);

/* import_example.c: finds examples and near misses for all rules, and says in `remarks` where there are none. `known`
 * may be NULL. FF_OK; FF_INVALID for rules that do not load; FF_NOMEM. */
ff_status ff_import_find_examples(ff_import_plan *plan, const ff_catalog *known, ff_buf *remarks);

/* import_sample.c: appends a text that the rule should hit, line by line; another `variant` gives another text. A text
 * that is not `dressed` is made of the patterns alone, without likely names and numbers. */
void ff_import_sample(const ff_import_rule *rule, uint32_t variant, bool dressed, ff_buf *out);

/* import_yaml.c: appends the catalog. `out` says how that went. */
void ff_import_print(const ff_import_plan *plan, ff_buf *out);

#endif
