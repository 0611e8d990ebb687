"""A network written as GEDCOM 5.5.1 or 7: a courtesy to other programs, and never the record.

GEDCOM holds people, births, deaths, couples and parents. Everything else is counted, said in the
file's own note, and given back as sentences; nothing is dropped without a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.graphing import graph_of
from goldenthread.domain.network.vocabulary import ClaimKind, Gender
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.interop.genealogy.gedcom_dates import gedcom_date_of
from goldenthread.interop.genealogy.gedcom_structure import (
    Node,
    as_version_5,
    as_version_7,
    holds_controls,
)
from goldenthread.interop.genealogy.gedcom_writing_families import Families
from goldenthread.interop.genealogy.left_out import LeftOut

_XREF = re.compile(r"[A-Z0-9_]{1,20}")
_SEXES = {Gender.MAN: "M", Gender.WOMAN: "F", Gender.NON_BINARY: "X"}


@dataclass(frozen=True, slots=True)
class WrittenGedcom:
    """The file, and everything of the network it does not hold, in sentences."""

    content: bytes
    left_out: tuple[str, ...]


def write_gedcom(network: Network, *, version: int = 7, made: str = "") -> WrittenGedcom:
    """Write a network as GEDCOM of version 5 (5.5.1) or 7; `made` says who made it and when.

    What is written was chosen before: a network for somebody else holds nothing they may not see.
    """
    left = LeftOut()
    left.network(network)
    graph = graph_of(network)
    ids = _ids_of(network, left)
    families = Families(network, graph, ids, version=version, left=left)
    left.people(network.people, version=version)
    people = [_person(one, ids, families, version, left) for one in network.people]
    _count_other_claims(network, left)
    body = [*people, *families.records]
    head = _head(version, made, left.sentences())
    submitter = []
    if version == 5:
        submitter = [Node("SUBM", own="SUBMITTER")]
        submitter[0].add("NAME", "Not given")
    records = [*head, *submitter, *body, Node("TRLR")]
    content = as_version_7(records) if version == 7 else as_version_5(records)
    return WrittenGedcom(content, left.sentences())


def _head(version: int, made: str, left: tuple[str, ...]) -> list[Node]:
    head = Node("HEAD")
    form = head.add("GEDC")
    form.add("VERS", "7.0" if version == 7 else "5.5.1")
    head.add("SOUR", "GOLDENTHREAD").add("NAME", "Goldenthread")
    if version == 5:
        form.add("FORM", "LINEAGE-LINKED")
        head.add("CHAR", "UTF-8")
        head.add("SUBM", pointer="SUBMITTER")
    lines = [made] if made else []
    if left:
        lines += ["This file leaves out, because GEDCOM has no place for it:", *left]
    if lines:
        head.add("NOTE", "\n".join(lines))
    return [head]


def _ids_of(network: Network, left: LeftOut) -> dict[str, str]:
    """People's ids as GEDCOM allows them: their own where they fit, else short ones."""
    fitting = {
        one.id
        for one in network.people
        if _XREF.fullmatch(one.id) and one.id not in ("VOID", "SUBMITTER")
    }
    ids, number = {}, 0
    for one in network.people:
        if one.id in fitting:
            ids[one.id] = one.id
            continue
        number += 1
        while f"I{number}" in fitting:
            number += 1
        ids[one.id] = f"I{number}"
    left.note("Our own ids of {} people, who have short ones here.",
              times=len(ids) - len(fitting))  # fmt: skip
    return ids


def _person(
    one: Relative, ids: Mapping[str, str], families: Families, version: int, left: LeftOut
) -> Node:
    node = Node("INDI", own=ids[one.id])
    name = _name(one, left)
    if name:
        node.add("NAME", name)
    sex = _SEXES.get(Gender(one.gender), "U")
    node.add("SEX", "U" if sex == "X" and version == 5 else sex)
    if one.born is not None and not one.born.edtf.startswith("X"):
        _event(node, "BIRT", one.born, version, left)
    if one.died is not None:
        _event(node, "DEAT", one.died, version, left)
    for family, pedigree, status in families.of_child(one.id):
        link = node.add("FAMC", pointer=family)
        if pedigree:
            link.add("PEDI", pedigree.upper() if version == 7 else pedigree)
        if status:
            link.add("STAT", status.upper() if version == 7 else status)
    for family in families.of_partner(one.id):
        node.add("FAMS", pointer=family)
    if one.description:
        node.add("NOTE", one.description)
    return node


def _name(one: Relative, left: LeftOut) -> str:
    if holds_controls(one.name + one.description):
        left.note("Characters that cannot be shown, in {} names or descriptions.")
    name = " ".join(one.name.split())
    if "/" in name:
        left.note("The strokes in {} names, which GEDCOM keeps for surnames.")
        name = " ".join(name.replace("/", " ").split())
    return name


def _event(node: Node, tag: str, when: PartialDate, version: int, left: LeftOut) -> None:
    text, whole = gedcom_date_of(when, version=version)
    if not whole:
        left.note("{} dates are less exact here than they are known.")
    event = node.add(tag, "" if text else "Y")
    if text:
        event.add("DATE", text)


_COUNTED_ELSEWHERE = (ClaimKind.PARENT, ClaimKind.COUPLE, ClaimKind.SIBLING)


def _count_other_claims(network: Network, left: LeftOut) -> None:
    for claim in network.claims:
        if claim.asserts and claim.kind not in _COUNTED_ELSEWHERE:
            left.claim(claim.kind)
