"""Rows of picture fixtures: how one is made, how it is read by somebody else,
and how alike feedbind's reading must be. See tests/README.md.

    from rows import row, run
    run(row("GIF of 16 greys", "convert $GREY -colors 16 gif:$FILE", psnr=99))

Commands run in a folder of their own, with these in the environment:

    PHOTO     photo.ppm, DRAWING drawing.ppm (few colours, sharp edges),
    GREY      grey.pgm, ALPHA alpha.pam (colours and soft transparency),
              all of 157 x 113 pixels
    FILE      what `make` writes: the fixture
    REF       what `read` writes: PGM, PPM or PAM of 8 bits
    TOP BUILD of the tests
"""

import os
import random
import re
import shutil
import subprocess
import tempfile

WIDTH, HEIGHT = 157, 113
MAGICK = "convert $FILE -depth 8 pam:$REF"
TOOL = os.environ["BUILD"] + "/tests/picture"


# ---- the pictures that fixtures are made of ----

def pnm(width, height, channels, pixels):
    """A PGM, PPM or, with alpha, PAM file; pixels are its bytes."""
    if channels % 2:
        kind = b"P5" if channels == 1 else b"P6"
        return b"%s\n%d %d\n255\n" % (kind, width, height) + pixels
    kind = b"GRAYSCALE_ALPHA" if channels == 2 else b"RGB_ALPHA"
    return (b"P7\nWIDTH %d\nHEIGHT %d\nDEPTH %d\nMAXVAL 255\nTUPLTYPE %s\n"
            b"ENDHDR\n" % (width, height, channels, kind)) + pixels


def picture(channels, pixel):
    return pnm(WIDTH, HEIGHT, channels,
               bytes(v for y in range(HEIGHT) for x in range(WIDTH)
                     for v in pixel(x, y)))


