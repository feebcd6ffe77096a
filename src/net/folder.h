/* A folder of pictures that somebody saved, searched by URL.
 *
 * Files are found by these rules, the first that has one:
 *   1. map.tsv in the folder: a line for each URL, "URL<TAB>FILE", the file
 *      relative to the folder and within it; the first line of a URL stands;
 *   2. a tree as `wget -x` makes it: host[:port]/path[?query], whatever the
 *      scheme, under any --restrict-file-names, "…/" being index.html, long
 *      names cut as wget cuts them;
 *   3. a page as browsers save it: by the last segment of the URL's path, if
 *      one file alone has that name, and none has it with the number that
 *      browsers give the second picture of a name. Folders at the top that are
 *      named like a host are wget's and not searched by this rule: another
 *      site's photo.jpg is not this one's.
 * Names are compared byte by byte. The tree is read once, when opened;
 * folders that are symbolic links are not entered. */
#ifndef FEEDBIND_NET_FOLDER_H
#define FEEDBIND_NET_FOLDER_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

struct folder;

/* Read the names in a folder. NULL, and an error in `diag`, if it can't be
 * read; what is wrong with map.tsv is a warning. folder_close it. */
struct folder *folder_open(const char *path, struct diag *diag);

/* NULL is allowed. */
void folder_close(struct folder *f);

/* The path of the file for this URL (serialised, http or https), made in the
 * arena; NULL if there is none. *ambiguous is set if that is so because
 * rule 3 had several files. Different threads may ask at once. */
const char *folder_find(const struct folder *f, const char *url,
                        struct arena *a, bool *ambiguous);

#endif
