#include "match/example.h"

#include "match/scan.h"

static ff_slice next_line(ff_slice *rest)
{
    ff_slice line = {0};
    (void)ff_slice_take_until(rest, '\n', &line);
    if (ff_slice_ends(line, FF_LIT("\r")))
        line.len--;
    return line;
}

ff_status ff_match_example(const ff_matcher *matcher, const ff_rule *rule, ff_slice text, ff_run *run,
                           ff_findings *findings)
{
    ff_scan *scan = NULL;
    ff_line line = {.kind = FF_LINE_OUTPUT, .place = {.time = FF_NO_TIME}};
    ff_status status = FF_NOMEM;
    if (ff_run_add_job(run, (ff_slice){0}) && ff_run_add_step(run, 0, (ff_slice){0}))
        status = ff_scan_new(&scan, matcher, run, NULL);
    if (status == FF_OK)
        ff_scan_loosen(scan, rule);
    while (status == FF_OK && text.len) {
        line.text = line.body = next_line(&text);
        line.place.line = ++line.place.job_line;
        status = ff_scan_line(scan, &line);
    }
    if (status == FF_OK)
        status = ff_scan_finish(scan, findings, NULL);
    ff_scan_free(scan);
    return status;
}
