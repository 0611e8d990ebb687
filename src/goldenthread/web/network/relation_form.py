"""From what was typed on the two screens of a relation to what the record is asked to hold.

Who said so is always asked, and "not known" is always an answer. What cannot be read is a problem
in words beside its field, and never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from goldenthread.domain.chronology.admitting import Problem, ProposedEntry
from goldenthread.domain.network.vocabulary import ClaimKind, Gender, HarmStatus, HomeNature
from goldenthread.domain.provenance.statement import Subject
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind, Polarity
from goldenthread.usecases.network.record_claims import (
    Newcomer,
    NewHousehold,
    ProposedClaim,
    Unknown,
)
from goldenthread.usecases.people.add_unknown import LONGEST_DESCRIPTION
from goldenthread.web.network.choices import SECOND, SECOND_MAY_BE_EMPTY, split_relation
from goldenthread.web.network.period_form import read_period
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.forms import Asked, Parts, note_replaced, read_how, read_known

# The kind of the entry that carries a relation; most are background, some are events of their own.
ENTRY_KINDS = {
    ClaimKind.COUPLE: Kind.NEW_PARTNER,
    ClaimKind.LIVES_AT: Kind.HOUSEHOLD_CHANGE,
    ClaimKind.CARES_FOR: Kind.CARER_CHANGE,
}
NEW = "new"
LONGEST_NAME = 200  # characters; a person's name, or the name a home goes by
LONGEST_ROLE = 100
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what a relation may name: people, homes and agencies by their ids as text."""

    people: frozenset[str]
    households: frozenset[str]
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class RelationReading:
    """The claim, the entry that carries it, who and what is new with it, and what is amiss."""

    claim: ProposedClaim
    proposed: ProposedEntry
    people: tuple[Unknown | Newcomer, ...] = ()
    households: tuple[NewHousehold, ...] = ()
    reason: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass
class _Reading:
    """What the parts of one form have in common while it is read."""

    answers: Answers
    asked: Asked
    known: Known
    parts: Parts = field(default_factory=Parts)
    people: list[Unknown | Newcomer] = field(default_factory=list)
    households: list[NewHousehold] = field(default_factory=list)


def read_relation(
    what: Answers, when: Answers, asked: Asked, known: Known, *, needs_reason: bool = False
) -> RelationReading:
    """Read both screens; `needs_reason` where the relation is said instead of an earlier one."""
    reading = _Reading(what, asked, known)
    parts = reading.parts
    note_replaced(what, parts)
    note_replaced(when, parts)
    claim = _what(reading)
    happened = read_period(when, parts)
    how, informant, reasoning = read_how(when, parts)
    _ask_who_said(how, informant, parts)
    if needs_reason and not when.said("reason"):
        parts.amiss("reason", "Say why, so that the next reader understands.")
    claim = replace(claim, happened=happened)
    proposed = ProposedEntry(
        id=asked.entry,
        agency=asked.actor.agency,
        asserted_by=asked.actor.practitioner,
        text=what.one("text"),
        kind=_entry_kind(claim),
        subjects=tuple(Subject(person) for person in claim.people if person != NOBODY),
        happened=happened,
        how_known=how,
        informant=informant,
        reasoning=reasoning,
        known=read_known(when, asked.today, parts, happened=happened),
        polarity=claim.polarity,
    )
    return RelationReading(
        claim, proposed, tuple(reading.people), tuple(reading.households),
        when.one("reason"), tuple(parts.problems),
    )  # fmt: skip


def _what(reading: _Reading) -> ProposedClaim:
    """Who is what to whom."""
    answers, parts = reading.answers, reading.parts
    person = _somebody(reading, "person") or NOBODY
    id = uuid5(reading.asked.entry, "claim")
    chosen = split_relation(answers.one("relation"))
    if chosen is None:
        parts.amiss("relation", "Choose what they are.")
        return ProposedClaim(id, "", "", person)
    kind, nature = chosen
    second = SECOND[kind]
    other = None
    if second == "other" and (kind not in SECOND_MAY_BE_EMPTY or answers.said("other")):
        other = _somebody(reading, "other")
        if other is not None and other == person:
            parts.amiss("other", "That is the same person twice. Choose somebody else.")
    if not answers.said("text"):
        parts.amiss("text", "Say what you know, in a sentence or more.")
    if (kind, nature) == (ClaimKind.NEED, "other") and not answers.said("detail"):
        parts.amiss("detail", "Say in a few words what this is.")
    return ProposedClaim(
        id,
        kind,
        nature,
        person,
        other=other,
        household=_home(reading) if second == "household" else None,
        agency=_agency(reading) if second == "agency" else None,
        polarity=_one_of(answers, "polarity", Polarity, Polarity.ASSERTS),
        status=_status(reading, kind),
        days=_week(answers, "days", kind),
        nights=_week(answers, "nights", kind),
        words=answers.one("detail").strip(),
    )


