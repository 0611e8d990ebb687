"""The same genogram in words: a sentence for each person, and the rows of its table.

They are made from the same plan, day and look as the picture: whoever is drawn has a sentence and
a row, and whatever is drawn is in both. Nothing is in the picture only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import (
    NATURES,
    CareNature,
    ClaimKind,
    CoupleNature,
    Gender,
    HarmStatus,
    Loss,
    NeedNature,
    ParentNature,
    StayNature,
)
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.drawing import dates
from goldenthread.drawing.genogram.couples import may_draw
from goldenthread.drawing.genogram.labels import nights_in_words
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.overlays import GENTLE
from goldenthread.drawing.genogram.plan import Plan, listed

NAMELESS = "Somebody whose name is not known"
_GENDERS = {Gender.WOMAN: "woman", Gender.MAN: "man", Gender.NON_BINARY: "non-binary person"}
_YOUNG = {Gender.WOMAN: "girl", Gender.MAN: "boy", Gender.NON_BINARY: "non-binary child"}
_WITH = {
    CoupleNature.MARRIED: "married to",
    CoupleNature.COHABITING: "lives as a couple with",
    CoupleNature.TOGETHER: "in a couple with",
    CoupleNature.BRIEF: "briefly with",
    CoupleNature.UNDISCLOSED: "in an undisclosed couple with",
    CoupleNature.NEVER_TOGETHER: "never a couple with",
    CoupleNature.SEPARATED: "separated from",
    CoupleNature.DIVORCED: "divorced from",
    CoupleNature.NOT_KNOWN: "in a couple, kind not known, with",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table beside the drawing; `people` are the ids it names.

    `known` says how it is known; a row without a claim is about somebody drawn of whom nothing
    else is recorded.
    """

    relationship: str
    from_whom: str
    to_whom: str
    since: str
    source: str
    known: str
    people: tuple[str, ...]
    claim: str = ""


def name_of(plan: Plan, person: str, look: Look) -> str:
    """What somebody is called in words, as the look allows."""
    one = plan.one(person)
    if person in look.withheld:
        return f"{one.role or 'Somebody'}, name withheld"
    if not look.names:
        return one.role or "Somebody"
    return one.name or one.description or one.role or NAMELESS


def sentence_of(plan: Plan, person: str, network: Network, moment: Moment, look: Look) -> str:
    """What a screen reader says of one person: who, how old, with whom, where, by whose word."""
    one = plan.one(person)
    if person in plan.questions:
        return f"{one.name}."
    parts = [name_of(plan, person, look), _who(one, moment)]
    if one.role and one.role not in parts[0] and not one.is_child and person not in look.withheld:
        parts.append(one.role)
    if one.is_child:
        parts.append("a child this is about")
    if one.loss == Loss.NONE and moment.presence(person) != Presence.NOT_YET:
        parts += _with_whom(plan, person, network, moment, look)
        parts += _parents(plan, person, network, look)
        parts += _where(person, network, moment)
        parts += _cares(plan, person, moment, look)
        parts += _needs(person, moment, look)
    if not one.is_identified and one.description and one.description != one.name:
        parts.append(one.description)
    return "; ".join(filter(None, parts)) + "."


def _who(one: Relative, moment: Moment) -> str:
    if one.loss != Loss.NONE:
        return Loss.label_of(one.loss).lower()
    presence, age = moment.presence(one.id), moment.age(one.id)
    is_young = one.is_child or age.split()[-1:] in (["days"], ["weeks"], ["months"])
    word = (_YOUNG if is_young else _GENDERS).get(Gender(one.gender), "gender not known")
    if presence == Presence.UNBORN:
        return f"{age}, due {dates.day(one.expected_on)}" if one.expected_on else age
    if presence == Presence.NOT_YET:
        return "not yet in the family on this date"
    if presence == Presence.DIED:
        when = dates.short(one.died)
        return f"{word}, died {when}, at {age}" if when else f"{word}, has died"
    return f"{word}, {age}"


def _with_whom(
    plan: Plan, person: str, network: Network, moment: Moment, look: Look
) -> Iterable[str]:
    claims = {claim.id: claim for claim in network.of(ClaimKind.COUPLE)}
    for couple in moment.at.couples:
        if person not in couple.people or not look.couples:
            continue
        other = next(each for each in couple.people if each != person)
        said = claims.get(couple.because[0]) if couple.because else None
        if other not in plan.placed or (said is not None and not may_draw(said, look)):
            continue
        past = "was " if couple.has_ended and couple.state not in _ENDED else ""
        since = f" since {dates.day(couple.since)}" if couple.since else ", date not known"
        if couple.since and couple.is_approximate:
            since = f" since about {couple.since.year}"
        if past:
            since = f" until {couple.since.year}" if couple.since else ""
        told = f" ({source_of(said)})" if said is not None and said.source else ""
        differ = ", accounts differ" if couple.otherwise or couple.is_disputed else ""
        words = _WITH[CoupleNature(couple.state)]
        yield f"{past}{words} {name_of(plan, other, look)}{since}{differ}{told}"


_ENDED = (CoupleNature.SEPARATED, CoupleNature.DIVORCED)


