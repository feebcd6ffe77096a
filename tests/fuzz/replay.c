/* Runs a fuzz entry over files, without a fuzzer. */
#include "base/buf.h"
#include "base/file.h"

#include <stdint.h>
#include <stdio.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        struct buf file = buf_make(BUF_BODY);
        if (!file_read(argv[i], &file)) {
            fprintf(stderr, "%s: cannot be read\n", argv[i]);
            return 1;
        }
        fprintf(stderr, "%s\n", argv[i]); /* the last is the one that failed */
        LLVMFuzzerTestOneInput((const uint8_t *)file.data, file.len);
        buf_free(&file);
    }
    return 0;
}
