"""Random HTML, from a seed: markup of all elements and attributes, nested as
authors nest it and as nobody does, and mutations of saved articles.

Words of random markup are unique ("w17"), so that a loss is found by sight.
"""

import glob
import random
import re

# Without isindex and menuitem, which were void when Gumbo was written: what
# stands in a hidden one is shown; and without search, which is special, but not
# to parse5.
HTML = """a abbr acronym address applet area article aside audio b base
basefont bdi bdo bgsound big blink blockquote body br button canvas caption
center cite code col colgroup command content data datalist dd del details dfn
dialog dir div dl dt element em embed fencedframe fieldset figcaption figure
font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i
iframe image img input ins kbd keygen label legend li link listing main
map mark marquee menu meta meter multicol nav nextid nobr noembed
noframes noscript object ol optgroup option output p param picture plaintext
portal pre progress q rb rbc rp rt rtc ruby s samp script section select
shadow slot small source spacer span strike strong style sub summary sup table
tbody td template textarea tfoot th thead time title tr track tt u ul var video
wbr xmp""".split()
SVG = """svg g defs symbol use switch desc title metadata path rect circle line
text tspan textPath image foreignObject style script a linearGradient stop
clipPath mask pattern marker filter feBlend animate""".split()
MATH = """math mi mn mo ms mtext mrow mfrac msqrt mroot msub msup msubsup munder
mover munderover mtable mtr mtd mstyle mspace mpadded mphantom menclose merror
maction semantics annotation annotation-xml mglyph malignmark none
mprescripts mmultiscripts""".split()
OWN = """x-y g-emoji o:p foo fb:like my-element.v2 v:shape st1:place é-x ruby-x
amp-img center-x""".split()
# Elements after which nothing is read as markup come up rarely.
SWALLOW = {"plaintext", "script", "style", "textarea", "title", "xmp",
           "iframe", "noembed", "noframes", "frameset", "template", "select",
           "head", "video", "audio", "canvas", "datalist", "object"}
VOID = {"area", "base", "basefont", "bgsound", "br", "col", "command", "embed",
        "frame", "hr", "image", "img", "input", "keygen", "link", "meta",
        "param", "source", "track", "wbr"}

URLS = """#a #b #1 #x%20y # . .. / /rel ?q p.html ../p //x.org/p http:// https://
http:///p http:/p http:p javascript:x JavaScript&colon;x mailto:a@b.c mailto:
https://example.org/x?a=1&b=2 https://example.org/wild/3#a
https://example.org/wild/4?utm_source=x http://x..y/ //[ http://[::1 %zz data:,x
data:image/png;base64,iVBORw0KGgo= data:text/html,<b>x</b> http://a\\b tel:1
ftp://x/é https://例え.jp/ sms:1 magnet:?x blob:x file:///etc/passwd
http://x.org:99999/ http://u:p@x.org/ about:blank https://www.youtube.com/embed/x1
https://player.vimeo.com/video/1 /i.png https://example.org/p.jpg C:/x
git@github.com:a/b :foo foo_bar:baz #fn1 #fnref1 #fn:1 #_ftn1""".split()
URLS += ["", " ", "x y|z", "x y.gif", "http://x y/", 'a"b', "a'b", "a<b>",
         "\u0000", "http://ex\u00adample.org/", "https://example.org/#a b"]
LANGS = ["en", "en_US", "c++", "", "x-klingon", "ar", "he-IL", "de-DE-1996",
         "toolongsubtag", "1a", "en-", "zh-Hant"]
