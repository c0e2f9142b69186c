/* One rule of the catalog, as loaded from YAML: immutable, const everywhere behind the loader.
 *
 * docs/catalog.md describes the fields for authors, schema/catalog.schema.json for editors.
 */
#ifndef FF_CATALOG_RULE_H
#define FF_CATALOG_RULE_H

#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum ff_role { FF_ROLE_CAUSE, FF_ROLE_SYMPTOM, FF_ROLE_CONSEQUENCE, FF_ROLE_NOISE, FF_ROLE_COUNT } ff_role;

typedef enum ff_severity {
    FF_SEVERITY_NOTE,    /* worth knowing, never the reason of a red run by itself */
    FF_SEVERITY_WARNING, /* may be the reason */
    FF_SEVERITY_ERROR,   /* the default: is a reason when its step fails */
    FF_SEVERITY_FATAL,   /* ends the step wherever it appears */
    FF_SEVERITY_COUNT
} ff_severity;

/* "cause" …, "note" …; never NULL for valid values. */
const char *ff_role_name(ff_role role);
const char *ff_severity_name(ff_severity severity);

typedef struct ff_source_position {
    const char *file; /* path of the catalog file */
    uint32_t line, column;
} ff_source_position;

/* A list of texts (tags, ids, globs, capture names). */
typedef struct ff_texts {
    const ff_slice *items;
    size_t count;
} ff_texts;

/* A PCRE2 pattern for the cleaned line, with its place in the catalog for errors. */
typedef struct ff_pattern {
    ff_slice text;
    ff_source_position at;
} ff_pattern;

typedef struct ff_patterns {
    const ff_pattern *items;
    size_t count;
} ff_patterns;

/* `follow` and `before`: what must, or must not, stand within the next or previous `lines` lines of the same step. */
typedef struct ff_rule_window {
    uint32_t lines;           /* 0: no such condition */
    ff_patterns found;        /* each of them, in any order; their captures join the match */
    ff_patterns unless_found; /* none of them */
    ff_patterns maybe;        /* whichever of them; their captures join the match */
    ff_patterns until;        /* a line that ends the window early, itself left out */
} ff_rule_window;

/* `where`. Empty lists put no condition. */
typedef struct ff_where {
    uint32_t kinds;       /* FF_LINE_BIT set, FF_LINES_PRINTED by default (see log/line.h for the bits) */
    ff_texts jobs, steps; /* globs on names */
    enum { FF_OUTCOME_ANY, FF_OUTCOME_FAILED, FF_OUTCOME_PASSED } outcome; /* of the step */
} ff_where;

/* `repeat`: how hits in one step fold into one finding. Without it: one finding a step, whatever the captures. */
typedef struct ff_repeat {
    uint32_t at_least;     /* fewer hits in the step are no finding; default 1 */
    ff_texts same;         /* a change of one of these captures starts a new finding */
    ff_patterns closed_by; /* a line that ends the loop and counts as its last hit */
} ff_repeat;

/* `absent`: the rule fires only if none of these lines was seen earlier in the job (or the step). */
typedef struct ff_absent {
    ff_patterns patterns; /* empty: no condition */
    bool same_step;       /* look in the step only; default: the job so far */
} ff_absent;

/* `requires`: globs on rule ids of findings that must be there too. Each list: any one of it suffices. */
typedef struct ff_requires {
    ff_texts same_step, same_job, run;
} ff_requires;

/* One `verify` entry: a probe's name and its parameters, kept for the stage that asks the repository. */
typedef struct ff_param {
    ff_slice name, value;
} ff_param;

typedef struct ff_verify {
    ff_slice probe;
    const ff_param *params; /* all scalar members except probe, found and missing */
    size_t param_count;
    ff_slice found, missing; /* what such an answer does: "supports", "suggests", "weakens", "contradicts" or nothing.
                              * The outer two decide: they can confirm and refute */
    ff_source_position at;
} ff_verify;

typedef struct ff_fix {
    const ff_param *when; /* captures and the value they must have */
    size_t when_count;
    ff_slice say; /* Markdown, trusted: written by the rule's author */
    /* One edit at most, or a line and what goes with it above another; see edit/edit.h. `${capture}` is substituted in
     * all of it but the patterns. */
    ff_pattern edit_line; /* lines of scripts that match; the match becomes `edit_becomes` */
    ff_slice edit_becomes;
    ff_slice edit_drop,
        edit_instead;       /* the command that is taken out, and what stands there instead if it stood alone */
    ff_pattern edit_before; /* lines above which `edit_insert` is put */
    ff_slice edit_insert;
} ff_fix;

typedef struct ff_ask {
    ff_slice command, why; /* `${capture}` is substituted */
} ff_ask;

typedef struct ff_example {
    ff_slice text; /* may hold several lines */
    const ff_param *captures;
    size_t capture_count;
    ff_texts also; /* ids, globs or tags of other rules that may hit it too */
    ff_source_position at;
} ff_example;

typedef struct ff_rule {
    ff_slice id, family; /* id is `family.slug` */
    ff_slice title;
    ff_slice about; /* a sentence or two for the reader of the report: what it means */
    ff_role role;
    ff_severity severity;
    ff_texts tags;
    ff_where where;
    ff_patterns match, unless;
    ff_rule_window follow, before;
    const ff_param *compose; /* captures made of others: a name and a text with `${capture}` */
    size_t compose_count;
    ff_repeat repeat;
    ff_absent absent;
    ff_requires requires;
    ff_texts caused_by; /* ids, globs on ids, or `#tag` */
    ff_texts yields_to; /* rules that say more where both hit one line: ids, globs, or `#tag` */
    ff_texts stable;    /* captures that make the fingerprint; `items` NULL: all but the volatile reserved names */
    const ff_verify *verify;
    size_t verify_count;
    const ff_fix *fixes;
    size_t fix_count;
    const ff_ask *asks;
    size_t ask_count;
    const ff_example *examples_match;
    size_t examples_match_count;
    const ff_example *examples_no_match;
    size_t examples_no_match_count;
    const char *layer; /* "built-in", "user" or "--patterns" */
    ff_source_position at;
} ff_rule;

/* True if `rule` has `tag`. */
bool ff_rule_has_tag(const ff_rule *rule, const char *tag);

/* True if `rule` names `other`, another rule, under `yields_to`. */
bool ff_rule_yields(const ff_rule *rule, const ff_rule *other);

/* True if `reference` (an id, a glob, or `#tag`) names `rule`. */
bool ff_rule_is_named(const ff_rule *rule, ff_slice reference);

/* True if one of the references names `rule`. */
bool ff_rule_is_among(const ff_rule *rule, ff_texts references);

#endif
