#include "unpack/unpack_int.h"

#include <brotli/decode.h>

enum { BLOCK = 16 * 1024 };

/* All that these bytes give. */
static BrotliDecoderResult expand(BrotliDecoderState *state, struct str in,
                                  struct emitter *e)
{
    uint8_t out[BLOCK];
    const uint8_t *next = (const uint8_t *)in.p;
    size_t left = in.n;
    BrotliDecoderResult result;
    do {
        uint8_t *to = out;
        size_t room = sizeof out;
        result = BrotliDecoderDecompressStream(state, &left, &next, &room, &to,
                                               NULL);
        emit_data(e, out, sizeof out - room);
    } while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
    if (result == BROTLI_DECODER_RESULT_SUCCESS && left)
        return BROTLI_DECODER_RESULT_ERROR; /* something follows it */
    return result;
}

bool brotli_expand(struct stream *in, struct emitter *e)
{
    BrotliDecoderState *state = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT;
    char block[BLOCK];
    size_t n = 0;
    while (state && result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT &&
           (n = in->read(in->context, block, sizeof block)))
        result = expand(state, (struct str){block, n}, e);
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT)
        emit_fault(e, "Truncated Brotli data");
    else if (result != BROTLI_DECODER_RESULT_SUCCESS ||
             in->read(in->context, block, 1))
        emit_fault(e, "Damaged Brotli data");
    if (state)
        BrotliDecoderDestroyInstance(state);
    return !*e->fault;
}
