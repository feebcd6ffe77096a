#include "base/hash.h"

#include <errno.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024 };

/* feedbind's namespace, 4ff3de69-ec85-5776-9a20-86d3eab8d8ba: the version 5
 * UUID of the name "feedbind" in RFC 4122's namespace for domain names
 * (appendix C). It never changes, or every book would be another book. */
static const unsigned char namespace[16] = {0x4F, 0xF3, 0xDE, 0x69, 0xEC, 0x85,
                                            0x57, 0x76, 0x9A, 0x20, 0x86, 0xD3,
                                            0xEA, 0xB8, 0xD8, 0xBA};

static struct hex to_hex(const unsigned char digest[SHA256_DIGEST_SIZE])
{
    struct hex hex;
    for (size_t i = 0; i < SHA256_DIGEST_SIZE; i++)
        snprintf(hex.text + 2 * i, 3, "%02x", digest[i]);
    return hex;
}

struct hex hash_fields(const struct str *fields, size_t n)
{
    struct sha256_ctx context;
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    for (size_t i = 0; i < n; i++) {
        unsigned char length[8];
        for (size_t b = 0; b < sizeof length; b++)
            length[b] = (unsigned char)((uint64_t)fields[i].n >> (8 * b));
        sha256_update(&context, sizeof length, length);
        sha256_update(&context, fields[i].n, (const uint8_t *)fields[i].p);
    }
    sha256_digest(&context, sizeof digest, digest);
    return to_hex(digest);
}

struct hex hash_bytes(struct str bytes)
{
    struct sha256_ctx context;
    unsigned char digest[SHA256_DIGEST_SIZE];
    sha256_init(&context);
    sha256_update(&context, bytes.n, (const uint8_t *)bytes.p);
    sha256_digest(&context, sizeof digest, digest);
    return to_hex(digest);
}

bool hash_file(int fd, uint64_t size, struct hex *out)
{
    struct sha256_ctx context;
    unsigned char digest[SHA256_DIGEST_SIZE], block[BLOCK];
    sha256_init(&context);
    for (uint64_t at = 0; at < size;) {
        uint64_t rest = size - at;
        size_t wanted = rest < sizeof block ? (size_t)rest : sizeof block;
        ssize_t n = pread(fd, block, wanted, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        sha256_update(&context, (size_t)n, block);
        at += (uint64_t)n;
    }
    sha256_digest(&context, sizeof digest, digest);
    *out = to_hex(digest);
    return true;
}

struct uuid hash_uuid(struct str name)
{
    struct sha1_ctx context;
    unsigned char d[SHA1_DIGEST_SIZE];
    sha1_init(&context);
    sha1_update(&context, sizeof namespace, namespace);
    sha1_update(&context, name.n, (const uint8_t *)name.p);
    sha1_digest(&context, sizeof d, d);
    d[6] = (unsigned char)((d[6] & 0x0F) | 0x50); /* version 5 */
    d[8] = (unsigned char)((d[8] & 0x3F) | 0x80); /* RFC 4122's variant */
    struct uuid uuid;
    char *at = uuid.text;
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            *at++ = '-';
        snprintf(at, 3, "%02x", d[i]);
        at += 2;
    }
    return uuid;
}
