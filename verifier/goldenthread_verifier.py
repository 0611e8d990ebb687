#!/usr/bin/env python3
"""Checks Goldenthread's log without Goldenthread, and co-signs what holds.

For a partner agency, on a machine of its own. One file; Python 3.9 or later and the package
`cryptography`. Nothing is fetched, nothing is sent, and no part of Goldenthread is used.

    python3 goldenthread_verifier.py make-key harbour.example/witness --to harbour.key
    python3 goldenthread_verifier.py check   EXPORT --log-key KEY [--kept KEPT]
    python3 goldenthread_verifier.py witness EXPORT --log-key KEY [--kept KEPT] --key harbour.key

EXPORT is what the service's operator sends (`goldenthread witness export`). KEPT is the checkpoint
you co-signed last; `witness` writes the new one in its place. KEY is the log's public key, which
you were given once, on paper or in person, and never from the export itself.

Ends with 0 where everything holds, 3 where something does not, 1 where it could not be checked.

The tree is that of RFC 6962 (its proofs checked as RFC 9162 sets out), the notes are those of
https://c2sp.org/signed-note, tlog-checkpoint and tlog-cosignature.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HOLDS, CANNOT, FAILS = 0, 1, 3
SIGNATURE, COSIGNATURE = 1, 4
EMPTY_ROOT = hashlib.sha256(b"").digest()


class Cannot(Exception):
    """It could not be checked."""


class Fails(Exception):
    """It was checked, and does not hold."""


# --- keys and notes ---------------------------------------------------------------------------


def key_id(name: str, kind: int, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:4]


def public_key(text: str) -> tuple[str, int, bytes]:
    """A NAME+ID+KEY as its name, kind and 32 bytes."""
    try:
        name, given, key = text.strip().split("+", 2)
        content = base64.b64decode(key, validate=True)
    except ValueError as wrong:
        raise Cannot(
            "The log's key is a name, an id and a key, with plus signs between."
        ) from wrong
    kind, public = content[0] if content else 0, content[1:]
    if len(public) != 32 or key_id(name, kind, public).hex() != given:
        raise Cannot("The key was altered or cut short: its id does not fit.")
    return name, kind, public


def text_of(kind: int, name: str, public: bytes) -> str:
    key = base64.b64encode(bytes([kind]) + public).decode()
    return f"{name}+{key_id(name, kind, public).hex()}+{key}"


def signed_by(public: bytes, content: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def checkpoint(note: str, log_key: str) -> tuple[str, int, bytes]:
    """The text, size and root of a checkpoint that the log signed. Raises Fails."""
    name, kind, public = public_key(log_key)
    text, blank, lines = note.rpartition("\n\n")
    text += "\n"
    if not blank:
        raise Fails("The checkpoint has no signatures.")
    mine = []
    for line in lines.splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[0] == "—" and parts[1] == name:
            signature = base64.b64decode(parts[2])
            if signature[:4] == key_id(name, kind, public):
                mine.append(signature[4:])
    if not mine or not all(signed_by(public, text.encode(), one) for one in mine):
        raise Fails("The checkpoint is not signed by the log's key.")
    origin, size, root, *_ = text.split("\n")
    if origin != name:
        raise Fails("The checkpoint is of another log.")
    return text, int(size), base64.b64decode(root)


# --- the tree ---------------------------------------------------------------------------------


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def proves_inclusion(leaf: bytes, place: int, size: int, path: list[bytes], root: bytes) -> bool:
    if not 0 <= place < size:
        return False
    at, last, head = place, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            head = node(step, head)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            head = node(head, step)
        at, last = at >> 1, last >> 1
    return last == 0 and head == root


def proves_consistency(
    old: int, new: int, path: list[bytes], old_root: bytes, new_root: bytes
) -> bool:
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    steps = list(path) if old & (old - 1) else [old_root, *path]
    if not steps:
        return False
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node(step, was), node(step, now)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            now = node(now, step)
        at, last = at >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


# --- what is asked ----------------------------------------------------------------------------


def read_export(path: Path) -> dict:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as wrong:
        raise Cannot(f"{path} cannot be read as an export.") from wrong
    if not isinstance(found, dict) or found.get("format") != "goldenthread-witness/2":
        raise Cannot(f"{path} is not an export of this kind.")
    return found


def read_kept(path: Path | None, log_key: str) -> tuple[int, bytes]:
    """The size and root of the checkpoint you kept; of nothing where you keep none yet."""
    if path is None or not path.exists():
        return 0, EMPTY_ROOT
    _, size, root = checkpoint(path.read_text(encoding="utf-8"), log_key)
    return size, root


def check(export: dict, log_key: str, kept: Path | None) -> tuple[str, list[str]]:
    """The checkpoint's text, and what held. Raises Fails."""
    text, size, root = checkpoint(export["checkpoint"], log_key)
    old, old_root = read_kept(kept, log_key)
    if size < old:
        raise Fails(
            f"You witnessed {old:,} rows and are shown {size:,}: the log was put back to an older "
            "state."
        )
    if export["old"] != old:
        raise Cannot(
            f"You hold a checkpoint of {old:,} rows, and the export begins at {export['old']:,}: "
            f"ask for one with --since {old}."
        )
    path = [base64.b64decode(one) for one in export["consistency"]]
    if not proves_consistency(old, size, path, old_root, root):
        raise Fails(
            f"The log of {size:,} rows does not begin with the {old:,} that you witnessed: it was "
            "rewritten."
        )
    said = [f"The log has {size:,} rows and is signed by its key."]
    if old:
        said.append(f"It begins with the {old:,} rows that you witnessed before.")
    else:
        said.append("You keep no earlier checkpoint: this one is the first you witness.")
    faults = [one for event in export["events"] for one in faults_of(event, size, root)]
    if faults:
        raise Fails("\n".join(faults))
    own = sum(1 for event in export["events"] if "row" in event)
    if export["events"]:
        said.append(f"{own:,} events of your own people are in it, as shown.")
        said.append(
            f"{len(export['events']) - own:,} events are shown to you as other agencies', by their "
            "numbers alone: nothing here can tell whose they are."
        )
    return text, said


