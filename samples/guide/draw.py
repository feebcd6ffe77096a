#!/usr/bin/env python3
"""Draw the pictures of the guide. Needs Debian's python3-pil, and the faces
that feedbind itself uses (fonts/faces.txt).

    samples/guide/draw.py"""

import math
import os
import random

from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
SAVED = os.path.join(HERE, "feedbind.example/guide")
FACE = "/usr/share/fonts/opentype/linux-libertine/LinLibertine_R.otf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
MONO = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"
OVER = 3  # drawn three times as large, then made smaller: smooth edges

INK = (38, 44, 52)
SOFT = (112, 120, 130)
PAPER = (255, 255, 255)
BLUE = (222, 234, 246)
SAND = (248, 236, 214)
GREEN = (222, 240, 224)


class Drawing:
    """A picture in its own units, drawn OVER times as large."""

    def __init__(self, width, height):
        self.size = (width, height)
        self.image = Image.new("RGB", (width * OVER, height * OVER), PAPER)
        self.draw = ImageDraw.Draw(self.image)

    def scaled(self, *numbers):
        return [round(n * OVER) for n in numbers]

    def box(self, x, y, w, h, fill, line=INK, corner=14):
        self.draw.rounded_rectangle(
            self.scaled(x, y, x + w, y + h), corner * OVER, fill, line,
            3 * OVER)

    def line(self, points, colour=INK, width=3):
        flat = self.scaled(*[n for point in points for n in point])
        self.draw.line(flat, colour, width * OVER, joint="curve")

    def arrow(self, x0, y0, x1, y1, colour=INK):
        self.line([(x0, y0), (x1, y1)], colour)
        turn = math.atan2(y1 - y0, x1 - x0)
        head = [(x1 - 18 * math.cos(turn + side), y1 - 18 *
                 math.sin(turn + side)) for side in (-0.42, 0.42)]
        self.draw.polygon(
            self.scaled(*[n for p in [(x1, y1)] + head for n in p]), colour)

    def text(self, x, y, words, size=34, colour=INK, face=FACE):
        font = ImageFont.truetype(face, size * OVER)
        self.draw.text(self.scaled(x, y), words, colour, font, "mm")

    def save(self, name, colours=64):
        small = self.image.resize(self.size, Image.LANCZOS)
        small.quantize(colours, dither=Image.NONE).save(name, optimize=True)


def draw_road(name):
    """From the feed to the book, and where pictures come from."""
    d = Drawing(1200, 560)
    d.box(40, 60, 250, 150, SAND)
    d.text(165, 115, "planet.xml", 31, face=MONO)
    d.text(165, 165, "a saved feed", 30, SOFT)
    d.box(475, 60, 250, 150, BLUE)
    d.text(600, 115, "feedbind", 44)
    d.text(600, 165, "cleans, fits, binds", 30, SOFT)
    d.box(910, 60, 250, 150, GREEN)
    d.text(1035, 115, "planet.epub", 31, face=MONO)
    d.text(1035, 165, "a book", 30, SOFT)
    d.arrow(290, 135, 470, 135)
    d.arrow(725, 135, 905, 135)
    for x, title, note in ((40, "folders", "--images DIR"),
                           (475, "the store", "--cache DIR"),
                           (910, "the web", "not with --offline")):
        d.box(x, 380, 250, 140, PAPER, SOFT)
        d.text(x + 125, 430, title, 36)
        d.text(x + 125, 480, note, 24, SOFT, MONO if "DIR" in note else FACE)
    d.arrow(230, 380, 500, 216, SOFT)
    d.arrow(600, 380, 600, 216, SOFT)
    d.arrow(910, 450, 732, 450, SOFT)
    d.text(315, 270, "1", 30, SOFT)
    d.text(628, 300, "2", 30, SOFT)
    d.text(818, 422, "3", 30, SOFT)
    d.save(name)


def draw_box(name):
    """A large picture made to fit the box, and a small one left alone."""
    d = Drawing(1000, 620)
    d.box(40, 60, 480, 320, SAND, corner=4)
    d.text(280, 220, "3000 × 2000", 40)
    d.text(280, 415, "as it was saved", 30, SOFT)
    d.arrow(545, 220, 655, 220)
    d.box(690, 40, 253, 336, PAPER, SOFT, corner=4)
    d.box(690, 124, 253, 168, SAND, corner=4)
    d.text(816, 208, "1264 × 843", 36)
    d.text(816, 415, "in the box of 1264 × 1680", 30, SOFT)
    d.box(232, 490, 96, 64, GREEN, corner=4)
    d.text(280, 590, "600 × 400", 28, SOFT)
    d.arrow(545, 522, 655, 522)
    d.box(768, 490, 96, 64, GREEN, corner=4)
    d.text(816, 590, "600 × 400: never enlarged", 28, SOFT)
    d.save(name)


def draw_key(name):
    """A small picture that stands in a line of text."""
    d = Drawing(28, 28)
    d.box(2, 3, 24, 22, (240, 240, 240), corner=5)
    d.text(14, 14, "↵", 16, face=SANS)
    d.save(name, 16)


def ridge(chance, width, base, rough):
    """Heights of a ridge of hills, by halving and shifting."""
    points = [base, base + chance.uniform(-rough, rough)]
    while len(points) < width:
        rough *= 0.52
        between = [(a + b) / 2 + chance.uniform(-rough, rough)
                   for a, b in zip(points, points[1:])]
        points = [p for pair in zip(points, between + [0]) for p in pair][:-1]
    step = (len(points) - 1) / (width - 1)
    return [points[int(i * step)] for i in range(width)]


def sky_colour(share):
    """From night above to the last light at the horizon."""
    stops = ((0.0, (24, 34, 74)), (0.45, (92, 84, 128)),
             (0.75, (222, 138, 108)), (1.0, (252, 214, 150)))
    for (a, low), (b, high) in zip(stops, stops[1:]):
        if share <= b:
            t = (share - a) / (b - a)
            return tuple(round(x + (y - x) * t) for x, y in zip(low, high))
    return stops[-1][1]


def draw_dusk(name):
    """Hills at dusk, larger than a reader's screen."""
    width, height = 2000, 1333
    chance = random.Random(1913)
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        draw.line((0, y, width, y), sky_colour(min(1, y / (height * 0.62))))
    for _ in range(140):
        x, y = chance.randrange(width), chance.randrange(height // 3)
        light = chance.randrange(110, 230)
        draw.ellipse((x, y, x + 2, y + 2), (light, light, min(255, light + 20)))
    draw.ellipse((1380, 640, 1500, 760), (255, 240, 200))
    for i in range(5):
        heights = ridge(chance, width, 0.52 + 0.1 * i, 0.16 - 0.02 * i)
        far = (4 - i) / 4
        colour = tuple(round(near + (away - near) * far) for near, away in
                       zip((14, 20, 34), (166, 118, 126)))
        draw.polygon([(0, height)] + [(x, h * height) for x, h in
                                      enumerate(heights)] + [(width, height)],
                     colour)
    image.save(name, quality=80, optimize=True)


def main():
    os.makedirs(SAVED, exist_ok=True)
    draw_road(os.path.join(SAVED, "road.png"))
    draw_key(os.path.join(SAVED, "key.png"))
    draw_dusk(os.path.join(SAVED, "dusk.jpg"))
    draw_box(os.path.join(HERE, "box.png"))


main()
