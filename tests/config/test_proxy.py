"""The proxy that `install/nginx.conf` describes, run with it on loopback in front of a service that
says what it was told: which TLS is spoken, what nobody can forge, and where a request ends."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from tests.config.nginx import folders_in, free_port, running
from tests.config.test_outgoing import own_certificate

CONFIGURATION = Path(__file__).parents[2] / "install/nginx.conf"
NAME = "localhost"
pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="needs nginx: apt-get install nginx-light"
)


@dataclass
class Proxy:
    """Where it listens, and every request that came through it."""

    plain: int
    tls: int
    came_through: list[dict]


class Quiet(WSGIRequestHandler):
    def log_message(self, format, *args):
        """Say nothing of each request."""


class Many(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@pytest.fixture(scope="module")
def proxy(tmp_path_factory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    folder.chmod(0o755)
    came_through: list[dict] = []

    def application(environ, start_response):
        told = {name: value for name, value in environ.items() if isinstance(value, str)}
        came_through.append(told)
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(told).encode()]

    behind = make_server("127.0.0.1", 0, application, server_class=Many, handler_class=Quiet)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    one = Proxy(free_port(), free_port(), came_through)
    certificate = own_certificate(folder)
    text = CONFIGURATION.read_text(encoding="utf-8")
    for said, here in {
        "/run/nginx.pid": str(folder / "pid"),
        "listen 443": f"listen 127.0.0.1:{one.tls}",
        "listen 80": f"listen 127.0.0.1:{one.plain}",
        "goldenthread.example": NAME,
        "/etc/goldenthread/certificate.pem": str(certificate),
        "/etc/goldenthread/certificate.key": str(certificate),
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind.server_port}",
        "http {\n": "http {\n" + folders_in(folder),
    }.items():  # fmt: skip
        assert said in text, said
        text = text.replace(said, here)
    try:
        with running(text, folder, one.tls):
            yield one
    finally:
        behind.shutdown()
        behind.server_close()


def client(**how: object) -> ssl.SSLContext:
    """A client that takes any certificate: which is no matter here."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for name, value in how.items():
        setattr(context, name, value)
    return context


def spoken(proxy: Proxy, context: ssl.SSLContext, name: str = NAME) -> tuple[str, str]:
    """The version and cipher that the two agree on."""
    plain = socket.create_connection(("127.0.0.1", proxy.tls), 10)
    with plain, context.wrap_socket(plain, server_hostname=name) as one:
        return one.version() or "", one.cipher()[0]


def test_the_newest_tls_is_spoken_and_1_2_where_that_is_all_there_is(proxy):
    assert spoken(proxy, client())[0] == "TLSv1.3"
    assert spoken(proxy, client(maximum_version=ssl.TLSVersion.TLSv1_2))[0] == "TLSv1.2"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_no_older_tls_is_spoken(proxy, version):
    old = client()
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = old.maximum_version = version
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        spoken(proxy, old)


