/* Web archives: WARC 1.0 and 1.1 (ISO 28500:2017). A record is header lines, a
 * blank one, and a block of Content-Length bytes. */
#include "unpack/unpack_int.h"

enum { BLOCK = 16 * 1024 };

enum record_type { RECORD_OTHER, RECORD_RESPONSE, RECORD_RESOURCE };

struct record {
    enum record_type type;
    char address[MEMBER_NAME_MAX];
    struct date date;
    uint64_t size;
    bool sized;
};

/* A record's block. */
struct block_stream {
    struct lines *lines;
    uint64_t left;
};

static size_t read_block(void *context, void *to, size_t n)
{
    struct block_stream *b = context;
    if (!b->left)
        return 0;
    n = lines_read(b->lines, to, n < b->left ? n : (size_t)b->left);
    b->left = n ? b->left - n : 0;
    return n;
}

static void skip_rest(struct block_stream *b)
{
    char block[BLOCK];
    while (read_block(b, block, sizeof block))
        ;
}

static bool read_size(struct str value, uint64_t *size)
{
    uint64_t n = 0;
    for (size_t i = 0; i < value.n; i++) {
        if (!chr_digit((unsigned char)value.p[i]) || n >> 58)
            return false;
        n = n * 10 + (unsigned)(value.p[i] - '0');
    }
    *size = n;
    return value.n > 0;
}

/* WARC 1.0 as wget writes it has the address in <>. */
static void set_address(struct record *r, struct str value)
{
    if (str_starts(value, STR("<")) && str_ends(value, STR(">")))
        value = str_sub(value, 1, value.n - 2);
    value = str_sub(value, 0, sizeof r->address - 1);
    memcpy(r->address, value.p, value.n);
    r->address[value.n] = '\0';
}

static void take_header(struct record *r, struct str line)
{
    struct str value;
    if (header_is(line, STR("WARC-Type"), &value))
        r->type = str_eq_nocase(value, STR("response"))   ? RECORD_RESPONSE
                  : str_eq_nocase(value, STR("resource")) ? RECORD_RESOURCE
                                                          : RECORD_OTHER;
    else if (header_is(line, STR("WARC-Target-URI"), &value))
        set_address(r, value);
    else if (header_is(line, STR("WARC-Date"), &value))
        date_parse(value, &r->date);
    else if (header_is(line, STR("Content-Length"), &value))
        r->sized = read_size(value, &r->size);
}

/* False at the end, or where no record begins. */
static bool read_head(struct lines *lines, struct record *r, struct emitter *e)
{
    struct str line;
    *r = (struct record){0};
    do {
        if (!lines_next(lines, &line))
            return false;
    } while (!line.n);
    bool begins = str_starts(line, STR("WARC/"));
    while (begins && lines_next(lines, &line) && line.n)
        take_header(r, line);
    if (!begins || !r->sized)
        emit_fault(e, "Damaged WARC record");
    return begins && r->sized;
}

static bool from_the_web(const char *address)
{
    return str_starts_nocase(str_of(address), STR("http://")) ||
           str_starts_nocase(str_of(address), STR("https://"));
}

static void read_record(struct stream *block, const struct record *r,
                        struct emitter *e)
{
    const struct unpack_member member = {
        .name = r->address, .address = r->address, .date = r->date};
    char bytes[BLOCK];
    size_t n;
    if (r->type == RECORD_RESPONSE && from_the_web(r->address)) {
        http_read(block, &member, e);
    } else if (r->type == RECORD_RESOURCE) {
        emit_member(e, &member);
        while ((n = block->read(block->context, bytes, sizeof bytes)))
            emit_data(e, bytes, n);
    }
}

void warc_read(struct stream *in, struct emitter *e)
{
    struct lines lines = {.in = in};
    struct record record;
    while (read_head(&lines, &record, e)) {
        struct block_stream block = {&lines, record.size};
        struct stream all = {&block, read_block};
        read_record(&all, &record, e);
        skip_rest(&block);
    }
}
