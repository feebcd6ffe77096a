#include "unpack/unpack_int.h"

/* Have something unread, if there is anything. */
static bool fill(struct lines *l)
{
    if (l->at < l->end)
        return true;
    l->at = 0;
    l->end = l->in->read(l->in->context, l->data, sizeof l->data);
    return l->end > 0;
}

bool lines_next(struct lines *l, struct str *line)
{
    size_t n = 0;
    bool any = false;
    while (fill(l)) {
        char c = l->data[l->at++];
        any = true;
        if (c == '\n')
            break;
        if (n < sizeof l->line)
            l->line[n++] = c;
    }
    if (n && l->line[n - 1] == '\r')
        n--;
    *line = (struct str){l->line, n};
    return any;
}

size_t lines_read(struct lines *l, void *to, size_t n)
{
    if (l->at == l->end)
        return l->in->read(l->in->context, to, n);
    size_t there = l->end - l->at;
    n = n < there ? n : there;
    memcpy(to, l->data + l->at, n);
    l->at += n;
    return n;
}

bool header_is(struct str line, struct str name, struct str *value)
{
    size_t colon = str_chr(line, ':');
    if (!str_eq_nocase(str_trim(str_sub(line, 0, colon)), name))
        return false;
    *value = str_trim(str_sub(line, colon + 1, line.n));
    return true;
}
