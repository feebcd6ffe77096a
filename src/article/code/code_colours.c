/* Highlighters that give tokens colours and no classes: Shiki and its kin,
 * Pygments and Chroma without classes, what editors put on the clipboard. */
#include "article/code/code_int.h"

struct colour {
    uint32_t rgb;
    enum code_token token;
};

/* Sorted. What popular themes give to comments, keywords, strings, constants,
 * functions, types and changed lines: github, nord, dracula, one-dark, min,
 * vitesse, material, monokai, solarized, night-owl, catppuccin, rose-pine,
 * tokyo-night, gruvbox, everforest; Pygments, Prism; Visual Studio, IntelliJ.
 */
static const struct colour colours[] = {
    {0x000080, TOKEN_KEYWORD},  {0x0000dd, TOKEN_NUMBER},
    {0x0000ff, TOKEN_KEYWORD},  {0x0033b3, TOKEN_KEYWORD},
    {0x005cc5, TOKEN_NUMBER},   {0x0066bb, TOKEN_FUNCTION},
    {0x007020, TOKEN_FUNCTION}, {0x0077aa, TOKEN_KEYWORD},
    {0x008000, TOKEN_COMMENT},  {0x008800, TOKEN_KEYWORD},
    {0x009999, TOKEN_NUMBER},   {0x00daef, TOKEN_FUNCTION},
    {0x032f62, TOKEN_STRING},   {0x036a07, TOKEN_INSERTED},
    {0x0550ae, TOKEN_NUMBER},   {0x067d17, TOKEN_STRING},
    {0x098658, TOKEN_NUMBER},   {0x0a3069, TOKEN_STRING},
    {0x0db9d7, TOKEN_TYPE},     {0x116329, TOKEN_KEYWORD},
    {0x1750eb, TOKEN_NUMBER},   {0x1976d2, TOKEN_NUMBER},
    {0x1e66f5, TOKEN_FUNCTION}, {0x1e754f, TOKEN_KEYWORD},
    {0x22863a, TOKEN_KEYWORD},  {0x267f99, TOKEN_TYPE},
    {0x268bd2, TOKEN_FUNCTION}, {0x286983, TOKEN_KEYWORD},
    {0x2aa198, TOKEN_STRING},   {0x2b91af, TOKEN_TYPE},
    {0x2e8f82, TOKEN_TYPE},     {0x2f798a, TOKEN_NUMBER},
    {0x31748f, TOKEN_KEYWORD},  {0x333399, TOKEN_TYPE},
    {0x39adb5, TOKEN_KEYWORD},  {0x39bae6, TOKEN_TYPE},
    {0x3d7b7b, TOKEN_COMMENT},  {0x3e8fb0, TOKEN_KEYWORD},
    {0x4078f2, TOKEN_FUNCTION}, {0x408080, TOKEN_COMMENT},
    {0x40a02b, TOKEN_STRING},   {0x427b58, TOKEN_KEYWORD},
    {0x445588, TOKEN_TYPE},     {0x449dab, TOKEN_INSERTED},
    {0x464b5d, TOKEN_COMMENT},  {0x4876d6, TOKEN_NUMBER},
    {0x4c9a91, TOKEN_NUMBER},   {0x4d9375, TOKEN_KEYWORD},
    {0x4ec9b0, TOKEN_TYPE},     {0x506477, TOKEN_DELETED},
    {0x50a14f, TOKEN_STRING},   {0x50fa7b, TOKEN_FUNCTION},
    {0x51597d, TOKEN_COMMENT},  {0x545454, TOKEN_COMMENT},
    {0x546e7a, TOKEN_COMMENT},  {0x54b9ff, TOKEN_KEYWORD},
    {0x557799, TOKEN_KEYWORD},  {0x56949f, TOKEN_TYPE},
    {0x569cd6, TOKEN_KEYWORD},  {0x586e75, TOKEN_COMMENT},
    {0x59873a, TOKEN_FUNCTION}, {0x59c2ff, TOKEN_TYPE},
    {0x5a6673, TOKEN_COMMENT},  {0x5c6370, TOKEN_COMMENT},
    {0x5da994, TOKEN_TYPE},     {0x5de4c7, TOKEN_STRING},
    {0x616e88, TOKEN_COMMENT},  {0x6182b8, TOKEN_FUNCTION},
    {0x61afef, TOKEN_FUNCTION}, {0x6272a4, TOKEN_COMMENT},
    {0x62e884, TOKEN_FUNCTION}, {0x637777, TOKEN_COMMENT},
    {0x669900, TOKEN_STRING},   {0x66d9ef, TOKEN_KEYWORD},
    {0x676e95, TOKEN_COMMENT},  {0x6897bb, TOKEN_NUMBER},
    {0x6a737d, TOKEN_COMMENT},  {0x6a8759, TOKEN_STRING},
    {0x6a9955, TOKEN_COMMENT},  {0x6b737c, TOKEN_COMMENT},
    {0x6cb6ff, TOKEN_NUMBER},   {0x6e6a86, TOKEN_COMMENT},
    {0x6e7781, TOKEN_COMMENT},  {0x6f42c1, TOKEN_FUNCTION},
    {0x708090, TOKEN_COMMENT},  {0x70bf56, TOKEN_INSERTED},
    {0x75715e, TOKEN_COMMENT},  {0x758575, TOKEN_COMMENT},
    {0x767c9d, TOKEN_COMMENT},  {0x768390, TOKEN_COMMENT},
    {0x795e26, TOKEN_FUNCTION}, {0x79740e, TOKEN_STRING},
    {0x79b8ff, TOKEN_NUMBER},   {0x79c0ff, TOKEN_NUMBER},
    {0x7aa2f7, TOKEN_FUNCTION}, {0x7b7f8b, TOKEN_COMMENT},
    {0x7c7f93, TOKEN_COMMENT},  {0x7ee787, TOKEN_KEYWORD},
    {0x7f848e, TOKEN_COMMENT},  {0x7fbbb3, TOKEN_KEYWORD},
    {0x800000, TOKEN_KEYWORD},  {0x808080, TOKEN_COMMENT},
    {0x80a665, TOKEN_FUNCTION}, {0x81a1c1, TOKEN_KEYWORD},
    {0x82071e, TOKEN_DELETED},  {0x8250df, TOKEN_FUNCTION},
    {0x82aaff, TOKEN_FUNCTION}, {0x859289, TOKEN_COMMENT},
    {0x859900, TOKEN_KEYWORD},  {0x85e89d, TOKEN_INSERTED},
    {0x8839ef, TOKEN_KEYWORD},  {0x88846f, TOKEN_COMMENT},
    {0x888888, TOKEN_COMMENT},  {0x88c0d0, TOKEN_FUNCTION},
    {0x89b4fa, TOKEN_FUNCTION}, {0x89ddff, TOKEN_KEYWORD},
    {0x8aadf4, TOKEN_FUNCTION}, {0x8b949e, TOKEN_COMMENT},
    {0x8be9fd, TOKEN_TYPE},     {0x8c8c8c, TOKEN_COMMENT},
    {0x8caaee, TOKEN_FUNCTION}, {0x8ddb8c, TOKEN_KEYWORD},
    {0x8ec07c, TOKEN_KEYWORD},  {0x8f3f71, TOKEN_NUMBER},
    {0x8fbcbb, TOKEN_TYPE},     {0x914c54, TOKEN_DELETED},
    {0x91b4d5, TOKEN_KEYWORD},  {0x91b859, TOKEN_STRING},
    {0x928374, TOKEN_COMMENT},  {0x9399b2, TOKEN_COMMENT},
    {0x939ab7, TOKEN_COMMENT},  {0x939dbb, TOKEN_COMMENT},
    {0x93a1a1, TOKEN_COMMENT},  {0x949cbb, TOKEN_COMMENT},
    {0x953800, TOKEN_TYPE},     {0x960050, TOKEN_DELETED},
    {0x96d0ff, TOKEN_STRING},   {0x97e1f1, TOKEN_TYPE},
    {0x986801, TOKEN_NUMBER},   {0x9893a5, TOKEN_COMMENT},
    {0x98c379, TOKEN_STRING},   {0x990000, TOKEN_FUNCTION},
    {0x990055, TOKEN_NUMBER},   {0x994cc3, TOKEN_KEYWORD},
    {0x998418, TOKEN_TYPE},     {0x999988, TOKEN_COMMENT},
    {0x9c3eda, TOKEN_KEYWORD},  {0x9ccfd8, TOKEN_TYPE},
    {0x9d0006, TOKEN_KEYWORD},  {0x9ecbff, TOKEN_STRING},
    {0x9ece6a, TOKEN_STRING},   {0xa0a0a0, TOKEN_COMMENT},
    {0xa0a1a7, TOKEN_COMMENT},  {0xa0ada0, TOKEN_COMMENT},
    {0xa31515, TOKEN_STRING},   {0xa3be8c, TOKEN_STRING},
    {0xa5d6ff, TOKEN_STRING},   {0xa626a4, TOKEN_KEYWORD},
    {0xa6d189, TOKEN_STRING},   {0xa6da95, TOKEN_STRING},
    {0xa6e22e, TOKEN_FUNCTION}, {0xa6e3a1, TOKEN_STRING},
    {0xa7c080, TOKEN_FUNCTION}, {0xaa0982, TOKEN_NUMBER},
    {0xaad94c, TOKEN_STRING},   {0xab5959, TOKEN_KEYWORD},
    {0xadd7ff, TOKEN_FUNCTION}, {0xae81ff, TOKEN_NUMBER},
    {0xaf00db, TOKEN_KEYWORD},  {0xaf3a03, TOKEN_KEYWORD},
    {0xb31d28, TOKEN_DELETED},  {0xb392f0, TOKEN_FUNCTION},
    {0xb48ead, TOKEN_NUMBER},   {0xb56959, TOKEN_STRING},
    {0xb57614, TOKEN_FUNCTION}, {0xb58900, TOKEN_NUMBER},
    {0xb5cea8, TOKEN_NUMBER},   {0xb8a965, TOKEN_TYPE},
    {0xb8bb26, TOKEN_STRING},   {0xba2121, TOKEN_STRING},
    {0xbb0066, TOKEN_TYPE},     {0xbb9af7, TOKEN_KEYWORD},
    {0xbd93f9, TOKEN_NUMBER},   {0xbf616a, TOKEN_DELETED},
    {0xbf9eee, TOKEN_NUMBER},   {0xc0caf5, TOKEN_TYPE},
    {0xc18401, TOKEN_TYPE},     {0xc2c3c5, TOKEN_COMMENT},
    {0xc3e88d, TOKEN_STRING},   {0xc586c0, TOKEN_KEYWORD},
    {0xc5e478, TOKEN_TYPE},     {0xc678dd, TOKEN_KEYWORD},
    {0xc6a0f6, TOKEN_KEYWORD},  {0xc792ea, TOKEN_KEYWORD},
    {0xc96765, TOKEN_STRING},   {0xc98a7d, TOKEN_STRING},
    {0xca9ee6, TOKEN_KEYWORD},  {0xcaece6, TOKEN_KEYWORD},
    {0xcb4b16, TOKEN_TYPE},     {0xcb7676, TOKEN_KEYWORD},
    {0xcba6f7, TOKEN_KEYWORD},  {0xcc7832, TOKEN_KEYWORD},
    {0xce9178, TOKEN_STRING},   {0xcf222e, TOKEN_KEYWORD},
    {0xd19a66, TOKEN_NUMBER},   {0xd20f39, TOKEN_NUMBER},
    {0xd2a6ff, TOKEN_NUMBER},   {0xd2a8ff, TOKEN_FUNCTION},
    {0xd32f2f, TOKEN_KEYWORD},  {0xd33682, TOKEN_NUMBER},
    {0xd3869b, TOKEN_NUMBER},   {0xd65d0e, TOKEN_DELETED},
    {0xd699b6, TOKEN_NUMBER},   {0xd73a49, TOKEN_KEYWORD},
    {0xd7827e, TOKEN_NUMBER},   {0xdbbc7f, TOKEN_STRING},
    {0xdc322f, TOKEN_DELETED},  {0xdcbdfb, TOKEN_FUNCTION},
    {0xdcdcaa, TOKEN_FUNCTION}, {0xdd1144, TOKEN_STRING},
    {0xdd4a68, TOKEN_FUNCTION}, {0xdf8e1d, TOKEN_TYPE},
    {0xe2931d, TOKEN_TYPE},     {0xe45649, TOKEN_KEYWORD},
    {0xe53935, TOKEN_KEYWORD},  {0xe5c07b, TOKEN_TYPE},
    {0xe5c890, TOKEN_TYPE},     {0xe67e80, TOKEN_KEYWORD},
    {0xe69875, TOKEN_KEYWORD},  {0xe6db74, TOKEN_STRING},
    {0xe78284, TOKEN_NUMBER},   {0xe7ee98, TOKEN_STRING},
    {0xea9a97, TOKEN_NUMBER},   {0xea9d34, TOKEN_STRING},
    {0xebbcba, TOKEN_NUMBER},   {0xecc48d, TOKEN_STRING},
    {0xed8796, TOKEN_NUMBER},   {0xee6666, TOKEN_DELETED},
    {0xeed49f, TOKEN_TYPE},     {0xef9f76, TOKEN_NUMBER},
    {0xf07178, TOKEN_KEYWORD},  {0xf1fa8c, TOKEN_STRING},
    {0xf26d78, TOKEN_DELETED},  {0xf286c4, TOKEN_KEYWORD},
    {0xf38ba8, TOKEN_NUMBER},   {0xf47067, TOKEN_KEYWORD},
    {0xf5a97f, TOKEN_NUMBER},   {0xf69d50, TOKEN_TYPE},
    {0xf6c177, TOKEN_STRING},   {0xf76d47, TOKEN_KEYWORD},
    {0xf7768e, TOKEN_KEYWORD},  {0xf78c6c, TOKEN_NUMBER},
    {0xf92672, TOKEN_KEYWORD},  {0xf97583, TOKEN_KEYWORD},
    {0xf9e2af, TOKEN_TYPE},     {0xfab387, TOKEN_NUMBER},
    {0xfabd2f, TOKEN_FUNCTION}, {0xfb4934, TOKEN_KEYWORD},
    {0xfdaeb7, TOKEN_DELETED},  {0xfe640b, TOKEN_NUMBER},
    {0xfe8019, TOKEN_KEYWORD},  {0xff5555, TOKEN_DELETED},
    {0xff79c6, TOKEN_KEYWORD},  {0xff7b72, TOKEN_KEYWORD},
    {0xff8f40, TOKEN_KEYWORD},  {0xff938a, TOKEN_DELETED},
    {0xff9e64, TOKEN_NUMBER},   {0xffa198, TOKEN_DELETED},
    {0xffa657, TOKEN_TYPE},     {0xffab70, TOKEN_STRING},
    {0xffb454, TOKEN_FUNCTION}, {0xffc66d, TOKEN_FUNCTION},
    {0xffcb6b, TOKEN_TYPE},     {0xffd493, TOKEN_STRING},
};

