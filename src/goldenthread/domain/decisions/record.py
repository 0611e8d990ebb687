"""The decision record: what was decided, on what, by whom; frozen and sealed by one digest.

Answers the findings that decision-making and rationale were poorly recorded (seed coverage L-5a,
C-10, Q-5). A version never changes; a later one stands beside it and says why.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from uuid import UUID

from goldenthread.domain.decisions.vocabulary import (
    IN_THE_ROOM,
    Heading,
    Part,
    Sure,
    Tell,
    Use,
    View,
)
from goldenthread.domain.shared.instants import LONDON, end_of_day


@dataclass(frozen=True, slots=True)
class Option:
    """Something that could have been decided; `why` says why it was taken, or why it was not."""

    words: str
    why: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a part in a decision: a practitioner, or anybody else by name (`name`).

    `said` is what they said where they see it differently; `note` is, for whoever was not there,
    why, and how what they know was obtained. `sure` is how sure they were that everything that
    matters had been shared, and `missing` what they thought had not been (seed coverage Q-1).
    """

    part: str
    practitioner: UUID | None = None
    name: str = ""
    role: str = ""
    agency: UUID | None = None
    view: str = View.NOT_ASKED
    said: str = ""
    note: str = ""
    sure: str = Sure.NOT_SAID
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Pin:
    """One entry a decision turned on, with the digest it had and what was made of it."""

    statement: UUID
    digest: str
    use: str = Use.RELIED_ON
    why: str = ""


@dataclass(frozen=True, slots=True)
class MustTell:
    """An agency that must be told, or is not to be; with the reason where it is not told."""

    agency: UUID
    how: str = Tell.WITH_THIS
    why: str = ""
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """One signed version of a decision.

    `first` is the version it all began with (itself for that one), `after` the version this one
    follows, with `why_again` its reason. What was decided stands in the words of the entry that
    carries it: `statement`, sealed by `statement_digest`. Where `time_is_known` is false,
    `decided_at` is the last
    instant of the day, or of its signing.
    """

    id: UUID
    case: UUID
    first: UUID
    statement: UUID
    statement_digest: str
    decided_at: datetime
    setting: str
    question: str
    rationale: str
    signed_by: UUID
    after: UUID | None = None
    why_again: str = ""
    time_is_known: bool = False
    threshold: str = ""
    met: str = ""
    asked: str = ""
    look_again_by: date | None = None
    parts: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    parties: tuple[Party, ...] = ()
    pins: tuple[Pin, ...] = ()
    must_tell: tuple[MustTell, ...] = ()

    def words(self, heading: Heading) -> str:
        """What stands under a heading; empty where nothing does."""
        return dict(self.parts).get(heading, "")

    def of_part(self, *parts: Part) -> tuple[Party, ...]:
        """Those who had one of these parts, in the order they are listed."""
        return tuple(one for one in self.parties if one.part in parts)

    @property
    def in_the_room(self) -> tuple[Party, ...]:
        """Those who decided or were there."""
        return tuple(one for one in self.parties if one.part in IN_THE_ROOM)


def decided_at(day: date, at: time | None, *, signed_at: datetime) -> datetime:
    """The instant a decision counts from, in UTC.

    Where nobody said at what time, it is the end of that day, or the signing where that was
    earlier: as everywhere, what was known on a day is what was known by its end.
    """
    if at is None:
        return min(end_of_day(day), signed_at.astimezone(UTC))
    return datetime.combine(day, at, LONDON).astimezone(UTC)


def digest_of_record(record: DecisionRecord) -> str:
    """The SHA-256 of all a version says, in hexadecimal; of nothing the database adds."""
    said = {
        "id": str(record.id),
        "case": str(record.case),
        "first": str(record.first),
        "after": str(record.after or ""),
        "why_again": record.why_again,
        "statement": [str(record.statement), record.statement_digest],
        "decided_at": record.decided_at.isoformat(),
        "time_is_known": record.time_is_known,
        "setting": str(record.setting),
        "question": record.question,
        "rationale": record.rationale,
        "threshold": [str(record.threshold), str(record.met)],
        "asked": str(record.asked),
        "look_again_by": _day(record.look_again_by),
        "signed_by": str(record.signed_by),
        "parts": sorted([str(heading), words] for heading, words in record.parts),
        "options": [[one.words, one.why, one.taken] for one in record.options],
        "parties": [_party(one) for one in record.parties],
        "pins": [[str(p.statement), p.digest, str(p.use), p.why] for p in record.pins],
        "must_tell": sorted(
            [str(one.agency), str(one.how), one.why, _day(one.review_on)]
            for one in record.must_tell
        ),
    }
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _party(one: Party) -> list[str]:
    whom = [str(one.practitioner or ""), one.name, one.role, str(one.agency or "")]
    # Left out where nothing is said of it, so that what was sealed before it was asked stays so.
    sure = [str(one.sure), one.missing] if one.sure != Sure.NOT_SAID or one.missing else []
    return [str(one.part), *whom, str(one.view), one.said, one.note, *sure]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
