#include "image/image.h"

#include "base/mem.h"

static const struct limit limits[] = {
#define X(member, name, scale, low, high, what)                                \
    {name, offsetof(struct image_policy, fetch.member), scale, low, high, what},
    FETCH_LIMITS(X)
#undef X
        {"image-pixels", offsetof(struct image_policy, max_pixels), 1, 1,
         1000000000, "of one picture as it was saved"},
};

const struct limit *image_limits(size_t *count)
{
    *count = ARRAY_LEN(limits);
    return limits;
}
