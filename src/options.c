#include "options_int.h"

#include "base/caseless.h"
#include "base/file.h"
#include "base/mem.h"
#include "raster/format.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { JOBS_MAX = 256 };

/* A row of the table below. What an option does is one of set, flag, action
 * and show. */
struct option {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* its name; NULL: it takes none */
    const char *help;     /* of one or two lines */
    /* Reads the argument: sets *o, or says what is wrong with it. */
    const char *(*set)(struct options *o, const char *argument);
    size_t flag;         /* offset of a bool in struct options; 0: none */
    enum action action;  /* instead of ACTION_BIND */
    enum diag_show show; /* instead of DIAG_NORMAL */
};

/* ---- values ---- */

/* What is wrong with a folder; NULL: nothing. */
static const char *folder_fault(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return strerror(errno);
    closedir(folder);
    return NULL;
}

/* What is wrong with a file that is to be read; NULL: nothing. */
static const char *file_fault(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || access(path, R_OK) != 0)
        return strerror(errno);
    return S_ISREG(st.st_mode) ? NULL : "is no file";
}

static const char *set_output(struct options *o, const char *argument)
{
    o->epub.output = argument;
    o->epub.replace = true;
    return *argument ? NULL : "must be a file name";
}

static const char *set_directory(struct options *o, const char *argument)
{
    o->directory = argument;
    o->epub.replace = true;
    return *argument ? NULL : "must be a folder";
}

static const char *set_split(struct options *o, const char *argument)
{
    unsigned amount = 0;
    o->split.kind = strcmp(argument, "year") == 0    ? SPLIT_YEAR
                    : strcmp(argument, "month") == 0 ? SPLIT_MONTH
                                                     : SPLIT_COUNT;
    bool ok = o->split.kind != SPLIT_COUNT ||
              options_number(str_of(argument), 1, 1000000, &amount);
    o->split.amount = amount;
    o->epub.update = true;
    o->epub.replace = true;
    return ok ? NULL : "must be year, month or a number of articles";
}

static const char *set_title(struct options *o, const char *argument)
{
    o->book.title = argument;
    return options_words(argument) ? NULL : "must be a line of UTF-8 text";
}

static const char *set_author(struct options *o, const char *argument)
{
    o->book.author = argument;
    return options_words(argument) ? NULL : "must be a line of UTF-8 text";
}

static const char *set_language(struct options *o, const char *argument)
{
    o->book.language = language_tag(o->arena, argument);
    return o->book.language ? NULL
                            : "must be a language tag such as en or pt-BR";
}

/* RFC 3986, section 3: a scheme, a colon, and something after it. */
static const char *set_identifier(struct options *o, const char *argument)
{
    size_t colon = str_chr(str_of(argument), ':');
    bool ok = chr_alpha(argument[0]) && argument[colon] && argument[colon + 1];
    for (size_t i = 0; ok && i < colon; i++)
        ok = chr_alpha(argument[i]) || chr_digit(argument[i]) ||
             strchr("+-.", argument[i]);
    for (const char *p = argument; *p; p++)
        ok &= *p > ' ' && *p < 0x7F && !strchr("\"<>\\^`{|}", *p);
    o->book.identifier = argument;
    return ok ? NULL : "must be a URI such as urn:uuid:… or https://…";
}

static const char *add_folder(struct options *o, const char *argument)
{
    struct texts folders = {o->image.folders, o->image.folder_count};
    texts_add(o->arena, &folders, argument);
    o->image.folders = folders.items;
    o->image.folder_count = folders.count;
    return folder_fault(argument);
}

static const char *set_cache(struct options *o, const char *argument)
{
    o->image.cache = argument;
    return *argument ? NULL : "must be a folder";
}

static const char *set_limit(struct options *o, const char *argument)
{
    size_t count;
    const struct limit *limits = feed_limits(&count);
    struct str name = str_of(argument);
    name = str_sub(name, 0, str_chr(name, '='));
    for (size_t i = 0; i < count; i++)
        if (str_eq(name, str_of(limits[i].name)))
            return limits_read(limits, count, &o->feed, str_of(argument),
                               o->arena);
    limits = image_limits(&count);
    return limits_read(limits, count, &o->image, str_of(argument), o->arena);
}

static const char *set_user_agent(struct options *o, const char *argument)
{
    o->image.fetch.agent = argument;
    return options_words(argument) ? NULL : "must be a line of UTF-8 text";
}

static const char *set_device(struct options *o, const char *argument)
{
    const struct device *device = device_find(str_of(argument));
    if (device)
        o->device = device;
    else if (strcmp(argument, "list") == 0)
        o->action = ACTION_LIST_DEVICES;
    else
        return "must be a device that --device list prints";
    return NULL;
}