ATTRS = {
    "href": URLS, "src": URLS, "xlink:href": URLS, "cite": URLS, "data": URLS,
    "poster": URLS, "data-src": URLS, "data-original": URLS, "action": URLS,
    "longdesc": URLS, "usemap": ["#a", "#"], "background": URLS,
    "codebase": URLS, "xml:base": URLS, "data-lazy-src": URLS,
    "srcset": ["/a.png 1x, /b.png 2x", ",", "x 1w, y", " ", "/a,b.png 100w"],
    "data-srcset": ["/a.png 1x"], "sizes": ["100vw", ""],
    "id": ["a", "b", "1", "x y", "é", "", "fb-title", "toc", "a.b-c_d", "fn1",
           "fnref1", "fn:1", "user-content-a", "A", "x-1", " ", "x", "t"],
    "name": ["a", "b", "old name", "", "fn1"], "for": ["a", "nothing"],
    "alt": ["", " ", "altwords", '"<&>', "photo.png", "Image description"],
    "class": ["k", "c1", "highlight", "gutter", "lineno", "x y", "", "embed",
              "missing", "language-c", "footnote", "footnotes", "hidden",
              "sharedaddy", "wp-smiley", "emoji", "math", "katex", "code",
              "highlight-source-c", "token keyword", "hljs-string", "nt",
              "twitter-tweet", "head", "foot", "wp-block-gallery", "tags"],
    "style": ["color:red", "display:none ;", "x", "text-align:center",
              "font-weight:bold;font-style:italic", "text-align: RIGHT",
              "white-space:pre", "direction:rtl", "}", "width:1px;height:1px",
              "list-style-type:none", "font-variant:small-caps", "a:url(x)",
              "text-decoration:line-through", "margin-left:40px", "DISPLAY:x",
              "visibility:hidden", "font-family:monospace", "float:left"],
    "lang": LANGS, "xml:lang": LANGS,
    "dir": ["ltr", "RTL", "", "auto", "up", "rtl "],
    "colspan": ["2", "0", "99999", "-1", "x", "3", "1.5", "", "1000"],
    "rowspan": ["2", "0", "65535", "", "4", "x"], "span": ["2", "0", "x"],
    "start": ["3", "-2", "x", "99999999999", ""], "headers": ["a", ""],
    "type": ["a", "I", "disc", "checkbox", "radio", "hidden", "x", "submit",
             "text/x-math", "math/tex", "application/json", "", "image"],
    "value": ["7", "x", "-1", "", "99999999999"], "checked": [""],
    "title": ["t", "", '"', "a title", "<b>"], "summary": ["x"],
    "label": ["lab", ""], "content": ["x"], "http-equiv": ["refresh"],
    "width": ["1", "100%", "800", "0", "", "10.5", "auto", "1px"],
    "height": ["1", "auto", "2", "0"], "border": ["0", "1", ""],
    "align": ["center", "left", "right", "justify", "x"], "valign": ["top"],
    "bgcolor": ["#fff"], "color": ["red"], "size": ["7", "+1", "x"],
    "face": ["Courier", "monospace"], "cellpadding": ["3"], "nowrap": [""],
    "datetime": ["2026-01-01", "x", "", "2026-02-30", "12:00", "P1D"],
    "scope": ["row", "COL", "x", ""], "abbr": ["x"], "rel": ["nofollow", "tag"],
    "hidden": ["", "until-found"], "open": [""], "reversed": [""],
    "onclick": ["x()"], "onerror": ["x"], "data-X": ["1"], "data-": ["x"],
    "xmlns": ["x", "http://www.w3.org/1999/xhtml"], "xmlns:x": ["y"],
    "role": ["foo", "doc-noteref", "presentation", "math", "button", "img"],
    "aria-hidden": ["true"], "aria-label": ["x"], "aria-labelledby": ["no"],
    "epub:type": ["noteref", "x"], "tabindex": ["-1"], "contenteditable": [""],
    "draggable": ["x"], "itemprop": ["x"], "is": ["x-y"], "slot": ["x"],
    "encoding": ["application/x-tex", "text/html", "application/xhtml+xml"],
    "display": ["block", "inline", "x"], "alttext": ["x^2", ""],
    "mathvariant": ["bold", "x"], "linethickness": ["0", "x"],
    "viewBox": ["0 0 9 9", "x"], "d": ["M0 0", "x"], "fill": ["red", "url(#a)"],
    "definitionurl": ["x"], "columnalign": ["left", "x"], "stretchy": ["x"],
    "=": ["x"], "<": [""], "a:b:c": ["x"], "é": ["x"], "x\"y": ["z"], "1": [""],
    "@click": ["x"], "[ng]": ["x"], "(x)": ["y"], "*": [""],
    "constructor": [""],
}
TEXTS = ["word", " ", "\n", "&amp;", "&lt;b&gt;", "\u00a0", "é", "\U0001F600",
         "漢字", "\u202e", "a<b", "]]>", "&nbsp;", "--", "&#x92;", "&#0;",
         "&bogus;", "<!-- c -->", "<![CDATA[x]]>", "<?pi?>", "</>", "<",
         "long" * 30, "tab\tbed", "مرحبا", "&amp", "&lt", "&copy2026",
         "&notit;", "&#1;", "&#xD800;", "&#x110000;", "&#xFDD0;", "&#13;",
         "&#", "&#x;", "&hellip", "<!>", "<!-->x", "<!--x--!>",
         "<!DOCTYPE html>", "<!-- open", "<!ELEMENT x>", "&NotEqualTilde;",
         "\u200b", "\u00ad", "\ufeff", "1.", "\u2028", "e\u0301", "\ufe0f",
         "\u200d", "// x", "[1]", "↩", "&#128;", "<3", "</ p>", "\x7f",
         "https://example.org/" + "a" * 90]