static enum code_token token_of(uint32_t rgb)
{
    size_t low = 0, high = ARRAY_LEN(colours);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (colours[mid].rgb == rgb)
            return colours[mid].token;
        if (colours[mid].rgb < rgb)
            low = mid + 1;
        else
            high = mid;
    }
    return TOKEN_PLAIN;
}

/* Three, four, six or eight hexadecimal digits; opacity does not matter. */
static enum code_token token_of_hex(struct str digits)
{
    uint32_t rgb = 0;
    bool brief = digits.n < 6;
    for (size_t i = 0; i < (brief ? 3 : 6); i++) {
        int digit = i < digits.n ? chr_hex((unsigned char)digits.p[i]) : -1;
        if (digit < 0)
            return TOKEN_NONE;
        rgb = rgb << 4 | (uint32_t)digit;
        if (brief)
            rgb = rgb << 4 | (uint32_t)digit;
    }
    return token_of(rgb);
}

/* rgb(…): three numbers. */
static enum code_token token_of_numbers(struct str text)
{
    uint32_t rgb = 0;
    unsigned numbers = 0;
    for (size_t i = 0; i < text.n && numbers < 3; i++) {
        uint32_t value = 0;
        if (!chr_digit((unsigned char)text.p[i]))
            continue;
        for (; i < text.n && chr_digit((unsigned char)text.p[i]); i++)
            value = (value * 10 + (uint32_t)(text.p[i] - '0')) & 0xff;
        rgb = rgb << 8 | value;
        numbers++;
    }
    return numbers == 3 ? token_of(rgb) : TOKEN_NONE;
}

