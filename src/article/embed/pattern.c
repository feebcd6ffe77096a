#include "article/embed/pattern.h"

#include "base/buf.h"

/* The name between the braces that the pattern begins with. */
static struct str name_at(struct str pattern)
{
    return str_sub(pattern, 1, str_chr(pattern, '}') - 1);
}

static bool is_end(struct str rest)
{
    return !rest.n || str_eq(rest, STR("/"));
}

/* Is the text so as the pattern up to its next name? A slash before "{*}" may
 * be missing where nothing follows. */
static bool begins(struct str pattern, struct str text)
{
    struct str words = str_sub(pattern, 0, str_chr(pattern, '{'));
    if (str_starts(text, words))
        return true;
    return str_eq(str_sub(pattern, words.n, pattern.n), STR("{*}")) &&
           str_ends(words, STR("/")) &&
           str_eq(text, str_sub(words, 0, words.n - 1));
}

/* How long the capture is that the path begins with, which ends where the
 * pattern's next words stand first: what follows them cannot change that, as a
 * capture holds no "/". 0 if they are nowhere. */
static size_t capture_length(struct str pattern, struct str path)
{
    struct str words = str_sub(pattern, 0, str_chr(pattern, '{'));
    for (size_t n = 1; n <= path.n && path.p[n - 1] != '/'; n++) {
        struct str rest = str_sub(path, n, path.n);
        if (begins(pattern, rest) &&
            (words.n < pattern.n || is_end(str_sub(rest, words.n, rest.n))))
            return n;
    }
    return 0;
}

static bool match(struct str pattern, struct str path, struct str *captures)
{
    for (;;) {
        struct str words = str_sub(pattern, 0, str_chr(pattern, '{'));
        if (!begins(pattern, path))
            return false;
        pattern = str_sub(pattern, words.n, pattern.n);
        path = str_sub(path, words.n, path.n);
        if (!pattern.n)
            return is_end(path);
        struct str name = name_at(pattern);
        pattern = str_sub(pattern, name.n + 2, pattern.n);
        if (name.p[0] == '*') {
            captures[0] = path;
            return true;
        }
        size_t n = capture_length(pattern, path);
        if (!n)
            return false;
        captures[name.p[0] - '0'] = str_sub(path, 0, n);
        path = str_sub(path, n, path.n);
    }
}

bool pattern_match(const char *pattern, struct str path,
                   struct str captures[PATTERN_CAPTURES])
{
    for (int i = 0; i < PATTERN_CAPTURES; i++)
        captures[i] = (struct str){NULL, 0};
    return match(str_of(pattern), path, captures);
}

const char *pattern_fill(struct arena *arena, struct str template,
                         pattern_lookup lookup, void *context)
{
    struct buf out = buf_make(BUF_LINE);
    bool missing = false;
    while (template.n && !missing) {
        size_t literal = str_chr(template, '{');
        buf_str(&out, str_sub(template, 0, literal));
        template = str_sub(template, literal, template.n);
        if (!template.n)
            break;
        struct str name = name_at(template);
        struct str value = lookup(name, context);
        missing = !value.n;
        buf_str(&out, value);
        template = str_sub(template, name.n + 2, template.n);
    }
    const char *text =
        missing || out.failed ? NULL : arena_str(arena, buf_view(&out));
    buf_free(&out);
    return text;
}

const char *pattern_fill_first(struct arena *arena, const char *templates,
                               pattern_lookup lookup, void *context)
{
    struct str rest = str_of(templates), one;
    const char *text = NULL;
    while (!text && str_next_word(&rest, &one))
        text = pattern_fill(arena, one, lookup, context);
    return text;
}
