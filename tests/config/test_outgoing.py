"""Whom the service speaks to of itself: mail and an agency's provider, over TLS that is looked at.

docs/explanation/where-information-goes.md lists both; nothing else in the code can open a connection.
"""

from __future__ import annotations

import ast
import datetime
import gc
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core import mail
from django.core.mail import BadHeaderError, EmailMessage, get_connection
from django.test import override_settings

from goldenthread.config.identity import app_of
from goldenthread.usecases.accounts import mails
from goldenthread.usecases.accounts.typed import checked_email
from goldenthread.web.identity.adapter import OfAnAgency
from tests.web.account.test_headers_and_errors import settings_say

# A connection that was broken off for its certificate is closed when it is forgotten.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
HERE = Path(__file__).parents[2]
CODE = HERE / "src/goldenthread"
# What can speak over a network, and the files that do.
SPEAKS = {
    "requests": {"web/identity/adapter.py", "web/identity/views.py"},  # the latter for its faults
    "django.core.mail": {"usecases/_steps/notices.py", "usecases/accounts/mails.py"},
    "urllib.request": {"config/serving.py"},  # of itself, whether it answers
    "urllib.error": {"config/serving.py"},
    "socket": set(), "ssl": set(), "smtplib": set(), "http.client": set(), "ftplib": set(),
    "httpx": set(), "aiohttp": set(), "urllib3": set(), "xmlrpc": set(), "telnetlib": set(),
    "imaplib": set(), "poplib": set(), "paramiko": set(), "websockets": set(), "socketserver": set(),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    gc.collect()


def test_nothing_else_in_the_code_speaks_over_a_network():
    found: dict[str, set[str]] = {name: set() for name in SPEAKS}
    for file in sorted(CODE.rglob("*.py")):
        for one in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = []
            if isinstance(one, ast.Import):
                names = [name.name for name in one.names]
            elif isinstance(one, ast.ImportFrom) and one.module:
                names = [one.module, *(f"{one.module}.{name.name}" for name in one.names)]
            for name in SPEAKS:
                if any(said == name or said.startswith(f"{name}.") for said in names):
                    found[name].add(file.relative_to(CODE).as_posix())
    assert found == SPEAKS


def own_certificate(folder: Path) -> Path:
    """A certificate for localhost that nobody but its maker vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = folder / "own.pem"
    kept = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + kept)
    return pem


class Listening:
    """A server of one conversation, which keeps every line it was told."""

    def __init__(self, converse) -> None:
        self.heard: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(20)
        self.port = self.socket.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, args=(converse,))
        self.thread.start()

    def _serve(self, converse) -> None:
        one, _ = self.socket.accept()
        with one:
            one.settimeout(20)
            try:
                converse(one, self.heard)
            except OSError:
                self.heard.append(b"<gone>")

    def ended(self) -> list[bytes]:
        self.thread.join(30)
        self.socket.close()
        return self.heard


def mail_server(context: ssl.SSLContext | None):
    """A mail server; without a context it offers no TLS."""

    def converse(one: socket.socket, heard: list[bytes]) -> None:
        offered = b"250-localhost\r\n250 STARTTLS\r\n" if context else b"250 localhost\r\n"
        answers = {b"EHLO": offered, b"STAR": b"220 go on\r\n", b"QUIT": b"221 bye\r\n"}
        one.sendall(b"220 localhost\r\n")
        while line := one.recv(65_536):
            heard.append(line)
            one.sendall(answers.get(line[:4].upper(), b"250 yes\r\n"))
            if context and line[:4].upper() == b"STAR":
                one = context.wrap_socket(one, server_side=True)

    return converse


@pytest.fixture
def to_mail() -> dict:
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "localhost",
        "EMAIL_USE_TLS": True,
        "EMAIL_HOST_USER": "goldenthread",
        "EMAIL_HOST_PASSWORD": "hushhush",
        "EMAIL_TIMEOUT": 10,
    }


def context_of(folder: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own_certificate(folder))
    return context


def test_a_mail_server_that_cannot_prove_its_name_is_told_nothing(to_mail, tmp_path):
    server = Listening(mail_server(context_of(tmp_path)))
    told = [EmailMessage("A", "Words", to=["a@b.example"])]
    known = override_settings(**to_mail, EMAIL_PORT=server.port)
    with known, pytest.raises(ssl.SSLCertVerificationError):
        get_connection().send_messages(told)
    assert not any(word in b"".join(server.ended()) for word in (b"Words", b"hushhush", b"a@b"))


def test_a_mail_server_without_tls_is_told_nothing_and_that_is_logged(to_mail, caplog):
    server = Listening(mail_server(None))
    with override_settings(**to_mail, EMAIL_PORT=server.port):
        assert mails.send(("A", "Words"), ["a@b.example"]) is False
    assert "not sent: SMTPNotSupportedError" in caplog.text and "a@b" not in caplog.text
    heard = b"".join(server.ended())
    assert heard.upper().startswith(b"EHLO")
    assert not any(word in heard for word in (b"Words", b"hushhush", b"a@b", b"AUTH"))


def test_a_provider_that_cannot_prove_its_name_is_told_nothing(tmp_path):
    context = context_of(tmp_path)

    def converse(one: socket.socket, heard: list[bytes]) -> None:
        heard.append(context.wrap_socket(one, server_side=True).recv(65_536))

    server = Listening(converse)
    issuer = f"https://localhost:{server.port}"
    one = app_of("X", issuer, "3f0e0f9c-5d0e-4f7e-9d7a-0d8f3c1f2a11", "c", "hushhush")
    with override_settings(SOCIALACCOUNT_PROVIDERS={"openid_connect": {"APPS": [one]}}):
        session = OfAnAgency().get_requests_session()
        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"{issuer}/.well-known/openid-configuration")
    assert not any(b"GET" in line for line in server.ended())


def test_no_old_tls_is_spoken():
    backend = get_connection("django.core.mail.backends.smtp.EmailBackend")
    for context in (ssl.create_default_context(), backend.ssl_context):
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
        assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname


@pytest.mark.parametrize("host", ["mail.example", "192.0.2.1"])
def test_mail_over_a_network_is_never_sent_without_tls(host):
    told = {"GOLDENTHREAD_MAIL_HOST": host, "GOLDENTHREAD_MAIL_TLS": "0"}
    with pytest.raises(subprocess.CalledProcessError):
        settings_say("settings.EMAIL_USE_TLS", **told)
    assert settings_say("settings.EMAIL_USE_TLS", GOLDENTHREAD_MAIL_HOST=host) == "True"
    here = {**told, "GOLDENTHREAD_MAIL_HOST": "localhost"}
    assert settings_say("settings.EMAIL_USE_TLS", **here) == "False", "a relay of this machine"


INJECTED = (
    "ama@example.org\nBcc: all@evil.example",
    "ama@example.org\r\nDATA",
    "ama@example.org>\r\nRCPT TO:<all@evil.example",
)


@pytest.mark.parametrize("address", INJECTED)
def test_an_address_that_holds_a_line_break_is_no_address(address):
    assert checked_email(address)[1], "it is never taken down as one"
    with pytest.raises((BadHeaderError, ValueError)):
        EmailMessage("A", "Words", to=[address]).message()
    mail.outbox = []
    with override_settings(EMAIL_HOST="mail.example"):
        assert mails.send(("A", "Words"), [address]) is False
    assert mail.outbox == []
