#include "article/link/notes.h"

#include "article/link/note_marks.h"
#include "article/model/model.h"

#include <stdio.h>
#include <stdlib.h>

static const char *link_to(struct notes *s, const char *fragment)
{
    const char *number = arena_printf(s->m->arena, "%zu", s->m->links.len);
    vec_push(&s->m->links, ((struct link_ref){.article = s->m->number,
                                              .fragment = fragment}));
    return number;
}

static xmlNode *first_text(xmlNode *n)
{
    for (xmlNode *at = n; (at = tree_next(n, at));)
        if (tree_is_words(at))
            return at;
    return NULL;
}

/* ---- the references ---- */

/* What refers to the note, from here on by the note's own id. Returns its own
 * id; the first of them has one in any case. */
static const char *make_reference(struct notes *s, const struct note_ref *ref,
                                  const char *note_id, size_t count, bool first)
{
    xmlNode *link = ref->at.node;
    size_t number = strtoul(tree_attr(link, "target").p, NULL, 10);
    struct str id = tree_attr(link, "id");
    const char *name = id.n ? arena_str(s->m->arena, id) : NULL;
    if (!name && first)
        name = arena_printf(s->m->arena, "fb-ref-%zu", ref->note + 1);
    s->m->links.items[number].fragment = note_id;
    tree_rename(link, "#noteref");
    if (!first_text(link)) {
        const char *text = arena_printf(s->m->arena, "%zu", count);
        tree_set_attr(link, "#class", STR("note-number"));
        tree_append(link, tree_text(link->doc, str_of(text)));
    }
    if (name)
        tree_set_attr(link, "#anchor", str_of(name));
    tree_drop_attr(link, "id");
    return name;
}

/* ---- the notes' own numbers, and ways back ---- */

static struct str text_below(struct maker *m, const xmlNode *n)
{
    struct buf text = buf_make(BUF_LINE);
    tree_gather(n, &text);
    struct str copy = arena_view(m->arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

/* Does anything in n refer to a note? */
static bool refers(const xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at))
        if (tree_is_element(at) && tree_attr(at, "#refers").p)
            return true;
    return false;
}

/* The element that is there for the sake of the way back. */
static xmlNode *whole_backlink(xmlNode *back, const xmlNode *note)
{
    xmlNode *whole = back;
    for (xmlNode *n = back->parent; n != note && tree_is_element(n);
         n = n->parent)
        if (note_says_back(n) && !refers(n))
            whole = n;
    return whole;
}

static bool words_after(const xmlNode *note, const xmlNode *n)
{
    for (n = tree_skip(note, n); n; n = tree_next(note, n))
        if (tree_is_words(n))
            return true;
    return false;
}

static bool is_note(const xmlNode *n)
{
    return tree_is_element(n) && tree_attr(n, "#number").n;
}

static void mark_parted(xmlNode *note, const xmlNode *gone)
{
    for (xmlNode *n = gone->parent; n != note; n = n->parent)
        tree_set_attr(n, "#parted", STR("1"));
    tree_set_attr(note, "#parted", STR("1"));
}

void notes_part(xmlNode *note, xmlNode *gone)
{
    if (!notes_within(gone, first_text(note)) && words_after(note, gone))
        mark_parted(note, gone);
}

/* A note within a note is recorded for itself. */
static void part_outer(const xmlNode *inner)
{
    xmlNode *note = inner->parent;
    while (tree_is_element(note) && !is_note(note))
        note = note->parent;
    if (tree_is_element(note))
        mark_parted(note, inner);
}

static void record_words(struct maker *m, const xmlNode *n)
{
    if (!tree_is_element(n) || !tree_attr(n, "#parted").p) {
        rule_moves(m, RULE_FOOTNOTES, n);
        return;
    }
    for (const xmlNode *child = n->children; child; child = child->next) {
        bool words = tree_is_text(child) ? tree_is_words(child)
                                         : !tree_empty(child, NULL);
        if (words && !is_note(child))
            record_words(m, child);
    }
}

/* The ids and links below n are gone. */
static void forget(struct notes *s, xmlNode *n)
{
    for (const xmlNode *at = n; at; at = tree_next(n, at)) {
        if (!tree_is_element(at) || !at->properties)
            continue;
        struct str id = tree_attr(at, "id"), link = tree_attr(at, "#place");
        struct place *place = id.n ? notes_find_id(s, id) : NULL;
        if (place)
            place->node = NULL;
        if (link.n)
            s->links.items[strtoul(link.p, NULL, 10)].node = NULL;
    }
}

/* "[" and "]" around the link become part of it. */
static void take_brackets(xmlNode *link)
{
    xmlNode *before = link->prev, *after = link->next;
    if (!tree_is_text(before) || !tree_is_text(after) || !link->children)
        return;
    struct str left = str_trim(tree_content(before));
    struct str right = tree_content(after);
    if (left.n != 1 || !strchr("[(", left.p[0]) || !right.n ||
        !strchr("])", right.p[0]))
        return;
    tree_before(link->children, tree_text(link->doc, left));
    tree_append(link, tree_text(link->doc, str_sub(right, 0, 1)));
    tree_after(link, tree_text(link->doc, str_sub(right, 1, right.n)));
    tree_drop(before);
    tree_drop(after);
}

