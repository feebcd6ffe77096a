"""JPEG files, changed byte by byte (ITU-T T.81)."""

import struct
import subprocess


def made(command, data=None):
    """What a command writes, as a JPEG's bytes."""
    return subprocess.run(command, shell=True, check=True, input=data,
                          stdout=subprocess.PIPE).stdout


def segment(marker, data):
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def with_segments(jpeg, *segments):
    """After the start marker."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def without(jpeg, *markers):
    """Without segments before the first scan."""
    at, out = 2, jpeg[:2]
    while jpeg[at + 1] != 0xDA:
        end = at + 2 + struct.unpack(">H", jpeg[at + 2:at + 4])[0]
        if jpeg[at + 1] not in markers:
            out += jpeg[at:end]
        at = end
    return out + jpeg[at:]


def profile(icc, size=60000, order=None):
    """In pieces of `size` bytes, in another order if that is given."""
    pieces = [icc[i:i + size] for i in range(0, len(icc), size)]
    return [segment(0xE2, b"ICC_PROFILE\0" + bytes((i + 1, len(pieces))) +
                    pieces[i]) for i in order or range(len(pieces))]


def exif(orientation, order):
    """order: "<" or ">", how bytes lie in numbers."""
    tag = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    width = struct.pack(order + "HHII", 0x0100, 4, 1, 5)
    return segment(0xE1, b"Exif\0\0" + {"<": b"II", ">": b"MM"}[order] +
                   struct.pack(order + "HIH", 42, 8, 2) + width + tag +
                   bytes(4))


def adobe(transform):
    return segment(0xEE, b"Adobe\0\x64\0\0\0\0" + bytes((transform,)))


def flat(rows):
    """Squares of 8 x 8 pixels of one colour each, as tuples of samples: coded
    as they are, without marks that say what they mean."""
    n = len(rows[0][0])
    names = range(1, n + 1)
    bits, last = [], [0] * n
    for colour in (c for line in rows for c in line):
        for i, sample in enumerate(colour):
            bits.append(difference(sample - 128 - last[i]) + "0")
            last[i] = sample - 128
    bits = "".join(bits)
    bits += "1" * (-len(bits) % 8)
    data = int(bits, 2).to_bytes(len(bits) // 8, "big")
    return (b"\xff\xd8" + segment(0xDB, b"\0" + bytes([8] * 64)) +
            segment(0xC0, struct.pack(">BHHB", 8, 8 * len(rows),
                                      8 * len(rows[0]), n) +
                    b"".join(bytes((i, 0x11, 0)) for i in names)) +
            # differences of up to 9 bits by codes of 4; "0" ends a block
            segment(0xC4, b"\0" + bytes((0, 0, 0, 10) + (0,) * 12) +
                    bytes(range(10))) +
            segment(0xC4, b"\x10" + bytes((1,) + (0,) * 15) + b"\0") +
            segment(0xDA, bytes((n,)) + b"".join(bytes((i, 0)) for i in names) +
                    b"\0\x3f\0") +
            data.replace(b"\xff", b"\xff\0") + b"\xff\xd9")


def difference(d):
    """Its length, and its bits (section F.1.2.1)."""
    size = abs(d).bit_length()
    value = d if d > 0 else d + (1 << size) - 1
    return format(size, "04b") + (format(value, "0%db" % size) if size else "")
