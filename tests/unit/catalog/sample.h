/* Pieces of YAML that the tests of the catalog are made of.
 *
 *     SAMPLE_FILE("  - id: family.one\n" SAMPLE_REST)      a whole file with one small rule
 *     SAMPLE_RULE("one", "    severity: note\n")           a rule family.one with a key more
 */
#ifndef FF_TESTS_UNIT_CATALOG_SAMPLE_H
#define FF_TESTS_UNIT_CATALOG_SAMPLE_H

#define SAMPLE_EXAMPLES "    examples: {match: [abc], no_match: [xyz]}\n"
#define SAMPLE_REST      \
    "    title: Title\n" \
    "    role: cause\n"  \
    "    match: abc\n" SAMPLE_EXAMPLES
#define SAMPLE_RULE(slug, more) "  - id: family." slug "\n" SAMPLE_REST more
#define SAMPLE_FILE(rules) "family: family\nrules:\n" rules

#endif