class Markup:
    """Pieces of markup; the words among them are unique."""

    def __init__(self, r):
        self.r = r
        self.count = 0

    def word(self):
        self.count += 1
        return f"w{self.count}"

    def text(self):
        if self.r.random() < 0.8:
            return self.r.choice([" ", "", "\n"]) + self.word() + " "
        return self.r.choice(TEXTS)

    def attribute(self):
        name = self.r.choice(list(ATTRS))
        value = self.r.choice(ATTRS[name])
        quote = self.r.choice(['"', '"', "'", ""])
        if quote:
            value = value.replace(quote, "")
        space = self.r.choice([" ", " ", " ", "\n", "/", "  "])
        name = name.upper() if self.r.random() < 0.05 else name
        return f"{space}{name}={quote}{value}{quote}"

    def attributes(self):
        return "".join(self.attribute() for _ in
                       range(self.r.choice([0, 0, 0, 1, 1, 2, 4])))

    def name(self):
        pool = self.r.choices([HTML, SVG, MATH, OWN], [85, 6, 6, 3])[0]
        name = self.r.choice(pool)
        if name in SWALLOW and self.r.random() < 0.75:
            return self.r.choice(["p", "span", "div", "li", "td", "b", "a"])
        return name.upper() if self.r.random() < 0.05 else name

    def tag(self, name, attributes=True):
        end = "/>" if self.r.random() < 0.05 else ">"
        return f"<{name}{self.attributes() if attributes else ''}{end}"


def soup(m):
    """Tags and words in no order."""
    r, out, stack = m.r, [], []
    for _ in range(r.randint(1, 70)):
        roll = r.random()
        if roll < 0.42:
            name = m.name()
            out.append(m.tag(name))
            if name.lower() not in VOID:
                stack.append(name)
        elif roll < 0.62 and stack:
            name = stack.pop() if r.random() < 0.7 else m.name()
            out.append(f"</{name}>")
        else:
            out.append(m.text())
    return "".join(out)


# What may be below what, as authors write it; "*" is anything.
NESTING = {
    "table": "caption colgroup thead tbody tfoot tr", "colgroup": "col",
    "thead": "tr", "tbody": "tr", "tfoot": "tr", "tr": "td th",
    "ul": "li", "ol": "li", "menu": "li", "dir": "li", "dl": "dt dd div",
    "select": "option optgroup", "optgroup": "option", "datalist": "option",
    "ruby": "rb rt rp", "figure": "figcaption img p pre table a",
    "details": "summary p div", "fieldset": "legend p input label",
    "picture": "source img", "video": "source track a", "object": "param p",
    "map": "area p", "frameset": "frame noframes", "math": "mrow mi mfrac",
    "mrow": "mi mn mo mfrac mtext", "mfrac": "mi mn", "semantics":
    "mrow annotation annotation-xml", "svg": "g path text title foreignObject",
    "g": "text path g", "pre": "code span", "code": "span", "hgroup": "h1 h2 p",
}