/* Is the way back the number that the author gave the note, at its start? */
static bool is_number(struct notes *s, const struct note *note, xmlNode *back)
{
    struct str words = text_below(s->m, back);
    if (!note_sign(words).n || note_is_arrow(words))
        return false;
    take_brackets(back);
    const xmlNode *first = first_text(note->node);
    return first && notes_within(back, first);
}

/* Drop the ways back but the one that is the note's number; returns that, or
 * NULL. */
static xmlNode *drop_backlinks(struct notes *s, const struct note *note,
                               const struct place *ref, xmlNode *number)
{
    struct place *backs[NOTE_BACKLINKS];
    size_t count = notes_backlinks(s, note, ref, backs);
    for (size_t i = 0; i < count; i++) {
        xmlNode *back = backs[i]->node;
        if (!number && back && is_number(s, note, back))
            number = back;
        if (!back || back == number || s->m->policy->keep[RULE_NOTE_BACKLINK])
            continue;
        xmlNode *whole = whole_backlink(back, note->node);
        if (number && notes_within(whole, number))
            whole = back;
        notes_part(note->node, whole);
        forget(s, whole);
        rule_drop(s->m, RULE_NOTE_BACKLINK, whole);
    }
    return number;
}

/* Bytes of the note's number at the beginning of its text: "[1] ", "1." */
static size_t number_length(struct str text, struct str sign)
{
    size_t n = 0;
    while (n < text.n && strchr(" \t\n\r[(^", text.p[n]))
        n++;
    if (!sign.n || !str_starts(str_sub(text, n, text.n), sign))
        return 0;
    n += sign.n;
    while (n < text.n && strchr("]).:", text.p[n]))
        n++;
    return n == text.n || chr_space((unsigned char)text.p[n]) ? n : 0;
}

static bool in_reference(const xmlNode *n)
{
    for (n = n->parent; tree_is_element(n); n = n->parent)
        if (tree_attr(n, "#refers").p)
            return true;
    return false;
}

/* The number that the author wrote before the note's text, cut out of it. */
static xmlNode *take_number(struct notes *s, const struct note *note)
{
    xmlNode *text = first_text(note->node);
    if (!text || in_reference(text))
        return NULL;
    struct str all = tree_content(text);
    size_t n = number_length(all, note->sign);
    if (!n)
        return NULL;
    xmlNode *number = tree_element(s->root->doc, "#backlink");
    tree_append(number, tree_text(text->doc, str_trim(str_sub(all, 0, n))));
    tree_before(text, tree_text(text->doc, str_sub(all, n, all.n)));
    tree_drop(text);
    return number;
}

/* A number of feedbind's own, where a list showed it, or nothing did. */
static xmlNode *make_number(struct notes *s, const struct note *note,
                            size_t count)
{
    xmlNode *number = tree_element(s->root->doc, "#backlink");
    const char *text =
        note->sign.n ? arena_printf(s->m->arena, "%.*s.", STR_ARG(note->sign))
                     : arena_printf(s->m->arena, "%zu.", count);
    tree_set_attr(number, "#class", STR("note-number"));
    tree_append(number, tree_text(number->doc, str_of(text)));
    return number;
}

/* ---- the note ---- */

/* Put the number where the note's first paragraph begins. */
static void place_number(xmlNode *note, xmlNode *number)
{
    xmlNode *host = note, *at = tree_solid(note->children);
    while (tree_is(at, "p") || tree_is(at, "div") || tree_is(at, "section")) {
        host = at;
        at = tree_solid(at->children);
    }
    if (at != number && model_is(at, CAT_BLOCK)) {
        xmlNode *line = tree_element(note->doc, "p");
        tree_before(at, line);
        tree_append(line, number);
        return;
    }
    if (at == number)
        return;
    if (!at) {
        tree_append(host, number);
        return;
    }
    tree_before(at, number);
    if (!tree_is_text(at) || !strchr(" \t\n\r.:)],;", *at->content))
        tree_before(at, tree_text(at->doc, STR(" ")));
}

/* Items that stay in the list keep the numbers that they had. */
static void keep_numbers(const xmlNode *item)
{
    if (!tree_is(item, "li") || !tree_is(item->parent, "ol") ||
        tree_attr(item->parent, "#counted").p)
        return;
    struct str start = tree_attr(item->parent, "start");
    long number = start.n ? strtol(start.p, NULL, 10) : 1;
    tree_set_attr(item->parent, "#counted", STR("1"));
    for (xmlNode *n = item->parent->children; n; n = n->next) {
        if (!tree_is(n, "li"))
            continue;
        struct str value = tree_attr(n, "value"), text;
        char digits[24];
        if (value.n)
            number = strtol(value.p, NULL, 10);
        int length = snprintf(digits, sizeof digits, "%ld", number++);
        text = (struct str){digits, (size_t)length};
        if (!tree_attr(n, "#number").n)
            tree_set_attr(n, "value", text);
    }
}

