"""A web server that misbehaves in every way that the downloader must bear.

    server.py [SECONDS]

Listens on loopback alone, on a port that the system chooses; each of HOSTS is
a host of its own to the downloader. Prints the port, and ends when standard
input is closed, or after SECONDS (60).

Paths: see CASES. GET /log answers with JSON: the requests in order, with
their headers, and the largest number of requests that were open at once, in
all and by host.
"""

import gzip
import json
import socket
import struct
import sys
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

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
PAGE = b"\n<!DOCTYPE html>\n<title>Sorry</title><p>It is not here."


class Log:
    def __init__(self):
        self.lock = threading.Lock()
        self.requests = []
        self.open = {}
        self.most = {}
        self.most_in_all = 0

    def enter(self, host, path, headers):
        with self.lock:
            self.requests.append(
                {"host": host, "path": path, "headers": dict(headers)})
            self.open[host] = self.open.get(host, 0) + 1
            self.most[host] = max(self.most.get(host, 0), self.open[host])
            self.most_in_all = max(self.most_in_all, sum(self.open.values()))

    def leave(self, host):
        with self.lock:
            self.open[host] -= 1

    def as_json(self):
        with self.lock:
            return json.dumps({"requests": self.requests, "most": self.most,
                               "most_in_all": self.most_in_all}).encode()


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
    """A gzip of 64 MB of zeros in 64 KB."""
    body = gzip.compress(b"\0" * (64 * MEGABYTE))
    answer(h, 200, body, Content_Encoding="gzip")


def truncated(h):
    answer(h, 200, PICTURE[:-20], Content_Length=str(len(PICTURE)))
    h.close_connection = True


def validated(h):
    if h.headers.get("If-None-Match") == '"v1"':
        answer(h, 304, Content_Type=None, Content_Length=None, ETag='"v1"')
    else:
        answer(h, 200, PICTURE, ETag='"v1"')


def reset(h):
    linger = struct.pack("ii", 1, 0)
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    h.connection.close()


def once(h):
    """A picture at the first time, 404 at any later."""
    seen = sum(1 for r in LOG.requests if r["path"] == "/once.png")
    answer(h, 200 if seen == 1 else 404, PICTURE if seen == 1 else PAGE)


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
    "/reset.png": reset,
    "/once.png": once,
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/log":
            answer(self, 200, LOG.as_json(), Content_Type="application/json")
            return
        host = self.headers.get("Host", "").split(":")[0]
        LOG.enter(host, self.path, self.headers)
        try:
            unknown = slow if path.startswith("/slow/") else CASES["/404"]
            CASES.get(path, unknown)(self)
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
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60
    servers, port = bind_all()
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(port, flush=True)
    end = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), end.set()),
                     daemon=True).start()
    end.wait(seconds)


if __name__ == "__main__":
    main()
