"""A couple's events in a GEDCOM family, as claims of what they were to each other, and when."""

from __future__ import annotations

from gedcom_lite import Structure

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import ClaimKind, CoupleNature
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate, not_known
from goldenthread.interop.genealogy.any_year import parse_any_year
from goldenthread.interop.genealogy.found import Warnings, shortened
from goldenthread.interop.genealogy.gedcom_dates import parse_gedcom_date
from goldenthread.interop.genealogy.gedcom_families import Family
from goldenthread.interop.genealogy.gedcom_lines import value

EVENTS_READ = ("MARR", "DIV", "ANUL", "ENGA", "_SEPR")
_NATURES = {
    "MARR": CoupleNature.MARRIED,
    "DIV": CoupleNature.DIVORCED,
    "ANUL": CoupleNature.DIVORCED,
    "_SEPR": CoupleNature.SEPARATED,
    "ENGA": CoupleNature.TOGETHER,
}
_UNMARRIED = ("UNMARRIED", "NOT MARRIED", "COMMON LAW", "COHABIT", "LIVING TOGETHER", "PARTNERS")


def couple_claims(family: Family, warnings: Warnings) -> list[Claim]:
    """What the family's partners were to each other, one claim for each state they were in.

    Each state lasts until the next begins. Without any event the kind of couple is not known.
    """
    partners = list(family.partners)
    if len(partners) > 2:
        warnings.add(
            family.id, f"Family {family.id} has {len(partners)} partners; the first is taken as a "
            "couple with each of the others.",
        )  # fmt: skip
    states = _states(family, warnings)
    claims: list[Claim] = []
    for other in partners[1:]:
        for number, (nature, when, words) in enumerate(states, start=1):
            ends = states[number][1] if number < len(states) else not_known()
            claims.append(
                Claim(f"{family.id}:{partners[0]}&{other}:{number}", ClaimKind.COUPLE, nature,
                      partners[0], other, happened=_lasting(when, ends), words=words)
            )  # fmt: skip
    return claims


def _states(family: Family, warnings: Warnings) -> list[tuple[str, PartialDate, str]]:
    """The states in order of time where all are dated, else in the file's order."""
    found = []
    for event in family.record.children if family.record else ():
        nature = _nature(event)
        if nature:
            found.append((nature, *_date(family, event, warnings)))
    if not found:
        return [(CoupleNature.NOT_KNOWN, not_known(), "")]
    if all(when.from_min for _, when, _ in found):
        found.sort(key=lambda state: state[1].from_min)
    return found


def _nature(event: Structure) -> str:
    kind = value(event, "TYPE").upper()
    if event.tag == "EVEN":
        return CoupleNature.SEPARATED if "SEPARAT" in kind else (
            CoupleNature.COHABITING if any(word in kind for word in _UNMARRIED) else ""
        )  # fmt: skip
    if event.tag == "MARR" and any(word in kind for word in _UNMARRIED):
        return CoupleNature.COHABITING
    return _NATURES.get(event.tag, "")


def _date(family: Family, event: Structure, warnings: Warnings) -> tuple[PartialDate, str]:
    text = value(event, "DATE")
    if not text:
        return not_known(), ""
    try:
        return parse_gedcom_date(text), ""
    except DateNotUnderstood:
        warnings.add(
            family.id, f"Family {family.id}: “{shortened(text)}” cannot be read as a date and is "
            "kept in words.",
        )  # fmt: skip
        return not_known(), f"Date in the file: “{shortened(text, 200)}”."


def _lasting(begins: PartialDate, ends: PartialDate) -> PartialDate:
    """The period from one event to the next; a beginning within a range keeps its range."""
    start, end = begins.edtf, ends.edtf
    if end.startswith(("X", "[")) or "/" in end:
        return parse_any_year(f"{start}/..") if _is_unit(start) else begins
    if not _is_unit(start):
        start = _first_unit(start)
    try:
        return parse_any_year(f"{start or '..'}/{end}")
    except DateNotUnderstood:  # the file's events are out of order: what began is what is known
        return begins


def _first_unit(edtf: str) -> str:
    """The earliest a range names, as an approximate beginning; "" where it names none."""
    if edtf.startswith("X"):
        return ""
    early = edtf.strip("[]").replace("/", "..").split("..")[0].rstrip("?~%")
    return f"{early}~" if early else ""


def _is_unit(edtf: str) -> bool:
    return not edtf.startswith(("X", "[")) and "/" not in edtf
