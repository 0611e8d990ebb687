"""From what was typed on the form of a decision to what is put forward, and back again.

A part that cannot be read is a sentence beside its field, never a guess. What may be signed is the
domain's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time
from uuid import UUID

from goldenthread.domain.decisions.proposing import ProposedDecision, ProposedPin, Remark
from goldenthread.domain.decisions.record import MustTell, Option, Party
from goldenthread.domain.decisions.vocabulary import Asked, Heading, Part, Sure, Tell, Use, View
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import boxes_day, boxes_filled
from goldenthread.web.record.forms import Parts, note_replaced

_CLOCK = re.compile(r"^\s*([01]?\d|2[0-3])[:.]([0-5]\d)\s*$")
NOT_A_TIME = "Write the time like 14:30, or leave it empty."
NO_PART = "Say what part they had in it."
# What makes a row about somebody who is not of the team say something.
OF_ANOTHER = ("other_name", "other_role", "other_said", "other_note", "other_missing")
NOT_AN_ID = UUID(int=0)  # of nobody and of nothing; refused like any other that is not there


@dataclass
class Read:
    """What a form puts forward; `fields` says which field each numbered part stands in."""

    proposed: ProposedDecision
    fields: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def field_of(self, part: str) -> str:
        """The field beside which a remark on a part is said."""
        return self.fields.get(part, part)


def read_decision_form(typed: Answers, team: Iterable[UUID], agencies: Iterable[UUID]) -> Read:
    """Read the whole form; `team` and `agencies` are those it offers."""
    read = Read(ProposedDecision(), remarks=replaced(typed))
    read.proposed = ProposedDecision(
        question=typed.one("question"),
        decided=typed.one("decided"),
        rationale=typed.one("rationale"),
        day=_day(typed, "decided_on", read),
        at=_time(typed, read),
        setting=typed.one("setting"),
        threshold=typed.one("threshold"),
        met=typed.one("met"),
        asked=typed.one("asked") if typed.one("asked") in set(Asked) else "",
        look_again_by=_day(typed, "look_again_by", read),
        parts={str(heading): typed.one(str(heading)) for heading in Heading},
        about=tuple(map(as_id, typed.many("about"))),
        options=tuple(_options(typed, read)),
        parties=tuple(_parties(typed, team, read)),
        pins=tuple(_pins(typed)),
        must_tell=tuple(_must_tell(typed, agencies, read)),
        after=as_id(typed.one("after")) if typed.one("after") else None,
        why_again=typed.one("why_again"),
        lawful_basis=basis if (basis := typed.one("basis")) in set(LawfulBasis) else "not_recorded",
    )
    return read


def replaced(typed: Answers) -> list[Remark]:
    """A remark beside each field in which a character could not be kept."""
    parts = Parts()
    note_replaced(typed, parts)
    return [Remark(one.part, one.sentence, refuses=True) for one in parts.problems]


def as_id(value: str) -> UUID:
    """The id that was sent; that of nothing where it is none."""
    try:
        return UUID(value)
    except ValueError:
        return NOT_AN_ID


def _day(typed: Answers, name: str, read: Read) -> date | None:
    if not boxes_filled(typed, name):
        return None
    try:
        return boxes_day(typed, name)
    except DateNotUnderstood as error:
        read.remarks.append(Remark(name, error.reason, refuses=True))
        return None


def _time(typed: Answers, read: Read) -> time | None:
    words = typed.one("decided_time")
    if not words.strip():
        return None
    match = _CLOCK.match(words)
    if match is None:
        read.remarks.append(Remark("decided_time", NOT_A_TIME, refuses=True))
        return None
    return time(int(match[1]), int(match[2]))


def rows_said(typed: Answers, *names: str) -> list[int]:
    """The numbers of the rows in which any of these fields says something, in order."""
    found = set()
    for name in typed.names():
        stem, _, number = name.rpartition("-")
        if stem in names and number.isdigit() and typed.said(name):
            found.add(int(number))
    return sorted(found)


def _options(typed: Answers, read: Read) -> Iterator[Option]:
    for place, number in enumerate(rows_said(typed, "option", "option_why"), start=1):
        read.fields[f"option-{place}"] = f"option-{number}"
        taken = typed.one(f"option_taken-{number}") == "yes"
        yield Option(typed.one(f"option-{number}"), typed.one(f"option_why-{number}"), taken)


def _parties(typed: Answers, team: Iterable[UUID], read: Read) -> Iterator[Party]:
    place = 0
    for who in team:
        part = typed.one(f"part-{who}")
        if part in set(Part):
            place += 1
            read.fields[f"party-{place}"] = f"part-{who}"
            yield _party(typed, str(who), part, practitioner=who)
        elif any(typed.said(f"{name}-{who}") for name in ("said", "note", "missing")):
            read.remarks.append(Remark(f"part-{who}", NO_PART, refuses=True))
    for number in rows_said(typed, *OF_ANOTHER):
        place += 1
        read.fields[f"party-{place}"] = f"other_name-{number}"
        yield _other(typed, number, read)


def _party(typed: Answers, who: str, part: str, *, practitioner: UUID) -> Party:
    view, sure = typed.one(f"view-{who}"), typed.one(f"sure-{who}")
    return Party(
        part,
        practitioner,
        view=view if view in set(View) else View.NOT_ASKED,
        said=typed.one(f"said-{who}"),
        note=typed.one(f"note-{who}"),
        sure=sure if sure in set(Sure) else Sure.NOT_SAID,
        missing=typed.one(f"missing-{who}"),
    )


def _other(typed: Answers, number: int, read: Read) -> Party:
    part, view = typed.one(f"other_part-{number}"), typed.one(f"other_view-{number}")
    if part not in set(Part):
        read.remarks.append(Remark(f"other_name-{number}", NO_PART, refuses=True))
    agency, sure = typed.one(f"other_agency-{number}"), typed.one(f"other_sure-{number}")
    return Party(
        part if part in set(Part) else Part.PRESENT,
        name=typed.one(f"other_name-{number}"),
        role=typed.one(f"other_role-{number}"),
        agency=as_id(agency) if agency else None,
        view=view if view in set(View) else View.NOT_ASKED,
        said=typed.one(f"other_said-{number}"),
        note=typed.one(f"other_note-{number}"),
        sure=sure if sure in set(Sure) else Sure.NOT_SAID,
        missing=typed.one(f"other_missing-{number}"),
    )


def pinned(typed: Answers) -> list[UUID]:
    """The entries that were pinned and not taken out again, in their order."""
    ids = dict.fromkeys(as_id(value) for value in typed.many("pin"))
    return [one for one in ids if typed.one(f"use-{one}", Use.RELIED_ON) in set(Use)]


def _pins(typed: Answers) -> Iterator[ProposedPin]:
    for one in pinned(typed):
        use = typed.one(f"use-{one}", Use.RELIED_ON)
        yield ProposedPin(one, use, typed.one(f"why-{one}"))


def _must_tell(typed: Answers, agencies: Iterable[UUID], read: Read) -> Iterator[MustTell]:
    for one in agencies:
        how = typed.one(f"tell-{one}")
        if how in set(Tell):
            why = typed.one(f"tell_why-{one}")
            yield MustTell(one, how, why, _review(typed, one, read))
        elif typed.said(f"tell_why-{one}") or typed.said(f"tell_review-{one}"):
            sentence = "Say what is to become of this agency, or empty the fields beside it."
            read.remarks.append(Remark(f"tell-{one}", sentence, refuses=True))


def _review(typed: Answers, agency: UUID, read: Read) -> date | None:
    words = typed.one(f"tell_review-{agency}").strip()
    if not words:
        return None
    try:
        found = parse_as_typed(words)
    except DateNotUnderstood as error:
        read.remarks.append(Remark(f"tell-{agency}", error.reason, refuses=True))
        return None
    if not found.is_exact:
        sentence = "Write the whole day, like 3 March 2026."
        read.remarks.append(Remark(f"tell-{agency}", sentence, refuses=True))
        return None
    return found.from_min
