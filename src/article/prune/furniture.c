/* What platforms put around an article: share bars, lists of other articles,
 * forms to sign up with, ways to edit it, blank paragraphs. Each goes by a rule
 * of its own, on the evidence of its class and of what it holds: an author's
 * words are never furniture, wherever they stand. */
#include "article/prune/sharing.h"
#include "article/prune/survey.h"

/* What must be true of an element besides its class. */
enum evidence {
    SOME_LABELS, /* links, few words besides */
    ONLY_SHARES, /* the same, and no link leads anywhere else */
    ANY_LIST,    /* made by a program whose name the class is */
    SITE_LINKS,  /* links to pages of the site, dates and such between */
    FLARES,      /* links or pictures, hardly a word */
    SIGN_UP,     /* a field for an address; not many words */
    SIGN_UP_BOX, /* the same, or a link, made by a program of that name */
    CONTROLS,    /* buttons and a few words; nothing to see */
};

/* Class names, or ids, whole. */
static const struct {
    const char *name;
    enum article_rule rule;
    enum evidence evidence;
} furniture[] = {
    {"a2a_kit", RULE_SHARE_BAR, SOME_LABELS},
    {"addthis_inline_share_toolbox", RULE_SHARE_BAR, SOME_LABELS},
    {"addthis_toolbox", RULE_SHARE_BAR, SOME_LABELS},
    {"addtoany_content", RULE_SHARE_BAR, SOME_LABELS},
    {"addtoany_share_save_container", RULE_SHARE_BAR, SOME_LABELS},
    {"article-share", RULE_SHARE_BAR, ONLY_SHARES},
    {"at-above-post", RULE_SHARE_BAR, SOME_LABELS},
    {"at-below-post", RULE_SHARE_BAR, SOME_LABELS},
    {"crp_related", RULE_RELATED_POSTS, ANY_LIST},
    {"dpsp-content-wrapper", RULE_SHARE_BAR, SOME_LABELS},
    {"entry-share", RULE_SHARE_BAR, ONLY_SHARES},
    {"essb_links", RULE_SHARE_BAR, SOME_LABELS},
    {"et_social_inline", RULE_SHARE_BAR, SOME_LABELS},
    {"feedflare", RULE_FEED_FOOTER, FLARES},
    {"formkit-form", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"heateor_sss_sharing_container", RULE_SHARE_BAR, SOME_LABELS},
    {"jetpack-likes-widget-wrapper", RULE_SHARE_BAR, SOME_LABELS},
    {"jetpack_subscription_widget", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"jp-relatedposts", RULE_RELATED_POSTS, ANY_LIST},
    {"juiz_sps_links", RULE_SHARE_BAR, SOME_LABELS},
    {"kg-audio-player", RULE_PLAYER_CONTROLS, CONTROLS},
    {"kg-audio-thumbnail", RULE_PLAYER_CONTROLS, CONTROLS},
    {"kg-signup-card", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"kg-video-overlay", RULE_PLAYER_CONTROLS, CONTROLS},
    {"kg-video-player-container", RULE_PLAYER_CONTROLS, CONTROLS},
    {"mashsb-container", RULE_SHARE_BAR, SOME_LABELS},
    {"mc4wp-form", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"mc_embed_shell", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"mc_embed_signup", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"mw-editsection", RULE_HEADING_ANCHOR, ANY_LIST},
    {"newsletter-form", RULE_SIGNUP_FORM, SIGN_UP},
    {"newsletter-signup", RULE_SIGNUP_FORM, SIGN_UP},
    {"mejs-controls", RULE_PLAYER_CONTROLS, CONTROLS},
    {"nrelate", RULE_RELATED_POSTS, ANY_LIST},
    {"plyr__controls", RULE_PLAYER_CONTROLS, CONTROLS},
    {"post-share", RULE_SHARE_BAR, ONLY_SHARES},
    {"recommended-posts", RULE_RELATED_POSTS, SITE_LINKS},
    {"related-articles", RULE_RELATED_POSTS, SITE_LINKS},
    {"related-content", RULE_RELATED_POSTS, SITE_LINKS},
    {"related-posts", RULE_RELATED_POSTS, SITE_LINKS},
    {"related-stories", RULE_RELATED_POSTS, SITE_LINKS},
    {"related_posts", RULE_RELATED_POSTS, SITE_LINKS},
    {"relatedposts", RULE_RELATED_POSTS, SITE_LINKS},
    {"rp4wp-related-posts", RULE_RELATED_POSTS, ANY_LIST},
    {"scriptlesssocialsharing", RULE_SHARE_BAR, SOME_LABELS},
    {"share-bar", RULE_SHARE_BAR, ONLY_SHARES},
    {"share-buttons", RULE_SHARE_BAR, ONLY_SHARES},
    {"share-icons", RULE_SHARE_BAR, ONLY_SHARES},
    {"share-links", RULE_SHARE_BAR, ONLY_SHARES},
    {"share-post", RULE_SHARE_BAR, ONLY_SHARES},
    {"shareaholic-canvas", RULE_SHARE_BAR, SOME_LABELS},
    {"sharedaddy", RULE_SHARE_BAR, SOME_LABELS},
    {"sharethis-inline-share-buttons", RULE_SHARE_BAR, SOME_LABELS},
    {"sharing-buttons", RULE_SHARE_BAR, ONLY_SHARES},
    {"sib-form", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"simplesocialbuttons", RULE_SHARE_BAR, SOME_LABELS},
    {"social-share", RULE_SHARE_BAR, ONLY_SHARES},
    {"social-share-buttons", RULE_SHARE_BAR, ONLY_SHARES},
    {"social-sharing", RULE_SHARE_BAR, ONLY_SHARES},
    {"ssba", RULE_SHARE_BAR, SOME_LABELS},
    {"ssbp-wrap", RULE_SHARE_BAR, SOME_LABELS},
    {"subscribe-form", RULE_SIGNUP_FORM, SIGN_UP},
    {"subscribe-widget", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"subscription-widget", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"subscription-widget-wrap", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"subscription-widget-wrap-editor", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"swp_social_panel", RULE_SHARE_BAR, SOME_LABELS},
    {"the_champ_sharing_container", RULE_SHARE_BAR, SOME_LABELS},
    {"tnp-subscription", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"vjs-control-bar", RULE_PLAYER_CONTROLS, CONTROLS},
    {"wp-block-jetpack-sharing-buttons", RULE_SHARE_BAR, SOME_LABELS},
    {"wp-block-jetpack-subscriptions", RULE_SIGNUP_FORM, SIGN_UP_BOX},
    {"wp_rp_wrap", RULE_RELATED_POSTS, ANY_LIST},
    {"yarpp", RULE_RELATED_POSTS, ANY_LIST},
    {"yarpp-related", RULE_RELATED_POSTS, ANY_LIST},
    {"zem_rp_wrap", RULE_RELATED_POSTS, ANY_LIST},
};

