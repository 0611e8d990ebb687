"""Encrypts what an address says, with a key of its own: AES-GCM of 256 bits, a key id beside it.

Keys come from the setting ADDRESS_KEYS as `id:key` pairs parted by commas, the key in base64 for
URLs; the first encrypts, all decrypt, so that a key can be changed. The id of the row is
authenticated with it: what is encrypted for one address cannot be put in the place of another's.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from goldenthread.domain.addresses.postal import PostalAddress
from goldenthread.domain.shared.refusal import Refusal

NONCE = 12  # bytes, as NIST SP 800-38D recommends for AES-GCM
SALT = 32  # bytes


class AddressKeyMissing(Refusal):
    """No key is given that can read, or keep, a safe address."""

    def __init__(self) -> None:
        super().__init__(
            "The key of safe addresses is not here, so none can be kept or read. Whoever runs this "
            "service must give it (GOLDENTHREAD_ADDRESS_KEYS)."
        )


class AddressNotAsKept(Refusal):
    """What is encrypted is not what was kept: it was changed, or belongs to another row."""

    def __init__(self) -> None:
        super().__init__("A safe address is not as it was kept. Tell whoever runs this service.")


@dataclass(frozen=True, slots=True, repr=False)
class Kept:
    """What is encrypted of one address: where it is, and why it must not be known."""

    postal: PostalAddress
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """What the tables hold of it: the key's id, the encrypted bytes, and the commitment."""

    key: str
    sealed: bytes
    commitment: bytes


def seal(address: UUID, kept: Kept) -> Sealed:
    """Encrypt what an address says for its row. Raises AddressKeyMissing."""
    salt = os.urandom(SALT)
    content = _content(kept, salt)
    key, sealed = encrypt(address, content)
    return Sealed(key, sealed, hashlib.sha256(content).digest())


def opened(address: UUID, key: str, sealed: bytes, commitment: bytes) -> Kept:
    """What a row says. Raises AddressKeyMissing and AddressNotAsKept."""
    content = decrypt(address, key, sealed)
    if hashlib.sha256(content).digest() != bytes(commitment):
        raise AddressNotAsKept
    read = json.loads(content)
    postal = PostalAddress(tuple(read["lines"]), read["postcode"], read["phone"])
    return Kept(postal, read["why"])


def sealed_again(address: UUID, key: str, sealed: bytes) -> tuple[str, bytes]:
    """The same content under the first key: its id, and the encrypted bytes."""
    return encrypt(address, decrypt(address, key, sealed))


def current_key() -> str:
    """The id of the key that encrypts now. Raises AddressKeyMissing."""
    return next(iter(_keys()), "") or _missing()


def _content(kept: Kept, salt: bytes) -> bytes:
    said = {
        "lines": kept.postal.lines,
        "postcode": kept.postal.postcode,
        "phone": kept.postal.phone,
        "why": kept.why,
        "salt": salt.hex(),
    }
    return json.dumps(said, sort_keys=True).encode()


def encrypt(address: UUID, content: bytes) -> tuple[str, bytes]:
    """The first key's id, and the content encrypted for one row. Raises AddressKeyMissing."""
    name, nonce = current_key(), os.urandom(NONCE)
    return name, nonce + AESGCM(_keys()[name]).encrypt(nonce, content, address.bytes)


def decrypt(address: UUID, key: str, sealed: bytes) -> bytes:
    """What was encrypted for this row. Raises AddressKeyMissing and AddressNotAsKept."""
    found, held = _keys().get(key), bytes(sealed)
    if found is None:
        raise AddressKeyMissing
    try:
        return AESGCM(found).decrypt(held[:NONCE], held[NONCE:], address.bytes)
    except InvalidTag:
        raise AddressNotAsKept from None


def _keys() -> Mapping[str, bytes]:
    pairs = (pair.partition(":") for pair in settings.ADDRESS_KEYS.split(",") if pair.strip())
    try:
        found = {name.strip(): base64.urlsafe_b64decode(key) for name, _, key in pairs}
    except ValueError:
        raise AddressKeyMissing from None
    if any(len(key) != 32 for key in found.values()):
        raise AddressKeyMissing
    return found


def _missing() -> str:
    raise AddressKeyMissing
