/* Pictures, made to fit. Part of the worker. */
#ifndef FEEDBIND_IMAGE_FITTER_H
#define FEEDBIND_IMAGE_FITTER_H

#include "base/buf.h"
#include "image/protocol.h"
#include "raster/codec.h"

/* Make what `request` asks for of `file`, which is of the codec's format: fills
 * in *reply, and `out` gets the bytes that go with it. */
void fit_picture(const struct codec *codec,
                 const struct protocol_request *request, struct str file,
                 struct protocol_reply *reply, struct buf *out);

/* Encode an upright picture of 1 to 4 channels in the format that suits what
 * it shows; it is put on white for those without alpha. Appends to `out`;
 * *format says what. False if it cannot be encoded in fit->max_bytes. */
bool encode_picture(struct bitmap *b, const struct fit *fit, struct buf *out,
                    enum fit_format *format);

/* Note a piece of `size` bytes in the reply, which is RESULT_MADE then. */
void reply_add(struct protocol_reply *reply, enum fit_format format,
               const struct bitmap *b, uint64_t size);

#endif
