"""What docs/reference/cryptography.md says of keys and ciphers is what the code does, file by file."""

from __future__ import annotations

import ast
import base64
import re
import string
from math import log2
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import get_hasher

from goldenthread.config.address_keys import new_key
from goldenthread.config.environment import _kept_key, _new_seal_key
from goldenthread.domain.audit.commitment import SALT_BYTES
from goldenthread.domain.audit.signed_note import parse_signing_key
from goldenthread.records.addresses import sealing
from goldenthread.web.account import second_step
from goldenthread.web.accounts import forms
from goldenthread.web.identity.provider import SIGNED_BY

HERE = Path(__file__).parents[2]
CODE = HERE / "src/goldenthread"
PAGE = (HERE / "docs/reference/cryptography.md").read_text(encoding="utf-8")
USED_BY = {
    file: what
    for file, what in re.findall(r"(?m)^\| `([\w/]+\.py)` \| ([^|]+) \|", PAGE)
}  # fmt: skip
LIBRARIES = (
    "hashlib", "hmac", "secrets", "ssl", "cryptography", "jwt", "argon2", "nacl", "Crypto",
    "django.utils.crypto", "django.core.signing", "django.contrib.auth.hashers",
    "allauth.core.internal.deferred.jwt",
)  # fmt: skip
CALLS = ("urandom", "set_password", "make_password", "encrypt_password")
# Of all that the libraries offer: authenticated encryption, digests of 256 bits, Ed25519.
TAKEN = {
    "cryptography.exceptions",
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.hashes",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "cryptography.hazmat.primitives.serialization",
}


def imported(tree: ast.Module) -> set[str]:
    found = set()
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            found |= {name.name for name in one.names}
        if isinstance(one, ast.ImportFrom) and one.module:
            found |= {f"{one.module}.{name.name}" for name in one.names} | {one.module}
    return found


def uses_it(tree: ast.Module) -> bool:
    called = {
        one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
        for one in ast.walk(tree)
        if isinstance(one, ast.Call)
    }
    names = imported(tree)
    by_name = any(one == lib or one.startswith(f"{lib}.") for one in names for lib in LIBRARIES)
    return by_name or bool(called & set(CALLS)) or "os.urandom" in ast.unparse(tree)


def trees() -> dict[str, ast.Module]:
    files = sorted(one for one in CODE.rglob("*.py") if "migrations" not in one.parts)
    return {
        one.relative_to(CODE).as_posix(): ast.parse(one.read_text(encoding="utf-8"))
        for one in files
    }


TREES = trees()


def test_every_file_that_uses_cryptography_is_in_the_inventory_and_no_other():
    assert {place for place, tree in TREES.items() if uses_it(tree)} == set(USED_BY)


def test_no_cipher_mode_or_key_is_used_but_those_that_are_named():
    modules = {
        one.module
        for tree in TREES.values()
        for one in ast.walk(tree)
        if isinstance(one, ast.ImportFrom) and (one.module or "").startswith("cryptography")
    }
    assert modules == TAKEN
    names = {name for tree in TREES.values() for name in imported(tree) if ".aead." in name}
    assert names == {"cryptography.hazmat.primitives.ciphers.aead.AESGCM"}


def test_every_digest_is_of_256_bits_but_one_that_guards_nothing():
    found: dict[str, set[str]] = {}
    for place, tree in TREES.items():
        for one in ast.walk(tree):
            if isinstance(one, ast.Attribute) and ast.unparse(one.value) == "hashlib":
                found.setdefault(one.attr, set()).add(place)
    assert set(found) == {"sha256", "sha1"}
    assert found["sha1"] == {"usecases/accounts/passwords.py"}
    keyed = [
        ast.unparse(one)
        for tree in TREES.values()
        for one in ast.walk(tree)
        if isinstance(one, ast.Call)
        and ast.unparse(one.func) in ("salted_hmac", "hmac.digest", "hmac.new")
    ]
    assert len(keyed) == 3 and all("sha256" in one for one in keyed), keyed


def bits(text: str, alphabet: str) -> float:
    return len(text) * log2(len(alphabet))


def test_what_must_not_be_guessed_is_random_and_long_enough(tmp_path):
    url = string.ascii_letters + string.digits + "-_"
    link, service = forms._token(), _kept_key(tmp_path / "key")
    assert bits(link, url) >= 256 and set(link) <= set(url)
    assert bits(service, url) >= 384
    assert len({forms._token() for _ in range(50)}) == 50
    assert oct((tmp_path / "key").stat().st_mode)[-3:] == "600", "nobody else can read it"


def test_keys_and_salts_are_of_256_bits_and_never_the_same_twice():
    _, _, key = new_key().partition(":")
    assert len(base64.urlsafe_b64decode(key)) == 32
    assert [len(one) for one in second_step._keys()] == [32]
    assert SALT_BYTES == sealing.SALT == 32
    assert sealing.NONCE == second_step.NONCE == 12
    one, other = parse_signing_key(_new_seal_key()), parse_signing_key(_new_seal_key())
    assert one.text() != other.text()


def test_passwords_are_kept_with_argon2_as_the_standard_asks():
    assert [one.rpartition(".")[2] for one in settings.PASSWORD_HASHERS] == ["Argon2PasswordHasher"]
    hasher = get_hasher("argon2")
    kept = hasher.encode("eleven brass kettles", hasher.salt())
    assert kept.startswith("argon2$argon2id$")
    # OWASP ASVS 5.0, appendix C: with two passes at least 19 MiB.
    assert hasher.time_cost >= 2 and hasher.memory_cost >= 19_456
    assert f"{hasher.memory_cost // 1024} MiB" in PAGE
    assert hasher.must_update(kept) is False


def test_no_token_is_taken_that_is_unsigned_or_signed_with_a_secret_both_hold():
    assert not {"none", "HS256", "HS384", "HS512"} & set(SIGNED_BY)
    assert all(one[:2] in ("RS", "PS", "ES") and int(one[2:]) >= 256 for one in SIGNED_BY)


def test_a_digest_that_is_not_listed_would_be_noticed():
    planted = ast.parse("import hashlib\nhashlib.sha256(b'x')")
    assert uses_it(planted)
    assert uses_it(ast.parse("import os\nos.urandom(3)"))
    assert uses_it(ast.parse("from cryptography.fernet import Fernet"))
    assert not uses_it(ast.parse("import json"))
