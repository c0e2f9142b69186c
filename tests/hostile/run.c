/* Runs a program under a wall clock and measures it: the hostile tests judge memory and time by what this says.
 *
 *     hostile_run USAGE SECONDS PROGRAM ARGUMENT...
 *
 * Writes `max RSS in KiB, CPU in ms, wall in ms, 1 if it was killed` to the file USAGE and ends with the program's own
 * status (128 + signal if it died of one). Small on purpose: until it execs, the child's memory is that of this
 * process.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STATUS_BROKEN = 125, STATUS_NO_EXEC = 127, STATUS_SIGNAL = 128 };

static volatile sig_atomic_t overdue;

static void mark_overdue(int signal_number)
{
    (void)signal_number;
    overdue = 1;
}

static long milliseconds(struct timeval value)
{
    return (long)value.tv_sec * 1000 + (long)value.tv_usec / 1000;
}

static long wall_clock(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
        return 0;
    return (long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int write_usage(const char *path, long wall)
{
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0)
        return -1;
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return -1;
    int printed = fprintf(file, "%ld %ld %ld %d\n", usage.ru_maxrss,
                          milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), wall, (int)overdue);
    return fclose(file) != 0 || printed < 0 ? -1 : 0;
}

/* The status of the child, which is killed when the alarm rings. */
static int await(pid_t child)
{
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            return -1;
        if (overdue)
            (void)kill(child, SIGKILL);
    }
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        (void)fprintf(stderr, "usage: hostile_run USAGE SECONDS PROGRAM ARGUMENT...\n");
        return STATUS_BROKEN;
    }
    struct sigaction action = {.sa_handler = mark_overdue};
    (void)sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) != 0)
        return STATUS_BROKEN;
    long started = wall_clock();
    pid_t child = fork();
    if (child < 0)
        return STATUS_BROKEN;
    if (child == 0) {
        (void)execv(argv[3], argv + 3);
        _exit(STATUS_NO_EXEC);
    }
    (void)alarm((unsigned)strtoul(argv[2], NULL, 10));
    int status = await(child);
    if (status < 0 || write_usage(argv[1], wall_clock() - started) != 0)
        return STATUS_BROKEN;
    return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_SIGNAL + WTERMSIG(status);
}