static const char *set_size(struct options *o, const char *argument)
{
    struct str rest = str_of(argument), width;
    bool ok = str_next(&rest, 'x', &width) &&
              options_number(width, 16, 10000, &o->wish.width) &&
              options_number(rest, 16, 10000, &o->wish.height);
    return ok ? NULL : "must be a size such as 1264x1680";
}

static const char *set_quality(struct options *o, const char *argument)
{
    return options_number(str_of(argument), 1, 100, &o->wish.quality)
               ? NULL
               : "must be a number from 1 to 100";
}

static const char *set_budget(struct options *o, const char *argument)
{
    return size_read(str_of(argument), &o->budget)
               ? NULL
               : "must be a size such as 50M or 1.5GB";
}

static const char *set_tab_width(struct options *o, const char *argument)
{
    return options_number(str_of(argument), 1, 16, &o->article.tab_width)
               ? NULL
               : "must be a number from 1 to 16";
}

static const char *set_toc_depth(struct options *o, const char *argument)
{
    return options_number(str_of(argument), 0, 6, &o->article.toc_depth)
               ? NULL
               : "must be a number from 0 to 6";
}

static const char *set_tables(struct options *o, const char *argument)
{
    static const char *const names[] = {[TABLES_AUTO] = "auto",
                                        [TABLES_KEEP] = "keep",
                                        [TABLES_SHRINK] = "shrink",
                                        [TABLES_RECORDS] = "records"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(argument, names[i]) == 0) {
            o->article.tables = (enum table_policy)i;
            return NULL;
        }
    return "must be auto, keep, shrink or records";
}

/* Turn off the rule of this name, or all of them. */
static bool keep_rule(struct options *o, struct str name)
{
    bool all = str_eq(name, STR("all")), found = all;
    for (int i = 0; i < RULE_COUNT; i++) {
        struct str rule = str_of(article_rule_name((enum article_rule)i));
        if (!all && !str_eq(name, rule))
            continue;
        o->article.keep[i] = true;
        found = true;
    }
    return found;
}

static const char *keep_rules(struct options *o, const char *argument)
{
    struct str rest = str_of(argument), name;
    while (str_next(&rest, ',', &name))
        if (!keep_rule(o, name))
            return "must be all, or rules that --help lists, a comma between";
    return NULL;
}

static const char *set_css(struct options *o, const char *argument)
{
    o->epub.css = argument;
    return *argument ? NULL : "must be a file name";
}

static const char *set_templates(struct options *o, const char *argument)
{
    o->epub.templates = argument;
    return folder_fault(argument);
}

static const char *set_cover(struct options *o, const char *argument)
{
    bool none = strcmp(argument, "none") == 0;
    bool plain = strcmp(argument, "plain") == 0;
    o->book.cover = none ? COVER_NONE : plain ? COVER_PLAIN : COVER_PICTURE;
    o->book.cover_picture = none || plain ? NULL : argument;
    return none || plain ? NULL : file_fault(argument);
}

static const char *set_depfile(struct options *o, const char *argument)
{
    o->depfile = argument;
    return *argument ? NULL : "must be a file name";
}

static const char *set_report(struct options *o, const char *argument)
{
    o->report = argument;
    return *argument ? NULL : "must be a file name";
}

static const char *set_jobs(struct options *o, const char *argument)
{
    return options_number(str_of(argument), 1, JOBS_MAX, &o->jobs)
               ? NULL
               : "must be a number from 1 to 256";
}

/* ---- the table ---- */

#define FLAG(member) .flag = offsetof(struct options, member)

