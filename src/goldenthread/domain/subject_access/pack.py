"""What a pack holds and what of it leaves: one document, made from the words that are kept.

Everything that leaves is made from `Leaving`, and nothing withheld is in it. Its digest is what the
second person agrees to: whatever would change the document changes the digest.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.subject_access.rules import AccessRules
from goldenthread.domain.subject_access.spans import Piece
from goldenthread.domain.subject_access.vocabulary import Standing, Why


@dataclass(frozen=True, slots=True)
class Facts:
    """What decides how an entry stands before anybody decided."""

    is_about: bool
    is_own_agency: bool
    is_restricted: bool
    is_source_protected: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody decided of an entry: in, or left out for a reason's code."""

    is_in: bool
    reason: str = ""
    note: str = ""


def waits_because(facts: Facts) -> tuple[Why, ...]:
    """Why an entry about the person is left out until somebody decides; empty where it is in."""
    if not facts.is_about:
        return ()
    found = []
    if not facts.is_own_agency:
        found.append(Why.ANOTHER_AGENCY)
    if facts.is_source_protected:
        found.append(Why.SOURCE_PROTECTED)
    elif facts.is_restricted:
        found.append(Why.RESTRICTED)
    return tuple(found)


def standing_of(facts: Facts, choice: Choice | None) -> Standing:
    """How an entry stands in a pack. What is not about the person is no part of their answer."""
    if choice is not None:
        return Standing.IN if choice.is_in else Standing.OUT
    if not facts.is_about:
        return Standing.BESIDE
    return Standing.WAITS if waits_because(facts) else Standing.IN


@dataclass(frozen=True, slots=True)
class LeavingEntry:
    """One entry as it leaves: when (EDTF), of what kind, by what kind of agency, and its words."""

    id: UUID
    happened: str
    sort_on: str
    kind: str
    agency_kind: str
    how_known: str
    standing: str
    parts: tuple[tuple[str, tuple[Piece, ...]], ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """The whole document, without who printed it and when.

    `entries_out` counts entries left out by reason, `words_out` places in which words are; both
    hold only reasons that are told.
    """

    pack: UUID
    asked_by: str
    about: str
    asked_on: date
    entries: tuple[LeavingEntry, ...]
    entries_out: tuple[tuple[str, int], ...]
    words_out: tuple[tuple[str, int], ...]

    @property
    def reference(self) -> str:
        """What the pack is called on paper: part of its id, and of nobody's name."""
        return f"SA-{self.pack.hex[:8].upper()}"


def leaving(
    pack: UUID, *, asked_by: str, about: str, asked_on: date, entries: Iterable[LeavingEntry],
    left_out: Iterable[str], rules: AccessRules,
) -> Leaving:  # fmt: skip
    """The document of these entries, as a story: by when each happened. `left_out` are the reasons
    of the entries that are not in it."""
    told = sorted(entries, key=lambda one: (one.sort_on, one.id.hex))
    marks = [
        code
        for one in told
        for _, words in one.parts
        for piece in words
        for code in (piece.codes or ())
        if code
    ]
    return Leaving(
        pack, asked_by, about, asked_on, tuple(told), _counted(left_out, rules),
        _counted(marks, rules),
    )  # fmt: skip


def _counted(codes: Iterable[str], rules: AccessRules) -> tuple[tuple[str, int], ...]:
    found = Counter(code for code in codes if rules.reasons[code].is_said)
    return tuple((code, found[code]) for code in rules.reasons if code in found)


def digest_of(document: Leaving) -> str:
    """The SHA-256, in hexadecimal, of everything a document says."""
    said = json.dumps(
        asdict(document), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain
    )
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else str(value)
