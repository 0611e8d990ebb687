"""A database on a network is spoken to over TLS alone, and only once it has proved its name."""

from __future__ import annotations

import socket
import threading

import psycopg
import pytest

from goldenthread.config.database import connection_settings
from goldenthread.config.postgres.over_network import over_tls
from goldenthread.config.postgres.refusals import UnfitForUse

AT = "postgresql://gt_app:hush%2Fhush@db.example:5433/goldenthread"


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:///goldenthread",
        "postgresql://gt_app:p@/goldenthread?host=%2Frun%2Fpostgresql&port=5432",
        "postgresql://gt_app:p@127.0.0.1/goldenthread",
        "postgresql://gt_app:p@[::1]:5432/goldenthread",
        "postgres://gt_app:p@localhost/goldenthread?sslmode=disable",
    ],
)
def test_on_this_machine_an_address_is_left_as_it_is(address):
    assert over_tls(address) == address


def test_over_a_network_the_server_must_prove_its_name():
    options = connection_settings(AT)["OPTIONS"]

    assert options == {"sslmode": "verify-full", "sslrootcert": "system"}
    assert connection_settings(AT)["PASSWORD"] == "hush/hush"


def test_an_authority_of_ones_own_is_kept():
    assert "sslrootcert=%2Fetc%2Fca.pem" in over_tls(f"{AT}?sslrootcert=/etc/ca.pem")
    kept = over_tls(f"{AT}?sslmode=verify-ca&sslrootcert=/etc/ca.pem")
    assert "sslmode=verify-ca" in kept


@pytest.mark.parametrize(
    "address",
    [
        *(f"{AT}?sslmode={mode}" for mode in ("disable", "allow", "prefer", "require")),
        f"{AT}?sslmode=verify-ca",
        "postgresql://gt_app:hush%2Fhush@/goldenthread?host=%2Frun,db.example&sslmode=prefer",
        "postgresql://gt_app:hush%2Fhush@/goldenthread?hostaddr=192.0.2.7&sslmode=disable",
        "mysql://gt_app:hush%2Fhush@db.example/goldenthread",
    ],
)
def test_less_is_refused_without_the_password(address):
    with pytest.raises(UnfitForUse) as refused:
        over_tls(address)
    assert "hush" not in str(refused.value)


def test_a_server_without_tls_is_told_no_password():
    """A listener that declines TLS, as a server without it does, then reads all it is sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(20)

        def decline() -> None:
            one, _ = listening.accept()
            with one:
                one.settimeout(20)
                heard.append(one.recv(1024))
                one.sendall(b"N")
                heard.append(one.recv(1024))

        thread = threading.Thread(target=decline)
        thread.start()
        port = listening.getsockname()[1]
        given = over_tls(f"postgresql://gt_app:hushhush@db.example:{port}/goldenthread")
        with pytest.raises(psycopg.OperationalError, match="does not support SSL"):
            psycopg.connect(
                given, hostaddr="127.0.0.1", connect_timeout=10, sslnegotiation="postgres"
            )
        thread.join(20)

    assert heard[0][4:8] == (80877103).to_bytes(4, "big"), "it asks for TLS first"
    assert heard[1] == b"", "and goes when it is declined"
