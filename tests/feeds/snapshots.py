"""A weblog that lives for years, as somebody saved its feed every week."""

import datetime
import os

START = datetime.datetime(2016, 1, 4, 12)
WEEK = datetime.timedelta(weeks=1)
WINDOW = 10   # articles that the feed shows
A_WEEK = 3    # new ones
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:at="http://purl.org/atompub/tombstones/1.0">
<id>tag:log.example,2016:feed</id><title>%s</title>
<link rel="self" href="http://log.example/feed"/><updated>%s</updated>
%s</feed>
"""
ENTRY = """<entry><id>%s</id><title>%s</title><link href="%s"/>
<published>%s</published>%s<content type="html">%s</content></entry>
"""
TOMBSTONE = '<at:deleted-entry ref="%s" when="%s"/>\n'


def stamp(date):
    return date.strftime("%Y-%m-%dT%H:%M:%SZ")


class Article:
    """Number n of the weblog; what it says depends on the week."""

    def __init__(self, n):
        self.n = n
        self.born = n // A_WEEK
        self.published = START + self.born * WEEK - datetime.timedelta(
            days=A_WEEK - n % A_WEEK)
        self.retitled = self.born + 1 if n % 11 == 3 else None
        # What gets a new id, address and text at once is something else.
        moves = self.born + 1 in (300, 400)
        self.rewritten = self.born + 1 if n % 7 == 2 and not moves else None
        self.stated = n % 14 == 2        # "updated" tells that
        self.deleted = self.born + 2 if n % 13 == 5 else None
        self.back = self.born + 3 if n % 26 == 5 else None

    def shown(self, week):
        gone = self.deleted is not None and week >= self.deleted
        return week >= self.born and (not gone or self.returned(week))

    def returned(self, week):
        return self.back is not None and week >= self.back

    def id(self, week):
        """The weblog has moved to other software twice."""
        return ("%d at log.example" if week < 300 else
                "urn:log:%d" if week < 400 else "https://log.example/%d-slug"
                ) % self.n

    def link(self, week):
        return ("http://www.log.example/%d.html?utm_source=feed" if week < 300
                else "https://log.example/%d" if week < 400
                else "https://log.example/%d-slug") % self.n

    def title(self, week):
        late = self.retitled is not None and week >= self.retitled
        return "Article %d%s" % (self.n, ", corrected" if late else "")

    def words(self, week):
        late = self.rewritten is not None and week >= self.rewritten
        return 5 + self.n % 50 + (3 if late else 0)

    def entry(self, week):
        text = " ".join("w%d-%d" % (self.n, i)
                        for i in range(self.words(week)))
        late = self.rewritten is not None and week >= self.rewritten
        updated = ""
        if late and self.stated:
            updated = "<updated>%s</updated>" % stamp(
                START + self.rewritten * WEEK)
        return ENTRY % (self.id(week), self.title(week), self.link(week),
                        stamp(self.published), updated,
                        "&lt;p&gt;%s&lt;/p&gt;" % text)


def window(week):
    """What the feed shows in this week, the newest first."""
    newest = (week + 1) * A_WEEK
    articles = (Article(n) for n in range(newest - 1, -1, -1))
    return [a for a, _ in zip((a for a in articles if a.shown(week)),
                              range(WINDOW))]


def tombstones(week):
    for n in range(max(0, (week - 8) * A_WEEK), (week + 1) * A_WEEK):
        a = Article(n)
        if (a.deleted is not None and week >= a.deleted
                and not a.returned(week)):
            yield TOMBSTONE % (a.id(week),
                               stamp(START + a.deleted * WEEK))


def snapshot(week):
    title = "Log" if week < 250 else "The Log"
    return FEED % (title, stamp(START + week * WEEK),
                   "".join(tombstones(week)) +
                   "".join(a.entry(week) for a in window(week)))


def write(folder, weeks):
    """Returns the files' names."""
    names = []
    for number, week in enumerate(weeks):
        # A name that tells nothing of the date.
        names.append(os.path.join(folder, "%03d.xml" % (number * 7 % 1009)))
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(snapshot(week))
    return names


def expected(weeks):
    """The articles that some snapshot has and that are not deleted, the newest
    first: each with the last week that shows it."""
    last = {}
    for week in weeks:
        for article in window(week):
            last[article.n] = week
    kept = []
    for n, week in sorted(last.items(), reverse=True):
        article = Article(n)
        # Its tombstone is in the feed for some weeks.
        told = article.deleted is not None and article.deleted > week and any(
            w in weeks for w in range(article.deleted, article.born + 9))
        if not told:
            kept.append((article, week))
    return kept
