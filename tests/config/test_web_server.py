"""The web server as `goldenthread serve` starts it, spoken to byte by byte: where one request ends and
the next begins is never in doubt, and what is in doubt is refused and the connection closed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from goldenthread.config.serving import web_command

PAGE = "/static/kit/goldenthread.css"
SECRET = "a key for checking alone which guards nothing 4f9c1e7b2a"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """The service on loopback, as behind a proxy that speaks TLS."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    environment = {**os.environ, "GOLDENTHREAD_TLS": "1", "GOLDENTHREAD_SECRET_KEY": SECRET}
    process = subprocess.Popen(
        web_command(host="127.0.0.1", port=number), env=environment, stderr=subprocess.PIPE
    )
    try:
        ends = time.monotonic() + 90
        while time.monotonic() < ends:
            try:
                socket.create_connection(("127.0.0.1", number), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield number
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        process.stderr.close()


def answers(port: int, sent: bytes) -> list[bytes]:
    """Every answer of one connection, until the server closes it or has nothing more to say."""
    with socket.create_connection(("127.0.0.1", port), 20) as one:
        one.settimeout(20)
        one.sendall(sent)
        one.shutdown(socket.SHUT_WR)
        heard = b""
        try:
            while part := one.recv(65_536):
                heard += part
        except ConnectionResetError:
            pass
    return re.findall(rb"HTTP/1\.1 (\d{3}) ", heard)


def asked(method: str, *headers: str, body: bytes = b"", path: str = PAGE) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", "X-Forwarded-Proto: https", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


# Answered with 404 where it is taken for a request.
FOLLOWING = asked("GET", path="/smuggled/")


def test_it_answers_one_request_and_the_next(port):
    assert answers(port, asked("GET") + asked("GET", "Connection: close")) == [b"200", b"200"]
    assert answers(port, asked("GET") + FOLLOWING) == [b"200", b"404"], "and it would be seen"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (["Content-Length: 5", "Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked", "Content-Length: 44"], b"0\r\n\r\n"),
        (["Content-Length: 0", "Content-Length: 30"], b""),
        (["Content-Length: 0, 30"], b""),
        (["Content-Length: +0"], b""),
        (["Content-Length: 0x0"], b""),
        (["Content-Length: -1"], b""),
        (["Transfer-Encoding: xchunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked, identity"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked", "Transfer-Encoding: identity"], b"0\r\n\r\n"),
        (["Transfer-Encoding : chunked"], b"0\r\n\r\n"),
        (["Content-Length: 3", " Transfer-Encoding: chunked"], b"0\r\n\r\n"),
        (["Transfer-Encoding: chunked"], b"zz\r\nx\r\n0\r\n\r\n"),
        (["Content\x00Length: 0"], b""),
    ],
    ids=lambda one: " ".join(one)[:48] if isinstance(one, list) else "",
)  # fmt: skip
def test_a_request_whose_end_is_in_doubt_is_refused_and_nothing_follows_it(port, headers, body):
    found = answers(port, asked("POST", *headers, body=body) + FOLLOWING)

    assert set(found) <= {b"400", b"405", b"413", b"431", b"501"}, found
    assert b"404" not in found, "what came after it was never taken for a request"


def test_what_is_longer_than_a_page_needs_is_refused(port):
    many = [f"X-{number}: 1" for number in range(70)]
    for sent in (
        asked("GET", path="/" + "a" * 5_000),
        asked("GET", f"X-Long: {'a' * 9_000}"),
        asked("GET", *many),
    ):
        assert set(answers(port, sent)) <= {b"400", b"414", b"431"}


def test_trace_and_other_methods_are_refused(port):
    for method in ("TRACE", "OPTIONS", "DELETE", "CONNECT"):
        assert answers(port, asked(method, "Connection: close"))[:1] in ([b"405"], [b"400"])


def raw(port: int, sent: bytes) -> str:
    with socket.create_connection(("127.0.0.1", port), 20) as one:
        one.settimeout(20)
        one.sendall(sent)
        heard = b""
        while b"\r\n\r\n" not in heard and (part := one.recv(65_536)):
            heard += part
    return heard.partition(b"\r\n\r\n")[0].decode("latin-1")


def test_no_version_of_anything_is_told(port):
    for path in (PAGE, "/account/login/", "/nothing/"):
        head = raw(port, asked("GET", "Connection: close", path=path))
        assert not re.search(r"(?i)^(x-powered-by|via):", head, re.MULTILINE)
        assert re.findall(r"(?im)^server: (.*?)\r?$", head) in ([], ["gunicorn"]), (
            "a name, no number"
        )


def test_without_tls_a_page_leads_to_it_and_a_form_that_was_sent_is_not_taken(port):
    plain = "GET /account/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head = raw(port, plain.encode())
    assert " 301 " in head.splitlines()[0]
    assert "https://localhost/account/login/" in head
    sent = "POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
    assert " 301 " in raw(port, sent.encode()).splitlines()[0]
