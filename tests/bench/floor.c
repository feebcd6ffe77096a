/* floor BODIES PAGES: the least that binding a book can cost: Gumbo's parse of
 * every article's body, in an arena, and libdeflate over every page that came
 * of them. Both files hold texts that end in a zero byte. Linked with what
 * feedbind is linked with, so that it starts as slowly. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "zip/zip.h"

#include <gumbo.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

static void *from_arena(void *arena, size_t n)
{
    return arena_raw(arena, n);
}

static void leave(void *arena, void *memory)
{
    (void)arena;
    (void)memory;
}

static void parse(const char *text, size_t n)
{
    struct arena *arena = arena_new();
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = from_arena;
    options.deallocator = leave;
    options.userdata = arena;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    gumbo_parse_with_options(&options, text, n);
    arena_free(arena);
}

static void compress(struct libdeflate_compressor *c, const char *text,
                     size_t n)
{
    size_t room = libdeflate_deflate_compress_bound(c, n);
    char *packed = mem_alloc(room);
    libdeflate_deflate_compress(c, text, n, packed, room);
    free(packed);
}

int main(int argc, char **argv)
{
    struct buf bodies = buf_make(BUF_BODY);
    struct buf pages = buf_make(BUF_BODY);
    if (argc != 3 || !file_read(argv[1], &bodies) ||
        !file_read(argv[2], &pages))
        return 1;
    const char *end = bodies.data + bodies.len;
    for (const char *at = bodies.data; at < end; at += strlen(at) + 1)
        parse(at, strlen(at));
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(ZIP_LEVEL);
    end = pages.data + pages.len;
    for (const char *at = pages.data; at < end; at += strlen(at) + 1)
        compress(c, at, strlen(at));
    libdeflate_free_compressor(c);
    buf_free(&bodies);
    buf_free(&pages);
    return 0;
}