FAULTS = {
    "gone": "was sealed and is there no more. Only an order to erase it could be a reason",
    "without its salt": "cannot be compared with what was sealed: its salt was taken away",
    "altered": "does not say what was sealed: it was altered since",
}


def faults_of(event: dict, size: int, root: bytes) -> list[str]:
    """What is wrong with one thing that was sealed, in sentences that name its number."""
    number = f"Number {event['place'] + 1:,}"
    committed = base64.b64decode(event["commitment"])
    leaf = hashlib.sha256(b"\x00" + committed).digest()
    path = [base64.b64decode(one) for one in event["path"]]
    found = []
    if not proves_inclusion(leaf, event["place"], size, path, root):
        found.append(f"{number}{in_words(event)} is not in the log as it is shown.")
    if "fault" in event:
        found.append(f"{number} {FAULTS.get(event['fault'], 'is not as it was sealed')}.")
    elif "row" in event and commitment_to(event) != committed:
        found.append(f"{number}{in_words(event)} does not say what was sealed.")
    return found


def in_words(event: dict) -> str:
    row = event.get("row", {})
    return f" ({row.get('recorded_at')}, {row.get('action')})" if row else ""


def commitment_to(event: dict) -> bytes:
    """What the log commits to where an event said what it is shown as saying."""
    shown = {"place": event["place"], "row": event["row"], "table": event["table"]}
    content = json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(base64.b64decode(event["salt"]), content.encode(), "sha256")


def make_key(name: str, to: Path) -> str:
    """Make a private key that nobody else can read, and answer with its public half."""
    if not name or "+" in name or any(one.isspace() for one in name):
        raise Cannot("The name of a key has neither spaces nor a plus sign in it.")
    seed = os.urandom(32)
    try:
        opened = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise Cannot(f"{to} is there already, and was left as it is.") from there
    with os.fdopen(opened, "w", encoding="utf-8") as file:
        private = base64.b64encode(bytes([SIGNATURE]) + seed).decode()
        id = key_id(name, SIGNATURE, public_of(seed)).hex()
        file.write(f"PRIVATE+KEY+{name}+{id}+{private}\n")
    return text_of(COSIGNATURE, name, public_of(seed))


def public_of(seed: bytes) -> bytes:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def cosign(text: str, key_file: Path) -> str:
    """The line of a co-signature made now."""
    try:
        private = key_file.read_text(encoding="utf-8").strip()
        name, _, key = private.removeprefix("PRIVATE+KEY+").split("+", 2)
        seed = base64.b64decode(key, validate=True)[1:]
        signer = Ed25519PrivateKey.from_private_bytes(seed)
    except (OSError, ValueError) as wrong:
        raise Cannot(f"{key_file} cannot be read as a private key.") from wrong
    at = int(time.time())  # noqa: TID251 - a program of its own
    signature = signer.sign(f"cosignature/v1\ntime {at}\n{text}".encode())
    signed = key_id(name, COSIGNATURE, public_of(seed)) + at.to_bytes(8, "big") + signature
    return f"— {name} {base64.b64encode(signed).decode()}\n"


def write_whole(path: Path, content: str) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_text(content, encoding="utf-8")
    part.replace(path)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked = parser.add_subparsers(dest="asked", required=True)
    making = asked.add_parser("make-key", help="make your agency's key")
    making.add_argument("name", help="a name for it, such as harbour.example/witness")
    making.add_argument("--to", type=Path, required=True, help="where the private key is kept")
    for name, what in (("check", "check an export"), ("witness", "check it, and co-sign it")):
        one = asked.add_parser(name, help=what)
        one.add_argument("export", type=Path)
        one.add_argument("--log-key", required=True, help="the log's public key")
        one.add_argument("--kept", type=Path, help="the checkpoint you witnessed last")
        if name == "witness":
            one.add_argument("--key", type=Path, required=True, help="your private key")
            one.add_argument("--out", type=Path, help="where to write it; in place of --kept")
    return parser.parse_args()


def main() -> int:
    given = arguments()
    if given.asked == "make-key":
        print(make_key(given.name, given.to))
        return HOLDS
    export = read_export(given.export)
    text, said = check(export, given.log_key, given.kept)
    print("\n".join(said))
    if given.asked == "witness":
        to = given.out or given.kept
        if to is None:
            raise Cannot("Say where to write the co-signed checkpoint, with --out or --kept.")
        write_whole(to, export["checkpoint"] + cosign(text, given.key))
        print(f"Co-signed in {to}: send that file back, and keep it.")
    return HOLDS


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Fails as failed:
        print(f"DOES NOT HOLD: {failed}")
        sys.exit(FAILS)
    except (Cannot, KeyError, TypeError, ValueError) as cannot:
        print(f"Could not be checked: {cannot}", file=sys.stderr)
        sys.exit(CANNOT)
