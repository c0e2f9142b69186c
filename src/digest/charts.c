#include "digest/charts.h"

#include "digest/build.h"

/* The day, since 1970, that the charts end with. */
static int64_t last_day(const ff_build *build)
{
    int64_t until = build->ask->window.until;
    return ff_clock_day(until != FF_NO_TIME ? until - 1 : build->ask->now);
}

int64_t ff_charts_first_day(const ff_build *build)
{
    return last_day(build) - (FF_DIGEST_DAYS - 1);
}

/* The window, from the first day of the charts on. */
static ff_history_window charted(const ff_build *build)
{
    ff_history_window window = build->ask->window;
    window.since = ff_charts_first_day(build) * FF_CLOCK_DAY;
    return window;
}

static uint32_t fold(uint64_t count)
{
    return count < UINT32_MAX ? (uint32_t)count : UINT32_MAX;
}

typedef struct ff_chart {
    int64_t first;
    uint32_t *days;      /* of a group, or */
    ff_digest_day *both; /* of all */
} ff_chart;

static ff_status draw(void *self, const ff_history_day *day)
{
    const ff_chart *chart = self;
    if (day->day < chart->first || day->day >= chart->first + FF_DIGEST_DAYS)
        return FF_OK;
    if (chart->days)
        chart->days[day->day - chart->first] = fold(day->failed);
    else
        chart->both[day->day - chart->first] = (ff_digest_day){day->day, fold(day->failed), fold(day->passed)};
    return FF_OK;
}

static ff_status look_back(ff_build *build, ff_group *group)
{
    const ff_history_window window = charted(build);
    ff_chart chart = {.first = ff_charts_first_day(build), .days = group->days};
    ff_status status = ff_history_days(build->history, &window, group->fingerprint, draw, &chart, build->error);
    if (status != FF_OK)
        return status;
    ff_history_sight sight = {.first = FF_NO_TIME, .last = FF_NO_TIME};
    status = ff_history_seen(build->history, &build->ask->window, group->fingerprint, &sight, build->error);
    group->first_seen = sight.first;
    group->last_seen = sight.last;
    group->all_time = sight.runs;
    return status == FF_NOT_FOUND ? FF_OK : status;
}

static ff_status draw_all(ff_build *build)
{
    const ff_history_window window = charted(build);
    ff_chart chart = {.first = ff_charts_first_day(build), .both = build->digest->days};
    return ff_history_days(build->history, &window, NULL, draw, &chart, build->error);
}

static ff_status note_first(void *self, const ff_history_day *day)
{
    *(int64_t *)self = day->day;
    return FF_END;
}

/* Days before the first run that is known, and before the window, are not known; they are not days without a run. */
static ff_status find_unseen(ff_build *build)
{
    const ff_history_window *asked = &build->ask->window;
    const ff_history_window all = {.repositories = asked->repositories,
                                   .repository_count = asked->repository_count,
                                   .since = FF_NO_TIME,
                                   .until = FF_NO_TIME};
    int64_t first = ff_charts_first_day(build), seen = INT64_MAX;
    if (asked->since == FF_NO_TIME)
        return FF_OK;
    ff_status status = ff_history_days(build->history, &all, NULL, note_first, &seen, build->error);
    int64_t since = ff_clock_day(asked->since);
    seen = seen < since ? seen : since;
    if (seen > first)
        build->digest->unseen_days = seen - first < FF_DIGEST_DAYS ? (size_t)(seen - first) : FF_DIGEST_DAYS - 1;
    return status;
}

ff_status ff_charts_draw(ff_build *build)
{
    ff_status status = draw_all(build);
    if (status == FF_OK)
        status = find_unseen(build);
    build->digest->first = build->states.words.count == 0;
    for (size_t i = 0; i < build->groups.count && status == FF_OK; i++) {
        ff_draft *draft = &build->groups.items[i];
        draft->group.share = build->census.failed ? (double)draft->failed / (double)build->census.failed : 0;
        draft->group.first_seen = draft->group.last_seen = draft->newest;
        status = look_back(build, &draft->group);
    }
    return status;
}
