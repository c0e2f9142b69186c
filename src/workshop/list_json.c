#include "base/json.h"
#include "catalog/path.h"
#include "workshop/list.h"

static void add_texts(ff_json *json, const char *key, ff_texts texts)
{
    ff_json_key(json, key);
    ff_json_open(json, '[');
    for (size_t i = 0; i < texts.count; i++)
        ff_json_text(json, texts.items[i]);
    ff_json_close(json, ']');
}

static void add_rule(ff_json *json, const ff_rule *rule)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "id", rule->id);
    ff_json_put_text(json, "family", rule->family);
    ff_json_put_text(json, "title", rule->title);
    ff_json_put_text_or_null(json, "about", rule->about);
    ff_json_put_text(json, "role", ff_slice_of(ff_role_name(rule->role)));
    ff_json_put_text(json, "severity", ff_slice_of(ff_severity_name(rule->severity)));
    add_texts(json, "tags", rule->tags);
    add_texts(json, "caused_by", rule->caused_by);
    add_texts(json, "yields_to", rule->yields_to);
    ff_json_put_text(json, "origin", ff_slice_of(rule->layer));
    ff_json_put_text(json, "file", ff_path_name(rule->at.file));
    ff_json_put_uint(json, "line", rule->at.line);
    ff_json_close(json, '}');
}

static void add_family(ff_json *json, const ff_catalog *catalog, ff_slice family)
{
    ff_json_open(json, '{');
    ff_json_put_text(json, "name", family);
    ff_json_put_text_or_null(json, "about", ff_list_about(catalog, family));
    ff_json_close(json, '}');
}

void ff_list_json(const ff_catalog *catalog, const ff_list_choice *choice, ff_buf *out)
{
    size_t count;
    const ff_rule *rules = ff_catalog_rules(catalog, &count);
    ff_json json = {.out = out};
    ff_json_open(&json, '{');
    ff_json_put_text(&json, "schema", FF_LIT("firstfault.catalog/1"));
    ff_json_put_text(&json, "digest", ff_slice_of(ff_catalog_digest(catalog)));
    ff_json_key(&json, "families");
    ff_json_open(&json, '[');
    for (size_t i = 0; i < count; i++)
        if (ff_list_has(choice, &rules[i]) && (i == 0 || !ff_slice_eq(rules[i].family, rules[i - 1].family)))
            add_family(&json, catalog, rules[i].family);
    ff_json_close(&json, ']');
    ff_json_key(&json, "rules");
    ff_json_open(&json, '[');
    for (size_t i = 0; i < count; i++)
        if (ff_list_has(choice, &rules[i]))
            add_rule(&json, &rules[i]);
    ff_json_close(&json, ']');
    ff_json_close(&json, '}');
    ff_buf_add_byte(out, '\n');
}
