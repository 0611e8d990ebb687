"""What an adult needs and is good at, in the words a page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Agreement,
    Answer,
    Area,
    EffectAnswer,
    Voice,
)
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind
from goldenthread.usecases.needs.read_needs import (
    AdjustmentRow,
    AdultNeeds,
    AgreedAdjustment,
    DeliveryRow,
    FamilyNeeds,
    VersionRow,
)
from goldenthread.web.kit.words import (
    counted,
    date_in_words,
    day_in_words,
    day_of_instant,
    instant_in_words,
    listed,
)

MOST_SAID = 6  # contacts shown under an adjustment; the rest are counted
HOW = {
    HowKnown.SAW: "saw or heard it",
    HowKnown.TOLD: "was told",
    HowKnown.RECORD: "read it in a record",
    HowKnown.INFERRED: "worked it out",
}


@dataclass(frozen=True, slots=True)
class Told:
    """Something said, and whose words it is; `is_own` for the adult's own."""

    title: str
    words: str
    by: str
    is_own: bool
    hard: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """One adjustment in force, ready to show."""

    id: str
    what: str
    where: str
    agreed: str
    review: str
    knows: str
    not_told: str
    agreement: str
    may_tell: bool
    said: tuple[dict[str, str], ...]
    more: str
    waiting: tuple[dict[str, str], ...]
    entry: str
    change: str
    end: str
    is_intact: bool


def at(name: str, case: UUID, **more: object) -> str:
    """The address of one of these pages."""
    return reverse(name, kwargs={"case": case, **more})


def called(one: AdultNeeds) -> str:
    """What people call somebody, for a heading of their own words."""
    return one.member.known_as or one.member.given_name or one.member.name


def strengths_of(profile: Profile) -> tuple[Told, ...]:
    """What the adult is good at, each with whose words it is."""
    return tuple(Told("", one.words, _by(one), one.voice is Voice.OWN) for one in profile.strengths)


def needs_of(profile: Profile) -> tuple[Told, ...]:
    """What there is to know, by area."""
    return tuple(
        Told(
            one.area.label,
            one.words,
            _by(one),
            one.voice is Voice.OWN,
            listed(hard.label.lower() for hard in one.makes_hard),
        )
        for one in profile.needs
    )


def answered_otherwise(profile: Profile) -> tuple[dict[str, str], ...]:
    """The areas that were asked about and where nothing is needed, known or said."""
    return tuple(
        {"area": one.area.label, "answer": _answer(one)}
        for one in profile.answers
        if one.answer not in (Answer.SAID, Answer.NOT_ASKED)
    )


def _answer(one: AreaAnswer) -> str:
    by = f", said by {one.said_by}" if one.voice is Voice.ANOTHER else ""
    when = f" on {day_in_words(one.asked_on)}" if one.asked_on else ""
    words = f" “{one.words}”" if one.words else ""
    return f"{one.answer.label}{by}{when}.{words}"


def _by(one: AreaAnswer | Strength) -> str:
    if isinstance(one, Strength):
        return "" if one.voice is Voice.OWN else f"Said by {one.said_by}"
    when = f", {day_in_words(one.asked_on)}" if one.asked_on else ""
    if one.voice is Voice.OWN:
        return f"Their own words{when}"
    how = f", who {HOW[HowKnown(one.how_known)]}" if one.how_known in HOW else ""
    return f"Said by {one.said_by}{how}{when}"


def effects_of(profile: Profile, called: Mapping[UUID, str]) -> tuple[dict[str, object], ...]:
    """What it means for each child, as rows."""
    return tuple(
        {
            "child": called.get(effect.child, "A child") if effect.child else "All the children",
            "rows": tuple(_effect_rows(effect)),
        }
        for effect in profile.effects
        if effect.answer is not EffectAnswer.NOT_ASKED
    )


def _effect_rows(effect: Effect) -> Iterator[dict[str, str]]:
    source = f"{effect.source}, {day_in_words(effect.source_on)}" if effect.source_on else ""
    if effect.answer is EffectAnswer.NO_KNOWN_EFFECT:
        yield {"key": "No known effect", "value": f"Said by {source}"}
    named = (
        ("What it means", effect.words),
        ("Signs that it is getting worse", effect.sign_of_worsening),
        ("Who notices", effect.who_notices),
        ("Who acts", effect.who_acts),
        ("In a crisis", effect.crisis_contact),
        ("The children then", effect.children_then),
    )
    yield from ({"key": key, "value": value} for key, value in named if value)
    if source and effect.answer is EffectAnswer.AFFECTS:
        yield {"key": "Source", "value": source}


def about_of(profile: Profile) -> tuple[dict[str, str], ...]:
    """The advocate, the diagnosis as they wish it written, and the next review."""
    advocate = "" if profile.advocate is Advocate.NOT_ASKED else profile.advocate.label
    said = ". ".join(filter(None, (advocate, profile.advocate_words)))
    review = day_in_words(profile.review_on, weekday=True) if profile.review_on else ""
    rows = (
        ("Advocate", said),
        ("Diagnosis, because they wish it written", profile.diagnosis),
        ("To be looked at again", review),
    )
    return tuple({"key": key, "value": value} for key, value in rows if value)