def _parents(plan: Plan, person: str, network: Network, look: Look) -> Iterable[str]:
    by: dict[str, list[str]] = {ParentNature.BIRTH: []}
    for claim in network.of(ClaimKind.PARENT):
        drawn = claim.person in plan.placed and may_draw(claim, look)
        if claim.other == person and drawn:
            by.setdefault(claim.nature, []).append(name_of(plan, claim.person, look))
    born_to = by[ParentNature.BIRTH]
    for nature, names in by.items():
        said = listed([n for n in dict.fromkeys(names) if names is born_to or n not in born_to])
        if not said:
            continue
        if nature == ParentNature.BIRTH:
            yield f"child of {said}"
        else:
            yield f"{ParentNature.label_of(nature).lower()}: {said}"


def _where(person: str, network: Network, moment: Moment) -> Iterable[str]:
    names = {home.id: home.name for home in network.households}
    for home in moment.at.households:
        for member in home.members:
            if member.person == person:
                verb = StayNature.label_of(member.nature).lower().replace("there", "at")
                if "at" not in verb.split():
                    verb = f"{verb} at"
                place = names.get(home.household, "a household")
                nights = f", {nights_in_words(member.nights)}" if member.nights else ""
                yield f"{verb.replace('stays at at times', 'stays at times at')} {place}{nights}"


_CARES = {
    CareNature.MAIN: "main carer of",
    CareNature.SHARED: "shares the care of",
    CareNature.NIGHTS: "cares at night for",
    CareNature.HELPS: "helps with",
    CareNature.SUPERVISED: "only with somebody else there, with",
    CareNature.NONE: "must not care alone for",
    CareNature.NOT_KNOWN: "looks after, extent not known,",
}


def _cares(plan: Plan, person: str, moment: Moment, look: Look) -> Iterable[str]:
    children: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for child, care in moment.care.get(person, ()):
        if child in plan.placed:
            named = children.setdefault((care.nature, care.nights), [])
            named.append(name_of(plan, child, look))
    for (nature, nights), names in children.items():
        when = f", {nights_in_words(nights)}" if nights else ""
        yield f"{_CARES[CareNature(nature)]} {listed(list(dict.fromkeys(names)))}{when}"


def _needs(person: str, moment: Moment, look: Look) -> Iterable[str]:
    if look.needs and not look.is_gentle:
        for tie in moment.ties(ClaimKind.NEED):
            if tie.person == person:
                is_other = tie.nature == NeedNature.OTHER
                yield "another need" if is_other else NeedNature.label_of(tie.nature).lower()


def source_of(claim: Claim) -> str:
    """By whose word: the informant or the person who asserted it, and their agency."""
    if claim.source is None:
        return "source not recorded"
    who = claim.source.informant or claim.source.asserted_by
    return f"{who}, {claim.source.agency_name}" if who else claim.source.agency_name


def rows_of(plan: Plan, network: Network, moment: Moment, look: Look) -> tuple[Row, ...]:
    """A row for everything drawn or sayable on the day, then one for whoever is left."""
    homes = {home.id: home.name for home in network.households}
    agencies = dict(network.agencies)
    rows = []
    for claim in network.claims:
        if not _is_shown(claim, plan, moment, look):
            continue
        whom = name_of(plan, claim.other, look) if claim.other else ""
        whom = whom or homes.get(claim.household, "") or agencies.get(claim.agency, "")
        rows.append(
            Row(
                relationship=relationship_of(claim),
                from_whom=name_of(plan, claim.person, look),
                to_whom=whom,
                since=dates.in_words(claim.happened),
                source=source_of(claim),
                known=HowKnown.label_of(claim.source.how_known) if claim.source else "",
                people=claim.people,
                claim=claim.id,
            )
        )
    named = {person for row in rows for person in row.people}
    alone = [one.id for one in plan.in_order if one.id not in named]
    return (*rows, *(_alone(plan, person, look) for person in alone))


def relationship_of(claim: Claim) -> str:
    """The kind of tie in words, with the status of harm and the nights of care."""
    words = NATURES[ClaimKind(claim.kind)].label_of(claim.nature)
    if claim.kind == ClaimKind.HARM:
        words = f"{words}: {HarmStatus.label_of(claim.status).lower()}"
    if claim.nights:
        words = f"{words}, {nights_in_words(claim.nights)}"
    return f"{words} (disputed)" if claim.is_disputed else words


def _is_shown(claim: Claim, plan: Plan, moment: Moment, look: Look) -> bool:
    if not may_draw(claim, look):
        return False
    if any(person not in plan.placed for person in claim.people):
        return False
    if claim.kind == ClaimKind.HARM and (look.is_gentle or not (claim.status and claim.source)):
        return False
    if claim.kind == ClaimKind.QUALITY and look.is_gentle and claim.nature not in GENTLE:
        return False
    if claim.kind in (ClaimKind.PARENT, ClaimKind.SIBLING, ClaimKind.COUPLE):
        return True  # drawn on every day: what is past or to come is drawn as such
    return claim.held_on(moment.on) is not False


def _alone(plan: Plan, person: str, look: Look) -> Row:
    name = name_of(plan, person, look)
    what = "Not recorded: a question" if person in plan.questions else "Nothing recorded that day"
    return Row(what, name, "", "", "", "", (person,))
