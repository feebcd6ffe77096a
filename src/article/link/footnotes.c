/* Notes: a link to a block further on that leads back, or that a converter
 * marks as a note, refers to a note. The notes go to the article's end, where
 * readers look for what they show in a pop-up. */
#include "article/link/note_marks.h"
#include "article/link/notes.h"
#include "article/model/model.h"

#include <stdlib.h>

enum {
    BESIDE = 8,        /* nodes between a link and the id that stands for it */
    SIGN_LARGEST = 32, /* bytes of what refers to a note */
};

static const struct link_ref *link_of(const struct notes *s, const xmlNode *n)
{
    size_t number = strtoul(tree_attr(n, "target").p, NULL, 10);
    return &s->m->links.items[number];
}

/* ---- ids and links of the article, in its order ---- */

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct place *)a)->id,
                   ((const struct place *)b)->id);
}

struct place *notes_find_id(const struct notes *s, struct str id)
{
    const struct place key = {.id = id};
    return s->ids.len
               ? bsearch(&key, s->ids.items, s->ids.len, sizeof key, by_id)
               : NULL;
}

/* Where a link within the article leads. */
static struct place *target_of(const struct notes *s, const xmlNode *link)
{
    const char *id = link_of(s, link)->fragment;
    return id ? notes_find_id(s, str_of(id)) : NULL;
}

/* A link knows its place in the list, for when it goes. */
static void add_link(struct notes *s, xmlNode *n, size_t order)
{
    const char *place = arena_printf(s->m->arena, "%zu", s->links.len);
    tree_set_attr(n, "#place", str_of(place));
    vec_push(&s->links, ((struct place){{NULL, 0}, n, order, 0}));
}

static void collect(struct notes *s)
{
    size_t order = 0;
    for (xmlNode *n = s->root, *next; n; n = next, order++) {
        bool unseen = tree_is_element(n) && model_of(n)->role == ROLE_DROP;
        next = unseen ? tree_skip(s->root, n) : tree_next(s->root, n);
        if (unseen || !tree_is_element(n) || !n->properties)
            continue;
        note_marks_read(n);
        struct str id = tree_attr(n, "id");
        if (id.n)
            vec_push(&s->ids, ((struct place){arena_view(s->m->arena, id), n,
                                              order, 0}));
        if (tree_is(n, "#link") && link_of(s, n)->article == s->m->number &&
            link_of(s, n)->fragment)
            add_link(s, n, order);
        if (note_says_inline(n))
            vec_push(&s->inlines, ((struct place){{NULL, 0}, n, order, 0}));
    }
    if (s->ids.len)
        qsort(s->ids.items, s->ids.len, sizeof *s->ids.items, by_id);
}

bool notes_within(const xmlNode *outer, const xmlNode *n)
{
    for (; n; n = n->parent)
        if (n == outer)
            return true;
    return false;
}

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

/* The first of the links that comes after this place. */
static size_t link_after(const struct notes *s, size_t order)
{
    const struct place key = {.order = order};
    return mem_first_from(&key, s->links.items, s->links.len, sizeof key,
                          by_place);
}

/* ---- from a note back to the text ---- */

/* Does the link, which stands in the note, lead to where the note's number
 * is? It leads backwards, so it refers to no note itself. */
static bool leads_to(const struct notes *s, const struct place *back,
                     const struct place *ref, const xmlNode *note)
{
    const struct place *x = target_of(s, back->node);
    if (!x || !x->node || x->order >= back->order)
        return false;
    size_t apart =
        x->order > ref->order ? x->order - ref->order : ref->order - x->order;
    return apart <= BESIDE ||
           (notes_within(x->node, ref->node) && !notes_within(x->node, note));
}

size_t notes_backlinks(const struct notes *s, const struct note *note,
                       const struct place *ref, struct place **backs)
{
    size_t first = link_after(s, note->order), count = 0;
    for (int i = 0; i < NOTE_BACKLINKS && first > 0; i++, first--) {
        const xmlNode *before = s->links.items[first - 1].node;
        if (before && !notes_within(note->node, before))
            break;
    }
    for (size_t i = first; i < s->links.len && i < first + NOTE_BACKLINKS;
         i++) {
        struct place *back = &s->links.items[i];
        if (!back->node)
            continue;
        if (notes_within(note->node, back->node)) {
            if (leads_to(s, back, ref, note->node))
                backs[count++] = back;
        } else if (back->order > note->order) {
            break;
        }
    }
    return count;
}

