/* What a file is, told by how it begins. */
#include "raster/codec.h"

#include "base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* The name of what codec_find makes of it; "" for no picture. */
static const char *name_of(struct str file, bool *read)
{
    const char *name;
    *read = codec_find(file, &name);
    return name ? name : "";
}

static void formats_that_are_read(void **state)
{
    const struct {
        struct str file;
        const char *name;
    } files[] = {
        {STR("\x89PNG\r\n\x1A\n"), "PNG"},
        {STR("\xFF\xD8\xFF\xE0"), "JPEG"},
        {STR("\xFF\xD8\xFF\xDB"), "JPEG"},
        {STR("GIF87a"), "GIF"},
        {STR("GIF89a"), "GIF"},
        {STR("RIFF\4\0\0\0WEBPVP8 "), "WebP"},
        {STR("RIFF\4\0\0\0WEBPVP8L"), "WebP"},
        {STR("RIFF\4\0\0\0WEBPVP8X"), "WebP"},
        {STR("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"), "BMP"},
        {STR("BM\x1A\0\0\0\0\0\0\0\x1A\0\0\0\x0C\0\0\0"), "BMP"},
        {STR("\0\0\1\0\1\0\x10\x10\0\0\1\0\1\0\x28\0\0\0\x16\0\0\0"), "ICO"},
        {STR("\0\0\2\0\1\0\x10\x10\0\0\1\0\1\0\x28\0\0\0\x16\0\0\0"), "ICO"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        bool read;
        assert_string_equal(name_of(files[i].file, &read), files[i].name);
        assert_true(read);
    }
}

static void formats_that_are_known(void **state)
{
    const struct {
        struct str file;
        const char *name;
    } files[] = {
        {STR("\0\0\0\x20"
             "ftypavif...."),
         "AVIF"},
        {STR("\0\0\0\x18"
             "ftypmif1\0\0\0\0miafavif...."),
         "AVIF"},
        /* its brands end before "avif" */
        {STR("\0\0\0\x10"
             "ftypmif1\0\0\0\0avif...."),
         "HEIF"},
        {STR("\0\0\0\x18"
             "ftypheic"),
         "HEIC"},
        {STR("\0\0\0\x18"
             "ftypmp42"),
         "MP4"},
        {STR("II*\0\x08\0\0\0"), "TIFF"},
        {STR("MM\0*\0\0\0\x08"), "TIFF"},
        {STR("\0\0\0\x0CJXL \r\n\x87\n"), "JPEG XL"},
        {STR("\xFF\x0A"), "JPEG XL"},
        {STR("\0\0\0\x0CjP  \r\n\x87\n"), "JPEG 2000"},
        {STR("%PDF-1.4"), "PDF"},
        {STR("8BPS\0\1"), "Photoshop"},
        {STR("<?xml version='1.0'?><svg xmlns='x'/>"), "SVG"},
        {STR(" <!-- a > b --> <!doctype svg [<!ENTITY a '>'>] >\n<SVG:svg>"),
         "SVG"},
        {STR("\xEF\xBB\xBF<svg>"), "SVG"},
        {STR("<svg"), "SVG"},
        {STR("\x1F\x8B\x08\0"), "SVG"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        bool read;
        assert_string_equal(name_of(files[i].file, &read), files[i].name);
        assert_false(read);
    }
}

/* What servers send in a picture's place, and words that begin like one. */
static void what_is_no_picture(void **state)
{
    const struct str files[] = {
        STR(""),
        STR("\0"),
        STR("\n\n"),
        STR("\xEF\xBB\xBF"),
        STR("Not found"),
        STR("\xEF\xBB\xBFNot found"),
        STR("\xFF\xFE<\0h\0t\0m\0l\0>\0"),
        STR("\xFE\xFF\0<\0h\0t\0m\0l\0>"),
        STR("<"),
        STR("<!DOCTYPE html>"),
        STR("\xEF\xBB\xBF<!DOCTYPE html><html>"),
        STR("\n  <html><body><svg></svg>"),
        STR("<!-- cached --><body><img src='data:image/png;base64,'><svg>"),
        STR("<svgs>"),
        STR("<!-- <svg>"),
        STR("<!DOCTYPE svg"),
        STR("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"),
        STR("<?xml version='1.0'?><rss version='2.0'><channel>"),
        STR("{\"error\": \"GIF89a\"}"),
        STR("[\"\x89PNG\"]"),
        STR("BMW builds cars, many of them."),
        STR("GIF"),
        STR("GIF88a"),
        STR("GIFTS for everyone"),
        STR("RIFF\4\0\0\0WAVEfmt "),
        STR("\xFF\xFB\x90\x44"),                   /* MP3 */
        STR("\0\0\1\xBA\x44\0\4\0"),               /* MPEG */
        STR("\0\1\0\0\0\x0A"),                     /* TrueType */
        STR("\0\0\1\0\0\0......................"), /* an icon of none */
        STR("PK\3\4"),
        STR(" \x89PNG\r\n\x1A\n"), /* nor do browsers look further on */
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        bool read;
        assert_string_equal(name_of(files[i], &read), "");
        assert_false(read);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_that_are_read),
        cmocka_unit_test(formats_that_are_known),
        cmocka_unit_test(what_is_no_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
