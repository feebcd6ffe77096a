#include "net/folder.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/url.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAP_NAME "map.tsv"

enum {
    FILES_MAX = 1 << 20,
    DEPTH_MAX = 64, /* of folders in folders */
};

/* A file of the tree. */
struct saved {
    const char *path; /* within the folder */
    const char *base; /* its last component */
};

/* A line of map.tsv. */
struct mapped {
    const char *url; /* serialised, without fragment */
    const char *path;
    unsigned line;
};

struct folder {
    struct arena *arena;
    const char *path;
    VEC(struct saved) files; /* by path */
    VEC(struct saved) flat;  /* those of rule 3, by base, then path */
    VEC(struct mapped) map;  /* by URL, then line */
};

/* --- reading the tree ------------------------------------------------- */

/* A folder that is still to be read. */
struct pending {
    const char *path; /* within the folder; "" for itself */
    unsigned depth;
};

struct walk {
    struct folder *folder;
    VEC(struct pending) pending;
    bool cut; /* there was more than is read */
};

static void take_name(struct walk *w, struct pending in, const char *name)
{
    struct folder *f = w->folder;
    struct arena *a = f->arena;
    char *path = *in.path ? file_join(a, in.path, name) : arena_strdup(a, name);
    const char *full = file_join(a, f->path, path);
    struct stat st;
    if (lstat(full, &st) != 0)
        return;
    if (S_ISLNK(st.st_mode) && (stat(full, &st) != 0 || S_ISDIR(st.st_mode)))
        return;
    if (f->files.len >= FILES_MAX || w->pending.len >= FILES_MAX) {
        w->cut = true;
    } else if (S_ISREG(st.st_mode)) {
        const char *slash = strrchr(path, '/');
        struct saved file = {path, slash ? slash + 1 : path};
        vec_push(&f->files, file);
    } else if (S_ISDIR(st.st_mode)) {
        struct pending below = {path, in.depth + 1};
        if (below.depth <= DEPTH_MAX)
            vec_push(&w->pending, below);
        else
            w->cut = true;
    }
}

/* Read one folder; false if it can't be. */
static bool walk_one(struct walk *w, struct pending in)
{
    struct folder *f = w->folder;
    DIR *dir =
        opendir(*in.path ? file_join(f->arena, f->path, in.path) : f->path);
    if (!dir)
        return false;
    for (struct dirent *e; (e = readdir(dir));) {
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            take_name(w, in, e->d_name);
    }
    closedir(dir);
    return true;
}

static bool read_tree(struct folder *f, struct diag *diag)
{
    struct walk w = {.folder = f};
    struct diag_place place = {.file = f->path};
    if (!walk_one(&w, (struct pending){"", 0})) {
        diag_add(diag, DIAG_ERROR, place, "folder of pictures can't be read",
                 "%s", strerror(errno));
        return false;
    }
    while (w.pending.len > 0) {
        struct pending next = w.pending.items[--w.pending.len];
        if (!walk_one(&w, next))
            diag_add(diag, DIAG_WARNING, place,
                     "folder within it can't be read, left out", "%s: %s",
                     next.path, strerror(errno));
    }
    if (w.cut)
        diag_add(diag, DIAG_WARNING, place,
                 "folder is too large or too deep, not all is searched", NULL);
    free(w.pending.items);
    return true;
}

static int by_path(const void *a, const void *b)
{
    const struct saved *x = a, *y = b;
    return strcmp(x->path, y->path);
}

static int by_base(const void *a, const void *b)
{
    const struct saved *x = a, *y = b;
    int order = strcmp(x->base, y->base);
    return order ? order : strcmp(x->path, y->path);
}

/* Is the file below a folder that is named like a host, as wget names it? */
static bool below_host(const char *path)
{
    bool dot = false;
    const char *p = path;
    for (; *p && *p != '/'; p++) {
        bool small = *p >= 'a' && *p <= 'z';
        if (!small && !chr_digit(*p) && !strchr(".-:+", *p))
            return false;
        dot = dot || *p == '.';
    }
    return *p == '/' && dot;
}

static void sort_files(struct folder *f)
{
    if (f->files.len == 0)
        return;
    qsort(f->files.items, f->files.len, sizeof *f->files.items, by_path);
    for (size_t i = 0; i < f->files.len; i++) {
        struct saved file = f->files.items[i];
        if (!below_host(file.path) && strcmp(file.path, MAP_NAME) != 0)
            vec_push(&f->flat, file);
    }
    if (f->flat.len > 0)
        qsort(f->flat.items, f->flat.len, sizeof *f->flat.items, by_base);
}

/* --- the map ---------------------------------------------------------- */

static bool stays_within(struct str path)
{
    struct str rest = path, part;
    if (path.n == 0 || path.p[0] == '/' || memchr(path.p, '\0', path.n))
        return false;
    while (rest.n > 0 && str_next(&rest, '/', &part)) {
        if (str_eq(part, STR("..")))
            return false;
    }
    return true;
}

