"""The questions of a curiosity list, kind by kind.

Each says what nobody has recorded, never that somebody failed, and asks who will. A gap in the
record is not a fact about a person: "nobody has recorded speaking to him" is all that is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.network.at_date import MemberAt, NetworkAt, PersonAt
from goldenthread.domain.network.claim import Claim, Relative
from goldenthread.domain.network.contradicting import ENDINGS, known_on
from goldenthread.domain.network.curiosity import Facts, Gap, GapKind, GapRules, gap
from goldenthread.domain.network.parentage import Parentage
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import (
    CareNature,
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
    StayNature,
)
from goldenthread.domain.network.wording import (
    beginning_in_words,
    called,
    day_in_words,
    listed,
    pronoun,
    when_begun,
)
from goldenthread.domain.provenance.vocabulary import HowKnown, Polarity

_PARENTS = (ParentNature.BIRTH, ParentNature.NOT_KNOWN)
_CAME: dict[str, str] = {
    StayNature.LIVES: "moved in",
    StayNature.STAYS: "began to stay there",
    StayNature.VISITS: "began to be often there",
}
_IS_THERE: dict[str, str] = {
    StayNature.LIVES: "is said to live with",
    StayNature.STAYS: "is said to stay at times with",
    StayNature.VISITS: "is said to be often with",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What every question looks at: the network on the day, facts and thresholds.

    `children` are those under 18 on the day, born or on the way; `claims` those that assert, and
    `about` the same by person. `of_child` are all claims of parents, denials too, by child;
    `looked_after` are the children each carer has on the day.
    """

    at: NetworkAt
    there: Mapping[str, PersonAt]
    people: Mapping[str, Relative]
    names: Mapping[str, str]
    parentages: Mapping[str, Parentage]
    children: frozenset[str]
    claims: Mapping[str, Claim]
    about: Mapping[str, tuple[Claim, ...]]
    of_child: Mapping[str, tuple[Claim, ...]]
    looked_after: Mapping[str, tuple[str, ...]]
    facts: Facts
    rules: GapRules
    on: date

    def is_adult(self, one: str) -> bool:
        """Whether somebody is grown up and has not died."""
        died = self.there[one].presence == Presence.DIED
        return one not in self.children and not died


def unknown_parents(ground: Ground) -> Iterator[Gap]:
    """Children of whom a birth parent is not recorded by name, and who were not adopted."""
    for child in sorted(ground.children):
        claims = list(ground.of_child.get(child, ()))
        said = [c for c in claims if c.asserts and ground.people.get(c.person)]
        if any(claim.nature == ParentNature.ADOPTIVE for claim in said):
            continue
        known = {c.person for c in said if c.nature in _PARENTS}
        shared = ground.parentages.get(child)
        if shared and shared.nature in _PARENTS:
            known.update(shared.parents)
        known = {one for one in known if ground.people[one].is_identified}
        if len(known) < 2:
            yield _unknown_parent(ground, child, sorted(known), claims)


def _unknown_parent(ground: Ground, child: str, known: list[str], claims: list[Claim]) -> Gap:
    other = {Gender.WOMAN.value: "father", Gender.MAN.value: "mother"}
    missing = "other parent"
    if known:
        missing = other.get(ground.people[known[0]].gender, missing)
    whose = f"{ground.names[child]}’s {missing if known else 'parents'}"
    verb = "is" if known else "are"
    named = [c for c in claims if c.asserts and c.nature == ParentNature.ALLEGED]
    named = [c for c in named if c.person in ground.people and c.person not in known]
    asked = [c for c in claims if c.still_counts and c.polarity == Polarity.ASKED_NO_ANSWER]
    question = f"Nobody has recorded who {whose} {verb}: who will ask, and whom?"
    if named:
        names = listed(list(dict.fromkeys(ground.names[c.person] for c in named)))
        question = f"{names} is said to be a parent of {ground.names[child]}: what would settle it?"
    elif asked:
        last = max(asked, key=lambda c: (_day_of(c), c.id))
        question = (
            f"Nobody has recorded who {whose} {verb} (asked on {day_in_words(_day_of(last))}, "
            "no answer given): who else could say?"
        )
    because = sorted(c.id for c in (*named, *asked) if c.id)
    return gap(
        GapKind.UNKNOWN_PARENT,
        question,
        (child, *known, *(c.person for c in named)),
        because=[*because, *sorted(c.id for c in claims if c.asserts and c.person in known)],
        rests_on=[c.id for c in named],
    )


