"""The people of a GEDCOM file: one for every INDI record, whatever else is wrong with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from gedcom_lite import Structure

from goldenthread.domain.network.claim import Relative
from goldenthread.domain.network.vocabulary import Gender
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate, not_known
from goldenthread.interop.genealogy import limits
from goldenthread.interop.genealogy.any_year import year_as_number
from goldenthread.interop.genealogy.found import Warnings, shortened
from goldenthread.interop.genealogy.gedcom_dates import parse_gedcom_date
from goldenthread.interop.genealogy.gedcom_lines import pointed_at, value
from goldenthread.interop.genealogy.naming import plain_name
from goldenthread.interop.genealogy.refusals import FamilyFileTooLarge

_GENDERS = {"M": Gender.MAN, "F": Gender.WOMAN, "X": Gender.NON_BINARY, "": "", "U": "", "N": ""}
_BAPTISMS = ("CHR", "BAPM", "BAPL")
_READ = {"NAME", "SEX", "BIRT", "DEAT", "FAMC", "FAMS", "ADOP", *_BAPTISMS}
# What programs keep about the record itself, which says nothing of the person.
_OF_THE_RECORD = {"CHAN", "_UID", "UID", "RIN", "REFN", "AFN", "NUMB", "CREA", "RFN", "EXID"}


@dataclass
class PeopleRead:
    """People by id, the record of each, and how often each tag was met that is not read."""

    people: dict[str, Relative] = field(default_factory=dict)
    records: dict[str, Structure] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)


def people_of(records: tuple[Structure, ...], warnings: Warnings) -> PeopleRead:
    """Everybody in the file. Raises FamilyFileTooLarge."""
    read = PeopleRead()
    for record in records:
        if record.tag != "INDI":
            continue
        if len(read.people) >= limits.PEOPLE:
            raise FamilyFileTooLarge(f"This file holds more than {limits.PEOPLE:,} people.")
        one = _own_id(record, read, warnings)
        read.records.setdefault(one, record)
        read.people[one] = _person(one, record, warnings)
        for line in record.children:
            if line.tag not in _READ | _OF_THE_RECORD:
                read.unread[line.tag] += 1
    return read


def _own_id(record: Structure, read: PeopleRead, warnings: Warnings) -> str:
    own = (record.xref or "").strip("@").strip()
    if not own:
        own = f"person-{len(read.people) + 1}"
        warnings.add(own, f"{_called(record)} has no id in the file and was given “{own}”.")
    if own in read.people:
        again = next(
            name for n in range(2, limits.PEOPLE) if (name := f"{own}-{n}") not in read.people
        )
        warnings.add(
            own, f"Two people have the id {own}; the second, {_called(record)}, was given "
            f"“{again}”.",
        )  # fmt: skip
        own = again
    return own


def _called(record: Structure) -> str:
    return shortened(plain_name(value(record, "NAME"))) or "A person without a name"


def _person(one: str, record: Structure, warnings: Warnings) -> Relative:
    name = plain_name(value(record, "NAME"))
    sex = value(record, "SEX").upper()
    if sex not in _GENDERS:
        sex = sex[:1] if sex in ("MALE", "FEMALE") else _odd_sex(one, name, sex, warnings)
    words: list[str] = []
    born = _event_date(one, name, record.find("BIRT"), "born", words, warnings)
    died = _event_date(one, name, record.find("DEAT"), "died", words, warnings)
    if died is None and record.find("DEAT") is not None:
        died = not_known()
    births = record.find_all_children("BIRT")
    if len({value(birth, "DATE") for birth in births} - {""}) > 1:
        others = ", ".join(f"“{value(birth, 'DATE')}”" for birth in births[1:])
        warnings.add(one, f"{name or one} has more than one birth; the first was taken.")
        words.append(f"Another birth in the file: {others}.")
    return Relative(
        id=one,
        name=name,
        gender=_GENDERS.get(sex, ""),
        born=born,
        died=died,
        description=" ".join(words),
        birth_order=_order(record, born),
    )


def _odd_sex(one: str, name: str, sex: str, warnings: Warnings) -> str:
    warnings.add(
        one, f"{name or one}: “{shortened(sex)}” is no sex GEDCOM knows; taken as unknown."
    )
    return ""


def _event_date(
    one: str, name: str, event: Structure | None, what: str, words: list[str], warnings: Warnings
) -> PartialDate | None:
    """The date of an event; words that are no date are kept as words."""
    text = value(event, "DATE")
    if not text:
        return None
    try:
        return parse_gedcom_date(text)
    except DateNotUnderstood:
        warnings.add(
            one, f"{name or one}: “{shortened(text)}” cannot be read as a date and is kept in "
            "words.",
        )  # fmt: skip
        words.append(f"{what.capitalize()} “{shortened(text, 200)}”.")
        return None


def _order(record: Structure, born: PartialDate | None) -> float | None:
    """A place among brothers and sisters that the plain dates of `born` cannot give.

    A birth before Christ, or where no birth says when the baptism, which came soon after.
    """
    if born is not None and born.from_min is not None:
        return None
    if born is not None and (number := year_as_number(born.edtf)) is not None:
        return number
    for tag in _BAPTISMS:
        try:
            return year_as_number(parse_gedcom_date(value(record, tag, "DATE")).edtf)
        except DateNotUnderstood:
            continue
    return None


def families_named(record: Structure, tag: str) -> list[str]:
    """The family ids a person's FAMC or FAMS lines name, in the person's own order."""
    return list(dict.fromkeys(pointed_at(line) for line in record.find_all_children(tag)))
