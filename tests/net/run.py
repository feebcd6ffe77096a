"""Tests of feedbind-fetch against a server on loopback.

    run.py FEEDBIND-FETCH

Prints TAP. Time-outs are shortened by the program's options.
"""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
import server

FETCH = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
LIMITS = ["--allow-private", "--connect-ms", "1000", "--idle-seconds", "1",
          "--total-ms", "2500", "--max-bytes", str(1 << 20)]
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if not k.lower().endswith("_proxy")
               and k != "FEEDBIND_ALLOW_PRIVATE"}


class Tap:
    def __init__(self):
        self.count = self.failed = 0
        self.lock = threading.Lock()

    def check(self, name, ok, seen=None):
        with self.lock:
            self.count += 1
            self.failed += not ok
            print("%s %d - %s" % ("ok" if ok else "not ok", self.count, name))
            if not ok and seen is not None:
                print("#   seen: %s" % (seen,))

    def skip(self, name, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, name, why))

    def equal(self, name, seen, wanted):
        self.check(name, seen == wanted, "%r, wanted %r" % (seen, wanted))


class Web:
    """The server, as a process of its own."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "server.py")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *args):
        self.process.stdin.close()
        self.process.wait(10)

    def url(self, path, host="127.0.0.1"):
        return "http://%s:%d%s" % (host, self.port, path)

    def log(self):
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        return json.loads(direct.open(self.url("/log")).read())

    def requests(self, path):
        return [r for r in self.log()["requests"] if r["path"] == path]


def start(store, jobs, options=LIMITS, environment=None):
    """Start the program; jobs are (url, referer)."""
    process = subprocess.Popen([FETCH, "--store", store] + options,
                               stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               env={**ENVIRONMENT, **(environment or {})},
                               text=True)
    process.stdin.write("".join("%s\t%s\n" % job for job in jobs))
    process.stdin.close()
    return process


def fetch(store, urls, **more):
    """Fetch; returns {url: (class, bytes, detail)} and the exit status."""
    jobs = [u if isinstance(u, tuple) else (u, "") for u in urls]
    process = start(store, jobs, **more)
    ended = {}
    for line in process.stdout:
        if line.startswith("done "):
            _, number, word, size, detail = line.rstrip("\n").split(" ", 4)
            ended[jobs[int(number)][0]] = (word, int(size), detail)
        elif line.startswith("fail "):
            ended["fail"] = int(line.split()[1])
    return ended, process.wait()


def record(store, url):
    """What the store says of a URL, read without the program."""
    name = hashlib.sha256(url.encode()).hexdigest()
    path = os.path.join(store, "index", name[:2], name[2:])
    if not os.path.exists(path):
        return None
    with open(path) as f:
        lines = f.read().split("\n")
    return dict(line.split(": ", 1) for line in lines[1:] if line)


def body(store, url):
    found = record(store, url)
    if not found or "body" not in found:
        return None
    name = found["body"]
    with open(os.path.join(store, "bodies", name[:2], name[2:]), "rb") as f:
        return f.read()


def partials(store):
    folder = os.path.join(store, "partial")
    return os.listdir(folder) if os.path.isdir(folder) else []


CLASSES = {
    "/ok.png": "saved",
    "/as-text.png": "saved",
    "/gzipped.svg": "saved",
    "/to-ok": "saved",
    "/validated.png": "saved",
    "/404": "not-found",
    "/410": "not-found",
    "/to-404": "not-found",
    "/403": "refused",
    "/451": "refused",
    "/to-file": "refused",
    "/429": "unreachable",
    "/500": "unreachable",
    "/to-itself": "unreachable",
    "/drip.png": "unreachable",
    "/stall.png": "unreachable",
    "/truncated.png": "unreachable",
    "/reset.png": "unreachable",
    "/endless-headers.png": "unreachable",
    "/big.png": "too-large",
    "/endless.png": "too-large",
    "/bomb.png": "too-large",
    "/page.png": "not-an-image",
    "/empty.png": "not-an-image",
}


def test_classes(tap, web, store):
    urls = {web.url(path): path for path in CLASSES}
    began = time.monotonic()
    ended, status = fetch(store, urls)
    tap.equal("classes: the program says it went well", status, 0)
    for url, path in urls.items():
        seen = ended.get(url, ("nothing", 0, ""))
        tap.check("%s is %s" % (path, CLASSES[path]),
                  seen[0] == CLASSES[path], seen)
        tap.equal("%s is recorded so" % path,
                  (record(store, url) or {}).get("class"), CLASSES[path])
    tap.check("classes: within the time-outs", time.monotonic() - began < 6)
    tap.equal("a picture is stored byte for byte",
              body(store, web.url("/ok.png")), server.PICTURE)
    tap.equal("a gzipped answer is stored decoded",
              body(store, web.url("/gzipped.svg")), b"<svg/>")
    tap.equal("a redirect is followed in the URL Standard's way",
              body(store, web.url("/to-ok")), server.PICTURE)
    tap.equal("a redirect loop costs nine requests",
              len(web.requests("/to-itself")), 9)
    tap.equal("nothing is left half done", partials(store), [])


def test_addresses(tap, web, store):
    urls = {
        "ftp://127.0.0.1/x.png": "refused",
        "file:///etc/passwd": "refused",
        "http://127.0.0.1:1/x.png": "unreachable",
        "http://nowhere.invalid/x.png": "unreachable",
        web.url("/to-nowhere"): "refused",
    }
    ended, _ = fetch(store, urls)
    for url, word in urls.items():
        seen = ended.get(url, ("nothing", 0, ""))
        tap.check("%s is %s" % (url.replace(str(web.port), "PORT"), word),
                  seen[0] == word, seen)


def test_private(tap, web, store):
    limits = [o for o in LIMITS if o != "--allow-private"]
    port = web.port
    urls = [web.url("/ok.png?private"), "http://localhost:%d/ok.png" % port,
            "http://[::1]:%d/ok.png" % port, "http://0.0.0.0:%d/ok.png" % port,
            "http://[::ffff:127.0.0.1]:%d/ok.png" % port,
            "http://2130706433:%d/ok.png" % port, "http://10.0.0.1/x.png",
            "http://169.254.169.254/latest"]
    ended, _ = fetch(store, urls, options=limits)
    for url in urls:
        seen = ended.get(url, ("nothing", 0, ""))
        tap.check("%s is not asked" % url.replace(str(port), "PORT"),
                  seen[0] == "refused", seen)
    tap.equal("and was not asked", web.requests("/ok.png?private"), [])
    ended, _ = fetch(store + "2", urls[:1], options=limits,
                     environment={"FEEDBIND_ALLOW_PRIVATE": "1"})
    tap.equal("FEEDBIND_ALLOW_PRIVATE=1 allows it", ended[urls[0]][0], "saved")
    proxy = {"http_proxy": web.url("/")}
    ended, _ = fetch(store + "3", ["http://pictures.invalid/ok.png", urls[6]],
                     options=limits, environment=proxy)
    tap.equal("a proxy on loopback may be used",
              ended["http://pictures.invalid/ok.png"][0], "not-found")
    tap.equal("but not to get at a private address", ended[urls[6]][0],
              "refused")


def test_headers(tap, web, store):
    secret = "http://me:secret@example.org/a?b#c"
    secure = "https://example.org/a"
    fetch(store, [(web.url("/ok.png?1"), secret),
                  (web.url("/ok.png?2"), secure),
                  (web.url("/ok.png?3"), ""),
                  (web.url("/to-ok?4"), "http://example.org/é x")])
    sent = {r["path"]: r["headers"] for r in web.log()["requests"]}
    tap.equal("the referer is the article's, without user and fragment",
              sent["/ok.png?1"].get("Referer"), "http://example.org/a?b")
    tap.equal("no referer goes from https to http",
              sent["/ok.png?2"].get("Referer"), None)
    tap.equal("no article, no referer", sent["/ok.png?3"].get("Referer"), None)
    tap.equal("a referer is serialised", sent["/to-ok?4"].get("Referer"),
              "http://example.org/%C3%A9%20x")
    one = sent["/ok.png?1"]
    tap.check("JPEG and PNG are asked for first",
              one["Accept"].startswith("image/jpeg,image/png,"), one["Accept"])
    tap.check("the program says who it is",
              one["User-Agent"].startswith("feedbind/"), one["User-Agent"])
    tap.check("no cookies, no authorization",
              not {"Cookie", "Authorization"} & set(one), one)


def test_store(tap, web, store):
    same, ok = web.url("/same.png"), web.url("/ok.png?store")
    fetch(store, [same, ok])
    tap.equal("equal bytes are stored once",
              sum(len(files) for _, _, files in
                  os.walk(os.path.join(store, "bodies"))), 1)
    valid = web.url("/validated.png?store")
    fetch(store, [valid])
    before = record(store, valid)
    ended, _ = fetch(store, [valid])
    asked = web.requests("/validated.png?store")
    tap.equal("a stored picture is asked for with its validator",
              asked[-1]["headers"].get("If-None-Match"), '"v1"')
    tap.equal("not changed: it stays",
              (ended[valid][0], record(store, valid)["body"]),
              ("saved", before["body"]))
    once = web.url("/once.png")
    first, _ = fetch(store, [once])
    second, _ = fetch(store, [once])
    tap.equal("a picture that is gone is not given up",
              (first[once][0], second[once][0], body(store, once)),
              ("saved", "saved", server.PICTURE))


def test_concurrency(tap, web, store):
    urls = [web.url("/slow/%d.png" % n, host)
            for n in range(12) for host in server.HOSTS]
    ended, _ = fetch(store, urls)
    saved = sum(1 for e in ended.values() if e[0] == "saved")
    log = web.log()
    tap.equal("many hosts: all are saved", saved, len(urls))
    tap.check("at most 6 at once from a host",
              max(log["most"].values()) <= 6, log["most"])
    tap.check("at most 24 at once in all", log["most_in_all"] <= 24,
              log["most_in_all"])
    tap.check("and nearly as many are", log["most_in_all"] >= 18,
              log["most_in_all"])


def test_kill(tap, web, store):
    """Killed at any moment, the store stays usable."""
    urls = [web.url("/drip.png?kill")]
    urls += [web.url("/slow/k%d.png" % n) for n in range(18)]
    process = start(store, [(u, "") for u in urls])
    for line in process.stdout:
        if line.startswith("done 3 "):
            break
    process.send_signal(signal.SIGKILL)
    process.wait()
    there = [u for u in urls if record(store, u)]
    tap.check("killed: some pictures are there", 0 < len(there) < len(urls),
              len(there))
    tap.check("killed: what is there is whole",
              all(body(store, u) == server.PICTURE for u in there))
    tap.check("killed: a body was on its way", len(partials(store)) > 0)
    ended, _ = fetch(store, urls[1:])
    tap.check("killed: the next run gets the rest",
              all(ended[u][0] == "saved" for u in urls[1:]), ended)
    for name in partials(store):
        os.utime(os.path.join(store, "partial", name), (0, 0))
    fetch(store, [])
    tap.equal("killed: what it left is removed a day later", partials(store),
              [])


def test_two(tap, web, store):
    """Two runs share a store."""
    urls = [web.url("/slow/t%d.png" % n) for n in range(12)]
    runs = [start(store, [(u, "") for u in urls]) for _ in range(2)]
    for run in runs:
        run.stdout.read()
        run.wait()
    tap.check("two at once: all is there",
              all(body(store, u) == server.PICTURE for u in urls))


def test_reader_gone(tap, web, store):
    process = start(store, [(web.url("/drip.png?gone"), "")],
                    options=["--allow-private"])
    process.stdout.close()
    try:
        status = process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()
        status = "still there"
    tap.equal("it ends when nobody reads", status, -signal.SIGPIPE)


def test_name(tap, web, store):
    """A name that resolves to loopback, and is no literal."""
    name = socket.gethostname()
    try:
        private = socket.gethostbyname(name).startswith("127.")
    except OSError:
        private = False
    if not private or name == "localhost":
        tap.skip("a name for a private address is not asked",
                 "this machine's name is not one")
        return
    url = "http://%s:%d/ok.png" % (name, web.port)
    ended, _ = fetch(store, [url], options=[])
    tap.equal("a name for a private address is not asked", ended[url][0],
              "refused")


def test_unwritable(tap, web, store):
    with open(store, "w"):
        pass
    ended, status = fetch(store, [web.url("/ok.png?unwritable")])
    tap.check("a store that is a file is an error",
              status == 1 and "fail" in ended, (status, ended))


TESTS = [test_classes, test_addresses, test_private, test_headers, test_store,
         test_kill, test_two, test_reader_gone, test_name, test_unwritable]


def main():
    tap = Tap()
    folder = tempfile.mkdtemp()
    try:
        with Web() as web:
            test_concurrency(tap, web, os.path.join(folder, "concurrency"))
            for test in TESTS:
                test(tap, web, os.path.join(folder, test.__name__))
    finally:
        shutil.rmtree(folder)
    print("1..%d" % tap.count)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
