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
    if (file_read(file, &text))
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
    size_t low = 0, high = f->map.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(f->map.items[middle].url, url) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == f->map.len || strcmp(f->map.items[low].url, url) != 0)
        return NULL;
    return find_path(f, f->map.items[low].path);
}

/* How a program names files after URLs. wget decodes names and then encodes
 * what its --restrict-file-names asks for. */
struct naming {
    bool decoded;       /* else: percent-encoded as in the URL */
    bool encode_high;   /* bytes 80 to 9F */
    const char *encode; /* and these, besides controls and "/" */
    char query;         /* what stands between name and query */
};

static const struct naming namings[] = {
    {true, true, "", '?'},            /* unix */
    {true, false, "", '?'},           /* unix,nocontrol */
    {true, true, "\\|:?\"*<>", '@'},  /* windows */
    {true, false, "\\|:?\"*<>", '@'}, /* windows,nocontrol */
    {false, false, "", '?'},          /* names kept as they are */
    {false, false, "", '@'},
};

static void add_component(struct buf *out, struct str s, struct arena *a,
                          const struct naming *how)
{
    if (!how->decoded) {
        buf_str(out, s);
        return;
    }
    s = url_decode(a, s);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == '/' || strchr(how->encode, c) ||
            (how->encode_high && c >= 0x80 && c < 0xA0))
            buf_printf(out, "%%%02X", c);
        else
            buf_char(out, (char)c);
    }
}

static const char *wget_name(const struct url *url, struct arena *a,
                             const struct naming *how)
{
    struct buf name = buf_make(BUF_LINE);
    buf_puts(&name, url->host);
    if (url->port >= 0)
        buf_printf(&name, "%c%d", how->query == '@' ? '+' : ':', url->port);
    struct str rest = str_of(url->path), part = {"", 0};
    if (rest.n > 0)
        rest = str_sub(rest, 1, rest.n);
    while (str_next(&rest, '/', &part)) {
        buf_char(&name, '/');
        add_component(&name, part, a, how);
    }
    if (name.len > 0 && name.data[name.len - 1] == '/')
        buf_puts(&name, "index.html");
    if (url->query) {
        buf_char(&name, how->query);
        add_component(&name, str_of(url->query), a, how);
    }
    char *made = name.failed ? NULL : arena_str(a, buf_view(&name));
    buf_free(&name);
    return made;
}

/* Rule 2. */
static const char *find_wget(const struct folder *f, const struct url *url,
                             struct arena *a)
{
    for (size_t i = 0; i < ARRAY_LEN(namings); i++) {
        const char *name = wget_name(url, a, &namings[i]);
        const char *path = name ? find_path(f, name) : NULL;
        if (path)
            return path;
    }
    return NULL;
}

/* Rule 3, for one spelling of the name. */
static const char *find_base(const struct folder *f, const char *base,
                             bool *ambiguous)
{
    size_t low = 0, high = f->flat.len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(f->flat.items[middle].base, base) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == f->flat.len || strcmp(f->flat.items[low].base, base) != 0)
        return NULL;
    if (low + 1 < f->flat.len &&
        strcmp(f->flat.items[low + 1].base, base) == 0) {
        *ambiguous = true;
        return NULL;
    }
    return f->flat.items[low].path;
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
        path = find_base(f, arena_str(a, name), ambiguous);
    return path || *ambiguous ? path : find_base(f, raw, ambiguous);
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
