/* What is there without options, and what they come to together. */
#include "options_int.h"

#include "base/caseless.h"
#include "base/file.h"
#include "base/mem.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    EPOCH_DIGITS = 12, /* more are beyond the year 9999 */
    TAB_WIDTH = 4,
    TOC_DEPTH = 1,
    PART_LIMIT = 240 * 1024, /* old engines stop at 300 KB */
    IMAGE_PIXELS = 64 * 1000 * 1000,
};

bool options_error(struct diag *diag, const char *what, const char *detail)
{
    diag_add(diag, DIAG_ERROR, (struct diag_place){0}, what, "%s", detail);
    return false;
}

/* ---- the environment ---- */

static const char *usual_cache(struct arena *a)
{
    const char *base = getenv("XDG_CACHE_HOME");
    if (base && *base == '/')
        return file_join(a, base, "feedbind");
    base = getenv("HOME");
    return base && *base ? file_join(a, base, ".cache/feedbind") : NULL;
}

/* SOURCE_DATE_EPOCH (reproducible-builds.org): whole seconds since 1970. */
static bool read_epoch(struct options *o, struct diag *diag)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    uint64_t seconds;
    if (!text || !*text)
        return true;
    if (!str_decimal(str_of(text), &seconds) || strlen(text) > EPOCH_DIGITS)
        return options_error(diag, "SOURCE_DATE_EPOCH is no number of seconds",
                             text);
    if (date_civil((int64_t)seconds).year > 9999)
        return options_error(diag, "SOURCE_DATE_EPOCH is too far away", text);
    o->book.modified =
        (struct date){.seconds = (int64_t)seconds, .known = true};
    return true;
}

static bool there(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Workers and faces are beside the program, as in the build folder, or where
 * `make install` puts them. */
static void find_own_files(struct options *o)
{
    struct arena *a = o->arena;
    char *home = file_program_dir(a);
    if (!home)
        home = arena_strdup(a, ".");
    const char *beside = file_join(a, home, "feedbind-image");
    o->image.workers =
        there(beside) ? home : file_join(a, home, "../libexec/feedbind");
    o->feed.workers = o->image.workers;
    const char *fonts = file_join(a, home, "fonts");
    o->image.fonts =
        there(fonts) ? fonts : file_join(a, home, "../share/feedbind/fonts");
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

void options_default(struct options *o)
{
    size_t devices;
    *o = (struct options){
        .arena = arena_new(),
        .caseless = caseless_new(),
        .show = DIAG_NORMAL,
        .jobs = processors(),
        .article = {.tab_width = TAB_WIDTH,
                    .toc_depth = TOC_DEPTH,
                    .part_limit = PART_LIMIT},
        .device = device_table(&devices),
        .feed = feed_policy_make(),
        .image = {.fetch = fetch_policy_make(), .max_pixels = IMAGE_PIXELS},
        .epub = {.version = FEEDBIND_VERSION}};
    o->image.cache = usual_cache(o->arena);
}

/* Would one be lost where the other is written? */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    if (!a || !b || strcmp(a, "-") == 0)
        return false;
    if (stat(a, &x) != 0 || stat(b, &y) != 0)
        return strcmp(a, b) == 0;
    return S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* A file that would be written and is another one, too; NULL for none. */
static const char *file_twice(const struct options *o)
{
    const char *const written[] = {o->epub.output, o->report, o->depfile,
                                   o->state};
    for (size_t i = 0; i < ARRAY_LEN(written); i++) {
        for (size_t j = 0; j < i; j++)
            if (same_file(written[i], written[j]))
                return written[i];
        for (size_t j = 0; j < o->feed_count; j++)
            if (same_file(written[i], o->feeds[j]))
                return written[i];
        if (same_file(written[i], o->book.cover_picture))
            return written[i];
    }
    return NULL;
}

/* What single options cannot say. */
static bool check(const struct options *o, struct diag *diag)
{
    bool piped = o->epub.output && strcmp(o->epub.output, "-") == 0;
    bool told = o->report && strcmp(o->report, "-") == 0;
    const struct select_policy *s = &o->select;
    const struct {
        bool both;
        const char *which;
    } conflicts[] = {
        {o->action == ACTION_FETCH && o->image.offline,
         "--fetch-only and --offline"},
        {o->action == ACTION_FETCH && o->image.none,
         "--fetch-only and --no-images"},
        {o->image.refresh && o->image.offline, "--refresh and --offline"},
        {o->directory && o->epub.output, "--directory and --output"},
        {o->directory && o->book.title, "--directory and --title"},
        {o->directory && o->book.identifier, "--directory and --identifier"},
        {o->split.kind && o->book.identifier, "--split and --identifier"},
        {o->split.kind && piped, "--split and --output -"},
        {o->wish.grey && o->wish.colour, "--gray and --color"},
        {o->wish.dither && o->wish.colour, "--dither and --color"},
        {o->depfile && piped, "--depfile and --output -"},
        {told && piped, "--report - and --output -"},
        {told && o->action == ACTION_LIST_IMAGES,
         "--report - and --list-images"},
        {told && o->action == ACTION_LIST, "--report - and --dry-run"},
        {s->since.kind == s->until.kind && s->since.from >= s->until.to &&
             s->since.kind != PERIOD_NONE,
         "--since and an earlier --until"},
    };
    if (!o->feed_count)
        return options_error(diag, "no feed is named (see --help)",
                             "feedbind [OPTION]... FEED...");
    for (size_t i = 0; i < ARRAY_LEN(conflicts); i++)
        if (conflicts[i].both)
            return options_error(diag, "options exclude each other",
                                 conflicts[i].which);
    const char *twice = file_twice(o);
    if (twice)
        return options_error(diag, "a file is named twice, and would be lost",
                             twice);
    if (o->action == ACTION_BIND && piped && isatty(STDOUT_FILENO))
        return options_error(diag, "a book is not for a terminal",
                             "send standard output to a file or a pipe");
    return true;
}

/* ---- pictures ---- */

static uint32_t colours_of(const struct picture_wish *wish, uint32_t device)
{
    return wish->dither   ? FIT_GREY16
           : wish->grey   ? FIT_GREY
           : wish->colour ? FIT_COLOUR
                          : device;
}

/* The device's, with what is wished over it. */
static struct fit settle_fit(const struct options *o)
{
    const struct picture_wish *wish = &o->wish;
    struct fit fit = device_fit(o->device);
    if (wish->width) {
        fit.width = wish->width;
        fit.height = wish->height;
    }
    if (wish->quality)
        fit.quality = wish->quality;
    fit.colours = colours_of(wish, fit.colours);
    return fit;
}

/* A cover has the screen's proportions, within reason. */
static unsigned settle_cover(const struct device *d)
{
    enum { HEIGHT = 1600, NARROWEST = 900, WIDEST = 1600, STEP = 8 };
    unsigned width = d->width * HEIGHT / d->height / STEP * STEP;
    return width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
}

bool options_settle(struct options *o, struct diag *diag)
{
    if (!read_epoch(o, diag))
        return false;
    options_settle_select(o);
    if (!check(o, diag))
        return false;
    options_settle_choice(o);
    find_own_files(o);
    o->article.plain_links = o->device->system->plain_links;
    o->image.fit = settle_fit(o);
    o->image.cover_width = settle_cover(o->device);
    o->image.jobs = o->jobs;
    o->image.show = o->show;
    o->image.progress = o->show != DIAG_QUIET && isatty(STDERR_FILENO);
    return true;
}
