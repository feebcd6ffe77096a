#include "article/picture/data_url.h"

#include "base/base64.h"
#include "base/url.h"

void data_url_decode(struct arena *scratch, struct str url, struct buf *out)
{
    size_t comma = str_chr(url, ',');
    struct str head = str_trim(str_sub(url, 0, comma));
    struct str body = url_decode(scratch, str_sub(url, comma + 1, url.n));
    if (str_ends(head, STR(";base64")))
        base64_decode(body, out);
    else
        buf_str(out, body);
}
