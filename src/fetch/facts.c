#include "fetch/facts.h"
#include "fetch/record.h"

#include "base/base64.h"
#include "base/keep.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "fetch/distinct.h"
#include "fetch/moment.h"
#include "fetch/shape.h"

#include <jansson.h>

/* What the field of a member is, and so what a value must be to count. */
typedef enum member_kind {
    NAME,    /* ff_slice, cut at FF_LIMIT_NAME_BYTES */
    MESSAGE, /* ff_slice, cut at FF_LIMIT_MESSAGE_BYTES */
    URL,     /* ff_slice; one that is too long is none */
    ID,      /* uint64_t, above 0 */
    COUNT32, /* uint32_t, above 0 */
    FLAG,    /* uint32_t, 1 for true */
    SIGN32,  /* int32_t */
    NUMBER,  /* int64_t, above 0 */
    TIME,    /* int64_t */
} member_kind;

typedef struct member {
    const char *name;
    size_t at; /* of the field */
    member_kind kind;
} member;

typedef struct form {
    const member *members;
    size_t count;
} form;

#define FORM(rows)                          \
    {                                       \
        rows, sizeof(rows) / sizeof *(rows) \
    }

static const member run_members[] = {
    {"id", offsetof(ff_api_run, id), ID},
    {"workflow_id", offsetof(ff_api_run, workflow_id), ID},
    {"run_attempt", offsetof(ff_api_run, attempt), COUNT32},
    {"name", offsetof(ff_api_run, name), NAME},
    {"path", offsetof(ff_api_run, path), NAME},
    {"event", offsetof(ff_api_run, event), NAME},
    {"head_sha", offsetof(ff_api_run, head_sha), NAME},
    {"head_branch", offsetof(ff_api_run, head_branch), NAME},
    {"status", offsetof(ff_api_run, status), NAME},
    {"conclusion", offsetof(ff_api_run, conclusion), NAME},
    {"display_title", offsetof(ff_api_run, title), NAME},
    {"html_url", offsetof(ff_api_run, page), NAME},
    {"created_at", offsetof(ff_api_run, created_at), TIME},
    {"run_started_at", offsetof(ff_api_run, started_at), TIME},
    {"updated_at", offsetof(ff_api_run, updated_at), TIME},
};

static const member run_repository_members[] = {
    {"full_name", offsetof(ff_api_run, repository), NAME},
};

static const member repository_members[] = {
    {"id", offsetof(ff_api_repository, id), ID},
    {"full_name", offsetof(ff_api_repository, full_name), NAME},
    {"archived", offsetof(ff_api_repository, archived), FLAG},
    {"disabled", offsetof(ff_api_repository, disabled), FLAG},
};

static const member job_members[] = {
    {"id", offsetof(ff_api_job, id), ID},
    {"run_id", offsetof(ff_api_job, run), ID},
    {"run_attempt", offsetof(ff_api_job, attempt), COUNT32},
    {"name", offsetof(ff_api_job, name), NAME},
    {"status", offsetof(ff_api_job, status), NAME},
    {"conclusion", offsetof(ff_api_job, conclusion), NAME},
    {"runner_name", offsetof(ff_api_job, runner), NAME},
    {"started_at", offsetof(ff_api_job, started_at), TIME},
    {"completed_at", offsetof(ff_api_job, completed_at), TIME},
};

static const member step_members[] = {
    {"name", offsetof(ff_api_step, name), NAME},
    {"status", offsetof(ff_api_step, status), NAME},
    {"conclusion", offsetof(ff_api_step, conclusion), NAME},
    {"number", offsetof(ff_api_step, number), NUMBER},
    {"started_at", offsetof(ff_api_step, started_at), TIME},
    {"completed_at", offsetof(ff_api_step, completed_at), TIME},
};

static const member annotation_members[] = {
    {"path", offsetof(ff_api_annotation, path), NAME},
    {"annotation_level", offsetof(ff_api_annotation, level), NAME},
    {"title", offsetof(ff_api_annotation, title), NAME},
    {"message", offsetof(ff_api_annotation, message), MESSAGE},
    {"start_line", offsetof(ff_api_annotation, line), ID},
    {"end_line", offsetof(ff_api_annotation, end_line), ID},
};

