"""The families of a GEDCOM file: who is in each, mended from both sides of every link."""

from __future__ import annotations

from dataclasses import dataclass, field

from gedcom_lite import Structure

from goldenthread.domain.network.vocabulary import ParentNature
from goldenthread.interop.genealogy.found import Warnings, shortened
from goldenthread.interop.genealogy.gedcom_lines import pointed_at, value
from goldenthread.interop.genealogy.gedcom_people import PeopleRead, families_named
from goldenthread.interop.genealogy.naming import natural

_PEDIGREES = {
    "BIRTH": ParentNature.BIRTH,
    "ADOPTED": ParentNature.ADOPTIVE,
    "FOSTER": ParentNature.FOSTER,
}
# What Family Tree Maker and its heirs write under CHIL, for the father and for the mother.
_OF_PROGRAMS = {
    "NATURAL": ParentNature.BIRTH,
    "BIOLOGICAL": ParentNature.BIRTH,
    "BIRTH": ParentNature.BIRTH,
    "ADOPTED": ParentNature.ADOPTIVE,
    "FOSTER": ParentNature.FOSTER,
    "STEP": ParentNature.STEP,
    "GUARDIAN": ParentNature.GUARDIAN,
    "SURROGATE": ParentNature.SURROGATE,
}


@dataclass
class Family:
    """One FAM record: partners with their roles, and each child with what is said of the link."""

    id: str
    record: Structure | None = None
    partners: dict[str, str] = field(default_factory=dict)
    children: dict[str, Structure | None] = field(default_factory=dict)


def families_of(
    records: tuple[Structure, ...], read: PeopleRead, warnings: Warnings
) -> dict[str, Family]:
    """Every family by id, in natural order; links that name nobody are left out with a warning."""
    families: dict[str, Family] = {}
    for record in records:
        if record.tag == "FAM":
            own = (record.xref or "").strip("@").strip() or f"family-{len(families) + 1}"
            if own in families:
                warnings.add(own, f"Two families have the id {own}; they were read as one.")
            family = families.setdefault(own, Family(own, record))
            _fill(family, record, read, warnings)
    for one in sorted(read.records, key=natural):
        _mend(one, read.records[one], families, warnings)
    return dict(sorted(families.items(), key=lambda item: natural(item[0])))


def _fill(family: Family, record: Structure, read: PeopleRead, warnings: Warnings) -> None:
    for line in record.children:
        if line.tag not in ("HUSB", "WIFE", "CHIL"):
            continue
        one = pointed_at(line)
        if one not in read.people:
            warnings.add(
                family.id, f"Family {family.id} names {shortened(one) or 'nobody'}, "
                "who is not in the file."
            )  # fmt: skip
        elif line.tag == "CHIL":
            if one in family.children:
                warnings.add(family.id, f"Family {family.id} lists {one} as a child twice.")
            family.children.setdefault(one, line)
        elif one in family.partners:
            warnings.add(family.id, f"Family {family.id} has {one} as a couple with themselves.")
        else:
            family.partners[one] = line.tag


def _mend(one: str, record: Structure, families: dict[str, Family], warnings: Warnings) -> None:
    """Add what only the person's side says."""
    for own in families_named(record, "FAMS"):
        family = families.get(own)
        if family is None:
            warnings.add(one, f"{one} names the family {shortened(own)}, which is not in the file.")
        elif one not in family.partners:
            warnings.add(one, f"{one} is a partner in family {own}, which does not say so.")
            family.partners[one] = "FAMS"
    for own in families_named(record, "FAMC"):
        family = families.get(own)
        if family is None:
            warnings.add(one, f"{one} names the family {shortened(own)}, which is not in the file.")
        elif one not in family.children:
            warnings.add(one, f"{one} is a child of family {own}, which does not say so.")
            family.children[one] = None


def nature_of_link(family: Family, parent: str, child: str, record: Structure) -> str:
    """How this parent is said to be the child's, "" where neither side says."""
    of_program = family.children.get(child)
    role = family.partners.get(parent, "")
    if of_program is not None:
        tag = "_FREL" if role == "HUSB" else "_MREL"
        said = _OF_PROGRAMS.get(value(of_program, tag).upper())
        if said:
            return said
    for line in record.find_all_children("FAMC"):
        if pointed_at(line) == family.id:
            if value(line, "STAT").upper() == "CHALLENGED":
                return ParentNature.ALLEGED
            said = _PEDIGREES.get(value(line, "PEDI").upper())
            if said:
                return said
    for event in record.find_all_children("ADOP"):
        into = event.find("FAMC")
        if into is not None and pointed_at(into) == family.id:
            by = value(into, "ADOP").upper()
            if by in ("", "BOTH", role):
                return ParentNature.ADOPTIVE
    return ""


def is_disproven(family: Family, record: Structure) -> bool:
    """Whether the file says that the child is not of this family after all."""
    return any(
        pointed_at(line) == family.id and value(line, "STAT").upper() == "DISPROVEN"
        for line in record.find_all_children("FAMC")
    )
