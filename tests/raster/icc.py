"""ICC profiles (ICC.1:2001-04, version 2), written byte by byte, and the
colours that they mean, by the book."""

import struct

# XYZ of red, green and blue on the D50 of profiles.
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708),
        (0.14307, 0.06061, 0.71410))
WIDE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087),
        (0.14919, 0.06322, 0.74457))  # Adobe RGB (1998)
D50 = (0.9642, 1.0, 0.8249)


def fixed(*values):
    return b"".join(struct.pack(">i", round(v * 65536)) for v in values)


def profile(kind, space, pcs, tags):
    """kind: mntr or prtr; space: "RGB ", "GRAY", "CMYK"; tags: (name, data)"""
    tags = [(b"desc", b"desc\0\0\0\0" + struct.pack(">I", 2) + b"x\0" +
             bytes(78))] + tags
    table, data = struct.pack(">I", len(tags)), b""
    for name, value in tags:
        at = 128 + 4 + 12 * len(tags) + len(data)
        table += name + struct.pack(">II", at, len(value))
        data += value + bytes(-len(value) % 4)
    head = (bytes(4) + b"none" + struct.pack(">I", 0x02400000) + kind + space +
            pcs + bytes(12) + b"acsp" + bytes(28) + fixed(*D50))
    head += bytes(128 - len(head))
    whole = head + table + data
    return struct.pack(">I", len(whole)) + whole[4:]


def curve(gamma):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def srgb_curve():
    values = [round(to_linear(i / 1023) * 65535) for i in range(1024)]
    return b"curv\0\0\0\0" + struct.pack(">I1024H", 1024, *values)


def xyz(values):
    return b"XYZ \0\0\0\0" + fixed(*values)


def rgb(matrix, tone):
    tags = [(b"wtpt", xyz(D50))]
    tags += [(n, xyz(m)) for n, m in zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix)]
    tags += [(n, tone) for n in (b"rTRC", b"gTRC", b"bTRC")]
    return profile(b"mntr", b"RGB ", b"XYZ ", tags)


def grey(tone):
    return profile(b"mntr", b"GRAY", b"XYZ ",
                   [(b"wtpt", xyz(D50)), (b"kTRC", tone)])


def inks():
    """A printer whose inks are filters: all sixteen mixtures of full inks are
    as below, what lies between is a straight line in Lab."""
    same = bytes(range(256))
    grid = b"".join(lab8(ink_light(c, m, y, k)) for c in (0, 1)
                    for m in (0, 1) for y in (0, 1) for k in (0, 1))
    table = (b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) +
             fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + same * 4 + grid + same * 3)
    return profile(b"prtr", b"CMYK", b"Lab ",
                   [(b"wtpt", xyz(D50)), (b"A2B0", table)])


def ink_light(c, m, y, k):
    """Linear red, green, blue of inks, each there or not."""
    return tuple((1 - 0.8 * ink) * (1 - k) for ink in (c, m, y))


def lab8(light):
    x = [sum(light[i] * SRGB[i][c] for i in range(3)) for c in range(3)]
    f = [t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
         for t in (v / w for v, w in zip(x, D50))]
    values = (116 * f[1] - 16) * 255 / 100, 500 * (f[0] - f[1]) + 128, \
        200 * (f[1] - f[2]) + 128
    return bytes(max(0, min(255, round(v))) for v in values)


# ---- what colours mean ----

def to_linear(v):
    return v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4


def to_srgb(light):
    light = max(0.0, min(1.0, light))
    v = (light * 12.92 if light <= 0.0031308
         else 1.055 * light ** (1 / 2.4) - 0.055)
    return round(v * 255)


def inverse(m):
    (a, b, c), (d, e, f), (g, h, i) = m
    det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
    return [[v / det for v in row] for row in (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d))]


def seen(pixel, matrix, gamma):
    """sRGB of red, green, blue (0 to 1) under a matrix and a gamma."""
    light = [v ** gamma for v in pixel]
    point = [sum(light[i] * matrix[i][c] for i in range(3)) for c in range(3)]
    back = inverse(SRGB)
    return [to_srgb(sum(point[c] * back[c][i] for c in range(3)))
            for i in range(3)]