static const member node_members[] = {
    {"path", offsetof(ff_api_node, path), URL},  {"mode", offsetof(ff_api_node, mode), NAME},
    {"type", offsetof(ff_api_node, type), NAME}, {"sha", offsetof(ff_api_node, sha), NAME},
    {"size", offsetof(ff_api_node, size), ID},
};

static const member nodes_members[] = {
    {"truncated", offsetof(ff_api_nodes, truncated), FLAG},
};

static const member change_members[] = {
    {"filename", offsetof(ff_api_change, path), URL},
    {"previous_filename", offsetof(ff_api_change, before), URL},
};

static const member comparison_members[] = {
    {"status", offsetof(ff_api_comparison, status), NAME},
};

static const member index_members[] = {
    {"schema", offsetof(ff_record, schema), NAME},
    {"target", offsetof(ff_record, target), URL},
};

static const member kept_members[] = {
    {"path", offsetof(ff_recorded, path), URL},           {"file", offsetof(ff_recorded, file), NAME},
    {"next", offsetof(ff_recorded, next), URL},           {"text", offsetof(ff_recorded, text), MESSAGE},
    {"http", offsetof(ff_recorded, http), COUNT32},       {"status", offsetof(ff_recorded, status), SIGN32},
    {"refused", offsetof(ff_recorded, refused), COUNT32}, {"circles", offsetof(ff_recorded, circles), COUNT32},
    {"unsent", offsetof(ff_recorded, unsent), COUNT32},
};

static const form run_form = FORM(run_members), run_repository_form = FORM(run_repository_members),
                  repository_form = FORM(repository_members), job_form = FORM(job_members),
                  step_form = FORM(step_members), annotation_form = FORM(annotation_members),
                  node_form = FORM(node_members), nodes_form = FORM(nodes_members), change_form = FORM(change_members),
                  comparison_form = FORM(comparison_members), index_form = FORM(index_members),
                  kept_form = FORM(kept_members);

/* What the API gives on a page at most. */
enum { PAGE_ITEMS = 100 };

static const char no_memory[] = "cannot be read: out of memory";

/* A list of an answer and the typed list that it is appended to. Both functions are false without memory. */
typedef struct list_form {
    const char *member; /* of the answer; NULL: the answer itself is the list */
    const char *absent; /* completes "the answer …" */
    size_t size;        /* of the typed list */
    size_t count_at;    /* in it */
    size_t read;        /* items of one answer that are read; 0: all */
    size_t max;         /* items that the typed list may hold; 0: any number */
    size_t values;      /* of the answer; 0: FF_LIMIT_JSON_VALUES */
    bool (*add)(void *list, const json_t *item, ff_arena *arena);
    bool (*finish)(void *list, const json_t *root, ff_arena *arena); /* NULL: nothing is left to do */
} list_form;

/* Room for any typed list. */
typedef union any_list {
    ff_api_runs runs;
    ff_api_repositories repositories;
    ff_api_jobs jobs;
    ff_api_annotations annotations;
    ff_api_nodes nodes;
    ff_api_comparison comparison;
    ff_record kept;
} any_list;

/* How to read an answer that is one object. */
typedef struct object_form {
    const char *absent; /* what is wrong with an answer that is none */
    size_t size;
    bool (*read)(void *facts, const json_t *object, ff_arena *arena);
} object_form;

/* Room for any of them. */
typedef union any_object {
    ff_api_run run;
    ff_api_job job;
} any_object;

static ff_slice text_of(const json_t *value)
{
    return json_is_string(value) ? (ff_slice){json_string_value(value), json_string_length(value)} : (ff_slice){0};
}

static bool keep_text(ff_slice *field, ff_slice text, ff_arena *arena)
{
    if (text.len)
        *field = ff_arena_dup(arena, text);
    return !text.len || field->ptr;
}

static int64_t number_of(const json_t *value, int64_t min, int64_t max)
{
    json_int_t number = json_is_integer(value) ? json_integer_value(value) : 0;
    return number >= min && number <= max ? number : 0;
}