enum {
    TITLE_WORDS = 5,  /* of a bar, at most */
    LABEL_WORDS = 12, /* beside a bar's links, at most */
    LINK_WORDS = 14,  /* in a bar's link: "Click to share on … (Opens …)" */
    DATE_WORDS = 6,   /* beside a link to another article */
    BREAKS = 2,       /* in a row */
    SIGN_UP_WORDS = 80, /* around a field for an address */
};

static bool leads_away(const struct survey *s)
{
    return s->kinds[LINK_OTHER] + s->kinds[LINK_SITE] > 0;
}

static bool is_bar(const struct survey *s)
{
    return s->loose <= LABEL_WORDS && !s->fields &&
           s->words <= LABEL_WORDS + LINK_WORDS * s->links;
}

static bool holds(enum evidence evidence, const struct survey *s)
{
    if (!s->whole)
        return false;
    switch (evidence) {
    case SOME_LABELS:
        return is_bar(s);
    case ONLY_SHARES:
        return is_bar(s) && !leads_away(s) && !s->pictures &&
               (s->kinds[LINK_SHARE] || s->loose == s->plain);
    case ANY_LIST:
        return s->links || !s->loose;
    case SITE_LINKS:
        return s->links && s->kinds[LINK_SITE] == s->links && !s->fields &&
               s->loose <= DATE_WORDS * s->links;
    case FLARES:
        return s->words <= LABEL_WORDS * (1 + s->links) && !s->fields;
    case SIGN_UP:
        return s->words <= SIGN_UP_WORDS && s->fields <= 3 && s->mail_fields;
    case SIGN_UP_BOX:
        return s->words <= SIGN_UP_WORDS && s->fields <= 3 &&
               (s->mail_fields || s->links);
    case CONTROLS:
        return s->loose <= LABEL_WORDS && !s->pictures &&
               s->kinds[LINK_NONE] == s->links;
    }
    return false;
}

