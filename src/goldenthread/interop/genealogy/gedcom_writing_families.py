"""The families of a GEDCOM file to be written, and which of the claims they can hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from goldenthread.domain.network.claim import Claim, Network
from goldenthread.domain.network.graph import FamilyGraph, Union
from goldenthread.domain.network.vocabulary import (
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
    SiblingNature,
)
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.interop.genealogy.any_year import parse_any_year
from goldenthread.interop.genealogy.gedcom_dates import gedcom_date_of
from goldenthread.interop.genealogy.gedcom_structure import Node
from goldenthread.interop.genealogy.left_out import LeftOut

_PEDIGREES = {
    ParentNature.BIRTH: "birth",
    ParentNature.ADOPTIVE: "adopted",
    ParentNature.FOSTER: "foster",
}
_EVENTS = {
    CoupleNature.MARRIED: ("MARR", "", ""),
    CoupleNature.DIVORCED: ("DIV", "", ""),
    CoupleNature.SEPARATED: ("EVEN", "Separated", "Separation"),
    CoupleNature.COHABITING: ("EVEN", "Living together", "Living together"),
}
_Link = tuple[str, str, str]  # family, pedigree, status


class Families:
    """The FAM records of a network, and every person's links to them."""

    def __init__(
        self, network: Network, graph: FamilyGraph, ids: Mapping[str, str], *, version: int,
        left: LeftOut,
    ) -> None:  # fmt: skip
        self.records: list[Node] = []
        self._ids, self._version, self._left = ids, version, left
        self._gender = {one.id: one.gender for one in network.people}
        self._links: dict[str, list[_Link]] = defaultdict(list)
        self._partners: dict[str, list[str]] = defaultdict(list)
        self._family_of: dict[frozenset[str], str] = {}
        self._node_of: dict[str, Node] = {}
        self._held: set[tuple[str, str, str]] = set()  # parent, child, nature
        self._number = 0
        for union in graph.unions:
            self._union(union)
        for link in graph.extra:
            self._extra(link.parents, link.child, link.nature)
        self._couples(network)
        self._count(network, graph)

    def of_child(self, one: str) -> list[_Link]:
        """The families somebody is a child of: pedigrees only where a birth goes without saying."""
        links = self._links[one]
        if len(links) == 1 and links[0][1] == "birth":
            return [(links[0][0], "", links[0][2])]
        return links

    def of_partner(self, one: str) -> list[str]:
        """The families somebody is a partner in."""
        return self._partners[one]

    def _union(self, union: Union) -> None:
        partners = tuple(one for one in union.partners if one in self._ids)
        if len(partners) + len(union.children) < 2:
            return
        family = self._family(partners, key=frozenset(partners) if len(partners) == 2 else None)
        for descent in union.children:
            self._child(family, partners, descent.child, descent.nature)

    def _extra(self, parents: tuple[str, ...], child: str, nature: str) -> None:
        if nature not in (*_PEDIGREES, ParentNature.ALLEGED, ParentNature.NOT_KNOWN):
            return
        key = frozenset(parents)
        family = self._family_of.get(key) or self._family(parents, key=key)
        self._child(family, parents, child, nature)

    def _family(self, partners: tuple[str, ...], *, key: frozenset[str] | None) -> str:
        taken = set(self._ids.values())
        self._number += 1
        while f"F{self._number}" in taken:
            self._number += 1
        family = f"F{self._number}"
        node = Node("FAM", own=family)
        self.records.append(node)
        self._node_of[family] = node
        if key:
            self._family_of[key] = family
        women_last = sorted(partners, key=lambda one: self._gender[one] == Gender.WOMAN)
        tags = ["HUSB", "WIFE"]
        if len(women_last) == 1 and self._gender[women_last[0]] == Gender.WOMAN:
            tags = ["WIFE"]
        for tag, one in zip(tags, women_last, strict=False):
            node.add(tag, pointer=self._ids[one])
            self._partners[one].append(family)
        return family

    def _child(self, family: str, parents: tuple[str, ...], child: str, nature: str) -> None:
        self._node_of[family].add("CHIL", pointer=self._ids[child])
        status = "challenged" if nature == ParentNature.ALLEGED else ""
        pedigree = _PEDIGREES.get(ParentNature(nature), "")
        if nature == ParentNature.NOT_KNOWN:
            if self._version == 7:
                pedigree = "other"
            else:
                self._left.note("That it is not known how {} children are their parents'.")
        self._links[child].append((family, pedigree, status))
        self._held.update((parent, child, nature) for parent in parents)

    def _couples(self, network: Network) -> None:
        """The events of each couple, in the order of their dates."""
        of: dict[str, list[Claim]] = defaultdict(list)
        for claim in network.of(ClaimKind.COUPLE):
            family = self._family_of.get(frozenset(claim.people))
            if not claim.asserts or not claim.other:
                continue
            if family is None:
                self._left.claim(ClaimKind.COUPLE)
            elif claim.nature in _EVENTS:
                of[family].append(claim)
            elif claim.nature != CoupleNature.NOT_KNOWN or claim.happened.is_known:
                self._left.claim(ClaimKind.COUPLE)
        for family, claims in of.items():
            claims.sort(key=lambda c: (c.happened.sort_day, c.id))
            begins = [_begins(claim.happened) for claim in claims]
            for number, claim in enumerate(claims):
                follows = begins[number + 1] if number + 1 < len(claims) else ""
                if _ends(claim.happened) not in ("", follows):
                    self._left.note("The end of {} couples' time together.")
                self._event(family, claim)

    def _event(self, family: str, claim: Claim) -> None:
        tag, text, kind = _EVENTS[CoupleNature(claim.nature)]
        begins = _begins(claim.happened)
        when, whole = "", True
        if begins:
            when, whole = gedcom_date_of(parse_any_year(begins), version=self._version)
        if not whole:
            self._left.note("{} dates are less exact here than they are known.")
        bare = "" if self._version == 5 and tag == "EVEN" else text
        event = self._node_of[family].add(tag, bare or ("" if when or kind else "Y"))
        if kind:
            event.add("TYPE", kind)
        if when:
            event.add("DATE", when)
        if claim.words:
            self._left.note("The words of {} claims about couples.")

    def _count(self, network: Network, graph: FamilyGraph) -> None:
        parents = defaultdict(set)
        for union in graph.unions:
            for descent in union.children:
                parents[descent.child] = set(union.partners)
        for claim in network.claims:
            if not claim.asserts:
                continue
            if claim.kind == ClaimKind.PARENT:
                if (claim.person, claim.other, claim.nature) not in self._held:
                    self._left.claim(ClaimKind.PARENT)
                elif claim.happened.is_known or claim.words:
                    self._left.note("The dates or words of {} claims about parents.")
            elif claim.kind == ClaimKind.SIBLING:
                shared = len(parents[claim.person] & parents[claim.other])
                shown = {2: SiblingNature.FULL, 1: SiblingNature.HALF}.get(shared)
                if claim.nature != shown:
                    self._left.claim(ClaimKind.SIBLING)


def _begins(when: PartialDate) -> str:
    """When a period began, as EDTF; "" where that is not known."""
    if not when.is_known and when.edtf.startswith("X"):
        return ""
    start = when.edtf.split("/")[0]
    return "" if start == ".." else start


def _ends(when: PartialDate) -> str:
    """When a period ended, as EDTF; "" where it goes on or that is not known."""
    end = when.edtf.split("/")[1] if "/" in when.edtf else ""
    return "" if end == ".." else end
