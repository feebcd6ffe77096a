/* dump STAGE FILE: print the value that a stage makes of a file. */
#include "dump.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct stage {
    const char *name;
    int (*dump)(const char *path, FILE *out);
} stages[] = {
    {"article", dump_article}, {"feed", dump_feed}, {"links", dump_links},
    {"model", dump_model},     {NULL, NULL},
};

static const struct stage *find_stage(const char *name)
{
    for (const struct stage *s = stages; s->name != NULL; s++) {
        if (strcmp(s->name, name) == 0)
            return s;
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const struct stage *stage = argc == 3 ? find_stage(argv[1]) : NULL;
    if (stage == NULL) {
        fputs("usage: dump STAGE FILE, where STAGE is one of", stderr);
        for (const struct stage *s = stages; s->name != NULL; s++)
            fprintf(stderr, " %s", s->name);
        fputc('\n', stderr);
        return 2;
    }
    int status = stage->dump(argv[2], stdout);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("dump: cannot write to standard output\n", stderr);
        return 1;
    }
    return status;
}