/* Take a line; NULL, or what is wrong with it. */
static const char *take_mapping(struct folder *f, struct str line,
                                unsigned number)
{
    size_t tab = str_chr(line, '\t');
    struct str path = str_sub(line, tab + 1, line.n);
    if (tab == line.n)
        return "line without a tab left out";
    while (str_starts(path, STR("./")))
        path = str_sub(path, 2, path.n);
    if (!stays_within(path))
        return "file outside the folder refused";
    struct url *url = url_parse(f->arena, str_sub(line, 0, tab), NULL);
    if (!url)
        return "line without a valid address left out";
    struct mapped m = {url_text(f->arena, url, false),
                       arena_str(f->arena, path), number};
    vec_push(&f->map, m);
    return NULL;
}

static int by_url(const void *a, const void *b)
{
    const struct mapped *x = a, *y = b;
    int order = strcmp(x->url, y->url);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void parse_map(struct folder *f, struct str text, const char *file,
                      struct diag *diag)
{
    struct str line;
    for (unsigned n = 1; text.n > 0 && str_next(&text, '\n', &line); n++) {
        if (line.n > 0 && line.p[line.n - 1] == '\r')
            line.n--;
        const char *fault = line.n > 0 ? take_mapping(f, line, n) : NULL;
        if (fault)
            diag_add(diag, DIAG_WARNING,
                     (struct diag_place){.file = file, .line = n}, fault,
                     "%.*s", STR_ARG(utf8_clip(line, 200)));
    }
    if (f->map.len > 0)
        qsort(f->map.items, f->map.len, sizeof *f->map.items, by_url);
}

static void read_map(struct folder *f, struct diag *diag)
{
    const char *file = file_join(f->arena, f->path, MAP_NAME);
    struct buf text = buf_make(BUF_BODY);
    if (file_read_regular(file, &text))
        parse_map(f, buf_view(&text), file, diag);
    else if (errno != ENOENT)
        diag_add(diag, DIAG_WARNING, (struct diag_place){.file = file},
                 "map can't be read, not used", "%s", strerror(errno));
    buf_free(&text);
}

struct folder *folder_open(const char *path, struct diag *diag)
{
    struct folder *f = mem_alloc(sizeof *f);
    f->arena = arena_new();
    f->path = arena_strdup(f->arena, path);
    if (!read_tree(f, diag)) {
        folder_close(f);
        return NULL;
    }
    sort_files(f);
    read_map(f, diag);
    return f;
}

void folder_close(struct folder *f)
{
    if (!f)
        return;
    free(f->files.items);
    free(f->flat.items);
    free(f->map.items);
    arena_free(f->arena);
    free(f);
}

/* --- finding ---------------------------------------------------------- */

static const char *find_path(const struct folder *f, const char *path)
{
    struct saved key = {path, NULL};
    if (f->files.len == 0)
        return NULL;
    const struct saved *hit =
        bsearch(&key, f->files.items, f->files.len, sizeof key, by_path);
    return hit ? hit->path : NULL;
}

/* Rule 1. */
static const char *find_mapped(const struct folder *f, const char *url)
{
    const struct mapped key = {.url = url};
    size_t i =
        mem_first_from(&key, f->map.items, f->map.len, sizeof key, by_url);
    if (i == f->map.len || strcmp(f->map.items[i].url, url) != 0)
        return NULL;
    return find_path(f, f->map.items[i].path);
}

/* How a program names files after URLs: as the URL has them, or decoded and
 * then encoded and changed as wget's --restrict-file-names asks. */
struct naming {
    bool decoded;
    const char *encode; /* these, besides controls and "/" */
    char query;         /* what stands between name and query */
    enum { HIGH_KEPT, HIGH_CONTROLS, HIGH_ENCODED, HIGH_COUNT } high;
    enum { CASE_KEPT, CASE_LOWER, CASE_UPPER, CASE_COUNT } letters;
};

/* The longest name that wget gives a file or folder; it cuts longer ones. */
enum { WGET_NAME_MAX = 255 - 19 };

static bool is_encoded(unsigned char c, const struct naming *how)
{
    if (c < 0x20 || c == 0x7F || c == '/' || strchr(how->encode, c))
        return true;
    return (how->high == HIGH_ENCODED && c >= 0x80) ||
           (how->high == HIGH_CONTROLS && c >= 0x80 && c < 0xA0);
}

static void change_case(char *p, size_t n, const struct naming *how)
{
    for (size_t i = 0; i < n; i++) {
        if (how->letters == CASE_LOWER)
            p[i] = (char)chr_lower(p[i]);
        else if (how->letters == CASE_UPPER && chr_alpha(p[i]))
            p[i] &= ~0x20;
    }
}

static void add_encoded(struct buf *out, struct str s, struct arena *a,
                        const struct naming *how)
{
    if (!how->decoded) {
        buf_str(out, s);
        return;
    }
    s = url_decode(a, s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (is_encoded(c, how))
            buf_printf(out, "%%%02X", c);
        else
            buf_char(out, (char)c);
    }
}

/* Add "/" and a part of the path; the last one is a file's name, and has the
 * query. */
static void add_component(struct buf *out, struct str part, const char *query,
                          struct arena *a, const struct naming *how)
{
    buf_char(out, '/');
    size_t start = out->len;
    add_encoded(out, part, a, how);
    if (query) {
        buf_char(out, how->query);
        add_encoded(out, str_of(query), a, how);
    }
    if (how->decoded && out->len - start > WGET_NAME_MAX)
        buf_cut(out, start + WGET_NAME_MAX);
    if (!out->failed)
        change_case(out->data + start, out->len - start, how);
}

static const char *wget_name(const struct url *url, struct arena *a,
                             const struct naming *how)
{
    struct buf name = buf_make(BUF_LINE);
    struct str rest = str_of(url->path), part;
    buf_puts(&name, url->host);
    if (url->port >= 0)
        buf_printf(&name, "%c%d", how->query == '@' ? '+' : ':', url->port);
    while (str_next(&rest, '/', &part)) {
        bool last = !rest.p;
        if (last && part.n == 0)
            part = STR("index.html");
        if (part.n > 0)
            add_component(&name, part, last ? url->query : NULL, a, how);
    }
    char *made = name.failed ? NULL : arena_str(a, buf_view(&name));
    buf_free(&name);
    return made;
}

static const char *find_named(const struct folder *f, const struct url *url,
                              struct arena *a, const struct naming *how)
{
    const char *name = wget_name(url, a, how);
    return name ? find_path(f, name) : NULL;
}

/* Rule 2. */
static const char *find_wget(const struct folder *f, const struct url *url,
                             struct arena *a)
{
    static const struct naming styles[] = {
        {.decoded = true, .encode = "", .query = '?'},
        {.decoded = true, .encode = "\\|:?\"*<>", .query = '@'},
        {.decoded = false, .query = '?'},
        {.decoded = false, .query = '@'},
    };
    const char *path = NULL;
    for (size_t i = 0; !path && i < ARRAY_LEN(styles); i++) {
        struct naming how = styles[i];
        int high = how.decoded ? HIGH_COUNT : 1;
        int letters = how.decoded ? CASE_COUNT : 1;
        for (int n = 0; !path && n < high * letters; n++) {
            how.high = n % high;
            how.letters = n / high;
            path = find_named(f, url, a, &how);
        }
    }
    return path;
}

/* The first file of the flat ones that is named so; flat.len for none. */
static size_t find_first(const struct folder *f, const char *base)
{
    const struct saved key = {.base = base, .path = ""};
    size_t i =
        mem_first_from(&key, f->flat.items, f->flat.len, sizeof key, by_base);
    bool hit = i < f->flat.len && strcmp(f->flat.items[i].base, base) == 0;
    return hit ? i : f->flat.len;
}

/* Is there another picture of that name? Chromium calls the second one
 * photo(1).jpg, Firefox photo_002.jpg. */
static bool has_twin(const struct folder *f, const char *base, struct arena *a)
{
    static const char *const marks[] = {"(1)", "_002"};
    const char *dot = strrchr(base, '.');
    int stem = dot ? (int)(dot - base) : (int)strlen(base);
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        const char *twin =
            arena_printf(a, "%.*s%s%s", stem, base, marks[i], base + stem);
        if (find_first(f, twin) < f->flat.len)
            return true;
    }
    return false;
}