def _day_of(claim: Claim) -> date:
    return claim.happened.from_min or known_on(claim)


def not_spoken_to(ground: Ground) -> Iterator[Gap]:
    """Adults in a household with a child, with no direct contact recorded since they came."""
    asked = set()
    for home in ground.at.households:
        children = [one for one in home.people if one in ground.children]
        for member in home.members:
            one = member.person
            if not children or one in asked or not ground.is_adult(one):
                continue
            claims = [ground.claims[key] for key in member.because]
            starts = [c.happened.from_min for c in claims if c.happened.from_min]
            spoken = ground.facts.spoken_to.get(one)
            if spoken is None or (starts and spoken.on < min(starts)):
                asked.add(one)
                yield _not_spoken_to(ground, member, children, claims)


def _not_spoken_to(
    ground: Ground, member: MemberAt, children: list[str], claims: list[Claim]
) -> Gap:
    one = ground.people[member.person]
    dated = [claim for claim in claims if claim.happened.from_min]
    if dated:
        first = min(dated, key=lambda c: (c.happened.from_min or date.max, c.id))
        came = f"{_CAME.get(member.nature, 'came')} {when_begun(first.happened)}"
        since = f"since {pronoun(one.gender)} {came}"
    else:
        there = _IS_THERE.get(member.nature, "is said to be with")
        since = f"who {there} {listed([ground.names[child] for child in children])}"
    comma = "" if dated else ","
    return gap(
        GapKind.NOT_SPOKEN_TO,
        f"Nobody has recorded speaking to {called(one)}{comma} {since}: who will?",
        (one.id, *children),
        because=member.because,
        rests_on=[member.because[0]],
    )


def without_checks(ground: Ground) -> Iterator[Gap]:
    """New partners of somebody who has or looks after a child, with no checks recorded."""
    asked = set()
    for couple in ground.at.couples:
        if couple.has_ended or couple.state == CoupleNature.NEVER_TOGETHER:
            continue
        claims = _of_couple(ground, couple.people)
        starts = [c.happened.from_min for c in claims if c.happened.from_min]
        long_ago = ground.on - timedelta(days=ground.rules.partner_is_new_for)
        if starts and min(starts) < long_ago:
            continue
        for partner, parent in (couple.people, couple.people[::-1]):
            every = _children_of(ground, parent)
            children = [child for child in every if not _is_parent(ground, partner, child)]
            known = ground.people[partner].is_identified and ground.is_adult(partner)
            if children and known and partner not in asked and partner not in ground.facts.checks:
                asked.add(partner)
                yield _without_checks(ground, partner, parent, children, claims)


def _of_couple(ground: Ground, people: tuple[str, str]) -> list[Claim]:
    claims = (c for c in ground.about.get(people[0], ()) if c.kind == ClaimKind.COUPLE)
    return [c for c in claims if people[1] in c.people and c.nature not in ENDINGS]


def _children_of(ground: Ground, parent: str) -> list[str]:
    """The children somebody is a parent of in any way, or looks after on the day."""
    own = {c.other for c in ground.about.get(parent, ()) if c.kind == ClaimKind.PARENT}
    own.update(ground.looked_after.get(parent, ()))
    own.discard(parent)
    return sorted(own.intersection(ground.children))


def _is_parent(ground: Ground, one: str, child: str) -> bool:
    natures = (*_PARENTS, ParentNature.ADOPTIVE)
    claims = (c for c in ground.about.get(one, ()) if c.kind == ClaimKind.PARENT)
    return any(c.other == child and c.person == one and c.nature in natures for c in claims)


def _without_checks(
    ground: Ground, partner: str, parent: str, children: list[str], claims: list[Claim]
) -> Gap:
    dated = [c for c in claims if c.happened.from_min]
    since = ""
    if dated:
        first = min(dated, key=lambda c: (c.happened.from_min or date.max, c.id))
        since = f" (together from {beginning_in_words(first.happened)})"
    return gap(
        GapKind.NO_CHECKS,
        f"No checks are recorded about {ground.names[partner]}, "
        f"{ground.names[parent]}’s partner{since}: who will ask which agencies what they know?",
        (partner, parent, *children),
        because=[c.id for c in claims],
        rests_on=[min(claims, key=lambda c: (known_on(c), c.id)).id] if claims else [],
    )


