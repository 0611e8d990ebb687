"""`goldenthread verify` and `witness`: what the command line asks of the log, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from goldenthread.domain.audit.findings import Finding, moment
from goldenthread.domain.audit.signed_note import (
    VerifierKey,
    parse_signing_key,
    parse_verifier,
)
from goldenthread.domain.shared.counting import counted
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.interop.clock import new_id
from goldenthread.usecases.audit.verify import Kept, Verified, verify
from goldenthread.usecases.audit.witness import export, keep

# The exit codes: 0 everything holds, 1 it could not be checked, 2 asked wrongly.
TAMPERED = 3
TO_ACCEPT = 4  # nothing but what a person has to accept, or not


class CannotVerify(Refusal):
    """There is nothing to check the record with."""


def log_key(given: str, signing_key: str) -> VerifierKey:
    """The log's public key: as it was given, else the public half of the key that is kept here.

    Raises CannotVerify, NoteRefused.
    """
    if given:
        return parse_verifier(given)
    if not signing_key:
        raise CannotVerify(
            "Give the log's public key with --key: on a server of your own none is kept here."
        )
    return parse_signing_key(signing_key).verifier


def check(
    key: VerifierKey, *, head: Path | None, witnessed: Iterable[Path],
    on_progress: Callable[[int, int], None], accepted: Iterable[int] = (),
) -> Verified:  # fmt: skip
    """Check everything, against what was kept here and what witnesses kept.

    `head` is the latest checkpoint that the sealer kept beside the database. `accepted` are numbers
    as people count, from 1. Raises CannotVerify for a file that cannot be read, NotAKeptCheckpoint.
    """
    kept = [Kept(_read(path), path.name) for path in witnessed]
    if head and head.exists():
        kept.append(Kept(_read(head), "the sealer itself, beside the database,"))
    places = [number - 1 for number in accepted]
    return verify(key, kept=kept, accepted=places, on_progress=on_progress)


def exit_code(checked: Verified) -> int:
    """0 where everything holds; else what kind of thing does not."""
    return TAMPERED if checked.faults else TO_ACCEPT if checked.to_accept else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as refused:
        raise CannotVerify(f"{path} cannot be read as a checkpoint.") from refused


def said_of(checked: Verified) -> list[str]:
    """What was checked and found, in sentences."""
    rows = counted(checked.leaves, "sealed row")
    lines = [one.sentence for one in checked.findings]
    faults = len(checked.faults)
    lines.append(
        f"{rows} and {counted(checked.checkpoints, 'checkpoint')} checked against "
        f"{counted(checked.kept, 'checkpoint')} kept elsewhere: "
        + (f"{counted(faults, 'thing')} not as sealed." if faults else "all as sealed.")
    )
    if checked.to_accept:
        lines.append(
            f"{counted(len(checked.to_accept), 'thing')} for a person to accept or not, each by "
            "its number, with --accept."
        )
    if checked.waiting:
        lines.append(f"{counted(checked.waiting, 'row')} not sealed yet.")
    if not checked.kept:
        lines.append(
            "Nothing kept elsewhere was given, so a log put back whole to an older state would "
            "not be seen: give a witness's checkpoint with --witnessed."
        )
    return lines


def as_json(checked: Verified) -> dict[str, object]:
    """The same for a machine."""
    return {
        "holds": checked.holds,
        "leaves": checked.leaves,
        "checkpoints": checked.checkpoints,
        "kept_elsewhere": checked.kept,
        "waiting": checked.waiting,
        "to_accept": [number_of(one) for one in checked.to_accept],
        "findings": [
            {
                "kind": str(one.kind),
                "number": number_of(one),
                "table": one.table,
                "row": one.row,
                "sentence": one.sentence,
            }
            for one in checked.findings
        ],
    }


def number_of(one: Finding) -> int | None:
    """A finding's number as people count, from 1; None where it has none."""
    return None if one.place is None else one.place + 1


def export_to(
    out: IO[str], key: VerifierKey, *, old: int, agency: str, with_events: bool
) -> dict[str, object]:
    """Write what a witness is given. Raises NotWitnessed."""
    written = export(key, old=old, agency_name=agency, with_events=with_events)
    json.dump(written, out, ensure_ascii=False, indent=1)
    out.write("\n")
    return written


def keep_file(path: Path, key: VerifierKey) -> str:
    """Keep a co-signed checkpoint that came back, and say so. Raises NotWitnessed, NoteRefused."""
    kept = keep(key, _read(path), id=new_id())
    if not kept.is_new:
        return f"The co-signature of {kept.witness} over {kept.size:,} rows was kept already."
    return f"Kept: {kept.witness} co-signed {kept.size:,} rows on {moment(kept.cosigned_at)}."
