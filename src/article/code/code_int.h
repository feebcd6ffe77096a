/* Shared by the files of the code pass (article/code/code.c). */
#ifndef FEEDBIND_ARTICLE_CODE_CODE_INT_H
#define FEEDBIND_ARTICLE_CODE_CODE_INT_H

#include "article/article_int.h"

/* A row of one of the pass's tables, which are sorted by name. */
struct code_word {
    const char *name; /* lower case */
    const char *text;
    unsigned flags;
};

/* The row of this name, whose letter case does not matter; else NULL. */
const struct code_word *code_word_find(const struct code_word *rows,
                                       size_t count, struct str name);

/* ---- code_marks.c: what platforms call the parts of a code block ---- */

/* What a class says about its element. */
enum code_mark {
    CODE_AREA = 1 << 0,    /* holds code, and what belongs to it */
    CODE_BLOCK = 1 << 1,   /* is code, though it need not be a pre */
    CODE_INNER = 1 << 2,   /* is code if it lies in an area */
    CODE_LINE = 1 << 3,    /* is a line of code */
    CODE_ITEM = 1 << 4,    /* is a line of the code that its list is */
    CODE_TABLE = 1 << 5,   /* a table, or a cell of one, that holds code */
    CODE_GUTTER = 1 << 6,  /* numbers of lines, in an area */
    CODE_TOOLBAR = 1 << 7, /* what works on the code, in an area */
    CODE_TOOL = 1 << 8,    /* the same, wherever it is */
    CODE_TITLE = 1 << 9,   /* the file's name */
    CODE_PRE = 1 << 10,    /* a pre; of no class */
    CODE_PROSE = 1 << 11,  /* called an area, but there is no code below it */
};

/* OR of the marks of the element's classes. */
unsigned code_marks(const xmlNode *n);

/* ---- code_find.c ---- */

/* Make a pre of all that shows code; its line numbers and tools go. */
void code_find(struct maker *m);

/* ---- code_gutter.c ---- */

/* Leave n out if it is line numbers or tools of code, by the marks of what is
 * around it: then the value is the mark of what it was, else 0. */
unsigned code_left_out(struct maker *m, xmlNode *n, unsigned around);

/* Neither words nor a picture or box is in it. */
bool code_shows_nothing(const xmlNode *n);

/* Digits, and what stands beside them in a gutter. */
bool code_only_numbers(const xmlNode *n);

/* ---- code_table.c ---- */

/* Take the table apart if it is there for code: it becomes a pre, or what its
 * cells hold. Marks of what is around it and below it; the value is what is
 * below, or in its place, afterwards. */
unsigned code_table(struct maker *m, xmlNode *table, unsigned around,
                    unsigned below);

/* ---- code_tokens.c and code_colours.c: highlighters' tokens ---- */

enum code_token {
    TOKEN_NONE,    /* no token at all */
    TOKEN_PLAIN,   /* one that is not marked in the book */
    TOKEN_KEYWORD, /* words: what holds no letter or digit is none */
    TOKEN_NUMBER,
    TOKEN_FUNCTION,
    TOKEN_TYPE,
    TOKEN_COMMENT, /* from here on: any text */
    TOKEN_STRING,
    TOKEN_STRONG,
    TOKEN_EMPHASIS,
    TOKEN_MARKED, /* from here on: what holds other tokens */
    TOKEN_INSERTED,
    TOKEN_DELETED,
};

/* What the element is, by its classes or by its colour. */
enum code_token code_token(const xmlNode *n);
enum code_token code_colour(const xmlNode *n);

/* The token that highlighters call so. */
enum code_token code_token_named(struct str name);

/* Its class in the book; NULL for TOKEN_NONE and TOKEN_PLAIN. */
const char *code_token_class(enum code_token token);

/* ---- code_language.c ---- */

/* The name of the pre's language, for readers; NULL if it is not said. Made in
 * the arena. */
const char *code_language(struct arena *arena, const xmlNode *pre);

/* ---- code_languages.c: their names ---- */

/* What a name may also be: its row's flags. */
enum {
    LANGUAGE_NATURAL = 1, /* a natural language's code: "pl" */
    LANGUAGE_UNSURE = 2,  /* a class of layouts: "code" */
};

/* The row of the name; its text is the name for readers, "" for what is no
 * language. NULL if the name is not known. */
const struct code_word *code_language_find(struct str name);

/* ---- code_style.c: a look into style attributes ---- */

/* The value of a property in the element's style attribute; p is NULL without
 * it. */
struct str code_style(const xmlNode *n, struct str property);

/* ---- code_lines.c ---- */

/* Ids that the article's links lead to, sorted. */
struct code_targets {
    VEC(struct str) ids;
};

bool code_is_target(const struct code_targets *targets, struct str id);

/* Write the pre's content anew: lines, in runs of one token each. */
void code_lines(const struct maker *m, xmlNode *pre,
                const struct code_targets *targets);

/* ---- for tests ---- */

/* Rows by number; NULL past the last. */
const struct code_word *code_mark_row(size_t n);
const struct code_word *code_token_row(size_t n);
const struct code_word *code_language_row(size_t n);
bool code_colours_sorted(void);

#endif