/* A value that has not the type of its field leaves it unknown. False without memory. */
static bool read_member(const member *m, const json_t *value, void *field, ff_arena *arena)
{
    ff_slice text = text_of(value);
    switch (m->kind) {
    case NAME: return keep_text(field, ff_utf8_cut(text, FF_LIMIT_NAME_BYTES), arena);
    case MESSAGE: return keep_text(field, ff_utf8_cut(text, FF_LIMIT_MESSAGE_BYTES), arena);
    case URL: return keep_text(field, text.len <= FF_LIMIT_HEADER_BYTES ? text : (ff_slice){0}, arena);
    case ID: *(uint64_t *)field = (uint64_t)number_of(value, 1, INT64_MAX); break;
    case COUNT32: *(uint32_t *)field = (uint32_t)number_of(value, 1, UINT32_MAX); break;
    case FLAG: *(uint32_t *)field = json_is_true(value); break;
    case SIGN32: *(int32_t *)field = (int32_t)number_of(value, INT32_MIN, INT32_MAX); break;
    case NUMBER: *(int64_t *)field = number_of(value, 1, INT64_MAX); break;
    case TIME:
        if (!ff_moment_read(text, field))
            *(int64_t *)field = FF_NO_TIME;
        break;
    }
    return true;
}

/* Fills the fields of `into` that the form names; `object` may be anything. False without memory. */
static bool read_members(void *into, const form *f, const json_t *object, ff_arena *arena)
{
    for (size_t i = 0; i < f->count; i++)
        if (!read_member(&f->members[i], json_object_get(object, f->members[i].name), (char *)into + f->members[i].at,
                         arena))
            return false;
    return true;
}

static bool read_run(void *facts, const json_t *object, ff_arena *arena)
{
    ff_api_run *run = facts;
    *run = (ff_api_run){0};
    return read_members(run, &run_form, object, arena) &&
           read_members(run, &run_repository_form, json_object_get(object, "repository"), arena);
}

static bool read_steps(ff_api_job *job, const json_t *steps, ff_arena *arena)
{
    size_t count = json_array_size(steps); /* 0 for what is no list */
    if (count > FF_LIMIT_STEPS)
        count = FF_LIMIT_STEPS + 1; /* one that is too many, so that the run can tell */
    if (count == 0)
        return true;
    job->steps = ff_arena_array(arena, count, sizeof *job->steps);
    if (!job->steps)
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *step = json_array_get(steps, i);
        if (json_is_object(step) && !read_members(&job->steps[job->step_count++], &step_form, step, arena))
            return false;
    }
    return true;
}

static bool read_job(void *facts, const json_t *object, ff_arena *arena)
{
    ff_api_job *job = facts;
    *job = (ff_api_job){0};
    return read_members(job, &job_form, object, arena) && read_steps(job, json_object_get(object, "steps"), arena);
}

static bool add_run(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_runs *runs = list;
    ff_api_run *run = FF_ARRAY_PUSH(arena, runs);
    return run && read_run(run, item, arena);
}

static bool add_repository(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_repositories *repositories = list;
    ff_api_repository *repository = FF_ARRAY_PUSH(arena, repositories);
    if (repository)
        *repository = (ff_api_repository){0};
    return repository && read_members(repository, &repository_form, item, arena);
}

static bool add_job(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_jobs *jobs = list;
    ff_api_job *job = FF_ARRAY_PUSH(arena, jobs);
    return job && read_job(job, item, arena);
}

static bool add_annotation(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_annotations *annotations = list;
    ff_api_annotation *annotation = FF_ARRAY_PUSH(arena, annotations);
    if (annotation)
        *annotation = (ff_api_annotation){0};
    return annotation && read_members(annotation, &annotation_form, item, arena);
}

static bool add_node(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_nodes *nodes = list;
    ff_api_node *node = FF_ARRAY_PUSH(arena, nodes);
    if (node)
        *node = (ff_api_node){0};
    return node && read_members(node, &node_form, item, arena);
}

static bool add_change(void *list, const json_t *item, ff_arena *arena)
{
    ff_api_comparison *comparison = list;
    ff_api_change *change = FF_ARRAY_PUSH(arena, comparison);
    if (change)
        *change = (ff_api_change){0};
    return change && read_members(change, &change_form, item, arena);
}

