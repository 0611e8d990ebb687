"""Signed checkpoints of the log, in the formats that logs and their witnesses share.

Notes: https://c2sp.org/signed-note. Checkpoints: https://c2sp.org/tlog-checkpoint. A witness's
dated co-signature (`cosignature/v1`): https://c2sp.org/tlog-cosignature. Keys are Ed25519.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from goldenthread.domain.audit.merkle import HASH_BYTES
from goldenthread.domain.shared.refusal import Refusal

SIGNATURE, COSIGNATURE = 0x01, 0x04
_KEY_BYTES, _SIGNATURE_BYTES, _ID_BYTES, _TIME_BYTES = 32, 64, 4, 8
MOST_SIGNATURES = 64
_PRIVATE = "PRIVATE+KEY+"


class NoteRefused(Refusal):
    """A note, checkpoint or key is not written as its format asks."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with the name it signs by, and which kind of signature it makes."""

    name: str
    public: bytes
    kind: int = SIGNATURE

    @property
    def id(self) -> bytes:
        """The four bytes that a signature names its key by."""
        named = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(named).digest()[:_ID_BYTES]

    def text(self) -> str:
        """As it is handed to others: NAME+ID+KEY."""
        key = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{key}"

    def as_cosigner(self) -> VerifierKey:
        """The same key, for its dated co-signatures."""
        return VerifierKey(self.name, self.public, COSIGNATURE)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key, as 32 bytes, with the name it signs by. Never shown."""

    name: str
    seed: bytes

    def __repr__(self) -> str:
        """The name alone: a log line must not hold the key."""
        return f"SigningKey({self.name!r})"

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        public = self._key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return VerifierKey(self.name, public)

    def text(self) -> str:
        """As it is kept: PRIVATE+KEY+NAME+ID+KEY."""
        key = base64.b64encode(bytes([SIGNATURE]) + self.seed).decode()
        return f"{_PRIVATE}{self.name}+{self.verifier.id.hex()}+{key}"

    def sign(self, text: str) -> Signature:
        """Sign a note's text."""
        return Signature(self.name, self.verifier.id, self._key().sign(text.encode()))

    def cosign(self, text: str, *, at: int) -> Signature:
        """Say that this was the largest state of the log seen `at` (seconds since 1970)."""
        signed = struct.pack(">Q", at) + self._key().sign(_cosigned(text, at))
        return Signature(self.name, self.verifier.as_cosigner().id, signed)

    def _key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose, by which key, and its bytes."""

    name: str
    key_id: bytes
    signed: bytes

    def line(self) -> str:
        """As it stands in a note, with its line's end."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.signed).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text with its signatures, which may be of anybody and are not checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def whole(self) -> str:
        """As it is kept and handed on."""
        return self.text + "\n" + "".join(one.line() for one in self.signatures)

    def is_signed_by(self, key: VerifierKey) -> bool:
        """Whether every signature that names this key is its own, and there is one."""
        mine = [s for s in self.signatures if (s.name, s.key_id) == (key.name, key.id)]
        return bool(mine) and all(_holds(key, self.text.encode(), one.signed) for one in mine)

    def cosigned_at(self, key: VerifierKey) -> int | None:
        """When a witness says it saw this (seconds since 1970), or None where it does not."""
        for one in self.signatures:
            if (one.name, one.key_id) == (key.name, key.id) and len(one.signed) > _TIME_BYTES:
                at = int.from_bytes(one.signed[:_TIME_BYTES])
                if _holds(key, _cosigned(self.text, at), one.signed[_TIME_BYTES:]):
                    return at
        return None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of one log: whose (`origin`), how many leaves, and the head of their tree."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def parse_note(whole: str) -> Note:
    """Read a note. Raises NoteRefused."""
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteRefused("A signed note is a text, an empty line, and lines of signatures.")
    if any(ord(letter) < 32 and letter != "\n" for letter in whole):
        raise NoteRefused("A signed note holds a control character.")
    signatures = tuple(_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteRefused(f"A signed note has more than {MOST_SIGNATURES} signatures.")
    return Note(text + "\n", signatures)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text. Raises NoteRefused."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise NoteRefused("A checkpoint has an origin, a size and a root, each on its line.")
    origin, size, root = lines[0], lines[1], _base64(lines[2])
    if not size.isascii() or not size.isdigit() or str(int(size)) != size:
        raise NoteRefused("The size of a checkpoint is a plain number.")
    if len(root) != HASH_BYTES:
        raise NoteRefused("The root of a checkpoint is 32 bytes.")
    return Checkpoint(origin, int(size), root)


def checkpoint_by(key: VerifierKey, whole: str) -> Checkpoint | None:
    """The checkpoint of a note that this key signed for its own log; None where it is none."""
    try:
        note = parse_note(whole)
        checkpoint = parse_checkpoint(note.text)
    except NoteRefused:
        return None
    is_its_own = note.is_signed_by(key) and checkpoint.origin == key.name
    return checkpoint if is_its_own else None


def parse_verifier(text: str) -> VerifierKey:
    """Read a public key. Raises NoteRefused."""
    name, key_id, key = _parts(text.strip(), 3)
    if len(key) != 1 + _KEY_BYTES or key[0] not in (SIGNATURE, COSIGNATURE):
        raise NoteRefused("This is not an Ed25519 key for notes.")
    found = VerifierKey(name, key[1:], key[0])
    if found.id.hex() != key_id:
        raise NoteRefused("The key's id does not belong to its name and key: it was altered.")
    return found


def parse_signing_key(text: str) -> SigningKey:
    """Read a private key. Raises NoteRefused, whose words hold nothing of the key."""
    marked = text.strip()
    if not marked.startswith(_PRIVATE):
        raise NoteRefused(f"A private key begins with {_PRIVATE}")
    name, key_id, key = _parts(marked.removeprefix(_PRIVATE), 3)
    if len(key) != 1 + _KEY_BYTES or key[0] != SIGNATURE:
        raise NoteRefused("This is not a private Ed25519 key for notes.")
    found = SigningKey(name, key[1:])
    if found.verifier.id.hex() != key_id:
        raise NoteRefused("The private key's id does not belong to it: it was altered.")
    return found


def check_name(name: str) -> None:
    """Raises NoteRefused for a name that no key may have."""
    if not name or "+" in name or any(letter.isspace() or ord(letter) < 33 for letter in name):
        raise NoteRefused("The name of a key has neither spaces nor a plus sign in it.")


def _parts(text: str, number: int) -> tuple[str, str, bytes]:
    parts = text.split("+", number - 1)  # base64 may hold a plus of its own
    if len(parts) != number:
        raise NoteRefused("A key is a name, an id and a key, with a plus sign between.")
    check_name(parts[0])
    return parts[0], parts[1], _base64(parts[2])


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, signed = rest.partition(" ")
    check_name(name)
    content = _base64(signed)
    if dash != "—" or len(content) <= _ID_BYTES:
        raise NoteRefused("A line of a note's signatures is not one.")
    return Signature(name, content[:_ID_BYTES], content[_ID_BYTES:])


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise NoteRefused("Part of a note that should be base64 is not.") from None


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()


def _holds(key: VerifierKey, content: bytes, signed: bytes) -> bool:
    if len(signed) != _SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signed, content)
    except (InvalidSignature, ValueError):
        return False
    return True