def grown(m, name, depth):
    """An element with what belongs into it, mostly."""
    r = m.r
    if name in VOID:
        return m.tag(name)
    below = NESTING.get(name, "").split()
    out = [m.tag(name)]
    for _ in range(r.randint(0, 4)):
        if depth <= 0 or r.random() < (0.1 if below else 0.45):
            out.append(m.text())
        elif below and r.random() < 0.9:
            out.append(grown(m, r.choice(below), depth - 1))
        else:
            out.append(grown(m, m.name(), depth - 1))
    if r.random() < 0.85:
        out.append(f"</{name}>")
    return "".join(out)


def trees(m):
    return "".join(grown(m, m.r.choice(list(NESTING) + HTML)
                         if m.r.random() < 0.5 else m.name(), m.r.randint(1, 5))
                   if m.r.random() < 0.85 else m.text()
                   for _ in range(m.r.randint(1, 5)))


def shaken(m, text):
    """Pieces are taken out, doubled, swapped and put in."""
    r = m.r
    parts = re.findall(r"<[^<>]*>?|[^<]+", text) or [text]
    for _ in range(r.randint(1, 8)):
        at = r.randrange(len(parts) + 1)
        many = r.randint(1, 6)
        kind = r.random()
        if kind < 0.35:
            del parts[at:at + many]
        elif kind < 0.5:
            parts[at:at] = parts[at:at + many]
        elif kind < 0.65 and parts:
            other = r.randrange(len(parts))
            parts[at:at + 1], parts[other:other + 1] = (
                parts[other:other + 1], parts[at:at + 1])
        elif kind < 0.8:
            parts.insert(at, m.tag(m.name()) if r.random() < 0.6
                         else m.text())
        elif kind < 0.9:
            parts.insert(at, f"</{m.name()}>")
        elif parts and at < len(parts):
            cut = r.randrange(len(parts[at]) + 1)
            parts[at] = parts[at][cut:]
    return "".join(parts)


def windows(r, text):
    """A slice of a long sample."""
    if len(text) <= 3000:
        return text
    size = r.randint(200, 3000)
    at = r.randrange(len(text) - size)
    return text[at:at + size]


def samples(top):
    """What golden tests and the samples hold of HTML."""
    out = []
    for path in sorted(glob.glob(top + "/tests/golden/article/*.in")):
        with open(path, encoding="utf-8", errors="replace") as f:
            out.append(re.sub(r"\A(#.*\n)+", "", f.read()))
    for path in sorted(glob.glob(top + "/samples/*/*.xml")):
        with open(path, encoding="utf-8", errors="replace") as f:
            out += re.findall(r"<!\[CDATA\[(.*?)\]\]>", f.read(), re.S)
    return [text for text in out if text.strip()]


def legal(text):
    """Without what a feed, being XML, cannot hold, and without C1 controls,
    which feedbind reads as the Windows characters that they stand for."""
    text = text.replace("\r", "\n")
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ud800-\udfff\ufffe"
                  "\uffff]", "", text)


def case(seed, number, saved):
    """HTML number `number` of this seed."""
    r = random.Random(f"{seed}/{number}")
    m = Markup(r)
    roll = r.random()
    if roll < 0.35:
        text = soup(m)
    elif roll < 0.6:
        text = trees(m)
    elif roll < 0.7:
        text = shaken(m, trees(m))
    elif roll < 0.9 or not saved:
        text = shaken(m, windows(r, r.choice(saved or [soup(m)])))
    else:
        one, two = (windows(r, r.choice(saved)) for _ in range(2))
        text = (one[:r.randrange(len(one) + 1)]
                + two[r.randrange(len(two) + 1):])
    return legal(text)