static bool add_kept(void *list, const json_t *item, ff_arena *arena)
{
    ff_record *answers = list;
    ff_recorded *kept = FF_ARRAY_PUSH(arena, answers);
    if (kept)
        *kept = (ff_recorded){0};
    return kept && read_members(kept, &kept_form, item, arena);
}

static bool drop_repeated(void *items, size_t size, size_t *count, ff_arena *arena)
{
    ff_distinct list = {.items = items, .size = size, .count = *count};
    bool done = ff_distinct_keep(&list, arena);
    *count = list.count;
    return done;
}

/* The last answer that states a total counts: the list may have grown since the first page. */
static void read_total(uint64_t *total, const json_t *root)
{
    uint64_t stated = (uint64_t)number_of(json_object_get(root, "total_count"), 1, INT64_MAX);
    if (stated)
        *total = stated;
}

static bool finish_runs(void *list, const json_t *root, ff_arena *arena)
{
    ff_api_runs *runs = list;
    read_total(&runs->total, root);
    return drop_repeated(runs->items, sizeof *runs->items, &runs->count, arena);
}

static bool finish_repositories(void *list, const json_t *root, ff_arena *arena)
{
    ff_api_repositories *repositories = list;
    (void)root;
    return drop_repeated(repositories->items, sizeof *repositories->items, &repositories->count, arena);
}

static bool finish_jobs(void *list, const json_t *root, ff_arena *arena)
{
    ff_api_jobs *jobs = list;
    read_total(&jobs->total, root);
    return drop_repeated(jobs->items, sizeof *jobs->items, &jobs->count, arena);
}

static bool finish_nodes(void *list, const json_t *root, ff_arena *arena)
{
    return read_members(list, &nodes_form, root, arena);
}

static bool finish_comparison(void *list, const json_t *root, ff_arena *arena)
{
    return read_members(list, &comparison_form, root, arena);
}

static bool finish_kept(void *list, const json_t *root, ff_arena *arena)
{
    return read_members(list, &index_form, root, arena);
}

static const object_form run_object = {"holds no run", sizeof(ff_api_run), read_run},
                         job_object = {"holds no job", sizeof(ff_api_job), read_job};

static const list_form runs_list = {
    .member = "workflow_runs",
    .absent = "holds no list of runs",
    .size = sizeof(ff_api_runs),
    .count_at = offsetof(ff_api_runs, count),
    .max = FF_LIMIT_PAGES * PAGE_ITEMS,
    .add = add_run,
    .finish = finish_runs,
};

static const list_form repositories_list = {
    .absent = "is no list of repositories",
    .size = sizeof(ff_api_repositories),
    .count_at = offsetof(ff_api_repositories, count),
    .max = FF_LIMIT_PAGES * PAGE_ITEMS,
    .add = add_repository,
    .finish = finish_repositories,
};

static const list_form jobs_list = {
    .member = "jobs",
    .absent = "holds no list of jobs",
    .size = sizeof(ff_api_jobs),
    .count_at = offsetof(ff_api_jobs, count),
    .max = FF_LIMIT_JOBS,
    .add = add_job,
    .finish = finish_jobs,
};

static const list_form annotations_list = {
    .absent = "is no list of annotations",
    .size = sizeof(ff_api_annotations),
    .count_at = offsetof(ff_api_annotations, count),
    .read = FF_LIMIT_ANNOTATIONS,
    .add = add_annotation,
};

static const list_form nodes_list = {
    .member = "tree",
    .absent = "holds no list of files",
    .size = sizeof(ff_api_nodes),
    .count_at = offsetof(ff_api_nodes, count),
    .values = FF_LIMIT_NODES_VALUES,
    .add = add_node,
    .finish = finish_nodes,
};

static const list_form comparison_list = {
    .member = "files",
    .absent = "holds no list of files",
    .size = sizeof(ff_api_comparison),
    .count_at = offsetof(ff_api_comparison, count),
    .add = add_change,
    .finish = finish_comparison,
};

static const list_form answers_list = {
    .member = "answers",
    .absent = "holds no list of answers",
    .size = sizeof(ff_record),
    .count_at = offsetof(ff_record, count),
    .add = add_kept,
    .finish = finish_kept,
};

