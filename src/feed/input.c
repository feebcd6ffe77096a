/* Files -> UTF-8. The encoding is told by a byte order mark, else by the XML
 * declaration, else it is UTF-8. A byte that is not in it never stops the
 * reading: in UTF-8 it is taken as Windows-1252, elsewhere it is U+FFFD. */
#include "feed/feed_int.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, DECLARATION = 1024 };

struct decoder {
    void (*piece)(void *context, struct str text);
    void *context;
    struct input_report *report;
    iconv_t iconv;   /* (iconv_t)-1: the input is UTF-8 */
    iconv_t windows; /* for stray bytes */
    struct buf raw;  /* not yet decoded */
    struct buf out;
    unsigned line;
    bool known; /* the encoding is */
};

static void count_lines(struct decoder *d, struct str text)
{
    for (size_t at; (at = str_chr(text, '\n')) < text.n; d->line++)
        text = str_sub(text, at + 1, text.n);
}

static void bad_byte(struct decoder *d)
{
    if (!d->report->bad_bytes++)
        d->report->bad_line = d->line;
}

static void give(struct decoder *d)
{
    if (d->out.len)
        d->piece(d->context, buf_view(&d->out));
    buf_clear(&d->out);
}

/* ---- UTF-8 ---- */

static void put_stray(struct decoder *d, char byte)
{
    char text[8], *in = &byte, *out = text;
    size_t in_left = 1, out_left = sizeof text;
    bad_byte(d);
    if (iconv(d->windows, &in, &in_left, &out, &out_left) == (size_t)-1)
        buf_utf8(&d->out, 0xFFFD);
    else
        buf_add(&d->out, text, (size_t)(out - text));
}

/* Could these bytes, at the input's end, be the start of a character? */
static bool cut_off(struct str s)
{
    unsigned char c = (unsigned char)s.p[0];
    size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC2 ? 2 : 1;
    if (s.n >= need)
        return false;
    for (size_t i = 1; i < s.n; i++)
        if (((unsigned char)s.p[i] & 0xC0) != 0x80)
            return false;
    return true;
}

static size_t decode_utf8(struct decoder *d, struct str s, bool last)
{
    size_t all = s.n;
    while (s.n) {
        size_t n = utf8_valid(s);
        buf_str(&d->out, str_sub(s, 0, n));
        count_lines(d, str_sub(s, 0, n));
        s = str_sub(s, n, s.n);
        if (!s.n || (!last && cut_off(s)))
            break;
        put_stray(d, s.p[0]);
        s = str_sub(s, 1, s.n);
    }
    return all - s.n;
}

/* ---- other encodings ---- */

static size_t decode_iconv(struct decoder *d, struct str s, bool last)
{
    char *in = d->raw.data;
    size_t left = s.n;
    while (left) {
        char *room = buf_room(&d->out, CHUNK), *out = room;
        size_t out_left = CHUNK;
        if (!room)
            break;
        size_t done = iconv(d->iconv, &in, &left, &out, &out_left);
        int error = done == (size_t)-1 ? errno : 0;
        count_lines(d, (struct str){room, (size_t)(out - room)});
        d->out.len += (size_t)(out - room);
        d->out.data[d->out.len] = '\0';
        if (error == EINVAL && !last)
            break;
        if (error == EILSEQ || error == EINVAL) {
            bad_byte(d);
            buf_utf8(&d->out, 0xFFFD);
            in++;
            left--;
        }
    }
    return s.n - left;
}

/* ---- which encoding ---- */

/* The value of encoding="…" in an XML declaration at the front. */
static struct str declared(struct str s)
{
    s = str_sub(s, 0, DECLARATION);
    size_t start = str_find(s, STR("<?xml"));
    s = str_sub(s, start, str_find(s, STR("?>")) - start);
    size_t at = str_find(s, STR("encoding"));
    s = str_trim(str_sub(s, at + 8, s.n));
    if (!s.n || s.p[0] != '=')
        return (struct str){NULL, 0};
    s = str_trim(str_sub(s, 1, s.n));
    if (!s.n || (s.p[0] != '"' && s.p[0] != '\''))
        return (struct str){NULL, 0};
    size_t end = str_chr(str_sub(s, 1, s.n), s.p[0]);
    return str_trim(str_sub(s, 1, end));
}

/* The Encoding Standard's reading of a label, where it differs from iconv's:
 * what is called Latin-1 or ASCII is Windows-1252. */
static const char *encoding_of(struct str label)
{
    static const struct {
        const char *label, *encoding;
    } labels[] = {
        {"utf-8", "UTF-8"},
        {"utf8", "UTF-8"},
        {"iso-8859-1", "WINDOWS-1252"},
        {"latin1", "WINDOWS-1252"},
        {"iso8859-1", "WINDOWS-1252"},
        {"us-ascii", "WINDOWS-1252"},
        {"ascii", "WINDOWS-1252"},
        {"iso-8859-9", "WINDOWS-1254"},
        {"gb2312", "GB18030"},
        {"gbk", "GB18030"},
        {"shift_jis", "CP932"},
        {"x-sjis", "CP932"},
        {"ks_c_5601-1987", "CP949"},
        {"euc-kr", "CP949"},
        {"utf-16", "UTF-8"}, /* it could not have been read as ASCII */
    };
    for (size_t i = 0; i < ARRAY_LEN(labels); i++)
        if (str_eq_nocase(label, str_of(labels[i].label)))
            return labels[i].encoding;
    return NULL;
}

