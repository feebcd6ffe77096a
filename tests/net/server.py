"""A web server that misbehaves in every way that the downloader must bear.

    server.py [CERTIFICATE]

Listens on loopback alone, on a port that the system chooses; each of HOSTS is
a host of its own to the downloader. Prints the port and, with a certificate
and its key in a PEM file, that of an HTTP/2 server. Ends when standard input
is closed, or after two minutes.

Paths: see CASES. It is a proxy, too: asked for a whole URL, it answers as the
host of that URL would, and CONNECT leads to the HTTP/2 server. GET /log
answers with JSON: the requests in order, with their headers and times, the
largest number of requests that were open at once, in all and by host, and what
the HTTP/2 server saw.
"""

import email.utils
import gzip
import hashlib
import json
import select
import socket
import struct
import sys
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import http2

LIFE = 120  # seconds
HOSTS = ["127.0.0.%d" % n for n in range(1, 7)]
MEGABYTE = 1 << 20


def chunk(kind, data):
    body = kind + data
    return (struct.pack(">I", len(data)) + body
            + struct.pack(">I", zlib.crc32(body)))


def png(width, height, colour):
    row = b"\0" + bytes(colour) * width
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
            + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b""))


PICTURE = png(40, 30, (200, 40, 40))
OTHER = png(40, 30, (40, 40, 200))
LARGE = png(40, 30, (40, 200, 40)) + bytes(range(256)) * 800
EARLY = "Sun, 06 Nov 1994 08:49:37 GMT"
LATE = "Mon, 07 Nov 1994 08:49:37 GMT"
PAGE = b"\n<!DOCTYPE html>\n<title>Sorry</title><p>It is not here."


class Log:
    def __init__(self):
        self.lock = threading.Lock()
        self.requests = []
        self.open = {}
        self.most = {}
        self.connections = {}
        self.most_in_all = 0
        self.http2, self.http2_port = None, 0

    def enter(self, host, path, headers):
        """Returns how often this was asked for before."""
        with self.lock:
            before = sum((r["host"], r["path"]) == (host, path)
                         for r in self.requests)
            self.requests.append({"host": host, "path": path,
                                  "headers": dict(headers),
                                  "time": time.monotonic()})
            self.open[host] = self.open.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.open[host])
            self.most_in_all = max(self.most_in_all, sum(self.open.values()))
            return before

    def connect(self, host):
        with self.lock:
            self.connections[host] = self.connections.get(host, 0) + 1

    def leave(self, host):
        with self.lock:
            self.open[host] -= 1

    def as_json(self):
        with self.lock:
            return json.dumps({"requests": self.requests, "most": self.most,
                               "most_in_all": self.most_in_all,
                               "connections": self.connections,
                               "http2": self.http2}).encode()


LOG = Log()


def answer(h, status, body=b"", **headers):
    h.send_response(status)
    headers.setdefault("Content_Type", "image/png")
    headers.setdefault("Content_Length", str(len(body)))
    for name, value in headers.items():
        if value is not None:
            h.send_header(name.replace("_", "-"), value)
    h.end_headers()
    h.wfile.write(body)


def redirect(h, target):
    answer(h, 302, PAGE, Location=target)


def slow(h):
    time.sleep(0.15)
    answer(h, 200, PICTURE)


def drip(h):
    """A byte now and then, for ever: only the total time-out ends it."""
    answer(h, 200, Content_Length="100000")
    while True:
        h.wfile.write(b"\x89")
        time.sleep(0.2)


def stall(h):
    """Some bytes, then silence."""
    answer(h, 200, PICTURE[:20], Content_Length=str(len(PICTURE)))
    time.sleep(8)


def endless(h):
    answer(h, 200, Content_Length=None, Connection="close")
    while True:
        h.wfile.write(PICTURE * 100)


def endless_headers(h):
    h.send_response(200)
    h.flush_headers()
    while True:
        h.wfile.write(b"X-More: " + b"x" * 1000 + b"\r\n")


def bomb(h):
    """16 MB of zeros in a few KB."""
    body = gzip.compress(b"\0" * (16 * MEGABYTE), 1)
    answer(h, 200, body, Content_Encoding="gzip")


def truncated(h):
    answer(h, 200, PICTURE[:-20], Content_Length=str(len(PICTURE)))
    h.close_connection = True


def validated(h):
    if h.headers.get("If-None-Match") == '"v1"':
        answer(h, 304, Content_Type=None, Content_Length=None, ETag='"v1"')
    else:
        answer(h, 200, PICTURE, ETag='"v1"')


