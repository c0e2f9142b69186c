/* Nights and what is said of them: a table of runs and the words that the digest comes to. */
#include "night.h"

/* One step: runs are seen, or a scan of some hours is made that is finished or killed. */
typedef struct step {
    seen run;
    bool scan, killed;
    int from, to;
} step;

#define SCAN(first, behind)                           \
    {                                                 \
        .scan = true, .from = (first), .to = (behind) \
    }
#define KILLED(first, behind)                                         \
    {                                                                 \
        .scan = true, .killed = true, .from = (first), .to = (behind) \
    }
#define RUN(...)               \
    {                          \
        .run = { __VA_ARGS__ } \
    }

enum { STEPS = 12 };

static const struct {
    const char *name;
    step steps[STEPS];
    const char *expected; /* of a digest of hours 0 to 24 */
    bool cancelled;
    const char *also, *branch;
} NIGHTS[] = {
    {.name = "nothing was run", {{.scan = false}}, ""},
    {.name = "all passed", {RUN(.id = 1, .hour = 1), RUN(.id = 2, .hour = 2)}, ""},
    {.name = "a cause that nobody saw before is new", {RUN(.id = 1, .hour = 1, .of = "a")}, "new a 1"},
    {.name = "runs are of the window from its first moment to before its last",
     {RUN(.id = 1, .hour = -1, .of = "a"), RUN(.id = 2, .hour = 0, .of = "b"), RUN(.id = 3, .hour = 23, .of = "c"),
      RUN(.id = 4, .hour = 24, .of = "d")},
     "new c 1, new b 1"},
    {.name = "one cause in several runs is one group",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 2, .hour = 2, .of = "a"), RUN(.id = 3, .hour = 3, .of = "b")},
     "new a 2, new b 1"},
    {.name = "a cause that two jobs of a run have counts once",
     {RUN(.id = 1, .hour = 1, .of = "aa", .jobs = "test (1);test (2)")},
     "new a 1"},
    {.name = "a run with two origins is in two groups", {RUN(.id = 1, .hour = 1, .of = "ba")}, "new a 1, new b 1"},
    {.name = "a diagnosis that is no origin makes no group", {RUN(.id = 1, .hour = 1, .of = "ab-")}, "new a 1"},

    /* states */
    {.name = "what a finished scan told of is known",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .of = "a")},
     "known a 1"},
    {.name = "what only a killed scan saw is new",
     {RUN(.id = 1, .hour = -5, .of = "a"), KILLED(-24, 0), RUN(.id = 2, .hour = 5, .of = "a")},
     "new a 1"},
    {.name = "the same window again: its groups are known by then",
     {RUN(.id = 1, .hour = 5, .of = "a"), SCAN(0, 24)},
     "known a 1"},
    {.name = "what was told of and passed since got fixed",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5)},
     "fixed a 0"},
    {.name = "nothing is fixed that nobody was told of",
     {RUN(.id = 1, .hour = -5, .of = "a"), KILLED(-24, 0), RUN(.id = 2, .hour = 5)},
     ""},
    {.name = "nothing is fixed while nothing passed", {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0)}, ""},
    {.name = "a pass before the failure fixes nothing",
     {RUN(.id = 1, .hour = -5), RUN(.id = 2, .hour = -4, .of = "a"), SCAN(-24, 0)},
     ""},
    {.name = "a pass of another workflow fixes nothing",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .workflow = "Lint")},
     ""},
    {.name = "a pass on another branch fixes nothing",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .branch = "topic")},
     ""},
    {.name = "a failure for another reason fixes nothing",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .of = "b")},
     "new b 1"},
    {.name = "two branches: one that passed is not enough",
     {RUN(.id = 1, .hour = -6, .of = "a", .branch = "release"), RUN(.id = 2, .hour = -5, .of = "a"), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5)},
     ""},
    {.name = "two branches that passed",
     {RUN(.id = 1, .hour = -6, .of = "a", .branch = "release"), RUN(.id = 2, .hour = -5, .of = "a"), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5), RUN(.id = 4, .hour = 6, .branch = "release")},
     "fixed a 0"},
    {.name = "older pull requests need not pass, for they may be closed",
     {RUN(.id = 1, .hour = -6, .of = "a", .branch = "topic", .event = "pull_request"),
      RUN(.id = 2, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 3, .hour = 5)},
     "fixed a 0"},
    {.name = "the newest run must pass even if it is of a pull request",
     {RUN(.id = 1, .hour = -6, .of = "a"),
      RUN(.id = 2, .hour = -5, .of = "a", .branch = "topic", .event = "pull_request"), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5)},
     ""},
    {.name = "a pull request from a branch of the same name is another branch",
     {RUN(.id = 1, .hour = -6, .of = "a"), SCAN(-24, 0), RUN(.id = 3, .hour = 5, .event = "pull_request")},
     ""},
    {.name = "what is fixed is told once",
     {RUN(.id = 1, .hour = -30, .of = "a"), SCAN(-48, -24), RUN(.id = 2, .hour = -5), SCAN(-24, 0)},
     ""},
    {.name = "what was fixed and fails again is back",
     {RUN(.id = 1, .hour = -30, .of = "a"), SCAN(-48, -24), RUN(.id = 2, .hour = -5), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5, .of = "a")},
     "back a 1"},
    {.name = "what is back is known the next time",
     {RUN(.id = 1, .hour = -54, .of = "a"), SCAN(-72, -48), RUN(.id = 2, .hour = -30), SCAN(-48, -24),
      RUN(.id = 3, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 4, .hour = 5, .of = "a")},
     "known a 1"},
    {.name = "a quiet night between two changes nothing",
     {RUN(.id = 1, .hour = -30, .of = "a"), SCAN(-48, -24), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .of = "a")},
     "known a 1"},
    {.name = "a group with runs in the window is never fixed, but may pass by now",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .of = "a"), RUN(.id = 3, .hour = 6)},
     "known a 1 passing 3"},
    {.name = "with a filter a group that failed outside of it is not fixed",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 4, .of = "a", .branch = "topic"),
      RUN(.id = 3, .hour = 5), RUN(.id = 4, .hour = 6, .branch = "topic")},
     "",
     .branch = "main"},
    {.name = "with a filter nothing is said of groups that it leaves out",
     {RUN(.id = 1, .hour = -5, .of = "a", .branch = "topic"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .branch = "topic")},
     "",
     .branch = "main"},

    /* flicker */
    {.name = "it passed in a later attempt",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .attempt = 2, .hour = 1)},
     "new a 1 flickers"},
    {.name = "it failed in a later attempt too",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .attempt = 2, .hour = 1, .of = "a")},
     "new a 1"},
    {.name = "another run of the commit passed afterwards",
     {RUN(.id = 1, .hour = 1, .of = "a", .sha = "ab12"), RUN(.id = 2, .hour = 2, .sha = "ab12")},
     "new a 1 flickers passing 2"},
    {.name = "another run of the commit passed before",
     {RUN(.id = 1, .hour = 1, .sha = "ab12"), RUN(.id = 2, .hour = 2, .of = "a", .sha = "ab12")},
     "new a 1"},
    {.name = "another workflow of the commit passed",
     {RUN(.id = 1, .hour = 1, .of = "a", .sha = "ab12"), RUN(.id = 2, .hour = 2, .sha = "ab12", .workflow = "Lint")},
     "new a 1"},
    {.name = "another event of the commit passed: other code may have been merged",
     {RUN(.id = 1, .hour = 1, .of = "a", .sha = "ab12"),
      RUN(.id = 2, .hour = 2, .sha = "ab12", .event = "pull_request")},
     "new a 1"},
    {.name = "no commit is not the same commit",
     {RUN(.id = 1, .hour = 1, .of = "a", .sha = ""), RUN(.id = 2, .hour = 2, .sha = "")},
     "new a 1 passing 2"},

    /* consequences */
    {.name = "a consequence stands under its cause, whatever comes between",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 2, .hour = 1, .of = "a"), RUN(.id = 3, .hour = 2, .of = "b<c"),
      RUN(.id = 4, .hour = 2, .of = "b"), RUN(.id = 5, .hour = 2, .of = "b")},
     "new a 2, new c 1, new b 3 under c"},
    {.name = "a cause that is only possible is not enough",
     {RUN(.id = 1, .hour = 2, .of = "b<c?")},
     "new b 1, new c 1"},
    {.name = "a cause without a group of its own is no place", {RUN(.id = 1, .hour = 2, .of = "b<c-")}, "new b 1"},
    {.name = "no circles: the edge of more runs wins",
     {RUN(.id = 1, .hour = 1, .of = "a<b"), RUN(.id = 2, .hour = 1, .of = "a<b"), RUN(.id = 3, .hour = 2, .of = "b<a")},
     "new b 3, new a 3 under b"},
    {.name = "no circles of three",
     {RUN(.id = 1, .hour = 1, .of = "a<b"), RUN(.id = 2, .hour = 1, .of = "a<b"), RUN(.id = 3, .hour = 1, .of = "a<b"),
      RUN(.id = 4, .hour = 2, .of = "b<c"), RUN(.id = 5, .hour = 2, .of = "b<c"), RUN(.id = 6, .hour = 3, .of = "c<a")},
     "new c 3, new b 5 under c, new a 4 under b"},

    /* order */
    {.name = "news before what is known, whatever their number",
     {RUN(.id = 1, .hour = -5, .of = "a"), SCAN(-24, 0), RUN(.id = 2, .hour = 5, .of = "a"),
      RUN(.id = 3, .hour = 6, .of = "a"), RUN(.id = 4, .hour = 7, .of = "b")},
     "new b 1, known a 2"},
    {.name = "of as many runs the stronger verdict, then the newer, then the fingerprint",
     {RUN(.id = 1, .hour = 1, .of = "a?"), RUN(.id = 2, .hour = 2, .of = "b"), RUN(.id = 3, .hour = 3, .of = "c"),
      RUN(.id = 4, .hour = 1, .of = "f!"), RUN(.id = 5, .hour = 2, .of = "d")},
     "new f 1, new c 1, new b 1, new d 1, new a 1"},

    /* unexplained */
    {.name = "no diagnosis", {RUN(.id = 1, .hour = 1, .state = FF_HISTORY_ANALYSED)}, "unexplained 1"},
    {.name = "not read, not readable, expired: newest first",
     {RUN(.id = 1, .hour = 1, .conclusion = "failure"), RUN(.id = 2, .hour = 2, .state = FF_HISTORY_ERROR),
      RUN(.id = 3, .hour = 3, .state = FF_HISTORY_EXPIRED)},
     "unexplained 3 2 1"},
    {.name = "of an expired run the API may tell enough",
     {RUN(.id = 1, .hour = 1, .of = "a", .state = FF_HISTORY_EXPIRED)},
     "new a 1"},
    {.name = "cancelled runs do not count", {RUN(.id = 1, .hour = 1, .of = "a", .conclusion = "cancelled")}, ""},
    {.name = "unless they are asked for",
     {RUN(.id = 1, .hour = 1, .of = "a", .conclusion = "cancelled"),
      RUN(.id = 2, .hour = 2, .conclusion = "cancelled")},
     "new a 1; unexplained 2",
     .cancelled = true},
    {.name = "a second attempt that passed, of a first that nobody saw",
     {RUN(.id = 1, .attempt = 2, .hour = 1)},
     "reruns 1"},
    {.name = "a second attempt that passed, of a first that was not read",
     {RUN(.id = 1, .hour = 1, .conclusion = "failure"), RUN(.id = 1, .attempt = 2, .hour = 1)},
     "reruns 1"},
    {.name = "a run that goes on is no failure",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .attempt = 2, .hour = 1, .conclusion = "")},
     ""},
    {.name = "a newer attempt that could not be read: what the older one had is not told of it",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .attempt = 2, .hour = 1, .state = FF_HISTORY_ERROR)},
     "unexplained 1"},

    /* repositories */
    {.name = "one cause in two repositories is one group",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .hour = 2, .of = "a", .repository = "acme/lib")},
     "new a 2",
     .also = "acme/lib"},
    {.name = "other repositories are not looked at",
     {RUN(.id = 1, .hour = 1, .of = "a"), RUN(.id = 1, .hour = 2, .of = "a", .repository = "acme/lib")},
     "new a 1"},
    {.name = "fixed in one and failing in the other is not fixed",
     {RUN(.id = 1, .hour = -5, .of = "a"), RUN(.id = 2, .hour = -5, .of = "a", .repository = "acme/lib"), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5), RUN(.id = 4, .hour = 6, .of = "a", .repository = "acme/lib")},
     "known a 1",
     .also = "acme/lib"},
    {.name = "a pass in one does not fix the other",
     {RUN(.id = 1, .hour = -5, .of = "a"), RUN(.id = 2, .hour = -5, .of = "a", .repository = "acme/lib"), SCAN(-24, 0),
      RUN(.id = 3, .hour = 5)},
     "",
     .also = "acme/lib"},
};

static void nights_are_told_as_they_were(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NIGHTS); i++) {
        night n;
        night_begin(&n);
        n.cancelled = NIGHTS[i].cancelled;
        n.branch = ff_slice_of(NIGHTS[i].branch);
        if (NIGHTS[i].also)
            night_also(&n, NIGHTS[i].also);
        ff_slice branch = n.branch;
        for (size_t j = 0; j < STEPS; j++) {
            const step *at = &NIGHTS[i].steps[j];
            n.branch = at->scan ? (ff_slice){0} : branch;
            if (at->run.id)
                night_see(&n, at->run);
            else if (at->scan && at->killed)
                (void)night_build(&n, at->from, at->to);
            else if (at->scan)
                night_scan(&n, at->from, at->to);
        }
        n.branch = branch;
        assert_told(night_build(&n, 0, 24), NIGHTS[i].name, NIGHTS[i].expected);
        night_end(&n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nights_are_told_as_they_were),
    };
    return cmocka_run_group_tests(tests, past_enter, past_leave);
}