static const struct option table[] = {
    {"output", 'o', "FILE",
     "the book; an existing file is replaced; - is\n"
     "standard output. Default: named after the title",
     .set = set_output},
    {"directory", 'd', "DIR",
     "a book of each feed, in this folder, named after\nits title",
     .set = set_directory},
    {"split", 0, "HOW", "volumes: year, month, or how many articles each\nhas",
     .set = set_split},
    {"title", 't', "TEXT", "the book's title", .set = set_title},
    {"author", 'a', "NAME", "the book's author", .set = set_author},
    {"language", 'l', "TAG", "the book's language, such as en",
     .set = set_language},
    {"identifier", 0, "URI", "the book's identifier", .set = set_identifier},
    {"since", 0, "WHEN",
     "articles from then on: 2026-11-16, 2026-W47,\n"
     "2026-11, 2026, or an age: 7d, 2w, 3m, 1y",
     .set = options_set_since},
    {"until", 0, "WHEN", "articles up to the end of it",
     .set = options_set_until},
    {"by", 0, "AUTHOR", "articles of this author; may be repeated",
     .set = options_add_author},
    {"category", 0, "NAME", "articles in this category; may be repeated",
     .set = options_add_category},
    {"match", 0, "REGEX", "articles with such a title; may be repeated",
     .set = options_add_title},
    {"new", 0, "STATE",
     "articles that no book of this state file had; then\nthey are noted there",
     .set = options_set_state},
    {"last", 0, "N", "the newest N of all these", .set = options_set_last},
    {"order", 0, "newest|oldest", "which articles come first (newest)",
     .set = options_set_order},
    {"group", 0, "HOW",
     "the contents' sections: by feed, month, category,\n"
     "author or none (feed)",
     .set = options_set_group},
    {"merge", 0, NULL, "feeds that share articles are one, which moved",
     FLAG(merge.moved)},
    {"offline", 0, NULL, "download nothing", FLAG(image.offline)},
    {"fetch-only", 0, NULL, "download pictures into the store, make no book",
     .action = ACTION_FETCH},
    {"refresh", 0, NULL, "ask again for pictures that the store has",
     FLAG(image.refresh)},
    {"images", 0, "DIR", "a folder of saved pictures; may be repeated",
     .set = add_folder},
    {"cache", 0, "DIR", "the store of downloaded pictures", .set = set_cache},
    {"limit", 0, "NAME=VALUE", "set a limit (below); may be repeated",
     .set = set_limit},
    {"user-agent", 0, "TEXT", "what servers are told who asks for pictures",
     .set = set_user_agent},
    {"list-images", 0, NULL, "print the pictures' addresses, make no book",
     .action = ACTION_LIST_IMAGES},
    {"no-images", 0, NULL, "leave all pictures out", FLAG(image.none)},
    {"device", 0, "NAME|list",
     "what pictures are made for; list prints all names\n(generic)",
     .set = set_device},
    {"size", 0, "WxH", "the box that pictures fit into (the screen)",
     .set = set_size},
    {"quality", 0, "N", "of JPEG pictures, 1 to 100 (82)", .set = set_quality},
    {"gray", 0, NULL, "grey pictures, whatever the device shows",
     FLAG(wish.grey)},
    {"dither", 0, NULL, "grey pictures of the 16 greys that e-ink has",
     FLAG(wish.dither)},
    {"color", 0, NULL, "pictures keep their colours, on any device",
     FLAG(wish.colour)},
    {"fit", 0, "SIZE",
     "how large the book may be, such as 50M; pictures\nget smaller",
     .set = set_budget},
    {"toc-depth", 0, "N", "levels of headings in the contents, 0 to 6 (1)",
     .set = set_toc_depth},
    {"tab-width", 0, "N", "columns to a tab stop in code, 1 to 16 (4)",
     .set = set_tab_width},
    {"tables", 0, "POLICY",
     "for wide tables: auto, keep, shrink or records\n(auto)",
     .set = set_tables},
    {"keep", 0, "RULE,...|all", "leave in what these rules take out",
     .set = keep_rules},
    {"css", 0, "FILE", "a style sheet put after the book's own",
     .set = set_css},
    {"templates", 0, "DIR", "templates that replace those of the same name",
     .set = set_templates},
    {"cover", 0, "FILE|none",
     "a picture for the cover; plain: a drawn one\n(plain)", .set = set_cover},
    {"depfile", 'M', "FILE", "write a make dependency file for the book",
     .set = set_depfile},
    {"report", 0, "FILE", "write what became of everything, as JSON",
     .set = set_report},
    {"strict", 0, NULL, "no book if there is any warning", FLAG(strict)},
    {"dry-run", 'n', NULL, "print which articles the book would have",
     .action = ACTION_LIST},
    {"jobs", 'j', "N", "threads and workers, 1 to 256", .set = set_jobs},
    {"quiet", 'q', NULL, "print errors alone", .show = DIAG_QUIET},
    {"verbose", 'v', NULL, "print every message, and a summary",
     .show = DIAG_VERBOSE},
    {"help", 0, NULL, "print this and exit", .action = ACTION_HELP},
    {"version", 0, NULL, "print the version and exit",
     .action = ACTION_VERSION},
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

static void print_rules(FILE *out)
{
    enum { RULE_COLUMN = 19 };
    fputs("\nRules for --keep:\n", out);
    for (int i = 0; i < RULE_COUNT; i++)
        fprintf(out, "  %-*s%s\n", RULE_COLUMN,
                article_rule_name((enum article_rule)i),
                article_rule_what((enum article_rule)i));
}

static void print_limits(const struct options *o, FILE *out)
{
    size_t count;
    const struct limit *limits = image_limits(&count);
    fprintf(out, "\nLimits for --limit:\n%s",
            limits_text(limits, count, &o->image, o->arena));
    limits = feed_limits(&count);
    fputs(limits_text(limits, count, &o->feed, o->arena), out);
}

static void print_help(const struct options *o, FILE *out)
{
    fputs("Usage: feedbind [OPTION]... FEED...\n"
          "Bind saved RSS, Atom and JSON feeds into an EPUB 3 book.\n"
          "FEED is a file, a folder or archive of them, a list of them (OPML), "
          "or -\n"
          "for standard input.\n\n",
          out);
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        print_option(&table[i], out);
    print_limits(o, out);
    print_rules(out);
    fputs("\nExit status: 0 the book was written; 1 it was not; 2 the command "
          "line is wrong;\n3 no article was chosen, and nothing was written.\n",
          out);
}

static void print_version(FILE *out)
{
    const struct format *f;
    fputs("feedbind " FEEDBIND_VERSION "\n", out);
    for (size_t i = 0; (f = format_optional(i)); i++)
        fprintf(out, "%s %s (%s)\n", f->built ? "with" : "without", f->name,
                f->library);
}

static void explain(const struct options *o, FILE *out)
{
    if (o->action == ACTION_VERSION)
        print_version(out);
    else if (o->action == ACTION_LIST_DEVICES)
        fputs(device_list(o->arena), out);
    else
        print_help(o, out);
}

/* ---- reading argv ---- */

struct scan {
    struct options *options;
    char **argv;
    int argc, at;
    struct diag *diag;
};

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

/* A run does one thing besides binding. */
static bool choose(struct scan *s, const struct option *option)
{
    struct options *o = s->options;
    if (option->action < ACTION_HELP && o->action != ACTION_BIND &&
        o->action != option->action)
        return options_error(s->diag, "only one of these can be asked for",
                             "--fetch-only, --list-images, --dry-run");
    o->action = option->action;
    return true;
}

static bool read_argument(struct scan *s, const struct option *option,
                          const char *argument)
{
    const char *wrong = option->set(s->options, argument);
    if (wrong)
        diag_add(s->diag, DIAG_ERROR, (struct diag_place){0},
                 "an option's argument cannot be used", "--%s \"%s\": %s",
                 option->name, argument, wrong);
    return !wrong;
}

/* Apply an option; its argument is `attached`, or else the next word. */
static bool apply(struct scan *s, const struct option *option,
                  const char *attached)
{
    struct options *o = s->options;
    if (option->argument && !attached && s->at >= s->argc)
        return options_error(
            s->diag, "an option lacks its argument",
            arena_printf(o->arena, "--%s %s", option->name, option->argument));
    if (option->argument)
        return read_argument(s, option, attached ? attached : s->argv[s->at++]);
    if (option->action != ACTION_BIND)
        return choose(s, option);
    if (option->flag)
        *(bool *)((char *)o + option->flag) = true;
    else
        o->show = option->show;
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
        return options_error(s->diag, "unknown option (see --help)", word);
    if (attached && !option->argument)
        return options_error(s->diag, "an option takes no argument", word);
    return apply(s, option, attached ? text.p + equals + 1 : NULL);
}

/* -x, -xargument, -xyz */
static bool read_letters(struct scan *s, const char *word)
{
    for (const char *p = word + 1; *p; p++) {
        const struct option *option = find_letter(*p);
        if (!option)
            return options_error(s->diag, "unknown option (see --help)", word);
        bool attached = option->argument && p[1];
        if (!apply(s, option, attached ? p + 1 : NULL))
            return false;
        if (attached)
            break;
    }
    return true;
}

/* The first option that only explains something is the last that is read. */
static bool read_words(struct scan *s)
{
    struct options *o = s->options;
    bool options_over = false;
    o->feeds = arena_alloc(o->arena, (size_t)s->argc * sizeof *o->feeds + 1);
    while (s->at < s->argc && o->action < ACTION_HELP) {
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

bool options_parse(struct options *o, int argc, char **argv, FILE *out,
                   struct diag *diag)
{
    struct scan s = {o, argv, argc, argc > 0 ? 1 : 0, diag};
    options_default(o);
    if (!read_words(&s))
        return false;
    if (o->action < ACTION_HELP)
        return options_settle(o, diag);
    explain(o, out);
    return true;
}

void options_free(struct options *o)
{
    caseless_free(o->caseless);
    arena_free(o->arena);
}
