/* Pictures of emoji -> the characters that they are pictures of. */
#include "article/article_int.h"

/* Classes of elements that are an emoji, whatever they hold. */
static const char *const classes[] = {
    "emoji",         "Emoji",        "wp-smiley", "twemoji",
    "emojione",      "joypixels",    "gemoji",    "emoticon",
    "emojioneemoji", "notion-emoji", "g-emoji"};

/* Where sets of emoji are served, in addresses. */
static const char *const places[] = {"s.w.org/images/core/emoji/",
                                     "/twemoji",
                                     "/emoji/",
                                     "/emojis/",
                                     "/emojione/",
                                     "emoji-assets",
                                     "/emoji-datasource",
                                     "/images/emoji.php/",
                                     "/images/icons/emoji/",
                                     "/noto-emoji",
                                     "/joypixels/",
                                     "/smilies/"};

/* Characters that are an emoji, or may be one, by themselves. */
static const struct {
    uint32_t first, last;
} emoji[] = {
    {0xA9, 0xA9},     {0xAE, 0xAE},     {0x203C, 0x203C}, {0x2049, 0x2049},
    {0x2122, 0x2122}, {0x2139, 0x2139}, {0x2190, 0x21FF}, {0x2300, 0x23FF},
    {0x24C2, 0x24C2}, {0x25A0, 0x27BF}, {0x2934, 0x2935}, {0x2B00, 0x2BFF},
    {0x3030, 0x3030}, {0x303D, 0x303D}, {0x3297, 0x3299}, {0x1F000, 0x1FAFF},
};

/* What only goes with others: joiners, variants, keycaps, flags' tags. */
static const struct {
    uint32_t first, last;
} modifiers[] = {
    {'#', '#'},       {'*', '*'},       {'0', '9'},         {0x200D, 0x200D},
    {0x20E3, 0x20E3}, {0xFE0E, 0xFE0F}, {0xE0020, 0xE007F},
};

/* Pictures that WordPress had before there were emoji. */
static const struct {
    const char *name;
    uint32_t character;
} smilies[] = {
    {"frownie", 0x1F641},        {"icon_arrow", 0x27A1},
    {"icon_biggrin", 0x1F600},   {"icon_confused", 0x1F615},
    {"icon_cool", 0x1F60E},      {"icon_cry", 0x1F625},
    {"icon_eek", 0x1F62E},       {"icon_evil", 0x1F47F},
    {"icon_exclaim", 0x2757},    {"icon_idea", 0x1F4A1},
    {"icon_lol", 0x1F606},       {"icon_mad", 0x1F621},
    {"icon_mrgreen", 0x1F922},   {"icon_neutral", 0x1F610},
    {"icon_question", 0x2753},   {"icon_razz", 0x1F61B},
    {"icon_redface", 0x1F633},   {"icon_rolleyes", 0x1F644},
    {"icon_sad", 0x1F641},       {"icon_smile", 0x1F642},
    {"icon_surprised", 0x1F62E}, {"icon_twisted", 0x1F608},
    {"icon_wink", 0x1F609},      {"mrgreen", 0x1F922},
    {"rolleyes", 0x1F644},       {"simple-smile", 0x1F642},
};

enum { LONGEST = 64 }; /* bytes of text that are looked at as one emoji */

static bool is_emoji(uint32_t c)
{
    for (size_t i = 0; i < ARRAY_LEN(emoji); i++)
        if (c >= emoji[i].first && c <= emoji[i].last)
            return true;
    return false;
}

static bool is_modifier(uint32_t c)
{
    for (size_t i = 0; i < ARRAY_LEN(modifiers); i++)
        if (c >= modifiers[i].first && c <= modifiers[i].last)
            return true;
    return false;
}

/* Emoji and nothing else: one of them at least, or a keycap. */
static bool all_emoji(struct str text)
{
    bool any = false;
    if (text.n > LONGEST)
        return false;
    while (text.n) {
        uint32_t c = utf8_next(&text);
        if (!is_emoji(c) && !is_modifier(c))
            return false;
        any = any || is_emoji(c) || c == 0x20E3;
    }
    return any;
}

/* ---- from the name of the file ---- */