static bool is_named(const xmlNode *n, struct str name)
{
    return tree_has_class(n, name.p) || str_eq(tree_attr(n, "id"), name);
}

static bool by_name(struct surveyor *v, xmlNode *n)
{
    if (!tree_attr(n, "class").n && !tree_attr(n, "id").n)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(furniture); i++) {
        if (!is_named(n, str_of(furniture[i].name)))
            continue;
        struct survey s = survey_of(v, n);
        return holds(furniture[i].evidence, &s) &&
               rule_drop(v->maker, furniture[i].rule, n);
    }
    return false;
}

/* ---- without a name ---- */

/* Words that a form to sign up with has, or parts of them. */
static bool asks_to_sign_up(struct str text)
{
    static const char *const parts[] = {
        "subscri",      "newsletter",  "sign up", "signup",     "sign-up",
        "mailing list", "list-manage", "abonn",   "infolettre", "nieuwsbrief",
        "suscr",        "iscriv",      "inscre",  "одпис",      "订阅",
        "訂閱",         "購読"};
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (str_find_nocase(text, str_of(parts[i])) < text.n)
            return true;
    return false;
}

/* Does the form say so, to readers or to programs? */
static bool is_sign_up(const xmlNode *form)
{
    static const char *const attributes[] = {
        "action", "aria-label", "class", "id", "name", "placeholder", "value"};
    for (const xmlNode *n = form; n; n = tree_next(form, n)) {
        if (tree_is_text(n) && asks_to_sign_up(tree_content(n)))
            return true;
        for (size_t i = 0; tree_is_element(n) && i < ARRAY_LEN(attributes); i++)
            if (asks_to_sign_up(tree_attr(n, attributes[i])))
                return true;
    }
    return false;
}

/* A form that asks for an address and nothing else, to send something to it. */
static bool by_form(struct surveyor *v, xmlNode *n)
{
    if (!tree_is(n, "form"))
        return false;
    struct survey s = survey_of(v, n);
    return s.whole && s.mail_fields == 1 && s.fields == 1 && !s.pictures &&
           s.words <= SIGN_UP_WORDS && is_sign_up(n) &&
           rule_drop(v->maker, RULE_SIGNUP_FORM, n);
}

/* Substack's buttons: one link in a paragraph of its own. */
static bool by_button(struct surveyor *v, xmlNode *n)
{
    static const struct {
        const char *sign;
        enum article_rule rule;
    } buttons[] = {
        {"/subscribe?", RULE_SIGNUP_FORM},
        {"action=share", RULE_SHARE_BAR},
        {"/comments", RULE_FEED_FOOTER},
    };
    const xmlNode *a = n->children;
    if (!tree_has_class(n, "button-wrapper") || !tree_is(a, "a") || a->next)
        return false;
    struct str href = tree_attr(a, "href");
    for (size_t i = 0; i < ARRAY_LEN(buttons); i++)
        if (str_find(href, str_of(buttons[i].sign)) < href.n)
            return survey_of(v, n).words <= LABEL_WORDS &&
                   rule_drop(v->maker, buttons[i].rule, n);
    return false;
}

/* A link by which the article is shared, and all around it that is nothing but
 * such links and their labels. `refused` is what was found to be more than
 * that. Returns the bar, NULL if it is none. */
static xmlNode *bar_around(struct surveyor *v, xmlNode *link,
                           const xmlNode **refused)
{
    const xmlNode *root = xmlDocGetRootElement(v->maker->source);
    xmlNode *bar = NULL;
    for (xmlNode *n = link; n != root && n != *refused; n = n->parent) {
        struct survey s = survey_of(v, n);
        if (!s.whole || !is_bar(&s) || leads_away(&s) || s.pictures ||
            s.kinds[LINK_PAGE] || s.loose != s.plain) {
            *refused = n;
            break;
        }
        if (s.kinds[LINK_SHARE] > 1)
            bar = n;
    }
    return bar;
}

