/* Shared inside the article stage: one article in the making, and the passes
 * over its tree, in the order in which article_make runs them. */
#ifndef FEEDBIND_ARTICLE_ARTICLE_INT_H
#define FEEDBIND_ARTICLE_ARTICLE_INT_H

#include "article/article.h"
#include "base/mem.h"
#include "base/url.h"
#include "xml/tree.h"

/* An id of the source, and what it is called in the book. */
struct anchor {
    struct str source;
    const char *name;
};

struct maker {
    const struct library *library;
    size_t number; /* of the entry in the library */
    const struct entry *entry;
    const struct link_index *index;
    const struct article_policy *policy;
    struct spool *spool;
    struct article *article; /* what is made; its arena is used throughout */
    struct arena *arena;
    xmlDoc *source;         /* as the HTML parser left it, changed by passes */
    xmlDoc *clean;          /* after article_clean */
    const struct url *base; /* of relative addresses; NULL for none */
    const char *page;       /* the article's address on the web; or NULL */
    VEC(struct image_ref) images;
    VEC(struct link_ref) links;
    VEC(struct link_use) link_uses;
    VEC(struct frame) frames;
    VEC(struct anchor) anchors; /* sorted by source */
    VEC(struct heading) headings;
    VEC(struct removal) removals;
    VEC(struct embed_ref) embeds;
};

/* Named rules (article.h). Each of these returns false, with nothing done, if
 * the rule is turned off; else it is counted. */

/* For what has no words. */
bool rule_applies(struct maker *m, enum article_rule rule);

/* These words are left out; the caller sees to it. */
bool rule_words(struct maker *m, enum article_rule rule, struct str words);

/* n is left out, and gone with all below it; its words are recorded. */
bool rule_drop(struct maker *m, enum article_rule rule, xmlNode *n);

/* The words below n will stand elsewhere; n is not touched. */
bool rule_moves(struct maker *m, enum article_rule rule, const xmlNode *n);

/* A message about this article. */
void article_warn(struct maker *m, const char *text, const char *detail);

/* The address of `href`, repaired, resolved and percent-encoded; without its
 * fragment, which *fragment gets (NULL for none). NULL, and the fault, if there
 * is none that a reader could follow. */
const char *address_resolve(struct maker *m, struct str href,
                            const char **fragment, enum link_fault *fault);

/* The same, whatever the fault; `fragment` may be NULL. */
const char *link_resolve(struct maker *m, struct str href,
                         const char **fragment);

/* Part of an address, percent-encoded where that is needed. */
const char *address_encoded(struct arena *arena, const char *part);

/* ---- passes over the source's tree ---- */

/* What addresses are relative to: m->base, and below an xml:base they are made
 * absolute. */
void article_bases(struct maker *m);

/* The document in a frame's attribute comes to stand in a "#frame". */
void article_documents(struct maker *m);

/* Does the element's own markup say that it is not shown? */
bool node_hidden(const xmlNode *n);

/* Formulas that are there twice stay once. */
void article_formulas(struct maker *m);

/* Leave out what no browser shows and what platforms leave behind. */
void article_prune(struct maker *m);

/* Ids on what will be replaced go to a span beside it. */
void article_targets(struct maker *m);

/* Put an empty span with n's id, if it has one, before n; true if it has. */
bool target_keep(struct maker *m, xmlNode *n);

/* Links beside headings that show their address go. */
void article_permalinks(struct maker *m);

/* Find out which way the text runs; keep languages and directions that change
 * something. */
void article_direction(struct maker *m);

/* Old HTML and style attributes -> elements and classes that mean it. */
void article_styles(struct maker *m);

/* The summary and the enclosures -> elements around the text. */
void article_attached(struct maker *m);

/* iframe, video, audio, what platforms embed -> cards. */
void article_embeds(struct maker *m);

/* Script text that platforms leave behind after embeds. */
void article_residue(struct maker *m);

/* pre: tabs expanded, outer blank lines and line numbers gone. */
void article_code(struct maker *m);

/* Leave out what platforms put around articles. */
void article_furniture(struct maker *m);

/* Leave out what feeds and sites add at an article's end. */
void article_closing(struct maker *m);

/* Pictures of emoji become characters. */
void article_emoji(struct maker *m);

/* Captions and galleries of platforms become figures. */
void article_galleries(struct maker *m);

/* A picture that is an empty element's background becomes an img. */
void article_backgrounds(struct maker *m);

/* svg: icons go, ids become the drawing's own, styles attributes. */
void article_drawings(struct maker *m);

/* img -> "#image" holes, or text. */
void article_pictures(struct maker *m);

/* Give every id a name that is valid and its own. */
void article_anchors(struct maker *m);

/* What the source's id is called in the book; made in the arena. */
const char *anchor_name(struct arena *arena, struct str source);

/* The same, if the article has that id; else NULL. */
const char *anchor_find(const struct maker *m, struct str source);

/* a[href] -> addresses, internal "#link"s, or nothing but their text. */
void article_links(struct maker *m);

/* Notes, and what refers to them, after links: to the article's end. */
void article_footnotes(struct maker *m);

/* ---- to the clean tree, and passes over it ---- */

/* Rebuild the source's tree against the content model: m->clean. */
void article_clean(struct maker *m);

/* Clean a table; called by article_clean. */
struct cleaner;
void clean_table(struct cleaner *c, xmlNode *source);

/* Empty elements and stray breaks go, text is trimmed at blocks' ends. */
void article_tidy(struct maker *m);

/* The element after n, which is to go, gets its ids and those below it. */
void tidy_pass_ids(struct maker *m, xmlNode *n);

/* Ruby without a reading, or a reading without text, is no ruby. */
void article_ruby(struct maker *m);

/* 1 to 6 for h1 to h6; 0 for all else. */
int heading_level(const xmlNode *n);

/* Wide tables are shrunk or become records. */
void article_tables(struct maker *m);

/* Levels without gaps below the article's own h1. */
void article_headings(struct maker *m);

/* Decide for each picture whether it stands alone, and cut figures out. */
void article_figures(struct maker *m);

/* List the headings that are in the contents, and see that they have ids. */
void article_contents(struct maker *m);

/* Count the clean tree's words. */
void article_words(struct maker *m);

/* Write the clean tree as parts. */
void article_parts(struct maker *m);

#endif
