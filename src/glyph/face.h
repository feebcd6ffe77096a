/* Faces: font files, opened with FreeType and HarfBuzz. */
#ifndef FEEDBIND_GLYPH_FACE_H
#define FEEDBIND_GLYPH_FACE_H

#include <stddef.h>
#include <stdint.h>

struct faces;

/* Open the files of these names in `folder`; those that cannot be opened are
 * passed over. NULL if none can. Free with faces_free. */
struct faces *faces_open(const char *folder, const char *const *names,
                         size_t count);
void faces_free(struct faces *f);

/* The number of the first face that has the character, else 0. */
size_t faces_for(const struct faces *f, uint32_t character);

/* All faces are `pixels` high from here on: the em square, 1 to 2000. */
void faces_set_size(struct faces *f, unsigned pixels);

#endif