def doing_of(one: AgreedAdjustment, case: UUID, reader: str) -> Doing:
    """One adjustment in force; `reader` is the name of the reader's own agency."""
    what, adult = one.row.adjustment, one.row.adjustment.adult
    ids = {"adult": adult, "adjustment": one.row.id}
    start = at("adjustment_start", case, adult=adult)
    said = [_used(row, case) for row in one.said[:MOST_SAID]]
    rest = len(one.said) - len(said)
    return Doing(
        id=str(one.row.id),
        what=what.what,
        where=listed(setting.label.lower() for setting in what.settings),
        agreed=f"Agreed by {what.agreed_by}, from {day_in_words(what.from_on)}",
        review=day_in_words(what.review_on) if what.review_on else "",
        knows=listed(one.knows),
        not_told=listed(one.not_told),
        agreement=_agreement(one),
        may_tell=one.agreement.answer is Agreement.SAID_YES
        and bool(one.not_told)
        and reader in one.knows,
        said=tuple(said),
        more=f"and at {counted(rest, 'earlier contact')}" if rest > 0 else "",
        waiting=tuple(
            {
                "href": at("was_it_used", case, statement=contact.statement),
                "text": f"{Kind.label_of(contact.kind)}, {date_in_words(contact.happened)}",
            }
            for contact in one.waiting
        ),
        entry=at("entry", case, statement=one.row.statement),
        change=f"{start}?instead={ids['adjustment']}",
        end=f"{start}?instead={ids['adjustment']}&end=1",
        is_intact=one.row.is_intact,
    )


def _agreement(one: AgreedAdjustment) -> str:
    said = one.agreement
    when = f" on {day_in_words(said.asked_on)}" if said.asked_on else ""
    return {
        Agreement.SAID_YES: f"Said yes{when} to every agency of the team being told what to do.",
        Agreement.SAID_NO: f"Said no{when} to every agency of the team being told.",
        Agreement.NOT_ASKED: "Not asked yet whether every agency of the team may be told.",
    }[said.answer]


def _used(row: DeliveryRow, case: UUID) -> dict[str, str]:
    kind = Kind.label_of(row.contact_kind)
    return {
        "href": at("entry", case, statement=row.contact),
        "contact": f"{kind}, {date_in_words(row.happened)}, {row.agency_name}",
        "answer": row.answer.label.removesuffix(", because"),
        "words": row.words,
        "is_no": "yes" if row.answer == "no" else "",
    }


def not_used(found: FamilyNeeds, case: UUID) -> tuple[dict[str, object], ...]:
    """What was not used, by agency and sort of contact: a plain list, which names no worker."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for adult in found.adults:
        for one in adult.adjustments:
            for row in one.not_used:
                place = row.agency_name, Kind.label_of(row.contact_kind)
                groups.setdefault(place, []).append(
                    {
                        "href": at("entry", case, statement=row.contact),
                        "when": date_in_words(row.happened, weekday=False),
                        "what": one.row.adjustment.what,
                        "whom": adult.member.name,
                        "words": row.words,
                    }
                )
    return tuple(
        {"place": f"{agency}, {kind.lower()}", "rows": rows}
        for (agency, kind), rows in sorted(groups.items())
    )


def version_words(row: VersionRow) -> str:
    """Which version: of which day, by whom, and when it was written down."""
    talked = date_in_words(row.happened, weekday=False)
    written = instant_in_words(row.recorded_at)
    return f"{talked}, {row.written_by_name}, {row.agency_name} (written down {written})"


def read_by(adult: AdultNeeds, row: VersionRow) -> str:
    """Who can read a version, and why."""
    return (
        f"Read by {listed(adult.knows[row.id])}, because their agency wrote it or was told it, "
        "and by the conference chair, who sees every entry."
    )


def past_of(rows: Iterable[AdjustmentRow], case: UUID) -> tuple[dict[str, str], ...]:
    """Adjustments that no longer hold, newest first, and what became of each."""
    return tuple(
        {
            "what": row.adjustment.what,
            "href": at("entry", case, statement=row.statement),
            "became": _became(row),
        }
        for row in rows
    )


def _became(row: AdjustmentRow) -> str:
    when = f"{day_of_instant(row.recorded_at)}, {row.agency_name}"
    if row.is_withdrawn:
        return f"Withdrawn ({when})"
    if row.ended:
        return f"Why an earlier one ended ({when})"
    return f"No longer holds; agreed from {day_in_words(row.adjustment.from_on)}, {row.agency_name}"


def areas_asked(profile: Profile) -> str:
    """How far anybody has asked, as a count of areas and no measure of anybody."""
    asked = len(Area) - len(profile.not_asked)
    return f"{asked} of {len(Area)} areas asked about"