def on_one_word(ground: Ground) -> Iterator[Gap]:
    """Carers of whom everything recorded was said by one person, and whom nobody has met."""
    asked = set()
    for care in ground.at.care:
        for carer in care.carers:
            one = carer.carer
            wanted = care.child in ground.children and ground.is_adult(one)
            if carer.nature == CareNature.NONE or not wanted or one in asked:
                continue
            claims = [c for c in ground.about.get(one, ()) if c.source is not None]
            words = {_word(claim) for claim in claims}
            met = one in ground.facts.spoken_to or _saw(claims)
            if len(words) == 1 and not met and not words & {one, ground.names[one]}:
                asked.add(one)
                (who,) = words
                yield gap(
                    GapKind.ONE_WORD,
                    f"All that is recorded about {ground.names[one]}, who looks after "
                    f"{ground.names[care.child]}, comes from {_told_by(ground, who, claims)} "
                    "alone: who else could say?",
                    (one, care.child),
                    because=[c.id for c in claims],
                    rests_on=[who],
                )


def _told_by(ground: Ground, who: str, claims: list[Claim]) -> str:
    """The name behind a word: of the person, or of the agency whose record it is."""
    agencies = {c.source.agency: c.source.agency_name for c in claims if c.source}
    return ground.names.get(who) or agencies.get(who) or who


def _word(claim: Claim) -> str:
    """Whose word a claim is: who told it, else who wrote it, else the agency."""
    source = claim.source
    return (source.informant or source.asserted_by or source.agency) if source else ""


def _saw(claims: list[Claim]) -> bool:
    return any(c.source is not None and c.source.how_known == HowKnown.SAW for c in claims)


def stopped(ground: Ground) -> Iterator[Gap]:
    """Adults around a child of whom nothing has become known for a long time."""
    for one in _around(ground):
        claims = [c for c in ground.about.get(one, ()) if c.source and known_on(c) <= ground.on]
        last = ground.facts.mentioned.get(one)
        days = [(known_on(c), c.id) for c in claims] + ([(last.on, last.because)] if last else [])
        if not days or (ground.on - max(days)[0]).days <= ground.rules.history_stops_after:
            continue
        day, because = max(days)
        yield gap(
            GapKind.HISTORY_STOPS,
            f"Nothing is recorded about {ground.names[one]} since {day_in_words(day)}: "
            "what has happened since, and who would know?",
            (one,),
            because=[because],
            rests_on=[because],
        )


def _around(ground: Ground) -> list[str]:
    """Identified adults who are parents, carers, partners of these, or share a child's home."""
    near = {
        c.person
        for child in sorted(ground.children)
        for c in ground.about.get(child, ())
        if c.kind == ClaimKind.PARENT and c.other == child
    }
    near |= {c.carer for care in ground.at.care for c in care.carers}
    for home in ground.at.households:
        if ground.children.intersection(home.people):
            near.update(home.people)
    for couple in ground.at.couples:
        if not couple.has_ended and near & set(couple.people):
            near.update(couple.people)
    return sorted(one for one in near if ground.people[one].is_identified and ground.is_adult(one))


def not_seen_alone(ground: Ground) -> Iterator[Gap]:
    """Children of the family not recorded as seen alone within the time."""
    for child in sorted(ground.children):
        one, at = ground.people[child], ground.there[child]
        born = one.born.from_min if one.born else None
        age = (ground.on - born).days if born else None
        if not one.is_child or not at.is_born or at.presence == Presence.DIED:
            continue
        if age is not None and age < ground.rules.seen_alone_from_age:
            continue
        last = ground.facts.seen_alone.get(child)
        waited = (ground.on - last.on).days if last else age
        if waited is not None and waited <= ground.rules.not_seen_alone_after:
            continue
        since = f" since {day_in_words(last.on)}" if last else ""
        yield gap(
            GapKind.NOT_SEEN_ALONE,
            f"Nobody has recorded seeing {ground.names[child]} alone{since}: who will, and when?",
            (child,),
            because=[last.because] if last else [],
            rests_on=[last.because] if last else [],
        )