/* The parser's words quote the answer, so they are made safe. */
static ff_status syntax_error(const json_error_t *problem, ff_error *error)
{
    enum json_error_code code = json_error_code(problem);
    if (code == json_error_out_of_memory || !problem->text[0])
        return ff_error_set(error, FF_NOMEM, no_memory);
    const char *what = code == json_error_numeric_overflow         ? "holds a number that is too large"
                       : code == json_error_duplicate_key          ? "names a member twice"
                       : code == json_error_premature_end_of_input ? "ends in the middle"
                                                                   : "is not JSON";
    ff_buf text;
    ff_buf_init(&text, 4 * sizeof problem->text);
    ff_utf8_add_safe(&text, ff_slice_of(problem->text));
    ff_slice safe = ff_buf_slice(&text);
    ff_status status = ff_error_set(error, FF_INVALID, "%s: %.*s, line %d, column %d", what, FF_ARG(safe),
                                    problem->line, problem->column);
    ff_buf_release(&text);
    return status;
}

/* The tree of an answer. Its size is known to be bounded before it is built. */
static ff_status open_answer(json_t **root, ff_slice json, size_t max_values, ff_error *error)
{
    json_error_t problem;
    *root = NULL;
    if (json.len > FF_LIMIT_ANSWER_BYTES)
        return ff_error_set(error, FF_LIMIT, "is longer than the %zu bytes allowed", FF_LIMIT_ANSWER_BYTES);
    (void)ff_slice_take_prefix(&json, FF_LIT("\xEF\xBB\xBF"));
    if (!ff_slice_trim(json).len)
        return ff_error_set(error, FF_INVALID, "is empty");
    ff_shape shape = ff_shape_of(json);
    if (shape.depth > FF_LIMIT_JSON_DEPTH)
        return ff_error_set(error, FF_LIMIT, "nests deeper than the %u levels allowed", FF_LIMIT_JSON_DEPTH);
    if (shape.values > max_values)
        return ff_error_set(error, FF_LIMIT, "holds more than the %zu values allowed", max_values);
    *root = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, &problem);
    return *root ? FF_OK : syntax_error(&problem, error);
}

/* Items that are no objects are passed over. */
static ff_status read_list(void *list, const list_form *f, const json_t *root, ff_arena *arena, ff_error *error)
{
    const json_t *items = f->member ? json_object_get(root, f->member) : root;
    size_t had, count = json_array_size(items);
    if (!json_is_array(items))
        return ff_error_set(error, FF_INVALID, "%s", f->absent);
    memcpy(&had, (const char *)list + f->count_at, sizeof had);
    if (f->max && had + count > f->max)
        return ff_error_set(error, FF_LIMIT, "makes the list longer than the %zu items allowed", f->max);
    if (f->read && count > f->read)
        count = f->read;
    for (size_t i = 0; i < count; i++) {
        const json_t *item = json_array_get(items, i);
        if (json_is_object(item) && !f->add(list, item, arena))
            return ff_error_set(error, FF_NOMEM, no_memory);
    }
    return !f->finish || f->finish(list, root, arena) ? FF_OK : ff_error_set(error, FF_NOMEM, no_memory);
}

static ff_status parse_list(void *list, const list_form *f, ff_slice json, ff_arena *arena, ff_error *error)
{
    json_t *root;
    any_list before;
    memcpy(&before, list, f->size);
    const ff_arena_mark mark = ff_arena_here(arena);
    ff_status status = open_answer(&root, json, f->values ? f->values : FF_LIMIT_JSON_VALUES, error);
    if (status == FF_OK)
        status = read_list(list, f, root, arena, error);
    json_decref(root);
    if (status != FF_OK) { /* the old list stands before the mark, whether it was moved or not */
        memcpy(list, &before, f->size);
        ff_arena_rewind(arena, mark);
    }
    return status;
}

ff_status ff_api_runs_parse(ff_api_runs *runs, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(runs, &runs_list, json, arena, error);
}

ff_status ff_api_repositories_parse(ff_api_repositories *repositories, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(repositories, &repositories_list, json, arena, error);
}

ff_status ff_api_jobs_parse(ff_api_jobs *jobs, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(jobs, &jobs_list, json, arena, error);
}

