#include "options.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    BOX_WIDTH = 1264, /* a 7-inch e-ink screen */
    BOX_HEIGHT = 1680,
    QUALITY = 82,
    TAB_WIDTH = 4,
    PART_LIMIT = 240 * 1024, /* old engines stop at 300 KB */
    IMAGE_BYTES = 50 * 1000 * 1000,
    IMAGE_PIXELS = 64 * 1000 * 1000,
    JOBS_MAX = 256,
};

/* Reading one option's argument: sets *o, or says what is wrong with it. */
typedef const char *(*setter)(struct options *o, const char *argument);

struct option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* its name; NULL: it takes none */
    setter set;
    const char *help;
};

/* ---- values ---- */

static bool number(struct str text, unsigned min, unsigned max, unsigned *out)
{
    unsigned n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!chr_digit((unsigned char)text.p[i]) || n > max)
            return false;
        n = n * 10 + (unsigned)(text.p[i] - '0');
    }
    *out = n;
    return text.n && n >= min && n <= max;
}

static const char *set_output(struct options *o, const char *argument)
{
    o->epub.output = argument;
    o->epub.replace = true;
    return *argument ? NULL : "is no file name";
}

static const char *set_title(struct options *o, const char *argument)
{
    o->book.title = argument;
    return str_blank(str_of(argument)) ? "is no title" : NULL;
}

static const char *set_author(struct options *o, const char *argument)
{
    o->book.author = argument;
    return str_blank(str_of(argument)) ? "is no name" : NULL;
}

static const char *set_language(struct options *o, const char *argument)
{
    o->book.language = language_tag(o->arena, argument);
    return o->book.language ? NULL : "is no language tag such as en or pt-BR";
}

static const char *set_identifier(struct options *o, const char *argument)
{
    size_t colon = str_chr(str_of(argument), ':');
    bool plain = colon > 0 && argument[colon] && argument[colon + 1];
    for (const char *p = argument; *p; p++)
        plain &= *p > ' ' && (unsigned char)*p < 0x7F;
    o->book.identifier = argument;
    return plain ? NULL : "is no URI such as urn:uuid:… or https://…";
}

static const char *set_order(struct options *o, const char *argument)
{
    if (strcmp(argument, "newest") == 0)
        o->select.order = ORDER_NEWEST;
    else if (strcmp(argument, "oldest") == 0)
        o->select.order = ORDER_OLDEST;
    else
        return "is neither newest nor oldest";
    return NULL;
}

static const char *set_offline(struct options *o, const char *argument)
{
    (void)argument;
    o->image.offline = true;
    return NULL;
}

static const char *set_fetch_only(struct options *o, const char *argument)
{
    (void)argument;
    o->action = ACTION_FETCH;
    return NULL;
}

static const char *set_refresh(struct options *o, const char *argument)
{
    (void)argument;
    o->image.refresh = true;
    return NULL;
}

static const char *add_folder(struct options *o, const char *argument)
{
    size_t n = o->image.folder_count;
    const char **folders = arena_alloc(o->arena, (n + 1) * sizeof *folders);
    for (size_t i = 0; i < n; i++)
        folders[i] = o->image.folders[i];
    folders[n] = argument;
    o->image.folders = folders;
    o->image.folder_count = n + 1;
    return access(argument, R_OK | X_OK) == 0 ? NULL : strerror(errno);
}

static const char *set_cache(struct options *o, const char *argument)
{
    o->image.cache = argument;
    return *argument ? NULL : "is no folder";
}

static const char *set_list_images(struct options *o, const char *argument)
{
    (void)argument;
    o->action = ACTION_LIST_IMAGES;
    return NULL;
}

static const char *set_no_images(struct options *o, const char *argument)
{
    (void)argument;
    o->image.none = true;
    return NULL;
}

static const char *set_size(struct options *o, const char *argument)
{
    struct str rest = str_of(argument), width;
    bool ok = str_next(&rest, 'x', &width) &&
              number(width, 16, 10000, &o->image.width) &&
              number(rest, 16, 10000, &o->image.height);
    return ok ? NULL : "is no size such as 1264x1680";
}

