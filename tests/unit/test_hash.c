/* Hashes and the UUIDs made of them, against published values and against the
 * definitions, worked out here step by step. */

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"

#include <nettle/sha1.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

/* FIPS 180-2, appendix B, and the empty string. */
static void test_published_values(void **state)
{
    (void)state;
    assert_string_equal(hash_bytes(STR("")).text,
                        "e3b0c44298fc1c149afbf4c8996fb924"
                        "27ae41e4649b934ca495991b7852b855");
    assert_string_equal(hash_bytes(STR("abc")).text,
                        "ba7816bf8f01cfea414140de5dae2223"
                        "b00361a396177a9cb410ff61f20015ad");
    char *million = mem_alloc(1000000);
    memset(million, 'a', 1000000);
    assert_string_equal(hash_bytes((struct str){million, 1000000}).text,
                        "cdc76e5c9914fb9281a1c7e284d73e67"
                        "f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

static void add_field(struct buf *b, struct str s)
{
    for (size_t i = 0; i < 8; i++) /* little-endian, 64 bits */
        buf_char(b, (char)((uint64_t)s.n >> (8 * i)));
    buf_str(b, s);
}

static void test_fields_are_bytes_with_lengths(void **state)
{
    static const char zeros[70000];
    const struct str fields[] = {STR("ab"), STR(""),     STR("c\0d"),
                                 {NULL, 0}, STR("\xFF"), {zeros, sizeof zeros}};
    struct buf b = buf_make(BUF_LINE);
    (void)state;
    for (size_t n = 0; n <= ARRAY_LEN(fields); n++) {
        assert_string_equal(hash_fields(fields, n).text,
                            hash_bytes(buf_view(&b)).text);
        if (n < ARRAY_LEN(fields))
            add_field(&b, fields[n]);
    }
    buf_free(&b);
}

static void test_fields_do_not_run_together(void **state)
{
    const struct str lists[][3] = {
        {STR("ab"), STR("c"), STR("")},
        {STR("a"), STR("bc"), STR("")},
        {STR(""), STR("ab"), STR("c")},
        {STR("abc"), STR(""), STR("")},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(hash_fields(lists[i], 3).text,
                                    hash_fields(lists[j], 3).text);
    assert_string_not_equal(hash_fields(lists[3], 1).text,
                            hash_fields(lists[3], 2).text);
}

static void test_files(void **state)
{
    (void)state;
    struct buf bytes = buf_make(BUF_LINE);
    struct hex hash;
    int fd = memfd_create("file", 0);
    for (int i = 0; i < 200000; i++) /* more than is read at once */
        buf_char(&bytes, (char)(i % 251));
    assert_int_equal(write(fd, bytes.data, bytes.len), bytes.len);
    assert_true(hash_file(fd, bytes.len, &hash));
    assert_string_equal(hash.text, hash_bytes(buf_view(&bytes)).text);
    assert_true(hash_file(fd, 1000, &hash));
    assert_string_equal(hash.text,
                        hash_bytes(str_sub(buf_view(&bytes), 0, 1000)).text);
    assert_false(hash_file(fd, bytes.len + 1, &hash));
    close(fd);
    buf_free(&bytes);
}

/* RFC 4122, section 4.3. */
static void uuid5(const unsigned char space[16], struct str name,
                  unsigned char out[16])
{
    struct sha1_ctx context;
    unsigned char digest[SHA1_DIGEST_SIZE];
    sha1_init(&context);
    sha1_update(&context, 16, space);
    sha1_update(&context, name.n, (const uint8_t *)name.p);
    sha1_digest(&context, sizeof digest, digest);
    memcpy(out, digest, 16);
    out[6] = (unsigned char)(0x50 | (out[6] & 0x0F));
    out[8] = (unsigned char)(0x80 | (out[8] & 0x3F));
}

static void test_namespace_is_derived(void **state)
{
    /* 6ba7b810-9dad-11d1-80b4-00c04fd430c8: RFC 4122, appendix C. */
    static const unsigned char domain_names[16] = {
        0x6B, 0xA7, 0xB8, 0x10, 0x9D, 0xAD, 0x11, 0xD1,
        0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8};
    const struct str names[] = {STR(""), STR("feed"), STR("a\0b\xFF")};
    unsigned char space[16], id[16];
    (void)state;
    uuid5(domain_names, STR("feedbind"), space);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct buf text = buf_make(BUF_LINE);
        uuid5(space, names[i], id);
        for (size_t b = 0; b < 16; b++)
            buf_printf(&text,
                       b == 4 || b == 6 || b == 8 || b == 10 ? "-%02x" : "%02x",
                       id[b]);
        assert_string_equal(hash_uuid(names[i]).text, text.data);
        buf_free(&text);
    }
}

/* A book keeps its identity: whoever changes these lines makes every book that
 * people have another one. */
static void test_uuids_stay(void **state)
{
    (void)state;
    assert_string_equal(hash_uuid(STR("")).text,
                        "a74a07e2-55e6-5a47-aec0-4227bbeec79a");
    assert_string_equal(hash_uuid(STR("feed")).text,
                        "f27bc1f7-b841-509d-99c3-0a15403efcd4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_values),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_fields_are_bytes_with_lengths),
        cmocka_unit_test(test_fields_do_not_run_together),
        cmocka_unit_test(test_namespace_is_derived),
        cmocka_unit_test(test_uuids_stay),
    };
    return cmocka_run_group_tests_name("hash", tests, NULL, NULL);
}
