#include "feed/feed.h"

#define ROW(member, name, low, high, what)                                     \
    {                                                                          \
        name, offsetof(struct feed_policy, member), 1, low, high, what         \
    }

static const struct limit limits[] = {
    ROW(max_bytes, "archive-bytes", 1, UINT64_C(1000000000000),
        "of all that one FEED unpacks to"),
    ROW(max_ratio, "archive-ratio", 1, 1000000,
        "of unpacked bytes to packed ones, beyond 64M"),
    ROW(max_members, "archive-members", 1, 1000000000, "files in one FEED"),
};

const struct limit *feed_limits(size_t *count)
{
    *count = sizeof limits / sizeof *limits;
    return limits;
}

struct feed_policy feed_policy_make(void)
{
    return (struct feed_policy){.max_bytes = UINT64_C(8000000000),
                                .max_ratio = 250,
                                .max_members = 1000000};
}