ff_status ff_api_annotations_parse(ff_api_annotations *annotations, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(annotations, &annotations_list, json, arena, error);
}

ff_status ff_api_nodes_parse(ff_api_nodes *nodes, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(nodes, &nodes_list, json, arena, error);
}

ff_status ff_api_comparison_parse(ff_api_comparison *comparison, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(comparison, &comparison_list, json, arena, error);
}

ff_status ff_record_parse(ff_record *list, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_list(list, &answers_list, json, arena, error);
}

static ff_status parse_object(void *into, const object_form *f, ff_slice json, ff_arena *arena, ff_error *error)
{
    json_t *root;
    any_object facts = {0};
    const ff_arena_mark mark = ff_arena_here(arena);
    ff_status status = open_answer(&root, json, FF_LIMIT_JSON_VALUES, error);
    if (status == FF_OK && !json_is_object(root))
        status = ff_error_set(error, FF_INVALID, "%s", f->absent);
    if (status == FF_OK && !f->read(&facts, root, arena))
        status = ff_error_set(error, FF_NOMEM, no_memory);
    json_decref(root);
    if (status == FF_OK)
        memcpy(into, &facts, f->size);
    else
        ff_arena_rewind(arena, mark);
    return status;
}

ff_status ff_api_run_parse(ff_api_run *run, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_object(run, &run_object, json, arena, error);
}

ff_status ff_api_job_parse(ff_api_job *job, ff_slice json, ff_arena *arena, ff_error *error)
{
    return parse_object(job, &job_object, json, arena, error);
}

/* The bytes that a member in Base64 stands for. */
static ff_status read_content(ff_slice *bytes, ff_slice base64, ff_arena *arena, ff_error *error)
{
    ff_buf whole;
    ff_buf_init(&whole, FF_LIMIT_YAML_BYTES);
    ff_status status = ff_base64_add(&whole, base64);
    if (status == FF_INVALID)
        (void)ff_error_set(error, status, "is not the Base64 that it says it is");
    else if (status == FF_LIMIT)
        (void)ff_error_set(error, status, "holds a file larger than the %zu bytes allowed", FF_LIMIT_YAML_BYTES);
    else if (status == FF_OK)
        *bytes = ff_arena_dup(arena, ff_buf_slice(&whole));
    if (status == FF_NOMEM || (status == FF_OK && !bytes->ptr))
        status = ff_error_set(error, FF_NOMEM, no_memory);
    ff_buf_release(&whole);
    return status;
}

ff_status ff_api_content_parse(ff_slice *bytes, ff_slice json, ff_arena *arena, ff_error *error)
{
    json_t *root;
    *bytes = (ff_slice){0};
    ff_status status = open_answer(&root, json, FF_LIMIT_JSON_VALUES, error);
    if (status != FF_OK)
        return status;
    const json_t *type = json_object_get(root, "type"), *content = json_object_get(root, "content");
    if (json_is_array(root)) /* the files of a folder */
        status = ff_error_set(error, FF_UNSUPPORTED, "lists a folder");
    else if (type && !ff_slice_eq(text_of(type), FF_LIT("file")))
        status = ff_error_set(error, FF_UNSUPPORTED, "is about no file");
    else if (!json_is_string(content))
        status = ff_error_set(error, FF_INVALID, "holds no file");
    else if (!ff_slice_eq(text_of(json_object_get(root, "encoding")), FF_LIT("base64")))
        status = ff_error_set(error, FF_UNSUPPORTED, "holds a file in an encoding that is not read");
    else
        status = read_content(bytes, text_of(content), arena, error);
    json_decref(root);
    return status;
}

ff_slice ff_api_message(ff_slice json, ff_arena *arena)
{
    enum { SHOWN = 300 };
    json_t *root;
    ff_slice line = {0}, message = {0};
    if (open_answer(&root, json, FF_LIMIT_JSON_VALUES, NULL) != FF_OK)
        return message;
    ff_slice rest = ff_slice_trim(text_of(json_object_get(root, "message")));
    uint32_t masked = 0;
    if (ff_slice_take_until(&rest, '\n', &line))
        message = ff_text_keep(arena, ff_slice_trim(line), SHOWN, &masked);
    json_decref(root);
    return message;
}
