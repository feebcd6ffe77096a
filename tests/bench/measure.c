/* measure N COMMAND [ARGUMENT]...: run it N times and print, for each run,
 * its processor time in microseconds (user and system, with the children that
 * it waited for) and its peak memory in KiB (of its largest process).
 *
 * A program of its own, because a process starts with the peak of the one that
 * made it: measured from Python, nothing takes less than Python does. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(char **command)
{
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execvp(command[0], command);
    _exit(127);
}

static long microseconds(struct timeval t)
{
    return t.tv_sec * 1000000L + t.tv_usec;
}

/* False if the command fails. */
static int measure(char **command)
{
    pid_t child = fork();
    if (child == 0)
        become(command);
    int status = 1;
    struct rusage use = {0};
    if (child < 0 || wait4(child, &status, 0, &use) != child || status != 0)
        return 0;
    printf("%ld %ld\n", microseconds(use.ru_utime) + microseconds(use.ru_stime),
           use.ru_maxrss);
    return fflush(stdout) == 0;
}

int main(int argc, char **argv)
{
    long runs = argc > 2 ? strtol(argv[1], NULL, 10) : 0;
    if (runs <= 0) {
        fputs("usage: measure N COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    for (; runs > 0; runs--) {
        if (!measure(argv + 2)) {
            fprintf(stderr, "measure: %s failed\n", argv[2]);
            return 1;
        }
    }
    return 0;
}
