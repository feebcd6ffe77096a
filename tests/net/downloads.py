"""What the tests of the downloader share: running it, the server, and the
store, read without the program."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.request

sys.dont_write_bytecode = True

FETCH = os.path.join(os.environ["BUILD"], "feedbind-fetch")
HERE = os.path.dirname(os.path.abspath(__file__))
LIMITS = {"connect-seconds": "1", "idle-seconds": "1", "image-seconds": "2.5",
          "image-bytes": "1M", "retry-seconds": "0.02"}
PRIVATE = {"FEEDBIND_ALLOW_PRIVATE": "1"}
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if not k.lower().endswith("_proxy")
               and not k.startswith("FEEDBIND_")}


class Tap:
    def __init__(self):
        self.failed = 0
        self.lock = threading.Lock()

    def check(self, name, ok, seen=None):
        with self.lock:
            self.failed += not ok
            print("%s - %s" % ("ok" if ok else "not ok", name))
            if not ok and seen is not None:
                print("#   seen: %s" % (seen,))

    def skip(self, name, why):
        print("ok - %s # SKIP %s" % (name, why))

    def equal(self, name, seen, wanted):
        self.check(name, seen == wanted, "%r, wanted %r" % (seen, wanted))


class Web:
    """The server, as a process of its own."""

    def __init__(self, *arguments):
        self.arguments = arguments

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, "server.py"), *self.arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port, self.tls_port = map(
            int, self.process.stdout.readline().split())
        return self

    def __exit__(self, *args):
        self.process.stdin.close()
        self.process.wait(10)

    def url(self, path, host="127.0.0.1"):
        return "http://%s:%d%s" % (host, self.port, path)

    def get(self, path, host=None):
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(self.url(path))
        if host:
            request.add_header("Host", host)
        return direct.open(request).read()

    def log(self):
        return json.loads(self.get("/log"))

    def requests(self, path):
        return [r for r in self.log()["requests"] if r["path"] == path]


def start(store, jobs, environment=PRIVATE, agent=None, **limits):
    """Start the program; jobs are (url, referer)."""
    command = [FETCH, "--store", store]
    for name, value in {**LIMITS, **limits}.items():
        command += ["--limit", "%s=%s" % (name.replace("_", "-"), value)]
    command += ["--user-agent", agent] if agent else []
    process = subprocess.Popen(command, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True,
                               env={**ENVIRONMENT, **environment})
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


FEED = """<?xml version="1.0"?>
<rss version="2.0"><channel><title>From a server</title><language>en</language>
<item><title>Pictures</title><guid isPermaLink="false">1</guid><description>
%s</description></item></channel></rss>
"""
IMAGE = "&lt;p&gt;&lt;img src=\"%s\" alt=\"A\"&gt;&lt;/p&gt;\n"
OPTIONS = ["--limit=retry-seconds=0.02", "--limit=image-seconds=10"]


class Reader:
    """Somebody who binds feeds, with a folder for the books."""

    def __init__(self, web, folder):
        self.web, self.folder = web, folder
        os.makedirs(folder, exist_ok=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def feed(self, name, addresses):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(FEED % "".join(IMAGE % a for a in addresses))

    def start(self, feed, *options, **more):
        """All hosts are the server's; the book's name is the feed's."""
        env = {**ENVIRONMENT, "FEEDBIND_ALLOW_PRIVATE": "1",
               "FEEDBIND_CONNECT_TO": "::127.0.0.1:%d" % self.web.port}
        return subprocess.Popen(
            [os.environ["FEEDBIND"], *OPTIONS, *options, feed], env=env,
            cwd=self.folder, stdin=subprocess.DEVNULL, text=True,
            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})

    def bind(self, *arguments):
        process = self.start(*arguments)
        told = process.communicate(timeout=30)[1]
        return process.returncode, told

    def book(self, name):
        with open(self.path(name), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()


def run(tests, *arguments):
    """Run tests, each with a store of its own; `arguments` are the server's."""
    tap = Tap()
    folder = tempfile.mkdtemp()
    try:
        with Web(*arguments) as web:
            for test in tests:
                test(tap, web, os.path.join(folder, test.__name__))
    finally:
        shutil.rmtree(folder)
    return 1 if tap.failed else 0