/* ---- what is a note ---- */

/* The block that an id stands in; NULL if that can be no note. */
static xmlNode *block_of(xmlNode *n)
{
    static const char *const inlines[] = {
        "a",   "span",  "sup",   "b",    "strong", "em", "i",
        "sub", "small", "#link", "font", "label",  NULL};
    static const char *const blocks[] = {"li",    "p",       "div", "dd",
                                         "aside", "section", NULL};
    while (tree_is_one_of(n, inlines))
        n = n->parent;
    if (!tree_is_one_of(n, blocks))
        return NULL;
    const xmlNode *around = n->parent;
    if (tree_is(n, "p") &&
        (tree_is(around, "li") || tree_is(around, "dd") ||
         (tree_is(around, "div") && note_id(tree_attr(around, "id")))))
        n = n->parent;
    return n;
}

static struct str words_of(struct maker *m, const xmlNode *n)
{
    struct buf text = buf_make(SIGN_LARGEST + 1);
    for (const xmlNode *at = n; at;) {
        bool unseen = tree_is_element(at) && model_of(at)->role == ROLE_DROP;
        if (tree_is_text(at))
            buf_str(&text, tree_content(at));
        at = unseen ? tree_skip(n, at) : tree_next(n, at);
    }
    struct str words = text.failed || text.len > SIGN_LARGEST
                           ? (struct str){NULL, 0}
                           : arena_view(m->arena, str_trim(buf_view(&text)));
    buf_free(&text);
    return words;
}

/* What has headings is a part of the article. */
static bool has_headings(const xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at))
        if (tree_is_element(at) && model_of(at)->role == ROLE_HEADING)
            return true;
    return false;
}

static bool in_raised(const xmlNode *link)
{
    return tree_is(link->parent, "sup") || tree_is(link->children, "sup");
}

/* A link within another is none, nor one in a formula or a drawing, so no note
 * can be referred to there. */
static bool in_link(const xmlNode *n)
{
    for (n = n->parent; tree_is_element(n); n = n->parent)
        if (tree_is(n, "a") || tree_is(n, "#link") || tree_foreign(n))
            return true;
    return false;
}

/* Fills *note if the link refers to one. */
static bool refers(const struct notes *s, const struct place *ref,
                   struct note *note)
{
    const struct place *target = target_of(s, ref->node);
    struct str words = words_of(s->m, ref->node);
    bool marked = note_says_reference(ref->node);
    if (!target || target->order < ref->order || !words.n ||
        !(marked || note_sign(words).n) || in_link(ref->node))
        return false;
    *note = (struct note){.node = block_of(target->node),
                          .target = target->node,
                          .order = target->order,
                          .sign = note_sign(words)};
    if (!note->node || notes_within(note->node, ref->node) ||
        notes_within(ref->node, note->node))
        return false;
    struct place *backs[NOTE_BACKLINKS];
    bool noted = note_says_notes(note->node);
    bool raised = marked || in_raised(ref->node);
    note->marked = noted || raised;
    return notes_backlinks(s, note, ref, backs) > 0 ||
           (raised && (noted || note_id(target->id)));
}

/* What several notes lead back to, when nothing else says that they are notes,
 * is a list of contents. */
static void claim_way_back(struct notes *s, size_t n, const struct place *ref)
{
    struct note *note = &s->notes.items[n];
    struct place *backs[NOTE_BACKLINKS];
    if (note->marked || !notes_backlinks(s, note, ref, backs))
        return;
    struct place *back = target_of(s, backs[0]->node);
    if (back->led_by && back->led_by != n + 1)
        note->rejected = s->notes.items[back->led_by - 1].rejected = true;
    back->led_by = n + 1;
}

/* A block with two notes' ids is none of them; nor is one with notes in it. */
static void add_note(struct notes *s, struct note note, struct place ref)
{
    struct str number = tree_attr(note.node, "#number");
    size_t n = number.n ? strtoul(number.p, NULL, 10) : s->notes.len;
    if (!number.n) {
        const char *text = arena_printf(s->m->arena, "%zu", n);
        tree_set_attr(note.node, "#number", str_of(text));
        note.rejected = has_headings(note.node);
        vec_push(&s->notes, note);
        claim_way_back(s, n, &ref);
    } else if (s->notes.items[n].target != note.target) {
        s->notes.items[n].rejected = true;
    }
    tree_set_attr(ref.node, "#refers", STR(""));
    vec_push(&s->refs, ((struct note_ref){ref, n}));
}