/* A heading or line before the bar that only says what the bar is. */
static xmlNode *label_of(struct surveyor *v, const xmlNode *bar)
{
    xmlNode *n = tree_solid_back(bar->prev);
    if (!tree_is_element(n) || survey_of(v, n).words > TITLE_WORDS)
        return NULL;
    struct buf text = buf_make(BUF_LINE);
    tree_gather(n, &text);
    struct str rest = buf_view(&text), word;
    bool label = !str_blank(rest);
    while (label && str_next_word(&rest, &word))
        label = sharing_label(word);
    buf_free(&text);
    return label ? n : NULL;
}

static bool drop_bar(struct surveyor *v, xmlNode *bar)
{
    xmlNode *label = label_of(v, bar);
    if (!label || v->maker->policy->keep[RULE_SHARE_BAR])
        return rule_drop(v->maker, RULE_SHARE_BAR, bar);
    xmlNode *both = tree_wrap(label, "div");
    tree_append(both, bar);
    return rule_drop(v->maker, RULE_SHARE_BAR, both);
}

/* A blank paragraph, as editors make to move things apart. */
static bool is_blank(const xmlNode *n)
{
    static const char *const seen[] = {
        "a",      "img",    "picture",  "iframe",   "video",
        "audio",  "object", "embed",    "svg",      "math",
        "input",  "hr",     "amp-img",  "canvas",   "table",
        "button", "select", "textarea", "noscript", NULL};
    if (!n->children || tree_attr(n, "id").p || !tree_empty(n, seen))
        return false;
    bool spaces = false;
    for (const xmlNode *at = n; (at = tree_next(n, at));) {
        if (tree_is_element(at) && tree_attr(at, "id").p)
            return false;
        spaces = spaces || (tree_is_text(at) && str_trim(tree_content(at)).n);
    }
    return spaces;
}

/* A box of spaces makes room too. A div may be a line of code, and what has
 * attributes anything. */
static bool is_bare(const xmlNode *n)
{
    return (tree_is(n, "blockquote") || tree_is(n, "center")) && !n->properties;
}

static bool by_blankness(struct maker *m, xmlNode *n)
{
    if (!(tree_is(n, "p") || is_bare(n)) || !is_blank(n) ||
        !rule_applies(m, RULE_SPACER))
        return false;
    tree_drop(n);
    return true;
}

static xmlNode *next_break(const xmlNode *n)
{
    xmlNode *at = tree_solid(n->next);
    return tree_is(at, "br") ? at : NULL;
}

/* Breaks in a row part paragraphs; more than enough for that only make room.
 * The first so many stay. */
static void shorten_breaks(struct maker *m, xmlNode *first)
{
    xmlNode *last = first;
    for (int i = 1; i < BREAKS && last; i++)
        last = next_break(last);
    if (!last || !next_break(last) || !rule_applies(m, RULE_SPACER))
        return;
    for (xmlNode *extra; (extra = next_break(last));)
        tree_drop(extra);
}

/* ---- the pass ---- */

static bool may_share(const xmlNode *n)
{
    return tree_is(n, "a") && tree_attr(n, "href").n;
}

static bool is_furniture(struct surveyor *v, xmlNode *n)
{
    return by_name(v, n) || by_form(v, n) || by_button(v, n) ||
           by_blankness(v->maker, n);
}

void article_furniture(struct maker *m)
{
    const xmlNode *root = xmlDocGetRootElement(m->source);
    const xmlNode *refused = NULL;
    struct surveyor v = surveyor_make(m);
    for (xmlNode *n = tree_next(root, root), *next; n; n = next) {
        next = tree_next(root, n);
        v.credit += SURVEY_CREDIT;
        if (!tree_is_element(n))
            continue;
        xmlNode *after = tree_skip(root, n);
        if (tree_is(n, "pre") || tree_is(n, "code")) {
            next = after;
        } else if (tree_is(n, "br")) {
            shorten_breaks(m, n);
            next = tree_next(root, n);
        } else if (is_furniture(&v, n)) {
            next = after;
        } else if (may_share(n)) {
            xmlNode *bar = bar_around(&v, n, &refused);
            after = bar ? tree_skip(root, bar) : NULL;
            if (bar && drop_bar(&v, bar))
                next = after;
        }
    }
}