static const char *set_quality(struct options *o, const char *argument)
{
    return number(str_of(argument), 1, 100, &o->image.quality)
               ? NULL
               : "is no number from 1 to 100";
}

static const char *set_tab_width(struct options *o, const char *argument)
{
    return number(str_of(argument), 1, 16, &o->article.tab_width)
               ? NULL
               : "is no number from 1 to 16";
}

static const char *keep_rule(struct options *o, const char *argument)
{
    for (int i = 0; i < RULE_COUNT; i++)
        if (strcmp(argument, article_rule_name((enum article_rule)i)) == 0) {
            o->article.keep[i] = true;
            return NULL;
        }
    return "is no rule; --help lists them";
}

static const char *set_css(struct options *o, const char *argument)
{
    o->epub.css = argument;
    return NULL;
}

static const char *set_templates(struct options *o, const char *argument)
{
    o->epub.templates = argument;
    return access(argument, R_OK | X_OK) == 0 ? NULL : strerror(errno);
}

static const char *set_cover(struct options *o, const char *argument)
{
    bool none = strcmp(argument, "none") == 0;
    o->book.cover = !none;
    return none || strcmp(argument, "plain") == 0 ? NULL
                                                  : "is neither plain nor none";
}

static const char *set_depfile(struct options *o, const char *argument)
{
    o->depfile = argument;
    return *argument ? NULL : "is no file name";
}

static const char *set_strict(struct options *o, const char *argument)
{
    (void)argument;
    o->strict = true;
    return NULL;
}

static const char *set_dry_run(struct options *o, const char *argument)
{
    (void)argument;
    o->action = ACTION_LIST;
    return NULL;
}

static const char *set_jobs(struct options *o, const char *argument)
{
    return number(str_of(argument), 1, JOBS_MAX, &o->jobs)
               ? NULL
               : "is no number from 1 to 256";
}

static const char *set_quiet(struct options *o, const char *argument)
{
    (void)argument;
    o->show = DIAG_QUIET;
    return NULL;
}

static const char *set_verbose(struct options *o, const char *argument)
{
    (void)argument;
    o->show = DIAG_VERBOSE;
    return NULL;
}

static const char *explain(struct options *o, const char *argument)
{
    (void)argument;
    o->action = ACTION_EXPLAIN;
    return NULL;
}

/* ---- the table ---- */

static const struct option table[] = {
    {"output", 'o', "FILE", set_output,
     "the book; an existing file is replaced; - is\n"
     "standard output. Default: named after the title"},
    {"title", 't', "TEXT", set_title, "the book's title"},
    {"author", 'a', "NAME", set_author, "the book's author"},
    {"language", 'l', "TAG", set_language, "the book's language, such as en"},
    {"identifier", 0, "URI", set_identifier, "the book's identifier"},
    {"order", 0, "newest|oldest", set_order,
     "which articles come first (newest)"},
    {"offline", 0, NULL, set_offline, "download nothing"},
    {"fetch-only", 0, NULL, set_fetch_only,
     "download pictures into the store, make no book"},
    {"refresh", 0, NULL, set_refresh,
     "ask again for pictures that the store has"},
    {"images", 0, "DIR", add_folder,
     "a folder of saved pictures; may be repeated"},
    {"cache", 0, "DIR", set_cache, "the store of downloaded pictures"},
    {"list-images", 0, NULL, set_list_images,
     "print the pictures' addresses, make no book"},
    {"no-images", 0, NULL, set_no_images, "leave all pictures out"},
    {"size", 0, "WxH", set_size, "the box that pictures fit into (1264x1680)"},
    {"quality", 0, "N", set_quality, "of JPEG pictures, 1 to 100 (82)"},
    {"tab-width", 0, "N", set_tab_width,
     "columns to a tab stop in code, 1 to 16 (4)"},
    {"keep", 0, "RULE", keep_rule,
     "leave in what this rule takes out; may be repeated"},
    {"css", 0, "FILE", set_css, "a style sheet put after the book's own"},
    {"templates", 0, "DIR", set_templates,
     "templates that replace those of the same name"},
    {"cover", 0, "plain|none", set_cover, "the cover (plain)"},
    {"depfile", 'M', "FILE", set_depfile,
     "write a make dependency file for the book"},
    {"strict", 0, NULL, set_strict, "no book if something had to be left out"},
    {"dry-run", 'n', NULL, set_dry_run,
     "print which articles the book would have"},
    {"jobs", 'j', "N", set_jobs, "threads and workers, 1 to 256"},
    {"quiet", 'q', NULL, set_quiet, "print errors alone"},
    {"verbose", 'v', NULL, set_verbose, "print notes, and every message"},
    {"help", 0, NULL, explain, "print this and exit"},
    {"version", 0, NULL, explain, "print the version and exit"},
};