def validated_by_date(h):
    """The same, by date; it changes after the second time."""
    if h.headers.get("If-Modified-Since") != EARLY:
        answer(h, 200, PICTURE, Last_Modified=EARLY)
    elif h.before == 1:
        answer(h, 304, Content_Type=None, Content_Length=None)
    else:
        answer(h, 200, OTHER, Last_Modified=LATE)


def reset(h):
    linger = struct.pack("ii", 1, 0)
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    h.connection.close()
    h.close_connection = True  # and its files, which hold it open


def nonsense(h):
    """No HTTP at all."""
    h.wfile.write(PICTURE)
    h.close_connection = True


def once(h):
    """A picture at the first time, 404 at any later."""
    answer(h, 404 if h.before else 200, PAGE if h.before else PICTURE)


def at_last(status, times, **headers):
    """A failure some times, then a picture."""
    def case(h):
        if h.before < times:
            answer(h, status, PAGE, **headers)
        else:
            answer(h, 200, PICTURE)
    return case


def until_date(h):
    """Retry-After as a date, a second after that in Date."""
    if h.before:
        answer(h, 200, PICTURE)
    else:
        when = email.utils.formatdate(int(time.time()) + 1, usegmt=True)
        answer(h, 503, PAGE, Retry_After=when)


def reset_once(h):
    answer(h, 200, PICTURE) if h.before else reset(h)


def versions(h):
    """Another picture each time."""
    answer(h, 200, PICTURE if h.before == 0 else OTHER)


def of_its_own(h):
    """A picture whose colour the address tells."""
    address = h.headers.get("Host", "") + h.path
    answer(h, 200, png(40, 30, hashlib.sha256(address.encode()).digest()[:3]))


GATES = {}


def gate(h):
    """Waits until /open/… is asked for."""
    GATES.setdefault(h.path.rpartition("/")[2], threading.Event()).wait(10)
    answer(h, 200, PICTURE)


def open_gate(h):
    GATES.setdefault(h.path.rpartition("/")[2], threading.Event()).set()
    answer(h, 200)


def negotiated(h):
    """As picture networks do: a name in Accept is enough, whatever its q."""
    accept = h.headers.get("Accept", "")
    for name in "avif", "webp":
        if "image/" + name in accept:
            answer(h, 200, b"RIFF" + name.encode())
            return
    answer(h, 200, PICTURE)


# --- bodies that break off

VALIDATORS = {
    "etag": {"ETag": '"v1"'},
    "modified": {"Last_Modified": EARLY},
    "weak": {"ETag": 'W/"v1"'},
    "none": {},
}


def part(h, first, end, **headers):
    answer(h, 206, LARGE[first:end],
           Content_Range="bytes %d-%d/%d" % (first, end - 1, len(LARGE)),
           **headers)


