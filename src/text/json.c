#include "text/json.h"

#include "base/mem.h"

#include <jansson.h>
#include <stdlib.h>

struct json_writer {
    json_t *root;       /* owns all that is in it */
    VEC(json_t *) open; /* the innermost last */
};

struct json_writer *json_writer_new(void)
{
    struct json_writer *w = mem_alloc(sizeof *w);
    w->root = json_object();
    if (!w->root)
        mem_exhausted();
    vec_push(&w->open, w->root);
    return w;
}

void json_writer_free(struct json_writer *w)
{
    json_decref(w->root);
    free(w->open.items);
    free(w);
}

/* Takes the value; a failure can only be one of memory. */
static json_t *put(struct json_writer *w, const char *key, json_t *value)
{
    json_t *in = w->open.items[w->open.len - 1];
    if ((key ? json_object_set_new_nocheck(in, key, value)
             : json_array_append_new(in, value)) < 0)
        mem_exhausted();
    return value;
}

void json_open_object(struct json_writer *w, const char *key)
{
    vec_push(&w->open, put(w, key, json_object()));
}

void json_open_array(struct json_writer *w, const char *key)
{
    vec_push(&w->open, put(w, key, json_array()));
}

void json_close(struct json_writer *w)
{
    w->open.len--;
}

void json_put_text(struct json_writer *w, const char *key, const char *text)
{
    struct str s = str_of(text);
    if (!text) {
        json_put_null(w, key);
        return;
    }
    if (utf8_valid(s) == s.n) {
        put(w, key, json_stringn_nocheck(s.p, s.n));
        return;
    }
    struct buf mended = buf_make(BUF_BODY);
    while (s.n)
        buf_utf8(&mended, utf8_next(&s));
    put(w, key, json_stringn_nocheck(mended.data, mended.len));
    buf_free(&mended);
}

void json_put_number(struct json_writer *w, const char *key, uint64_t n)
{
    put(w, key, json_integer((json_int_t)n));
}

void json_put_bool(struct json_writer *w, const char *key, bool value)
{
    put(w, key, json_boolean(value));
}

void json_put_null(struct json_writer *w, const char *key)
{
    put(w, key, json_null());
}

static int add_piece(const char *text, size_t n, void *out)
{
    buf_add(out, text, n);
    return 0;
}

void json_write(const struct json_writer *w, struct buf *out)
{
    if (json_dump_callback(w->root, add_piece, out, JSON_INDENT(1)) < 0)
        mem_exhausted();
    buf_char(out, '\n');
}
