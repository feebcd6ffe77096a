/* Faces: font files, opened with FreeType and HarfBuzz. */
#ifndef FEEDBIND_GLYPH_FACE_H
#define FEEDBIND_GLYPH_FACE_H

#include <stddef.h>
#include <stdint.h>

struct faces;

/* Faces that are the files of these names in `folder`, most wanted first; a
 * file is opened when one of its characters is first asked for. NULL if the
 * first cannot be opened. `names` is borrowed. Free with faces_free. */
struct faces *faces_open(const char *folder, const char *const *names,
                         size_t count);
void faces_free(struct faces *f);

/* The number of the first face that has the character; FACE_NONE: none. */
enum { FACE_NONE = 255 };
size_t faces_for(struct faces *f, uint32_t character);

/* All faces are `pixels` high from here on: the em square, 1 to 2000. */
void faces_set_size(struct faces *f, unsigned pixels);

#endif