static int by_order(const void *a, const void *b)
{
    const struct note *x = *(struct note *const *)a;
    const struct note *y = *(struct note *const *)b;
    return (x->order > y->order) - (x->order < y->order);
}

/* Does text of the article follow the note, before the next one? */
static bool text_follows(const struct notes *s, const struct note *note)
{
    for (const xmlNode *n = tree_skip(s->root, note->node); n;
         n = tree_next(s->root, n)) {
        struct str number = tree_attr(n, "#number");
        if (number.n && !s->notes.items[strtoul(number.p, NULL, 10)].rejected)
            return false;
        if (tree_is_text(n) && !str_blank(tree_content(n)))
            return true;
    }
    return false;
}

/* Nothing but where they stand tells notes without a mark from chapters that
 * have a way back: notes stand last. */
static void reject_chapters(struct notes *s)
{
    struct note **sorted = mem_alloc(s->notes.len * sizeof *sorted);
    for (size_t i = 0; i < s->notes.len; i++)
        sorted[i] = &s->notes.items[i];
    qsort(sorted, s->notes.len, sizeof *sorted, by_order);
    for (size_t i = s->notes.len; i-- > 0;)
        if (!sorted[i]->marked && !sorted[i]->rejected)
            sorted[i]->rejected = text_follows(s, sorted[i]);
    free(sorted);
}

static void find_notes(struct notes *s)
{
    for (size_t i = 0; i < s->links.len; i++) {
        struct note note;
        if (refers(s, &s->links.items[i], &note))
            add_note(s, note, s->links.items[i]);
    }
    for (size_t i = 0; i < s->notes.len; i++) {
        const xmlNode *n = s->notes.items[i].node->parent;
        for (; tree_is_element(n); n = n->parent) {
            struct str number = tree_attr(n, "#number");
            if (number.n)
                s->notes.items[strtoul(number.p, NULL, 10)].rejected = true;
        }
    }
}

/* ---- notes within the text ---- */

/* The sign before a note that stands within the text: a label with or without
 * words, or a raised number. A box that shows and hides the note stands
 * between, which *box gets. */
static xmlNode *sign_before(const xmlNode *note, xmlNode **box)
{
    *box = NULL;
    for (xmlNode *n = note->prev; n; n = n->prev) {
        if (tree_is(n, "label") || tree_is(n, "sup"))
            return n;
        if (tree_is(n, "input"))
            *box = n;
        else if (tree_is_text(n) ? !str_blank(tree_content(n))
                                 : n->children != NULL)
            return NULL;
    }
    return NULL;
}

/* A note that comes with a sign of its own needs no other. */
static void drop_again(struct maker *m, xmlNode *note)
{
    for (xmlNode *n = tree_next(note, note), *next; n; n = next) {
        next = tree_next(note, n);
        if (!tree_is_text(n) || !note_says_again(n->parent))
            continue;
        notes_part(note, n);
        rule_drop(m, RULE_FOOTNOTES, n);
    }
}

static void find_inlines(struct notes *s)
{
    for (size_t i = 0; i < s->inlines.len; i++) {
        struct place at = s->inlines.items[i];
        xmlNode *node = at.node, *box, *sign = sign_before(node, &box);
        if (!sign || in_link(sign) || tree_attr(node, "#number").n)
            continue;
        if (box)
            tree_drop(box);
        drop_again(s->m, node);
        xmlNode *link = tree_element(sign->doc, "#link");
        tree_move_children(sign, link);
        tree_append(sign, link);
        const char *number = arena_printf(s->m->arena, "%zu", s->m->links.len);
        tree_set_attr(link, "target", str_of(number));
        vec_push(&s->m->links, ((struct link_ref){.article = s->m->number}));
        struct note note = {.node = node,
                            .target = node,
                            .order = at.order,
                            .sign = note_sign(words_of(s->m, link))};
        add_note(s, note, (struct place){{NULL, 0}, link, at.order, 0});
    }
}

void article_footnotes(struct maker *m)
{
    if (m->policy->keep[RULE_FOOTNOTES])
        return;
    struct notes s = {.m = m, .root = xmlDocGetRootElement(m->source)};
    collect(&s);
    find_notes(&s);
    reject_chapters(&s);
    find_inlines(&s);
    notes_move(&s);
    free(s.ids.items);
    free(s.links.items);
    free(s.inlines.items);
    free(s.notes.items);
    free(s.refs.items);
}
