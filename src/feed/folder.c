#include "feed/source.h"

#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { DEPTH_MAX = 64 }; /* folders within each other */

struct walk {
    struct arena *arena;
    bool (*found)(void *context, const char *path);
    void *context;
    VEC(const char *) folders; /* still to be read; their depths: */
    VEC(unsigned) depths;
    const char *error;
    bool stopped;
};

static void look_at(struct walk *w, const char *path, unsigned depth)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return; /* gone meanwhile */
    if (S_ISDIR(st.st_mode) && depth < DEPTH_MAX) {
        vec_push(&w->folders, path);
        vec_push(&w->depths, depth + 1);
    } else if (S_ISREG(st.st_mode) ||
               (S_ISLNK(st.st_mode) && stat(path, &st) == 0 &&
                S_ISREG(st.st_mode))) {
        w->stopped = !w->found(w->context, path);
    }
}

static void read_folder(struct walk *w, const char *path, unsigned depth)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    if (!folder) {
        w->error =
            arena_printf(w->arena, "cannot be read: %s", strerror(errno));
        return;
    }
    while (!w->stopped && (entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            look_at(w, file_join(w->arena, path, entry->d_name), depth);
    closedir(folder);
}

const char *folder_walk(struct arena *a, const char *folder,
                        bool (*found)(void *context, const char *path),
                        void *context)
{
    struct walk w = {.arena = a, .found = found, .context = context};
    struct str path = str_of(folder);
    while (path.n > 1 && str_ends(path, STR("/")))
        path.n--;
    vec_push(&w.folders, arena_str(a, path));
    vec_push(&w.depths, 0);
    while (w.folders.len && !w.error && !w.stopped) {
        const char *next = w.folders.items[--w.folders.len];
        read_folder(&w, next, w.depths.items[--w.depths.len]);
    }
    free(w.folders.items);
    free(w.depths.items);
    return w.error;
}
