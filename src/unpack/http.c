/* A saved HTTP response: RFC 9112, sections 4 to 7, as archives have it. */
#include "unpack/unpack_int.h"

enum { OK = 200, BLOCK = 16 * 1024 };

enum coding { CODING_NONE, CODING_ARCHIVE, CODING_BROTLI, CODING_UNKNOWN };

/* What the headers say of the body. */
struct response {
    unsigned status;
    bool chunked;
    enum coding coding;
};

/* The body without its transfer coding. */
struct body_stream {
    struct lines *lines;
    bool chunked, ended;
    uint64_t left; /* of the chunk */
};

/* Chunks end with a line of their own; RFC 9112, section 7.1. */
static bool next_chunk(struct body_stream *b)
{
    struct str line;
    uint64_t size = 0;
    if (!lines_next(b->lines, &line))
        return false;
    if (!line.n && !lines_next(b->lines, &line)) /* it ended the last chunk */
        return false;
    for (size_t i = 0; i < line.n && chr_hex((unsigned char)line.p[i]) >= 0;
         i++) {
        if (size >> 56)
            return false;
        size = size << 4 | (unsigned)chr_hex((unsigned char)line.p[i]);
    }
    b->left = size;
    return size > 0;
}

static size_t read_body(void *context, void *to, size_t n)
{
    struct body_stream *b = context;
    if (!b->chunked)
        return lines_read(b->lines, to, n);
    if (!b->left && !b->ended)
        b->ended = !next_chunk(b);
    if (b->ended)
        return 0;
    n = lines_read(b->lines, to, n < b->left ? n : (size_t)b->left);
    b->left -= n;
    b->ended = n == 0;
    return n;
}

/* "HTTP/1.1 200 OK" */
static unsigned status_of(struct str line)
{
    unsigned status = 0;
    struct str word;
    if (!str_starts_nocase(line, STR("HTTP/")) ||
        !str_next_word(&line, &word) || !str_next_word(&line, &word) ||
        word.n != 3)
        return 0;
    for (size_t i = 0; i < word.n; i++)
        status = status * 10 + (unsigned)(word.p[i] - '0');
    return status;
}

static enum coding coding_of(struct str value)
{
    static const struct {
        struct str name;
        enum coding coding;
    } codings[] = {
        {STR("identity"), CODING_NONE},  {STR("gzip"), CODING_ARCHIVE},
        {STR("x-gzip"), CODING_ARCHIVE}, {STR("zstd"), CODING_ARCHIVE},
        {STR("br"), CODING_BROTLI},      {STR(""), CODING_NONE},
    };
    for (size_t i = 0; i < sizeof codings / sizeof *codings; i++)
        if (str_eq_nocase(value, codings[i].name))
            return codings[i].coding;
    return CODING_UNKNOWN;
}

static struct response read_headers(struct lines *lines)
{
    struct response r = {0};
    struct str line, value;
    if (lines_next(lines, &line))
        r.status = status_of(line);
    while (lines_next(lines, &line) && line.n) {
        if (header_is(line, STR("Transfer-Encoding"), &value))
            r.chunked = str_eq_nocase(value, STR("chunked"));
        else if (header_is(line, STR("Content-Encoding"), &value))
            r.coding = coding_of(value);
    }
    return r;
}

/* Some tools write the body as it was before it was sent, and leave the
 * headers: what is not as they say is taken as it is. */
static enum coding true_coding(enum coding said, struct str head)
{
    bool packed = str_starts(head, STR("\x1F\x8B")) ||
                  str_starts(head, STR("\x28\xB5\x2F\xFD"));
    struct str text = str_trim(head);
    bool plain = str_starts(text, STR("<")) || str_starts(text, STR("{")) ||
                 str_starts(text, STR("\xEF\xBB\xBF"));
    return packed ? CODING_ARCHIVE : plain ? CODING_NONE : said;
}

/* A stream whose first bytes have been read. */
struct ahead_stream {
    struct stream *in;
    struct str ahead;
};

static size_t read_ahead(void *context, void *to, size_t n)
{
    struct ahead_stream *a = context;
    if (!a->ahead.n)
        return a->in->read(a->in->context, to, n);
    n = n < a->ahead.n ? n : a->ahead.n;
    memcpy(to, a->ahead.p, n);
    a->ahead = str_sub(a->ahead, n, a->ahead.n);
    return n;
}

static void decode(struct stream *in, enum coding coding, struct emitter *e)
{
    char block[BLOCK];
    size_t n = in->read(in->context, block, sizeof block);
    struct ahead_stream ahead = {in, {block, n}};
    struct stream all = {&ahead, read_ahead};
    coding = true_coding(coding, ahead.ahead);
    if (coding == CODING_ARCHIVE) {
        archive_expand(&all, e);
    } else if (coding == CODING_BROTLI) {
        brotli_expand(&all, e);
    } else if (coding == CODING_NONE) {
        for (; n; n = in->read(in->context, block, sizeof block))
            emit_data(e, block, n);
    } else {
        emit_fault(e, "A content coding is not known");
    }
}

void http_read(struct stream *in, const struct unpack_member *member,
               struct emitter *e)
{
    struct lines lines = {.in = in};
    struct response r = read_headers(&lines);
    struct body_stream body = {.lines = &lines, .chunked = r.chunked};
    struct stream plain = {&body, read_body};
    if (r.status != OK)
        return;
    emit_member(e, member);
    decode(&plain, r.coding, e);
}
