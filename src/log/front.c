#include "log/front.h"

#include "log/stamp.h"

static const ff_slice BOM = FF_TEXT("\xEF\xBB\xBF");
/* The runner echoes each line of a script in bold cyan; `cat -v` and some archives spell the escape with a caret. */
static const ff_slice ECHO_COLOURS[] = {FF_TEXT("\x1b[36;1m"), FF_TEXT("^[[36;1m")};

/* So many lines decide whether a text has gh's form. */
enum { GH_LINES = 5 };

static bool take_prefix(ff_slice *text, ff_slice *job, ff_slice *step)
{
    size_t first = ff_slice_find_byte(*text, '\t');
    if (first == SIZE_MAX)
        return false;
    ff_slice rest = ff_slice_from(*text, first + 1);
    size_t second = ff_slice_find_byte(rest, '\t');
    if (second == SIZE_MAX)
        return false;
    *job = ff_slice_cut(*text, first);
    *step = ff_slice_cut(rest, second);
    *text = ff_slice_from(rest, second + 1);
    return true;
}

void ff_front_parse(ff_front *front, ff_slice raw, bool gh)
{
    *front = (ff_front){.time = FF_NO_TIME, .text = raw};
    (void)ff_slice_take_prefix(&front->text, BOM);
    if (gh) {
        front->prefixed = take_prefix(&front->text, &front->job, &front->step);
        (void)ff_slice_take_prefix(&front->text, BOM);
    }
    ff_slice with_stamp = front->text;
    front->stamped = ff_stamp_take(&front->text, &front->time);
    front->github = front->stamped && ff_stamp_is_github(with_stamp);
    (void)ff_slice_take_prefix(&front->text, BOM);
    front->echoed = ff_slice_starts(front->text, ECHO_COLOURS[0]) || ff_slice_starts(front->text, ECHO_COLOURS[1]);
    front->marker = ff_marker_take(&front->text);
}

/* Every line has the prefix, and the first one a stamp of GitHub's making behind it: an ordinary table has no such
 * column. */
bool ff_front_is_gh(ff_slice bytes)
{
    ff_slice line, job, step;
    size_t lines = 0;
    while (lines < GH_LINES && ff_slice_take_until(&bytes, '\n', &line)) {
        if (lines == 0)
            (void)ff_slice_take_prefix(&line, BOM);
        if (!take_prefix(&line, &job, &step) || job.len == 0 || step.len == 0)
            return false;
        (void)ff_slice_take_prefix(&line, BOM);
        if (lines++ == 0 && !ff_stamp_is_github(line))
            return false;
    }
    return lines > 0;
}
