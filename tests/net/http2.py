"""The least of an HTTP/2 server (RFC 9113), over TLS on loopback: every
request is answered with the same picture, a while later, whatever it asks.
That needs no reading of headers: an answer's are one byte of HPACK's static
table (RFC 7541, appendix A)."""

import select
import socket
import ssl
import struct
import threading
import time

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS, PING = 0, 1, 4, 6
ACK = END_STREAM = 1
END_HEADERS = 4
STATUS_200 = b"\x88"
DELAY = 0.05
LAST = 25  # the request at which the connection ends, without a word


def frame(kind, flags, stream, body=b""):
    return (struct.pack(">I", len(body))[1:] + bytes([kind, flags])
            + struct.pack(">I", stream) + body)


class Connection:
    def __init__(self, sock, picture, log):
        self.sock, self.picture, self.log = sock, picture, log
        self.due = []  # (when, stream)

    def read(self, count):
        """count bytes; answers go out meanwhile."""
        data = b""
        while len(data) < count:
            self.answer()
            if self.sock.pending() == 0:
                wait = self.due[0][0] - time.monotonic() if self.due else 5
                ready = select.select([self.sock], [], [], max(wait, 0))[0]
                if not ready:
                    if not self.due:
                        raise OSError("idle")
                    continue
            got = self.sock.recv(count - len(data))
            if not got:
                raise OSError("closed")
            data += got
        return data

    def answer(self):
        while self.due and self.due[0][0] <= time.monotonic():
            stream = self.due.pop(0)[1]
            self.sock.sendall(frame(HEADERS, END_HEADERS, stream, STATUS_200)
                              + frame(DATA, END_STREAM, stream, self.picture))

    def run(self):
        if self.read(len(PREFACE)) != PREFACE:
            return
        self.sock.sendall(frame(SETTINGS, 0, 0))
        while True:
            head = self.read(9)
            length = struct.unpack(">I", b"\0" + head[:3])[0]
            kind, flags = head[3], head[4]
            stream = struct.unpack(">I", head[5:])[0]
            body = self.read(length)
            if kind == HEADERS:
                self.due.append((time.monotonic() + DELAY, stream))
                self.log["streams"] += 1
                if self.log["streams"] == LAST:
                    raise OSError("enough")
                self.log["most"] = max(self.log["most"], len(self.due))
            elif kind in (SETTINGS, PING) and not flags & ACK:
                self.sock.sendall(
                    frame(kind, ACK, 0, body if kind == PING else b""))


class Server:
    """Starts to serve; .port, .log."""

    def __init__(self, certificate, picture):
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.context.set_alpn_protocols(["h2"])
        self.picture = picture
        self.log = {"connections": 0, "streams": 0, "most": 0}
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            raw, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(raw,),
                             daemon=True).start()

    def serve(self, raw):
        try:
            raw.settimeout(10)
            with self.context.wrap_socket(raw, server_side=True) as sock:
                if sock.selected_alpn_protocol() == "h2":
                    self.log["connections"] += 1
                    Connection(sock, self.picture, self.log).run()
        except OSError:
            pass
