"""What an import is made of: its stages, what can become of a row, and how a row is known again.

Answers the finding that chronologies were merged by hand, once, and never brought up to date: a
newer file from the same agency adds only what is new. A row is recognised by the agency's own
reference, or else by when it happened, about whom, and its text. Where it is not certain which
earlier row a changed one belongs to, both are kept: a correction is never guessed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.people.names import fold
from goldenthread.domain.shared.word import Word

# Files of one family that wait to be finished, whoever sent them: each holds its bytes and rows.
MOST_UNFINISHED = 20
LARGEST_FILE = 20 * 1024 * 1024  # bytes; said to the person before they choose a file
# "The lead enters for those without access" (AYRshare, the shared chronology of three Scottish
# councils): the family's allocated worker and the conference chair speak for absent agencies.
SPEAK_FOR_OTHERS = (TeamRole.ALLOCATED, TeamRole.CHAIR)


class ImportStage(Word):
    """Where an uploaded file is on its way; nothing is kept before `keeping`."""

    READING = "reading", "Reading the file"
    MAPPING = "mapping", "Waiting for you to say what each column holds"
    CHECKING = "checking", "Checking each row"
    CHECKED = "checked", "Waiting for you to confirm"
    KEEPING = "keeping", "Adding to the record"
    KEPT = "kept", "Added to the record"
    REFUSED = "refused", "Could not be read"
    ABANDONED = "abandoned", "Put aside"


# Nothing of a file is kept any longer, but what became of it.
FINISHED = (ImportStage.KEPT, ImportStage.REFUSED, ImportStage.ABANDONED)


class RowOutcome(Word):
    """What will become, or became, of one row."""

    NEW = "new", "New"
    ALREADY_HELD = "already_held", "Already in the record"
    CHANGED = "changed", "Changed since it was last imported"
    PROBLEM = "problem", "Cannot be kept as it is"
    BLANK = "blank", "Blank row"
    KEPT = "kept", "Added to the record"


def may_import_for(agency: UUID, actor: Actor, ties: FamilyTies) -> bool:
    """Whether the actor may bring in what an agency says about the family they are tied to."""
    return agency == actor.agency or ties.role in SPEAK_FOR_OTHERS


def may_see_import(actor: Actor, *, uploaded_by: UUID, uploader_agency: UUID) -> bool:
    """Whether the actor may go on with an import: whoever uploaded it, and their colleagues."""
    return actor.account == uploaded_by or actor.agency == uploader_agency


def identity_of(entry: Mapping[str, Any]) -> str:
    """By what a row without a reference is known again: when, about whom (as named), its text.

    The words an agency uses for kinds and concerns are left out, so that matching them differently
    later does not make every row a new one.
    """
    people = sorted(fold(str(words)) for words in entry["people"])
    return _sha256([entry["happened"], people, " ".join(str(entry["text"]).split())])


def content_of(entry: Mapping[str, object]) -> str:
    """The SHA-256 of all that a row says once its people and agencies are known."""
    return _sha256(dict(entry))


def _sha256(said: object) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Recognised:
    """What one row is among those imported before.

    `repeats` is the number of an earlier row of this file that says the same under the same
    reference; `is_superseded` that the record holds a later version of this very row.
    """

    outcome: RowOutcome
    source_key: str
    repeats: int | None = None
    is_superseded: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """A row says something else than when it was imported: it corrects that statement."""

    number: int
    source_key: str
    corrects: UUID


_Base = tuple[UUID, str, str]  # agency, `ref` or `row`, and the reference or the identity
_KEY = re.compile(r"(ref|row)(\d+):(.*)", re.DOTALL)


class Recogniser:
    """Recognises the rows of one file, given one after another, among those imported before.

    `held` is (agency, source key) to {content: statement}, oldest content first.
    """

    def __init__(self, held: Mapping[tuple[UUID, str], Mapping[str, UUID]]) -> None:
        self._held: dict[_Base, dict[int, Mapping[str, UUID]]] = defaultdict(dict)
        for (agency, key), contents in held.items():
            parts = _KEY.fullmatch(key)
            if parts:
                self._held[(agency, parts[1], parts[3])][int(parts[2])] = contents
        self._seen: dict[_Base, dict[str, int]] = defaultdict(dict)
        self._times: Counter[tuple[_Base, str]] = Counter()
        self._added: Counter[_Base] = Counter()
        self._unmatched: dict[_Base, list[int]] = defaultdict(list)

    def recognise(
        self, number: int, agency: UUID, *, reference: str, identity: str, content: str
    ) -> Recognised:
        """Say whether a row is new or held; what has changed is said by `changed`, at the end."""
        base: _Base = (agency, "ref", reference) if reference else (agency, "row", identity)
        places = self._held.get(base, {})
        holding = [place for place, contents in places.items() if content in contents]
        self._times[base, content] += 1
        earlier = self._seen[base].setdefault(content, number)
        if holding and (reference or self._times[base, content] <= len(holding)):
            at = holding[min(self._times[base, content], len(holding)) - 1]
            superseded = list(places[at])[-1] != content
            return Recognised(RowOutcome.ALREADY_HELD, _key(base, at), is_superseded=superseded)
        if reference and earlier != number:
            return Recognised(RowOutcome.ALREADY_HELD, "", repeats=earlier)
        self._added[base] += 1
        if places:
            self._unmatched[base].append(number)
        place = max(places, default=0) + self._added[base]
        return Recognised(RowOutcome.NEW, _key(base, place))

    def others_with(self, agency: UUID, reference: str) -> bool:
        """Whether rows so far give one reference to different things."""
        return len(self._seen.get((agency, "ref", reference), ())) > 1

    def changed(self) -> Iterator[Changed]:
        """The rows that changed, once every row was given.

        Only where exactly one row is new and exactly one earlier row is missing is it certain
        which corrects which.
        """
        for base, numbers in self._unmatched.items():
            missing = [
                (place, contents)
                for place, contents in self._held[base].items()
                if not any(content in self._seen[base] for content in contents)
            ]
            if len(numbers) == 1 and len(missing) == 1:
                place, contents = missing[0]
                yield Changed(numbers[0], _key(base, place), list(contents.values())[-1])


def _key(base: _Base, place: int) -> str:
    _, kind, text = base
    return f"{kind}{place}:{text}"
