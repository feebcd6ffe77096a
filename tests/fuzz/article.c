/* Fuzz entry: any bytes are made an article, whose parts are well-formed. The
 * first byte decides whether the rules are on. */
#include "../article/one.h"
#include "xml/html.h"

#include <libxml/parser.h>
#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    xml_init();
    return 0;
}

/* What goes into the holes is balanced, so the rest is. */
static void check_part(const struct one *one, const struct part *part)
{
    struct buf page = buf_make(BUF_MEMBER);
    buf_puts(&page, "<body xmlns:epub=\"http://www.idpf.org/2007/ops\">");
    spool_get(one->spool, part->xhtml, &page);
    buf_puts(&page, "</body>");
    xmlDoc *doc = xmlReadMemory(page.data, (int)page.len, NULL, "UTF-8",
                                XML_PARSE_NONET | XML_PARSE_HUGE);
    if (!doc)
        abort();
    xmlFreeDoc(doc);
    buf_free(&page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct one one;
    one_init(&one, (struct str){(const char *)data, size});
    for (size_t i = 0; i < RULE_COUNT; i++)
        one.policy.keep[i] = size && data[0] % 2;
    struct article *a = one_make(&one);
    for (size_t i = 0; i < a->part_count; i++)
        check_part(&one, &a->parts[i]);
    article_free(a);
    one_free(&one);
    return 0;
}