void options_dump(FILE *out)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        fprintf(out, "%s %c %s\n", table[i].name,
                table[i].letter ? table[i].letter : '-',
                table[i].argument ? table[i].argument : "-");
}

/* ---- --help and --version ---- */

static void print_option(const struct option *option, FILE *out)
{
    enum { HELP_COLUMN = 30 };
    char left[64];
    struct str rest = str_of(option->help), line;
    int n = option->letter
                ? snprintf(left, sizeof left, "  -%c, --%s", option->letter,
                           option->name)
                : snprintf(left, sizeof left, "      --%s", option->name);
    if (option->argument)
        snprintf(left + n, sizeof left - (size_t)n, " %s", option->argument);
    const char *start = left;
    while (str_next(&rest, '\n', &line)) {
        fprintf(out, "%-*s%.*s\n", HELP_COLUMN, start, STR_ARG(line));
        start = "";
    }
}

static void print_help(FILE *out)
{
    fputs("Usage: feedbind [OPTION]... FEED...\n"
          "Bind saved RSS and Atom feeds into an EPUB 3 book.\n"
          "FEED is a file, or - for standard input.\n\n",
          out);
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        print_option(&table[i], out);
    fputs("\nRules for --keep:\n", out);
    for (int i = 0; i < RULE_COUNT; i++)
        fprintf(out, "  %-18s%s\n", article_rule_name((enum article_rule)i),
                article_rule_what((enum article_rule)i));
    fputs("\nExit status: 0 the book was written; 1 it was not; 2 the command "
          "line is wrong;\n3 there is no article, and nothing was written.\n",
          out);
}

static void explain_now(const struct option *option, FILE *out)
{
    if (strcmp(option->name, "version") == 0)
        fputs("feedbind " FEEDBIND_VERSION "\n", out);
    else
        print_help(out);
}

/* ---- reading argv ---- */

struct scan {
    struct options *options;
    char **argv;
    int argc, at;
    FILE *out;
    struct diag *diag;
};

static bool usage_error(struct scan *s, const char *what, const char *detail)
{
    diag_add(s->diag, DIAG_ERROR, (struct diag_place){0}, what, "%s", detail);
    return false;
}

static const struct option *find_long(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (str_eq(name, str_of(table[i].name)))
            return &table[i];
    return NULL;
}

static const struct option *find_letter(char letter)
{
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (table[i].letter == letter)
            return &table[i];
    return NULL;
}

/* Apply an option; its argument is `attached`, or else the next word. */
static bool apply(struct scan *s, const struct option *option,
                  const char *attached)
{
    const char *argument = attached;
    if (option->argument && !argument) {
        if (s->at >= s->argc)
            return usage_error(s, "an option lacks its argument", option->name);
        argument = s->argv[s->at++];
    }
    const char *wrong = option->set(s->options, argument);
    if (wrong) {
        diag_add(s->diag, DIAG_ERROR, (struct diag_place){0},
                 "an option's argument is wrong", "--%s: \"%s\" %s",
                 option->name, argument, wrong);
        return false;
    }
    if (option->set == explain)
        explain_now(option, s->out);
    return true;
}

/* --name, --name=argument */
static bool read_long(struct scan *s, const char *word)
{
    struct str text = str_of(word + 2);
    size_t equals = str_chr(text, '=');
    const struct option *option = find_long(str_sub(text, 0, equals));
    bool attached = equals < text.n;
    if (!option)
        return usage_error(s, "unknown option (see --help)", word);
    if (attached && !option->argument)
        return usage_error(s, "an option takes no argument", word);
    return apply(s, option, attached ? text.p + equals + 1 : NULL);
}