static struct str file_name(struct str address)
{
    struct str path = str_sub(address, 0, str_chr(address, '?')), part, name;
    for (name = path; str_next(&path, '/', &part);)
        name = part;
    name = str_sub(name, 0, str_chr(name, '.'));
    return str_sub(name, 0, str_chr(name, '@'));
}

/* "1f468-200d-1f4bb", with "emoji_u" or "u" before it as some sets have. */
static void add_code_points(struct str name, struct buf *out)
{
    static const char *const prefixes[] = {"emoji_u", "emoji-", "emoji", "u"};
    for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
        if (str_starts(name, str_of(prefixes[i]))) {
            name = str_sub(name, strlen(prefixes[i]), name.n);
            break;
        }
    uint32_t c = 0;
    for (size_t i = 0, digits = 0; i <= name.n; i++) {
        int digit = i < name.n ? chr_hex((unsigned char)name.p[i]) : -1;
        if (digit >= 0 && ++digits <= 6) {
            c = c * 16 + (uint32_t)digit;
            continue;
        }
        bool ends = i == name.n || name.p[i] == '-' || name.p[i] == '_';
        if (!ends || digits < 2 || digits > 6 || !chr_xml(c)) {
            buf_clear(out);
            return;
        }
        buf_utf8(out, c);
        c = 0;
        digits = 0;
    }
}

static void add_smiley(struct str name, struct buf *out)
{
    for (size_t i = 0; i < ARRAY_LEN(smilies); i++)
        if (str_eq(name, str_of(smilies[i].name)))
            buf_utf8(out, smilies[i].character);
}

/* ---- elements ---- */

static bool has_emoji_class(const xmlNode *n)
{
    struct str rest = tree_attr(n, "class"), word;
    while (str_next_word(&rest, &word))
        for (size_t i = 0; i < ARRAY_LEN(classes); i++)
            if (str_eq(word, str_of(classes[i])))
                return true;
    return false;
}

static bool has_emoji_place(struct str address)
{
    for (size_t i = 0; i < ARRAY_LEN(places); i++)
        if (str_find(address, str_of(places[i])) < address.n)
            return true;
    return false;
}

static bool take_attribute(const xmlNode *n, struct buf *out)
{
    static const char *const names[] = {"alt", "data-emoji", "aria-label",
                                        "title", "data-alt"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct str value = str_trim(tree_attr(n, names[i]));
        if (all_emoji(value)) {
            buf_str(out, value);
            return true;
        }
    }
    return false;
}

/* The emoji that an img is a picture of. */
static void read_image(const xmlNode *img, struct buf *out)
{
    static const char *const names[] = {"src", "data-src", "data-lazy-src"};
    bool known = has_emoji_class(img);
    for (size_t i = 0; i < ARRAY_LEN(names) && !known; i++)
        known = has_emoji_place(tree_attr(img, names[i]));
    if (!known || take_attribute(img, out))
        return;
    for (size_t i = 0; i < ARRAY_LEN(names) && !out->len; i++) {
        struct str name = file_name(tree_attr(img, names[i]));
        add_code_points(name, out);
        if (!all_emoji(buf_view(out)))
            buf_clear(out);
        if (!out->len)
            add_smiley(name, out);
    }
}

/* The emoji of an empty element that a style sheet would have drawn:
 * its attributes, or a class "emoji-1f600" or "emoji1f600". */
static void read_drawn(const xmlNode *n, struct buf *out)
{
    if (!has_emoji_class(n) || n->children || take_attribute(n, out))
        return;
    struct str rest = tree_attr(n, "class"), word;
    while (!out->len && str_next_word(&rest, &word))
        if (str_starts(word, STR("emoji")) && word.n > 5) {
            add_code_points(word, out);
            if (!all_emoji(buf_view(out)))
                buf_clear(out);
        }
}

void article_emoji(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    struct buf text = buf_make(BUF_LINE);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        if (!tree_is_element(n) || !n->properties)
            continue;
        buf_clear(&text);
        bool image = tree_is(n, "img");
        if (image)
            read_image(n, &text);
        else if (tree_is(n, "span") || tree_is(n, "i"))
            read_drawn(n, &text);
        if (!text.len || (image && !rule_applies(m, RULE_EMOJI_IMAGE)))
            continue;
        tree_before(n, tree_text(n->doc, buf_view(&text)));
        tree_drop(n);
    }
    buf_free(&text);
}
