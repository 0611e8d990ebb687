"""From everything claimed of a family to the graph its genogram is laid out from.

One graph for all time: nothing is left out for its date, nor for being put right since. A parent
nobody recorded becomes a person with a dashed outline, so that a missing father is seen. The order
of the input changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.graph import (
    Descent,
    ExtraLink,
    FamilyGraph,
    GraphPerson,
    Union,
)
from goldenthread.domain.network.parentage import (
    BY_BIRTH,
    Parentage,
    couples_of,
    first_known,
    parentages_of,
)
from goldenthread.domain.network.siblings import (
    SAME_PARENTS,
    TWINS,
    groups_of,
    siblings_by,
    with_siblings,
)
from goldenthread.domain.network.vocabulary import (
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
    SiblingNature,
)
from goldenthread.domain.provenance.links import Standing

_KIN = (ClaimKind.PARENT, ClaimKind.SIBLING, ClaimKind.COUPLE)
_ENDINGS = frozenset((CoupleNature.SEPARATED, CoupleNature.DIVORCED))


def graph_of(network: Network) -> FamilyGraph:
    """The people, unions, descents and further links of a network, sorted by stable keys.

    - Birth parents of a child form a union; so does a claimed couple without children.
    - A birth parent recorded alone gets an unknown second parent `unknown-of:<union id>`. Children
      of one such parent share that unknown until somebody claims them half-brothers or sisters.
    - Adoptive parents beside birth parents, foster and kinship carers, guardians, step-parents,
      donors and those said to be the father become further links; where a child has no other
      parent, they are its union.
    - Friends, lodgers and others claimed as network alone stand aside.
    - What was corrected or withdrawn keeps a line, for an earlier viewpoint took it to be so: a
      parent by a further link, a couple by a union. It makes nobody a parent beside those who are.

    Claims that descent makes somebody their own ancestor are drawn as claimed: leave them out
    first with `checking.sound`.
    """
    people = {one.id: one for one in sorted(network.people, key=_sort_key, reverse=True)}
    network = replace(network, people=tuple(people.values()))
    parentages, orphans = with_siblings(network, parentages_of(network))
    built = _Unions(people)
    for parentage in parentages.values():
        # A lone birth parent has another, whom nobody recorded; a lone adopter or carer need not.
        lone = len(parentage.parents) == 1 and parentage.nature in BY_BIRTH
        if parentage.parents and not lone:
            built.add(parentage.parents, parentage.child, parentage.nature)
    _beside_unknown(network, parentages, built)
    for group, nature in orphans:
        built.add_orphans(group, nature)
    extra = _extra_links(parentages, built)
    once = once_believed(network)
    for pair in sorted(couples_of(once)):
        if pair[0] in people and pair[1] in people:
            built.add(pair)
    extra = (*extra, *_links_once_believed(once, people, built, extra))
    began = _beginnings(network)
    order = _eldest_first(people, network)
    aside = _aside(once)
    glyphs = [
        GraphPerson(one.id, one.born_as_number, one.gender, aside=one.id in aside)
        for one in people.values()
    ]
    return FamilyGraph(
        people=tuple(sorted((*glyphs, *built.unknown), key=lambda one: one.id)),
        unions=built.finished(order, began),
        extra=tuple(sorted(extra, key=lambda link: link.id)),
    )


_OTHER_GENDER: dict[str, str] = {Gender.WOMAN: Gender.MAN, Gender.MAN: Gender.WOMAN}


def _sort_key(one: Relative) -> tuple[str, str, str]:
    """Two rows of one id are one person whichever comes first."""
    return one.id, one.name, repr(one)


def union_id(partners: Iterable[str]) -> str:
    """The id of the union of these people: the same whoever is named first."""
    return "union:" + "+".join(
        sorted(one.replace("~", "~0").replace("+", "~1") for one in partners)
    )


class _Unions:
    """Unions being gathered, and the unknown people they need."""

    def __init__(self, people: Mapping[str, Relative]) -> None:
        self._people = people
        self._partners: dict[str, tuple[str, ...]] = {}
        self._children: dict[str, dict[str, str]] = defaultdict(dict)
        self.unknown: list[GraphPerson] = []

    def add(self, partners: tuple[str, ...], child: str = "", nature: str = "") -> None:
        """One union of known people, with one child more where one is given."""
        key = union_id(partners)
        self._partners.setdefault(key, tuple(sorted(partners)))
        if child:
            self._children[key][child] = nature

    def add_half_known(self, parent: str, number: int, children: Mapping[str, str]) -> None:
        """The union of one parent and an unknown other; numbered from the second on."""
        key = union_id((parent,)) + "+?" + (str(number) if number > 1 else "")
        # Only of a birth is the other parent's gender known from this one's.
        by_birth = ParentNature.BIRTH in children.values()
        known = self._people[parent].gender
        gender = _OTHER_GENDER.get(known, "") if by_birth else ""
        other = self._unknown(key, "", gender)
        self._partners[key] = (parent, other)
        self._children[key].update(children)

    def add_orphans(self, children: tuple[str, ...], nature: str) -> None:
        """A union of two unknown people, so that brothers and sisters stand together."""
        key = f"siblings:{children[0]}"
        self._partners[key] = (
            self._unknown(key, "", Gender.MAN if nature == ParentNature.BIRTH else ""),
            self._unknown(key, ":2", Gender.WOMAN if nature == ParentNature.BIRTH else ""),
        )
        self._children[key].update(dict.fromkeys(children, nature))

    def _unknown(self, key: str, suffix: str, gender: str) -> str:
        one = f"unknown-of:{key}{suffix}"
        while one in self._people:
            one += "'"
        self.unknown.append(GraphPerson(one, None, gender, placeholder_for=key))
        return one

    @property
    def descents(self) -> set[tuple[str, str]]:
        """Every parent and child that a union joins."""
        return {
            (parent, child)
            for key, parents in self._partners.items()
            for parent in parents
            for child in self._children[key]
        }

    def finished(
        self, order: Callable[[str], tuple[object, ...]], began: Mapping[str, float]
    ) -> tuple[Union, ...]:
        """Every union by id; children eldest first; it began with the couple or its first child."""
        done = []
        for key in sorted(self._partners):
            children = sorted(self._children[key].items(), key=lambda item: order(item[0]))
            births = (self._people[child].born_as_number for child, _ in children)
            starts = [start for start in (began.get(key), *births) if start is not None]
            descents = tuple(Descent(child, nature) for child, nature in children)
            done.append(Union(key, self._partners[key], descents, min(starts) if starts else None))
        return tuple(done)


def _beside_unknown(network: Network, parentages: Mapping[str, Parentage], built: _Unions) -> None:
    """Unions of one known parent and an unknown other; half-brothers have another unknown each."""
    children_of: dict[str, list[str]] = defaultdict(list)
    for child, parentage in parentages.items():
        if len(parentage.parents) == 1 and parentage.nature in BY_BIRTH:
            children_of[parentage.parents[0]].append(child)
    full = siblings_by(network, SAME_PARENTS)
    half = siblings_by(network, (SiblingNature.HALF,))
    for parent in sorted(children_of):
        own = set(children_of[parent])
        together = groups_of({child: full.get(child, set()) & own for child in own})
        gathered: list[set[str]] = []
        for group in together:
            apart = set().union(*(half.get(child, set()) for child in group))
            place = next((g for g in gathered if not g & apart), None)
            if place is None:
                gathered.append(set(group))
            else:
                place.update(group)
        for number, children in enumerate(gathered, start=1):
            natures = {child: parentages[child].nature for child in sorted(children)}
            built.add_half_known(parent, number, natures)


def _extra_links(parentages: Mapping[str, Parentage], built: _Unions) -> tuple[ExtraLink, ...]:
    links = []
    for child, parentage in parentages.items():
        for tie in parentage.others:
            if len(tie.parents) == 2:
                built.add(tie.parents)
            key = f"link:{tie.nature}:{union_id(tie.parents)[6:]}>{child}"
            links.append(ExtraLink(key, tie.parents, child, tie.nature))
    return tuple(sorted(links, key=lambda link: link.id))


def once_believed(network: Network) -> Network:
    """The network with everything it was ever said to be: what was corrected or withdrawn too."""

    def as_said(claim: Claim) -> Claim:
        if claim.still_counts or claim.source is None:
            return claim
        return replace(claim, source=replace(claim.source, standing=Standing.STANDS))

    return replace(network, claims=tuple(map(as_said, network.claims)))


def _links_once_believed(
    once: Network, people: Mapping[str, Relative], built: _Unions, extra: Iterable[ExtraLink]
) -> list[ExtraLink]:
    """A link for every parent ever claimed whom no union and no other link ties to the child.

    They shape no rows where the child hangs from anybody, so that a slip of the pen, once put
    right, leaves the drawing as it would have been.
    """
    tied = built.descents | {(parent, link.child) for link in extra for parent in link.parents}
    links: dict[tuple[str, str], ExtraLink] = {}
    for claim in sorted(once.of(ClaimKind.PARENT), key=first_known):
        pair = (claim.person, claim.other)
        is_one = claim.asserts and claim.person != claim.other and people.keys() >= set(pair)
        if is_one and pair not in tied and pair not in links:
            key = f"link:once:{union_id((claim.person,))[6:]}>{claim.other}"
            links[pair] = ExtraLink(key, (claim.person,), claim.other, claim.nature)
    return list(links.values())


def _beginnings(network: Network) -> dict[str, float]:
    """When each claimed couple is first said to have been one, as a year with a fraction.

    A couple known only by its separation is placed there: that it began before says nothing new.
    """
    found: dict[tuple[str, bool], float] = {}
    for claim in network.of(ClaimKind.COUPLE):
        when = claim.happened.from_min or claim.happened.from_max
        if claim.asserts and claim.other and when is not None:
            key = (union_id(claim.people), claim.nature in _ENDINGS)
            found[key] = min(found.get(key, _year(when)), _year(when))
    couples = {key for key, _ in found}
    return {key: found.get((key, False), found.get((key, True), 0.0)) for key in couples}


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _eldest_first(
    people: Mapping[str, Relative], network: Network
) -> Callable[[str], tuple[object, ...]]:
    """A sort key for brothers and sisters: by birth, the undated last, twins side by side."""

    def own(one: str) -> tuple[bool, float, str]:
        born = people[one].born_as_number
        return born is None, born or 0.0, one

    twins = groups_of(siblings_by(network, TWINS))
    first = {one: min(map(own, group)) for group in twins for one in group}

    def key(one: str) -> tuple[object, ...]:
        return (*first.get(one, own(one)), *own(one))

    return key


def _aside(network: Network) -> frozenset[str]:
    """Those claimed as friend, lodger or other network, and not as anybody's kin or partner."""
    kin = {one for claim in network.of(*_KIN) if claim.asserts for one in claim.people}
    near = {claim.person for claim in network.of(ClaimKind.NETWORK) if claim.asserts}
    return frozenset(near - kin)