def photo():
    """Soft gradients, a few round things, a little grain."""
    r = random.Random(1)
    things = [(r.randrange(WIDTH), r.randrange(HEIGHT), r.randrange(8, 30),
               [r.randrange(256) for _ in range(3)]) for _ in range(14)]

    def pixel(x, y):
        colour = [40 + x, 30 + y + x // 3, 220 - y]
        for at_x, at_y, radius, own in things:
            far = ((x - at_x) ** 2 + (y - at_y) ** 2) / radius ** 2
            if far < 1:
                colour = [int(c * far + o * (1 - far))
                          for c, o in zip(colour, own)]
        return [max(0, min(255, c + r.randrange(-4, 5))) for c in colour]
    return picture(3, pixel)


def drawing():
    """Stripes, boxes and lines a pixel wide, of seven colours."""
    colours = [(255, 255, 255), (0, 0, 0), (200, 30, 30), (20, 120, 220),
               (250, 220, 60), (40, 160, 90), (128, 128, 128)]

    def pixel(x, y):
        if x % 40 == y % 40 or y % 31 == 7:
            return colours[1]
        if (x // 24 + y // 18) % 3 == 0:
            return colours[2 + (x // 24 * 5 + y // 18) % 5]
        return colours[1 if x > 120 and x % 2 else 0]
    return picture(3, pixel)


def grey():
    return picture(1, lambda x, y: [(x * 3 + y * y // 9) % 256 // 2 + y])


def alpha():
    """Opaque on the left, clear on the right, soft between."""
    return picture(4, lambda x, y: (
        2 * y, 255 - x, 60 + x, max(0, min(255, (x - 30 + y % 16) * 3))))


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


# ---- rows ----

class Row:
    pass


def row(name, make, read=MAGICK, **more):
    """One fixture.

    make   shell commands that write $FILE; or its bytes; or a function that
           gets the folder with the pictures above, and returns them
    read   shell commands that write $REF; or likewise its bytes, or a
           function that gets the fixture's bytes
    psnr   least PSNR in decibels, 99 for equal pictures
    ssim   least SSIM
    size   "80 60": decode for that size
    fit    "width=80 keep_alpha=1": do not decode, but have the worker make
           it, and compare the pieces, one below the other, as ImageMagick
           reads them
    says   this is in what the tool prints: "kept=1"
    fails  what the tool says of a file that is not shown: "broken"
    """
    r = Row()
    r.name, r.make, r.read = name, make, read
    r.psnr = more.pop("psnr", 0)
    r.ssim = more.pop("ssim", 0)
    r.size = more.pop("size", "")
    r.fit = more.pop("fit", None)
    r.says = more.pop("says", "")
    r.fails = more.pop("fails", "")
    assert not more, more
    return r


class Trouble(Exception):
    pass


def shell(command, env):
    done = subprocess.run(["sh", "-ec", command], cwd=env["FOLDER"], env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = done.stdout.decode("utf-8", "replace")
    if done.returncode:
        raise Trouble("%s\n%s" % (command, text))
    return text


def produce(how, path, argument, env):
    """Write a file by commands, from bytes, or from a function."""
    if callable(how):
        how = how(argument)
    if isinstance(how, bytes):
        write(path, how)
    else:
        shell(how, env)
    if not os.path.exists(path):
        raise Trouble("there is no %s after %s" % (path, how))


def ours(r, env):
    """What the tool says of the fixture; the picture is in $OURS then."""
    if r.fit is None:
        command = "%s decode $FILE $OURS %s || :" % (TOOL, r.size)
        return shell(command, env)
    said = shell("%s fit $BUILD $FILE $FOLDER/made %s" % (TOOL, r.fit), env)
    if "made-1." in said:
        shell("convert $(ls made-* | sort -V) -append -depth 8 pam:$OURS", env)
    return said


def compare(r, env):
    said = shell("%s compare $REF $OURS" % TOOL, env)
    found = re.search(r"psnr=([\d.]+) ssim=([-\d.]+)", said)
    if not found or float(found[1]) < r.psnr or float(found[2]) < r.ssim:
        raise Trouble("compared with another reader: %sat least psnr=%s "
                      "ssim=%s was wanted" % (said, r.psnr, r.ssim))
    return said.strip()


def try_row(r, env):
    produce(r.make, env["FILE"], env["FOLDER"], env)
    said = ours(r, env)
    if r.says not in said or not said.startswith(r.fails):
        raise Trouble("it says: %swanted: %s" % (said, r.says or r.fails))
    if r.fails:
        return said.strip()
    if not os.path.exists(env["OURS"]):
        raise Trouble("it says: " + said)
    with open(env["FILE"], "rb") as file:
        produce(r.read, env["REF"], file.read(), env)
    return compare(r, env)


def run(*rows):
    """Try all rows, or those whose names contain $FEEDBIND_ROW; the files stay
    in $FEEDBIND_KEEP if that is set. Prints TAP."""
    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, FOLDER=folder)
        for name, data in (("photo.ppm", photo()), ("drawing.ppm", drawing()),
                           ("grey.pgm", grey()), ("alpha.pam", alpha())):
            write(folder + "/" + name, data)
            env[name.split(".")[0].upper()] = folder + "/" + name
        for r in rows:
            if os.environ.get("FEEDBIND_ROW", "") in r.name:
                run_one(r, env)


def run_one(r, env):
    with tempfile.TemporaryDirectory(dir=env["FOLDER"]) as folder:
        env = dict(env, FOLDER=folder, FILE=folder + "/fixture",
                   REF=folder + "/ref.pam", OURS=folder + "/ours.pam")
        try:
            said = try_row(r, env)
            print("ok - %s (%s)" % (r.name, said), flush=True)
        except Trouble as trouble:
            print("not ok - %s\n%s" % (r.name, trouble), flush=True)
        keep = os.environ.get("FEEDBIND_KEEP")
        if keep:
            shutil.copytree(folder, keep + "/" + re.sub(r"\W+", "-", r.name))
