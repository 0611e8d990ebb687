"""The table beside every drawing: who is what to whom, since when, by which source.

It is the drawing's equal and the way in for a keyboard or a screen reader: everybody who is drawn
has a row, and everything drawn is a row with its source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import ClaimKind
from goldenthread.web.network import wording
from goldenthread.web.network.scene import EARLIER, LATER, NOW, UNDATED, Scene

KINDS = tuple(ClaimKind)
TIMES = {NOW: "", UNDATED: "", LATER: "Not yet on this day", EARLIER: "Ended before this day"}
# Ties of birth have no date of their own: an empty cell says less wrongly than "not known".
WITHOUT_DATE = frozenset(
    {
        (ClaimKind.PARENT, "birth"),
        (ClaimKind.PARENT, "alleged"),
        (ClaimKind.SIBLING, "full"),
        (ClaimKind.SIBLING, "half"),
        (ClaimKind.SIBLING, "twin"),
        (ClaimKind.SIBLING, "identical_twin"),
    }
)


# A table of more lines than this begins folded: read line by line it is long on a phone.
LONG = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One claim as a row. `time` says that it was not so on the day; empty where it was."""

    claim: str
    said: str
    person: str
    person_href: str
    relation: str
    other: str
    other_href: str
    when: str
    words: str
    how: str
    known: str
    standing: str
    href: str
    time: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what is said, and every account that says it, each with its source."""

    says: Row
    accounts: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines that were so on the day, lines of other times, and people nothing is said of yet."""

    now: tuple[Line, ...]
    other_times: tuple[Line, ...]
    alone: tuple[tuple[str, str], ...]

    @property
    def is_long(self) -> bool:
        """Whether the lines of the day are too many to stand open at once."""
        return len(self.now) > LONG


def table_of(scene: Scene) -> Table:
    """Every claim known from the viewpoint, those of the day first."""
    claims = sorted(scene.network.claims, key=lambda c: _place(scene, c))
    now = [c for c in claims if c.still_counts and scene.state(c) in (NOW, UNDATED)]
    shown = {claim.id for claim in now}
    named = {person for claim in now for person in claim.people}
    return Table(
        now=_lines(row_of(scene, claim) for claim in now),
        other_times=_lines(row_of(scene, c) for c in claims if c.id not in shown),
        alone=tuple(
            (scene.name(one.id), scene.person_at(one.id))
            for one in scene.network.people
            if one.id not in named
        ),
    )


def _lines(rows: Iterable[Row]) -> tuple[Line, ...]:
    """Accounts of the same thing as one line; who says what is never merged within it."""
    same: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        same[row.person_href, row.relation, row.other_href or row.other, row.standing].append(row)
    return tuple(Line(accounts[0], tuple(accounts)) for accounts in same.values())


def rows_of(scene: Scene, claims: Iterable[Claim]) -> tuple[Row, ...]:
    """These claims as rows, by kind and then by date."""
    return tuple(row_of(scene, c) for c in sorted(claims, key=lambda c: _place(scene, c)))


def row_of(scene: Scene, claim: Claim) -> Row:
    """One claim as a row."""
    whom = claim.other or claim.household or claim.agency
    return Row(
        claim=claim.id,
        said=wording.sentence(claim, scene.people, scene.called),
        person=scene.name(claim.person),
        person_href=scene.person_at(claim.person),
        relation=wording.relation(claim, scene.people),
        other=scene.name(whom) if whom else "",
        other_href=scene.person_at(claim.other) if claim.other else "",
        when=_when(claim),
        words="; ".join(filter(None, (wording.times(claim), claim.words.strip()))),
        how=wording.how(claim.source),
        known=wording.known_since(claim.source),
        standing=wording.standing(claim),
        href=scene.entry_at(claim.source.statement) if claim.source else "",
        time=TIMES[scene.state(claim)],
    )


def _when(claim: Claim) -> str:
    if not claim.happened.is_known and (claim.kind, claim.nature) in WITHOUT_DATE:
        return ""
    return wording.when(claim.happened)


def _place(scene: Scene, claim: Claim) -> tuple[int, str, str, str, str]:
    """By kind, then by name, so that one family's table always has one order."""
    first = claim.happened.from_min
    return (
        KINDS.index(ClaimKind(claim.kind)),
        scene.name(claim.person),
        scene.name(claim.other or claim.household or claim.agency),
        first.isoformat() if first else "",
        claim.id,
    )