def break_off(h, body, **headers):
    """Half of it, and the connection ends."""
    answer(h, 200, body[:len(body) // 2], Content_Length=str(len(body)),
           **headers)
    h.close_connection = True


def resumed(h):
    """LARGE, the first half first. What is after the last dot of the path
    says what validators it has, or how the rest is not had."""
    kind = h.path.rpartition(".")[2]
    validators = VALIDATORS.get(kind, VALIDATORS["etag"])
    wanted = h.headers.get("Range")
    if h.before == 0:
        break_off(h, LARGE, **validators)
    elif not wanted:
        answer(h, 200, LARGE, **validators)
    else:
        first = int(wanted[len("bytes="):-1])
        RESUMED.get(kind, part)(h, first, len(LARGE))


def renewed(h):
    """A picture; a newer one, half of it; and then an answer to a question
    that nobody asked."""
    if h.before == 0:
        answer(h, 200, PICTURE, ETag='"v0"')
    elif h.before == 1:
        break_off(h, LARGE, ETag='"v1"')
    else:
        answer(h, 304, Content_Type=None, Content_Length=None)


def changed(h, first, end):
    answer(h, 200, OTHER, ETag='"v2"')


def changed_part(h, first, end):
    part(h, first, end, ETag='"v2"')


def misfit(h, first, end):
    part(h, first - 1, end)


def not_satisfiable(h, first, end):
    answer(h, 416, Content_Range="bytes */7")


def unavailable(h, first, end):
    answer(h, 503, PAGE) if h.before == 1 else part(h, first, end)


def small_parts(h, first, end):
    part(h, first, min(end, first + len(LARGE) // 4))


def zipped(h, first, end):
    part(h, first, end, Content_Encoding="gzip")


RESUMED = {"changed": changed, "changed-part": changed_part, "misfit": misfit,
           "416": not_satisfiable, "503": unavailable, "small": small_parts,
           "zipped": zipped}


CASES = {
    "/ok.png": lambda h: answer(h, 200, PICTURE),
    "/same.png": lambda h: answer(h, 200, PICTURE),
    "/other.png": lambda h: answer(h, 200, OTHER),
    "/as-text.png": lambda h: answer(h, 200, PICTURE, Content_Type="text/html"),
    "/gzipped.svg": lambda h: answer(h, 200, gzip.compress(b"<svg/>"),
                                     Content_Encoding="gzip"),
    "/404": lambda h: answer(h, 404, PICTURE),
    "/410": lambda h: answer(h, 410, PAGE),
    "/403": lambda h: answer(h, 403, PAGE),
    "/451": lambda h: answer(h, 451, PAGE),
    "/429": lambda h: answer(h, 429, PAGE),
    "/500": lambda h: answer(h, 500, PAGE),
    "/page.png": lambda h: answer(h, 200, PAGE),
    "/empty.png": lambda h: answer(h, 200),
    "/to-ok": lambda h: redirect(h, "a/../ok.png#fragment"),
    "/to-itself": lambda h: redirect(h, "/to-itself"),
    "/to-file": lambda h: redirect(h, "file:///etc/passwd"),
    "/to-404": lambda h: redirect(h, "/404"),
    "/to-nowhere": lambda h: redirect(h, "http://[bad/"),
    "/big.png": lambda h: answer(h, 200, PICTURE + bytes(2 * MEGABYTE)),
    "/drip.png": drip,
    "/stall.png": stall,
    "/endless.png": endless,
    "/endless-headers.png": endless_headers,
    "/bomb.png": bomb,
    "/truncated.png": truncated,
    "/validated.png": validated,
    "/dated.png": validated_by_date,
    "/to-other-host": lambda h: redirect(
        h, "http://127.0.0.3:%d/ok.png?redirected" % h.server.server_port),
    "/reset.png": reset,
    "/once.png": once,
    "/nonsense.png": nonsense,
    "/renewed.png": renewed,
    "/unasked-part": lambda h: part(h, 0, 100),
    "/longer.png": lambda h: answer(h, 200, PICTURE + b"more",
                                    Content_Length=str(len(PICTURE)),
                                    Connection="close"),
    "/negotiated.png": negotiated,
    "/later.png": at_last(503, 2),
    "/much-later.png": at_last(500, 9),
    "/busy.png": at_last(429, 1, Retry_After="1"),
    "/until-date.png": until_date,
    "/closed.png": at_last(429, 1, Retry_After="3600"),
    "/reset-once.png": reset_once,
    "/versions.png": versions,
}


FOLDERS = {"slow": slow, "resumed": resumed, "own": of_its_own, "gate": gate,
           "open": open_gate}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    disable_nagle_algorithm = True

    def setup(self):
        super().setup()
        LOG.connect(self.server.server_address[0])

    def do_CONNECT(self):
        """A tunnel, which leads to the HTTP/2 server wherever it should."""
        LOG.enter("proxy", self.path, self.headers)
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        with socket.create_connection(("127.0.0.1", LOG.http2_port)) as far:
            ends = {self.connection: far, far: self.connection}
            while ready := select.select(list(ends), [], [], self.timeout)[0]:
                for end in ready:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)

    def do_GET(self):
        if self.path.startswith("http://"):
            LOG.enter("proxy", self.path, self.headers)
            url = urlsplit(self.path)
            self.path = url.path + ("?" + url.query if url.query else "")
        path = self.path.split("?")[0]
        if path == "/log":
            answer(self, 200, LOG.as_json(), Content_Type="application/json")
            return
        host = self.headers.get("Host", "").split(":")[0]
        self.before = LOG.enter(host, self.path, self.headers)
        try:
            folder = FOLDERS.get(path.split("/")[1], CASES["/404"])
            CASES.get(path, folder)(self)
        except OSError:
            self.close_connection = True
        finally:
            LOG.leave(host)

    def log_message(self, format, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass


def bind_all():
    """One listener for each host, all on the port that the first one got."""
    for _ in range(20):
        servers = [Server((HOSTS[0], 0), Handler)]
        port = servers[0].server_address[1]
        try:
            servers += [Server((host, port), Handler) for host in HOSTS[1:]]
            return servers, port
        except OSError:
            for server in servers:
                server.server_close()
    raise SystemExit("no port that is free on " + ", ".join(HOSTS))


def main():
    servers, port = bind_all()
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    if len(sys.argv) > 1:
        tls = http2.Server(sys.argv[1], PICTURE)
        LOG.http2, LOG.http2_port = tls.log, tls.port
    print(port, LOG.http2_port, flush=True)
    end = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), end.set()),
                     daemon=True).start()
    end.wait(LIFE)


if __name__ == "__main__":
    main()
