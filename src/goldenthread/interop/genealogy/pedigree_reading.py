"""A pedigree in columns as a network: one row a person, naming their father and mother.

Such files say nothing of couples without children, and nothing of how somebody is a parent: both
are taken as birth parents. A parent named who has no row is a person all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from goldenthread.domain.network.claim import Claim, Network, Relative
from goldenthread.domain.network.vocabulary import (
    ClaimKind,
    CoupleNature,
    Gender,
    ParentNature,
    SiblingNature,
)
from goldenthread.domain.shared.partial_date import DateNotUnderstood, PartialDate, not_known
from goldenthread.interop.genealogy.found import FromFile, Warned, Warnings, shortened
from goldenthread.interop.genealogy.gedcom_dates import parse_gedcom_date
from goldenthread.interop.genealogy.naming import natural
from goldenthread.interop.genealogy.pedigree_table import PedigreeTable, pedigree_table

_MEN = {"1", "m", "male", "man", "boy"}
_WOMEN = {"2", "f", "female", "woman", "girl"}
_Rows = dict[str, dict[str, str]]


def read_pedigree(text: str, notes: Iterable[str] = ()) -> FromFile:
    """Read a pedigree in columns. Raises a FamilyFileRefused with a plain sentence."""
    warnings = Warnings()
    for note in notes:
        warnings.add("", note)
    table = pedigree_table(text, warnings)
    rows = _by_own_id(table, warnings)
    claims = [*_parent_claims(rows, warnings), *_couple_claims(rows, warnings)]
    claims += _twin_claims(rows)
    people = _people(rows, warnings)
    unread = []
    if table.unread:
        unread = [Warned("", f"Columns not read: {shortened(', '.join(table.unread), 300)}.")]
    return FromFile(
        Network(tuple(people[one] for one in sorted(people, key=natural)), tuple(claims)),
        (*warnings, *unread),
    )


def _by_own_id(table: PedigreeTable, warnings: Warnings) -> _Rows:
    """Rows by the id of the person; with the family before it where ids repeat across families."""
    named = [(line, row) for line, row in table.rows if "id" in row]
    for line, row in table.rows:
        if "id" not in row:
            warnings.add("", f"Line {line:,} has no id and was passed over.")
    families = defaultdict(set)
    for _, row in named:
        families[row["id"]].add(row.get("family", ""))
    scoped = any(len(of) > 1 for of in families.values())
    rows: _Rows = {}
    for line, row in named:
        row = {**row, "own": row["id"]}
        if scoped:
            for field in {"id", "father", "mother", "spouse"} & row.keys():
                row[field] = f"{row.get('family', '')}:{row[field]}"
        if row["id"] in rows:
            warnings.add(
                row["id"], f"Line {line:,} is a second row for {row['id']} and was passed over."
            )
            continue
        rows[row["id"]] = row
    return rows


def _people(rows: _Rows, warnings: Warnings) -> dict[str, Relative]:
    fathers = {row["father"] for row in rows.values() if "father" in row}
    mothers = {row["mother"] for row in rows.values() if "mother" in row}
    nought_is_woman = _nought_is_woman(rows, mothers)
    people = {}
    for one, row in rows.items():
        gender = _gender(row.get("sex", ""), nought_is_woman)
        said = _parent_gender(one, fathers, mothers)
        if gender and said and gender != said:
            warnings.add(
                one, f"{one} is in the column of {_PARENTS[said]}, but the file's sex differs."
            )
        words: list[str] = []
        born = _date(one, row, "born", words, warnings)
        died = _date(one, row, "died", words, warnings)
        if died is None and row.get("deceased", "").lower() in (
            "y",
            "yes",
            "1",
            "true",
            "d",
            "dead",
        ):
            died = not_known()
        people[one] = Relative(
            one,
            row.get("name", row["own"]),
            gender or said,
            born,
            died,
            description=" ".join(words),
        )
    named = sorted((fathers | mothers | _spouses(rows)) - rows.keys(), key=natural)
    for one in named:
        warnings.add(one, f"{one} is named but has no row, and was added.")
        people[one] = Relative(one, one, _parent_gender(one, fathers, mothers))
    return people


_PARENTS = {Gender.MAN: "fathers", Gender.WOMAN: "mothers"}


def _nought_is_woman(rows: _Rows, mothers: set[str]) -> bool:
    """Some tables write 0 for women: so where nobody has 2 and most mothers have 0."""
    sexes = {row.get("sex", "") for row in rows.values()}
    of_mothers = [rows[one].get("sex", "") for one in sorted(mothers) if one in rows]
    return sexes == {"0", "1"} and of_mothers.count("0") > len(of_mothers) / 2


def _gender(sex: str, nought_is_woman: bool) -> str:
    word = sex.strip().lower()
    if word in _MEN:
        return Gender.MAN
    if word in _WOMEN or (word == "0" and nought_is_woman):
        return Gender.WOMAN
    return Gender.NOT_KNOWN


def _parent_gender(one: str, fathers: set[str], mothers: set[str]) -> str:
    if (one in fathers) == (one in mothers):
        return Gender.NOT_KNOWN
    return Gender.MAN if one in fathers else Gender.WOMAN


def _spouses(rows: _Rows) -> set[str]:
    return {row["spouse"] for row in rows.values() if "spouse" in row}


def _date(
    one: str, row: dict[str, str], field: str, words: list[str], warnings: Warnings
) -> PartialDate | None:
    text = row.get(field, "")
    if not text:
        return None
    try:
        return parse_gedcom_date(text)
    except DateNotUnderstood:
        warnings.add(
            one, f"{one}: “{shortened(text)}” cannot be read as a date and is kept in words."
        )
        words.append(f"{field.capitalize()} “{shortened(text, 200)}”.")
        return None


def _parent_claims(rows: _Rows, warnings: Warnings) -> list[Claim]:
    claims = []
    for child in sorted(rows, key=natural):
        row = rows[child]
        parents = [row[field] for field in ("father", "mother") if field in row]
        if len(parents) == 2 and parents[0] == parents[1]:
            warnings.add(child, f"{child} has {parents[0]} as father and as mother; taken once.")
            parents.pop()
        for parent in parents:
            if parent == child:
                warnings.add(child, f"{child} is named as their own parent; that was left out.")
                continue
            claims.append(
                Claim(f"{parent}>{child}", ClaimKind.PARENT, ParentNature.BIRTH, parent, child)
            )
    return claims


def _couple_claims(rows: _Rows, warnings: Warnings) -> list[Claim]:
    """Couples named, and fathers and mothers of one child, whatever they were to each other."""
    pairs = set()
    for one, row in rows.items():
        named = (one, row.get("spouse")), (row.get("father"), row.get("mother"))
        for a, b in named:
            if a and b and a != b:
                pairs.add(tuple(sorted((a, b), key=natural)))
        if row.get("spouse") == one:
            warnings.add(one, f"{one} is named as a couple with themselves; that was left out.")
    return [
        Claim(f"{a}&{b}", ClaimKind.COUPLE, CoupleNature.NOT_KNOWN, a, b)
        for a, b in sorted(pairs, key=lambda pair: tuple(map(natural, pair)))
    ]


def _twin_claims(rows: _Rows) -> list[Claim]:
    """Twins named by each other's id, or by a letter shared among brothers and sisters."""
    pairs: dict[tuple[str, str], str] = {}
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one, row in rows.items():
        other = row.get("twin", "")
        if other in rows and other != one:
            alike = row.get("zygosity", "").lower() in ("mz", "identical", "1")
            pair = tuple(sorted((one, other), key=natural))
            pairs[pair] = SiblingNature.IDENTICAL_TWIN if alike else SiblingNature.TWIN
        for field in ("mz", "dz"):
            if field in row:
                key = (field, row.get("father", ""), row.get("mother", ""), row[field])
                groups[key].append(one)
    for (field, *_), twins in groups.items():
        nature = SiblingNature.IDENTICAL_TWIN if field == "mz" else SiblingNature.TWIN
        for a, b in pairwise(sorted(twins, key=natural)):
            pairs.setdefault((a, b), nature)
    return [
        Claim(f"{a}={b}", ClaimKind.SIBLING, nature, a, b)
        for (a, b), nature in sorted(pairs.items(), key=lambda i: tuple(map(natural, i[0])))
    ]
