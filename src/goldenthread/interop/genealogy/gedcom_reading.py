"""A GEDCOM file (5.5, 5.5.1, 7) as a network: people by their own ids, and who is what to whom.

A family of one parent leaves the other unknown, for the rules to ask about. Two such families of
one parent are half-brothers and half-sisters, since the file keeps them apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations, pairwise

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.vocabulary import ClaimKind, ParentNature, SiblingNature
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.interop.genealogy.found import FileFamily, FromFile, Warned, Warnings
from goldenthread.interop.genealogy.gedcom_couples import EVENTS_READ, couple_claims
from goldenthread.interop.genealogy.gedcom_families import (
    Family,
    families_of,
    is_disproven,
    nature_of_link,
)
from goldenthread.interop.genealogy.gedcom_lines import tree_of, value
from goldenthread.interop.genealogy.gedcom_people import PeopleRead, families_named, people_of
from goldenthread.interop.genealogy.naming import natural
from goldenthread.interop.genealogy.refusals import FamilyFileBroken

_READ_OF_A_FAMILY = {"HUSB", "WIFE", "CHIL", "CHAN", "_UID", "UID", "RIN", "REFN", *EVENTS_READ}

_MOST_PARTNERS = 60


def read_gedcom(text: str, notes: Iterable[str] = ()) -> FromFile:
    """Read the text of a GEDCOM file; `notes` are sentences about its letters.

    Raises a FamilyFileRefused with a plain sentence.
    """
    warnings = Warnings()
    for note in notes:
        warnings.add("", note)
    tree = tree_of(text, warnings)
    read = people_of(tree.records, warnings)
    if len(read.people) < sum(record.tag == "INDI" for record in tree.records):
        raise FamilyFileBroken("Not everybody in this file could be read, so nobody was.")
    families = families_of(tree.records, read, warnings)
    claims: list[Claim] = []
    for family in families.values():
        claims += couple_claims(family, warnings)
    listing: dict[str, list[str]] = defaultdict(list)
    for family in families.values():
        for child in family.children:
            listing[child].append(family.id)
    for child in sorted(listing, key=natural):
        claims += _parents_of(child, listing[child], read, families, warnings)
    claims += _kept_apart(families)
    people = tuple(read.people[one] for one in sorted(read.people, key=natural))
    return FromFile(
        Network(people, tuple(claims)),
        (*warnings, *_not_read(read, tree.records)),
        tuple(
            FileFamily(family.id, tuple(family.partners), tuple(family.children))
            for family in families.values()
        ),
    )


def _parents_of(
    child: str, listing: list[str], read: PeopleRead, families: dict[str, Family],
    warnings: Warnings,
) -> list[Claim]:  # fmt: skip
    """Claims of who the child's parents are; the family it was born to comes first.

    That is the first the child's own record names, then the first of those that list the child.
    """
    record = read.records[child]
    named = [own for own in families_named(record, "FAMC") if own in families]
    named = list(dict.fromkeys([*named, *listing]))
    claims: list[Claim] = []
    born_to = ""
    for own in named:
        family = families[own]
        denied = is_disproven(family, record)
        unsaid = False
        for parent in family.partners:
            if parent == child:
                warnings.add(
                    own, f"Family {own} has {child} as their own parent; that was left out."
                )
                continue
            nature = nature_of_link(family, parent, child, record)
            if not nature:
                nature = ParentNature.NOT_KNOWN if born_to not in ("", own) else ParentNature.BIRTH
                unsaid = unsaid or nature == ParentNature.NOT_KNOWN
            if nature == ParentNature.BIRTH and not denied:
                born_to = born_to or own
            polarity = Polarity.DENIES if denied else Polarity.ASSERTS
            claims.append(
                Claim(f"{own}:{parent}>{child}", ClaimKind.PARENT, nature, parent, child,
                      polarity=polarity)
            )  # fmt: skip
        if unsaid:
            warnings.add(
                child, f"{child} is a child of family {born_to} and of {own}; {born_to} was taken "
                f"as the birth family, {own} as parents of a kind not known.",
            )  # fmt: skip
    return claims


def _kept_apart(families: dict[str, Family]) -> list[Claim]:
    """Brothers and sisters whose parents alone would not show it."""
    claims: list[Claim] = []
    of_one: dict[str, list[Family]] = {}
    for family in families.values():
        if family.children and len(family.partners) == 1:
            of_one.setdefault(next(iter(family.partners)), []).append(family)
        elif len(family.children) > 1 and not family.partners:
            claims += _together(family)
    for same in of_one.values():
        if len(same) > 1:
            for family in same:
                claims += _together(family)
            # Everybody with everybody; where a file is absurd, with the next alone.
            pairs = combinations(same, 2) if len(same) <= _MOST_PARTNERS else pairwise(same)
            for one, other in pairs:
                claims += _half(one, other)
    return claims


def _together(family: Family) -> list[Claim]:
    ordered = sorted(family.children, key=natural)
    return [
        Claim(f"{family.id}:{a}={b}", ClaimKind.SIBLING, SiblingNature.FULL, a, b)
        for a, b in pairwise(ordered)
    ]


def _half(one: Family, other: Family) -> list[Claim]:
    a, b = min(one.children, key=natural), min(other.children, key=natural)
    if a in other.children or b in one.children:
        return []
    return [Claim(f"{one.id}+{other.id}:{a}/{b}", ClaimKind.SIBLING, SiblingNature.HALF, a, b)]


_CALLED = {
    "TITL": "titles", "NOTE": "notes", "SOUR": "sources", "RESI": "places lived in",
    "OCCU": "occupations", "BURI": "burials", "EVEN": "other events", "OBJE": "pictures and files",
    "ALIA": "other names", "EDUC": "schooling", "RELI": "religion", "ASSO": "other people named",
    "FACT": "other facts", "CENS": "census entries", "PROB": "probate", "WILL": "wills",
    "PLAC": "places",
}  # fmt: skip


def _not_read(read: PeopleRead, records: tuple[object, ...]) -> list[Warned]:
    """One sentence that lists what the file holds and the network does not take."""
    unread = Counter(read.unread)
    for record in records:
        for line in getattr(record, "children", ()):
            if record.tag == "FAM" and line.tag not in _READ_OF_A_FAMILY:
                unread[line.tag] += 1
            if record.tag in ("INDI", "FAM") and value(line, "PLAC"):
                unread["PLAC"] += 1
    if not unread:
        return []
    ordered = sorted(unread.items(), key=lambda item: (-item[1], item[0]))
    parts = [
        f"{count:,} × {_CALLED[tag]} ({tag})" if tag in _CALLED else f"{count:,} × {tag}"
        for tag, count in ordered[:20]
    ]
    more = f" and {len(ordered) - 20} other kinds of line" if len(ordered) > 20 else ""
    return [Warned("", f"Not read from this file: {', '.join(parts)}{more}.")]
