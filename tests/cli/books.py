"""Books for the tests of pictures: drawn, bound, and read again."""

import os
import re
import subprocess
import zipfile

BUILD = os.path.abspath(os.environ["BUILD"])
FEEDBIND = os.path.abspath(os.environ["FEEDBIND"])
TOOL = BUILD + "/tests/picture"
FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>Pictures</title><language>en</language>
%s</channel></rss>
"""
ITEM = """<item><title>%s</title><guid isPermaLink="false">%s</guid>
<description>%s</description></item>
"""
PICTURE = ('&lt;p&gt;Words.&lt;/p&gt;&lt;p&gt;&lt;img '
           'src="http://pics.example/%s" alt="This is %s"&gt;&lt;/p&gt;')


def draw(folder, name, kind, seed, size):
    """A photo, screenshot or diagram."""
    os.makedirs(folder + "/saved/pics.example", exist_ok=True)
    subprocess.run([TOOL, "draw", kind, str(seed), str(size[0]), str(size[1]),
                    BUILD + "/fonts", folder + "/saved/pics.example/" + name],
                   check=True)


def write_feed(folder, articles):
    """A feed of articles, each a title and the names of its pictures."""
    items = [ITEM % (title, title, "".join(PICTURE % (n, n) for n in names))
             for title, names in articles]
    with open(folder + "/feed.xml", "w", encoding="utf-8") as file:
        file.write(FEED % "".join(items))


def bind(folder, book, *options):
    """Bind the feed; what came of it, with all messages."""
    return subprocess.run([FEEDBIND, "--offline", "--cache", folder + "/none",
                           "--images", "saved", "-v", "-o", book, *options,
                           "feed.xml"],
                          cwd=folder, stdout=subprocess.PIPE, check=False,
                          stderr=subprocess.STDOUT, text=True)


def number(data):
    return int.from_bytes(data, "big")


def palette(data):
    """The colours of a PNG (PNG, 3rd edition, 11.2.2), each as three bytes."""
    at = data.index(b"PLTE")
    colours = data[at + 4:at + 4 + number(data[at - 4:at])]
    return [colours[i:i + 3] for i in range(0, len(colours), 3)]


def png_header(data):
    """Size, and whether it is grey."""
    grey = all(len(set(colour)) == 1 for colour in palette(data)) \
        if data[25] == 3 else data[25] in (0, 4)
    return number(data[16:20]), number(data[20:24]), grey


def jpeg_header(data):
    """ITU-T T.81, B.2.2: the frame's header."""
    at = 2
    while not 0xC0 <= data[at + 1] <= 0xC3:
        at += 2 + number(data[at + 2:at + 4])
    return (number(data[at + 7:at + 9]), number(data[at + 5:at + 7]),
            data[at + 9] == 1)


def pictures(book):
    """By the names that they had: (ending, width, height, grey, bytes) of each
    of the files."""
    found = {}
    with zipfile.ZipFile(book) as archive:
        for page in archive.namelist():
            if not re.fullmatch(r"OEBPS/a[0-9a-f-]+\.xhtml", page):
                continue
            text = archive.read(page).decode("utf-8")
            alt = None
            for src, words in re.findall(r'<img src="(\S+)" '
                                         r'alt="(?:This is )?(.*?)"', text):
                alt = words or alt
                data = archive.read("OEBPS/" + src)
                ending = src.rsplit(".", 1)[1]
                header = png_header if ending == "png" else jpeg_header
                found.setdefault(alt, []).append(
                    (ending, *header(data), len(data)))
    return found


class Suite:
    """Prints what becomes of each test."""

    def __init__(self):
        self.failed = False

    def check(self, name, good, why=""):
        self.failed = self.failed or not good
        print("%s - %s" % ("ok" if good else "not ok", name))
        if not good and why != "":
            print(why)