@pytest.mark.parametrize(
    "cipher",
    ["AES256-GCM-SHA384", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-ECDSA-AES128-SHA", "AES128-SHA"],
)
def test_no_weak_cipher_and_none_without_forward_secrecy_is_spoken(proxy, cipher):
    weak = client(maximum_version=ssl.TLSVersion.TLSv1_2)
    weak.set_ciphers(f"{cipher}:@SECLEVEL=0")
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        spoken(proxy, weak)


def test_the_strongest_is_chosen_whatever_the_other_prefers(proxy):
    other = client(maximum_version=ssl.TLSVersion.TLSv1_2)
    other.set_ciphers("ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384")
    assert spoken(proxy, other)[1] == "ECDHE-ECDSA-AES256-GCM-SHA384"


def test_another_name_is_told_nothing(proxy):
    with pytest.raises((ssl.SSLError, ConnectionResetError)):
        spoken(proxy, client(), "elsewhere.example")
    assert raw(proxy.plain, b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n") == b""


def asked(proxy: Proxy, method: str = "GET", path: str = "/", **headers: str):
    one = http.client.HTTPSConnection("127.0.0.1", proxy.tls, context=client(), timeout=20)
    one.sock = client().wrap_socket(
        socket.create_connection(("127.0.0.1", proxy.tls), 20), server_hostname=NAME
    )
    one.request(method, path, None, {"Host": NAME, **headers})
    answer = one.getresponse()
    said = answer.read()
    one.close()
    return answer, said


def test_what_the_proxy_says_nobody_can_forge(proxy):
    _, said = asked(
        proxy,
        **{
            "X-Forwarded-Proto": "http", "X-Forwarded-For": "198.51.100.1", "X-Real-IP": "198.51.100.1",
            "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "1", "Forwarded": "for=198.51.100.1",
            "X_Forwarded_For": "198.51.100.2", "X_Forwarded_Proto": "http",
        },
    )  # fmt: skip
    told = json.loads(said)
    assert told["HTTP_X_FORWARDED_PROTO"] == "https"
    assert told["HTTP_X_FORWARDED_FOR"] == "127.0.0.1"
    assert told["HTTP_HOST"] == NAME
    assert not {
        one for one in told if one in ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_X_FORWARDED_HOST")
    }
    assert "198.51.100" not in said.decode() and "evil" not in said.decode()


def test_a_page_without_tls_leads_to_it_and_a_form_is_refused(proxy):
    before = len(proxy.came_through)
    heard = raw(proxy.plain, f"GET /a?b=c HTTP/1.1\r\nHost: {NAME}\r\n\r\n".encode())
    assert b" 301 " in heard and f"Location: https://{NAME}/a?b=c".encode() in heard
    sent = (
        f"POST /account/login/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 4\r\n\r\na=bc".encode()
    )
    assert b" 403 " in raw(proxy.plain, sent)
    assert proxy.came_through[before:] == []


def test_trace_and_what_is_too_large_are_refused_and_no_version_is_told(proxy):
    assert asked(proxy, "TRACE")[0].status == 405
    too_large, _ = asked(proxy, "POST", **{"Content-Length": str(23 * 1024 * 1024)})
    assert too_large.status == 413
    for answer in (too_large, asked(proxy)[0]):
        assert "nginx/" not in str(answer.headers)


def raw(port: int, sent: bytes, context: ssl.SSLContext | None = None) -> bytes:
    with socket.create_connection(("127.0.0.1", port), 10) as plain:
        one = context.wrap_socket(plain, server_hostname=NAME) if context else plain
        one.settimeout(3)
        one.sendall(sent)
        heard = b""
        try:
            while part := one.recv(65_536):
                heard += part
        except (TimeoutError, ConnectionResetError, ssl.SSLError):
            pass
        finally:
            if context:
                one.close()
    return heard


def test_two_requests_of_one_connection_both_come_through(proxy):
    one = f"POST /first HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 0\r\n\r\n"
    other = f"GET /smuggled HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n"
    assert b"/smuggled" in raw(proxy.tls, (one + other).encode(), client()), "it would be seen"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Length: 5\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked\r\nContent-Length: 60", "0\r\n\r\n"),
        ("Content-Length: 0\r\nContent-Length: 60", ""),
        ("Transfer-Encoding: xchunked", "0\r\n\r\n"),
        ("Transfer-Encoding: chunked, identity", "0\r\n\r\n"),
        ("Transfer-Encoding : chunked", "0\r\n\r\n"),
    ],
    ids=lambda one: one.replace("\r\n", " ")[:40],
)
def test_a_request_whose_end_is_in_doubt_brings_no_other_with_it(proxy, headers, body):
    before = len(proxy.came_through)
    sent = f"POST /first HTTP/1.1\r\nHost: {NAME}\r\n{headers}\r\n\r\n{body}"
    hidden = f"GET /smuggled HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    heard = raw(proxy.tls, (sent + hidden).encode(), client())

    assert b"/smuggled" not in heard
    assert [one["PATH_INFO"] for one in proxy.came_through[before:]] in ([], ["/first"])
