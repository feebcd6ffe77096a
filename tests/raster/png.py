"""PNG files (PNG, third edition), written byte by byte."""

import struct
import zlib

GREY, RGB, PALETTE, GREY_ALPHA, RGB_ALPHA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, PALETTE: 1, GREY_ALPHA: 2, RGB_ALPHA: 4}
PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4),
          (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))  # section 8.2


def chunk(name, data):
    return (struct.pack(">I", len(data)) + name + data +
            struct.pack(">I", zlib.crc32(name + data)))


def scanline(pixels, bits):
    """Filter byte and packed samples of a row of pixels."""
    number, count = 0, 0
    for pixel in pixels:
        for sample in pixel:
            number, count = number << bits | sample, count + bits
    number <<= -count % 8
    return b"\0" + number.to_bytes((count + 7) // 8, "big")


def png(rows, kind, bits, interlace=False, chunks=()):
    """rows: lists of pixels, which are tuples of samples. `chunks` stand
    before the pixels."""
    height, width = len(rows), len(rows[0])
    passes = PASSES if interlace else ((0, 0, 1, 1),)
    data = b"".join(scanline(row[x::dx], bits)
                    for x, y, dx, dy in passes if x < width
                    for row in rows[y::dy])
    return (b"\x89PNG\r\n\x1a\n" +
            chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, kind,
                                       0, 0, interlace)) +
            b"".join(chunk(name, value) for name, value in chunks) +
            chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b""))


def rising(kind, bits, width=45, height=37):
    """Rows whose samples go through all values, each channel its own way."""
    most = (1 << bits) - 1
    return [[tuple((x * most // (width - 1) * (c + 1) + y * (c + 2) *
                    max(1, most // 97)) & most for c in range(CHANNELS[kind]))
             for x in range(width)] for y in range(height)]


def icc(profile):
    return b"iCCP", b"x\0\0" + zlib.compress(profile)


def gamma(g):
    return b"gAMA", struct.pack(">I", round(g * 100000))


def primaries(*xy):
    return b"cHRM", struct.pack(">8I", *(round(v * 100000) for v in xy))