def _somebody(reading: _Reading, name: str) -> UUID | None:
    """Somebody of the family, or somebody not listed: by name, or by a description alone."""
    answers, parts = reading.answers, reading.parts
    chosen = answers.one(name)
    if chosen in reading.known.people:
        return UUID(chosen)
    if chosen != NEW:
        sentence = "Choose who." if not chosen else "They are no longer listed. Choose again."
        parts.amiss(name, sentence)
        return None
    id = uuid5(reading.asked.entry, name)
    given, family = (answers.one(f"{name}_{part}").strip() for part in ("given", "family"))
    words = answers.one(f"{name}_words").strip()
    gender = _one_of(answers, f"{name}_gender", Gender, Gender.NOT_KNOWN)
    is_child = answers.one(f"{name}_is_child") == "yes"
    longest = LONGEST_ROLE if given or family else LONGEST_DESCRIPTION
    if not words or len(words) > longest:
        parts.amiss(
            f"{name}_words",
            f"Say who they are to the family, {longest} characters at most.",
        )
    if max(len(given), len(family)) > LONGEST_NAME:
        parts.amiss(f"{name}_given", f"Use {LONGEST_NAME} characters a name at most.")
    if given or family:
        newcomer = Newcomer(
            id, words, given_name=given, family_name=family, is_child=is_child, gender=gender
        )
        reading.people.append(newcomer)
    else:
        reading.people.append(Unknown(id, words, is_child=is_child, gender=gender))
    return id


def _home(reading: _Reading) -> UUID | None:
    answers, parts = reading.answers, reading.parts
    chosen = answers.one("household")
    if chosen in reading.known.households:
        return UUID(chosen)
    if chosen != NEW:
        parts.amiss("household", "Choose the home, or “Another home”.")
        return None
    name = answers.one("household_new").strip()
    if not name or len(name) > LONGEST_NAME:
        parts.amiss(
            "household_new",
            f"Say what the home is called, {LONGEST_NAME} characters at most. “Not known” will do.",
        )
    nature = _one_of(answers, "household_nature", HomeNature, HomeNature.NOT_KNOWN)
    home = NewHousehold(uuid5(reading.asked.entry, "household"), name, nature)
    reading.households.append(home)
    return home.id


def _agency(reading: _Reading) -> UUID | None:
    chosen = reading.answers.one("agency")
    if chosen in reading.known.agencies:
        return UUID(chosen)
    reading.parts.amiss("agency", "Choose the agency.")
    return None


def _one_of(answers: Answers, name: str, vocabulary, usual: str) -> str:
    chosen = answers.one(name, usual)
    return chosen if chosen in vocabulary._value2member_map_ else usual


def _status(reading: _Reading, kind: str) -> str:
    if kind != ClaimKind.HARM:
        return ""
    chosen = _one_of(reading.answers, "status", HarmStatus, "")
    if not chosen:
        reading.parts.amiss("status", "Say how firmly the harm is established.")
    return chosen


def _week(answers: Answers, name: str, kind: str) -> tuple[int, ...]:
    if kind not in (ClaimKind.CARES_FOR, ClaimKind.LIVES_AT):
        return ()
    return tuple(sorted({int(day) for day in answers.many(name) if day in tuple("1234567")}))


def _entry_kind(claim: ProposedClaim) -> str:
    if claim.polarity != Polarity.ASSERTS or not claim.kind:
        return Kind.BACKGROUND
    if claim.nature in ("separated", "divorced"):
        return Kind.RELATIONSHIP_ENDED
    return ENTRY_KINDS.get(ClaimKind(claim.kind), Kind.BACKGROUND)


def _ask_who_said(how: str, informant: str, parts: Parts) -> None:
    if how in (HowKnown.TOLD, HowKnown.RECORD) and not informant.strip():
        asked = "who told you" if how == HowKnown.TOLD else "where you read it"
        parts.amiss(f"informant_{how}", f"Say {asked}. “Not known” will do.")