/* UTF-16 and UTF-32 without a mark are told by the zeros around "<". */
static const char *by_bytes(struct str s, size_t *mark)
{
    static const struct {
        struct str bytes;
        const char *encoding;
        size_t mark;
    } starts[] = {
        {{"\xEF\xBB\xBF", 3}, "UTF-8", 3},
        {{"\xFF\xFE\0\0", 4}, "UTF-32LE", 4},
        {{"\0\0\xFE\xFF", 4}, "UTF-32BE", 4},
        {{"<\0\0\0", 4}, "UTF-32LE", 0},
        {{"\0\0\0<", 4}, "UTF-32BE", 0},
        {{"\xFF\xFE", 2}, "UTF-16LE", 2},
        {{"\xFE\xFF", 2}, "UTF-16BE", 2},
        {{"<\0", 2}, "UTF-16LE", 0},
        {{"\0<", 2}, "UTF-16BE", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(starts); i++)
        if (str_starts(s, starts[i].bytes)) {
            *mark = starts[i].mark;
            return starts[i].encoding;
        }
    return NULL;
}

/* Learn the encoding from the first piece; returns the length of its mark. */
static size_t learn_encoding(struct decoder *d, struct arena *a)
{
    struct str s = buf_view(&d->raw);
    size_t mark = 0;
    d->known = true;
    const char *encoding = by_bytes(s, &mark);
    struct str label = declared(s);
    if (!encoding && label.n) {
        const char *name = arena_str(a, label);
        encoding = encoding_of(label);
        if (!encoding)
            encoding = name;
        d->iconv = iconv_open("UTF-8", encoding);
        if (d->iconv == (iconv_t)-1)
            d->report->unknown_encoding = name;
    }
    bool utf8 = !encoding || strcmp(encoding, "UTF-8") == 0;
    if (utf8 && d->iconv != (iconv_t)-1) {
        iconv_close(d->iconv);
        d->iconv = (iconv_t)-1;
    } else if (!utf8 && d->iconv == (iconv_t)-1 &&
               !d->report->unknown_encoding) {
        d->iconv = iconv_open("UTF-8", encoding);
    }
    return mark;
}

static void decode(struct decoder *d, struct arena *a, bool last)
{
    size_t from = 0;
    if (!d->known) {
        if (d->raw.len < DECLARATION && !last)
            return;
        struct input_report *r = d->report;
        r->head_length =
            d->raw.len < sizeof r->head ? d->raw.len : sizeof r->head;
        if (r->head_length)
            memcpy(r->head, d->raw.data, r->head_length);
        from = learn_encoding(d, a);
    }
    struct str s = str_sub(buf_view(&d->raw), from, d->raw.len);
    if (from)
        memmove(d->raw.data, s.p, s.n);
    s.p = d->raw.data;
    size_t done = d->iconv == (iconv_t)-1 ? decode_utf8(d, s, last)
                                          : decode_iconv(d, s, last);
    size_t left = s.n - done;
    if (left)
        memmove(d->raw.data, d->raw.data + done, left);
    buf_cut(&d->raw, left);
    give(d);
}

/* ---- reading ---- */

/* What a file is that cannot be read as text, by its first bytes. */
static const char *compressed(struct str s)
{
    static const struct {
        struct str magic;
        const char *what;
    } kinds[] = {
        {{"\x1F\x8B", 2}, "gzip"},
        {{"\xFD"
          "7zXZ",
          5},
         "xz"},
        {{"\x28\xB5\x2F\xFD", 4}, "zstd"},
        {{"PK\x03\x04", 4}, "zip"},
    };
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
        if (str_starts(s, kinds[i].magic))
            return kinds[i].what;
    return NULL;
}

static const char *read_all(struct decoder *d, struct arena *a, int fd)
{
    for (bool first = true;; first = false) {
        char *room = buf_room(&d->raw, CHUNK);
        ssize_t n = room ? read(fd, room, CHUNK) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return arena_printf(a, "cannot be read: %s", strerror(errno));
        d->raw.len += (size_t)n;
        d->raw.data[d->raw.len] = '\0';
        const char *what = first ? compressed(buf_view(&d->raw)) : NULL;
        if (what)
            return arena_printf(a, "is compressed (%s); uncompress it first",
                                what);
        if (first && !n)
            return "is empty";
        decode(d, a, n == 0);
        if (n == 0)
            return NULL;
    }
}

static bool looks_like_url(const char *path)
{
    struct str s = str_of(path);
    return str_starts_nocase(s, STR("http://")) ||
           str_starts_nocase(s, STR("https://"));
}

static const char *cannot_open(struct arena *a, const char *path, int error)
{
    if (error == ENOENT && looks_like_url(path))
        return arena_printf(a,
                            "is an address; save the feed first: "
                            "curl -L -o feed.xml '%s'",
                            path);
    return arena_printf(a, "cannot be read: %s", strerror(error));
}

static int open_input(const char *path, const char **error, struct arena *a)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return STDIN_FILENO;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        *error = cannot_open(a, path, errno);
    } else if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        *error = "is a folder; name the files in it";
        close(fd);
        fd = -1;
    }
    return fd;
}

void input_read(struct arena *a, const char *path,
                void (*piece)(void *context, struct str text), void *context,
                struct input_report *report)
{
    *report = (struct input_report){0};
    int fd = open_input(path, &report->error, a);
    if (fd < 0)
        return;
    struct decoder d = {.piece = piece,
                        .context = context,
                        .report = report,
                        .iconv = (iconv_t)-1,
                        .windows = iconv_open("UTF-8", "WINDOWS-1252"),
                        .raw = buf_make(BUF_BODY),
                        .out = buf_make(BUF_BODY),
                        .line = 1};
    report->error = read_all(&d, a, fd);
    if (d.iconv != (iconv_t)-1)
        iconv_close(d.iconv);
    if (d.windows != (iconv_t)-1)
        iconv_close(d.windows);
    buf_free(&d.raw);
    buf_free(&d.out);
    if (fd != STDIN_FILENO)
        close(fd);
}