/* The id by which the note is known from here on. */
static const char *name_note(struct notes *s, const struct note *note,
                             size_t count)
{
    struct str id = tree_attr(note->node, "id");
    if (!id.n)
        id = tree_attr(note->target, "id");
    if (!id.n)
        return arena_printf(s->m->arena, "fb-note-%zu", count);
    const char *name = arena_str(s->m->arena, id);
    tree_drop_attr(tree_attr(note->node, "id").n ? note->node : note->target,
                   "id");
    return name;
}

static void move_note(struct notes *s, const struct note *note, size_t count,
                      xmlNode *section)
{
    xmlNode *aside = tree_element(section->doc, "#note"), *number = NULL;
    const char *id = name_note(s, note, count), *back = NULL;
    size_t n = (size_t)(note - s->notes.items);
    struct place *named = notes_find_id(s, str_of(id));
    if (named)
        named->node = aside;
    for (size_t i = note->first_ref;
         i < s->refs.len && s->refs.items[i].note == n; i++) {
        const struct note_ref *ref = &s->refs.items[i];
        const char *name = make_reference(s, ref, id, count, !back);
        back = back ? back : name;
        number = drop_backlinks(s, note, &ref->at, number);
    }
    record_words(s->m, note->node);
    if (!number)
        number = take_number(s, note);
    if (!number)
        number = make_number(s, note, count);
    tree_rename(number, "#backlink");
    tree_set_attr(number, "target", str_of(link_to(s, back)));
    keep_numbers(note->node);
    tree_set_attr(aside, "id", str_of(id));
    tree_append(section, aside);
    tree_move_children(note->node, aside);
    tree_append(aside, number);
    place_number(aside, number);
    tree_drop(note->node);
}

/* ---- all notes ---- */

static int by_note(const void *a, const void *b)
{
    const struct note_ref *x = a, *y = b;
    if (x->note != y->note)
        return x->note < y->note ? -1 : 1;
    return (x->at.order > y->at.order) - (x->at.order < y->at.order);
}

/* A note, where it stood, and the heading right before it. */
struct turn {
    size_t order, note;
    xmlNode *heading; /* NULL for none */
};

static int by_order(const void *a, const void *b)
{
    const struct turn *x = a, *y = b;
    return (x->order > y->order) - (x->order < y->order);
}

/* The heading that the element ends with, or is; NULL for none. */
static xmlNode *heading_at_end(xmlNode *n)
{
    while (n && !heading_level(n))
        n = tree_solid_back(n->last);
    return n;
}

/* The heading right before the note; NULL for none. */
static xmlNode *heading_before(const xmlNode *note, const xmlNode *root)
{
    if (model_of(note)->role == ROLE_SPAN)
        return NULL; /* within the text */
    for (; note != root; note = note->parent)
        for (xmlNode *n = note->prev; n; n = n->prev)
            if (tree_is_text(n) ? !str_blank(tree_content(n))
                                : !tree_empty(n, NULL))
                return heading_at_end(n);
    return NULL;
}

/* Does nothing but the notes follow the heading? */
static bool is_bare(const xmlNode *heading, const xmlNode *root)
{
    for (const xmlNode *n = tree_skip(root, heading); n;
         n = tree_next(root, n)) {
        if (tree_is(n, "#notes") || heading_level(n))
            return true;
        if (tree_is(n, "#image") || tree_foreign(n) || tree_is_words(n))
            return false;
    }
    return true;
}

/* A heading of notes alone goes with them. */
static void move_heading(struct notes *s, xmlNode *heading, xmlNode *note)
{
    if (!heading || !is_bare(heading, s->root))
        return;
    rule_moves(s->m, RULE_FOOTNOTES, heading);
    tree_before(note, heading);
}

void notes_move(struct notes *s)
{
    VEC(struct turn) turns = {0};
    for (size_t i = 0; i < s->notes.len; i++) {
        struct note *note = &s->notes.items[i];
        if (note->rejected)
            tree_drop_attr(note->node, "#number");
        else
            vec_push(&turns,
                     ((struct turn){note->order, i,
                                    heading_before(note->node, s->root)}));
    }
    if (!turns.len)
        return;
    qsort(turns.items, turns.len, sizeof *turns.items, by_order);
    qsort(s->refs.items, s->refs.len, sizeof *s->refs.items, by_note);
    for (size_t i = s->refs.len; i-- > 0;)
        s->notes.items[s->refs.items[i].note].first_ref = i;
    xmlNode *section = tree_element(s->root->doc, "#notes");
    tree_append(s->root, section);
    for (size_t i = 0; i < turns.len; i++)
        part_outer(s->notes.items[turns.items[i].note].node);
    for (size_t i = 0; i < turns.len; i++)
        move_note(s, &s->notes.items[turns.items[i].note], i + 1, section);
    xmlNode *note = section->children;
    for (size_t i = 0; i < turns.len; i++, note = note->next)
        move_heading(s, turns.items[i].heading, note);
    free(turns.items);
}