/* Rule 3, for one spelling of the name. */
static const char *find_base(const struct folder *f, const char *base,
                             struct arena *a, bool *ambiguous)
{
    size_t i = find_first(f, base);
    if (i == f->flat.len)
        return NULL;
    *ambiguous =
        (i + 1 < f->flat.len && strcmp(f->flat.items[i + 1].base, base) == 0) ||
        has_twin(f, base, a);
    return *ambiguous ? NULL : f->flat.items[i].path;
}

static const char *find_flat(const struct folder *f, const struct url *url,
                             struct arena *a, bool *ambiguous)
{
    const char *slash = strrchr(url->path, '/');
    const char *raw = slash ? slash + 1 : url->path;
    if (!*raw)
        return NULL;
    struct str name = url_decode(a, str_of(raw));
    const char *path = NULL;
    if (!memchr(name.p, '\0', name.n))
        path = find_base(f, arena_str(a, name), a, ambiguous);
    return path || *ambiguous ? path : find_base(f, raw, a, ambiguous);
}

const char *folder_find(const struct folder *f, const char *url,
                        struct arena *a, bool *ambiguous)
{
    *ambiguous = false;
    const char *path = find_mapped(f, url);
    const struct url *parsed = path ? NULL : url_parse(a, str_of(url), NULL);
    if (parsed && parsed->host)
        path = find_wget(f, parsed, a);
    if (!path && parsed)
        path = find_flat(f, parsed, a, ambiguous);
    return path ? file_join(a, f->path, path) : NULL;
}
