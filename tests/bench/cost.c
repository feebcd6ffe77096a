/* cost BODIES ROUNDS: milliseconds of processor time for Gumbo's parse of every
 * body (in an arena, as xml/html.c does), for html_parse, which bounds the text
 * before and copies the tree after, and for article_make, which cleans and
 * writes besides: medians of the rounds, in which the three take turns.
 *
 * cost BODIES none|gumbo|parse|make: do it once, for a profiler.
 *
 * BODIES holds texts that end in a zero byte. */
#include "../article/one.h"
#include "base/file.h"
#include "base/mem.h"
#include "xml/html.h"

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MOST = 1001 };

static void *from_arena(void *arena, size_t n)
{
    return arena_raw(arena, n);
}

static void leave(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double by_gumbo(struct str html)
{
    double start = now();
    struct arena *arena = arena_new();
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = from_arena;
    options.deallocator = leave;
    options.userdata = arena;
    options.max_errors = 0;
    gumbo_parse_with_options(&options, html.p, html.n);
    arena_free(arena);
    return now() - start;
}

static double by_parse(struct str html)
{
    double start = now();
    tree_free(html_parse(html));
    return now() - start;
}

static double by_make(struct str html)
{
    struct one one;
    one_init(&one, html);
    double start = now();
    article_free(one_make(&one));
    double took = now() - start;
    one_free(&one);
    return took;
}

static const struct {
    const char *name;
    double (*run)(struct str html);
} ways[] = {{"gumbo", by_gumbo}, {"parse", by_parse}, {"make", by_make}};

static double run_all(size_t way, struct str bodies)
{
    double took = 0;
    struct str body;
    while (bodies.n && str_next(&bodies, '\0', &body))
        took += ways[way].run(body);
    return took;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void measure(struct str bodies, size_t rounds)
{
    static double took[ARRAY_LEN(ways)][ROUNDS_MOST];
    for (size_t r = 0; r < rounds; r++)
        for (size_t w = 0; w < ARRAY_LEN(ways); w++)
            took[w][r] = run_all(w, bodies);
    for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
        qsort(took[w], rounds, sizeof **took, compare);
        printf("%s %.3f\n", ways[w].name, took[w][rounds / 2]);
    }
}

int main(int argc, char **argv)
{
    struct buf bodies = buf_make(BUF_BODY);
    if (argc != 3 || !file_read(argv[1], &bodies)) {
        fputs("usage: cost BODIES ROUNDS|none|gumbo|parse|make\n", stderr);
        return 2;
    }
    size_t rounds = strtoul(argv[2], NULL, 10);
    xml_init();
    if (rounds)
        measure(buf_view(&bodies), rounds < ROUNDS_MOST ? rounds : ROUNDS_MOST);
    for (size_t w = 0; w < ARRAY_LEN(ways); w++)
        if (strcmp(argv[2], ways[w].name) == 0)
            run_all(w, buf_view(&bodies));
    xml_end();
    buf_free(&bodies);
    return 0;
}