/* -x, -xargument, -xyz */
static bool read_letters(struct scan *s, const char *word)
{
    for (const char *p = word + 1; *p; p++) {
        const struct option *option = find_letter(*p);
        if (!option)
            return usage_error(s, "unknown option (see --help)", word);
        bool attached = option->argument && p[1];
        if (!apply(s, option, attached ? p + 1 : NULL))
            return false;
        if (attached)
            break;
    }
    return true;
}

static bool read_words(struct scan *s)
{
    struct options *o = s->options;
    bool options_over = false;
    o->feeds = arena_alloc(o->arena, (size_t)s->argc * sizeof *o->feeds + 1);
    while (s->at < s->argc && o->action != ACTION_EXPLAIN) {
        const char *word = s->argv[s->at++];
        bool ok = true;
        if (options_over || word[0] != '-' || !word[1])
            o->feeds[o->feed_count++] = word;
        else if (strcmp(word, "--") == 0)
            options_over = true;
        else if (word[1] == '-')
            ok = read_long(s, word);
        else
            ok = read_letters(s, word);
        if (!ok)
            return false;
    }
    return true;
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
static bool read_epoch(struct scan *s)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    if (!text || !*text)
        return true;
    for (const char *p = text; *p; p++) {
        if (!chr_digit((unsigned char)*p) || p - text > 11)
            return usage_error(s, "SOURCE_DATE_EPOCH is no number of seconds",
                               text);
        seconds = seconds * 10 + (*p - '0');
    }
    if (date_civil(seconds).year > 9999)
        return usage_error(s, "SOURCE_DATE_EPOCH is too far away", text);
    s->options->book.modified =
        (struct date){.seconds = seconds, .known = true};
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
    const char *fonts = file_join(a, home, "fonts");
    o->image.fonts =
        there(fonts) ? fonts : file_join(a, home, "../share/feedbind/fonts");
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > 64 ? 64 : (unsigned)n;
}

static void set_defaults(struct options *o)
{
    *o = (struct options){
        .arena = arena_new(),
        .show = DIAG_NORMAL,
        .jobs = processors(),
        .article = {.tab_width = TAB_WIDTH, .part_limit = PART_LIMIT},
        .image = {.width = BOX_WIDTH,
                  .height = BOX_HEIGHT,
                  .quality = QUALITY,
                  .max_bytes = IMAGE_BYTES,
                  .max_pixels = IMAGE_PIXELS},
        .book = {.cover = true},
        .epub = {.version = FEEDBIND_VERSION}};
    o->image.cache = usual_cache(o->arena);
}

/* What single options cannot say. */
static bool check(struct scan *s)
{
    struct options *o = s->options;
    if (o->action == ACTION_EXPLAIN)
        return true;
    if (!o->feed_count)
        return usage_error(s, "no feed is named (see --help)",
                           "feedbind [OPTION]... FEED...");
    if (o->action == ACTION_FETCH && o->image.offline)
        return usage_error(s, "options exclude each other",
                           "--fetch-only and --offline");
    if (o->action == ACTION_BIND && o->epub.output &&
        strcmp(o->epub.output, "-") == 0 && isatty(STDOUT_FILENO))
        return usage_error(s, "a book is not for a terminal",
                           "send standard output to a file or a pipe");
    return true;
}

bool options_parse(struct options *o, int argc, char **argv, FILE *out,
                   struct diag *diag)
{
    struct scan s = {o, argv, argc, argc > 0 ? 1 : 0, out, diag};
    set_defaults(o);
    if (!read_words(&s) || !read_epoch(&s) || !check(&s))
        return false;
    find_own_files(o);
    o->image.jobs = o->jobs;
    o->image.show = o->show;
    o->image.progress = o->show != DIAG_QUIET && isatty(STDERR_FILENO);
    return true;
}

void options_free(struct options *o)
{
    arena_free(o->arena);
}