/* var(--shiki-token-string-expression) and the like: what it ends in. */
static enum code_token token_of_variable(struct str value)
{
    static const struct str marks[] = {{"-token-", 7}, {"-syntax-", 8}};
    for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
        size_t at = str_find(value, marks[i]) + marks[i].n;
        if (at > value.n)
            continue;
        struct str name = str_sub(value, at, value.n);
        return code_token_named(str_sub(name, 0, str_chr(name, ')')));
    }
    return TOKEN_NONE;
}

static enum code_token token_of_value(struct str value)
{
    if (str_starts(value, STR("#")))
        return token_of_hex(str_sub(value, 1, value.n));
    if (str_starts_nocase(value, STR("rgb")))
        return token_of_numbers(value);
    if (str_starts_nocase(value, STR("var(")))
        return token_of_variable(value);
    return code_token_named(value);
}

enum code_token code_colour(const xmlNode *n)
{
    static const char *const properties[] = {"color", "--shiki-light",
                                             "--shiki-dark", "--0", "--1"};
    struct str value = {0};
    if (tree_attr(n, "style").p)
        for (size_t i = 0; i < ARRAY_LEN(properties) && !value.p; i++)
            value = code_style(n, str_of(properties[i]));
    else if (tree_is(n, "font"))
        value = tree_attr(n, "color");
    return value.p ? token_of_value(value) : TOKEN_NONE;
}

bool code_colours_sorted(void)
{
    for (size_t i = 1; i < ARRAY_LEN(colours); i++)
        if (colours[i - 1].rgb >= colours[i].rgb)
            return false;
    return true;
}
