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

ff_status ff_charts_draw(ff_build *build)
{
    ff_status status = draw_all(build);
    for (size_t i = 0; i < build->groups.count && status == FF_OK; i++) {
        ff_draft *draft = &build->groups.items[i];
        draft->group.share = build->census.failed ? (double)draft->failed / (double)build->census.failed : 0;
        draft->group.first_seen = draft->group.last_seen = draft->newest;
        status = look_back(build, &draft->group);
    }
    return status;
}
