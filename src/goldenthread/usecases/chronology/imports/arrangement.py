"""How an agency's file is laid out: what a person says of it, until the import is confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.imports import ImportStage
from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.records.access.people_seen import members_seen
from goldenthread.records.chronology import importing
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases.chronology.imports.receiving import CHECK, ask_for
from goldenthread.usecases.chronology.imports.step import CannotImport, expect, looking_at, on_file

NEEDED = {
    "date": "the date it happened",
    "what": "what happened",
    "people": "who it is about",
}
LEFT_OUT = ""  # what a name, or a word for somebody told, means when it is left out
NEW = "new:"  # in a file's people: a person to be added when the import is confirmed


# What each canonical column holds, for the person who matches an agency's headings to them.
COLUMN_LABELS = {
    "date": "When it happened",
    "what": "What happened",
    "people": "Who it is about",
    "how_known": "How it is known",
    "source": "Practitioner or record it comes from",
    "told_by": "Who told them",
    "kind": "Kind of event",
    "domain": "Area of concern or strength",
    "impact": "What it was like for the child",
    "action": "What was done, or why nothing",
    "known_from": "When your agency came to know",
    "shared_with": "Who was told",
    "shared_on": "When they were told",
    "significance": "How much it matters",
    "id": "Your reference for the row",
    "agency": "Agency",
}


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which heading holds what, and what the agency's own words mean.

    `columns` is {canonical column: heading}; `words` {canonical column: {their word: ours}};
    `fixed` {canonical column: value} for what the file never says. Agencies are given by id, or by
    the slug of their kind where the partnership has one of it.
    """

    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: str = "dmy"
    fixed: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The plain form that is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Arrangement:
        """The arrangement from its kept form."""
        return cls(**kept)

    def with_words(self, words: Mapping[str, Mapping[str, str]]) -> Arrangement:
        """The same with more of the agency's words matched; later meanings count."""
        every = {*self.words, *words}
        merged = {c: {**self.words.get(c, {}), **words.get(c, {})} for c in sorted(every)}
        return Arrangement(self.columns, merged, self.date_order, self.fixed)


def arrange_file(
    actor: Actor, file_id: UUID, *, sheet: str, header_row: int, fingerprint: str,
    arrangement: Arrangement, people: Mapping[str, UUID | None] | None = None,
    new_people: Mapping[str, UUID] | None = None, now: datetime,
    check_in_background: bool = True,
) -> None:  # fmt: skip
    """Take a person's word for what each column holds and who is meant; then check every row.

    `people` is {their words: the person of this family, None to leave the words out};
    `new_people` {their words: the id of somebody to be added, not identified}. May be done again
    until the import is confirmed. Raises NotFoundHere and CannotImport.
    """
    _refuse_unfit(arrangement)
    with on_file(actor, file_id, now=now) as (permission, file):
        stages = [ImportStage.MAPPING, ImportStage.CHECKED]
        if file.refused_because:
            stages.append(ImportStage.CHECKING)
        expect(file, *stages)
        if sheet not in [one["name"] for one in file.survey]:
            raise CannotImport("Choose one of the sheets in this file.")
        importing.change(
            file_id,
            event=permission.event(resource=str(file_id), step="arrange"),
            stage=ImportStage.CHECKING.value,
            sheet=sheet,
            header_row=header_row,
            fingerprint=fingerprint,
            arrangement=arrangement.as_json(),
            people={**file.people, **_meant(permission, people or {}, new_people or {}, now=now)},
            rows_done=0,
            rows_total=next(one["rows"] for one in file.survey if one["name"] == sheet),
            refused_because="",
        )
        if check_in_background:
            ask_for(CHECK, file_id, actor)


def _refuse_unfit(arrangement: Arrangement) -> None:
    for column, holds in NEEDED.items():
        if not arrangement.columns.get(column) and not arrangement.fixed.get(column):
            raise CannotImport(f"Say which column holds {holds}.")
    known = {str(agency) for agency in agencies()} | {kind.value for kind in AgencyKind}
    for column in ("agency", "shared_with"):
        for words, agency in arrangement.words.get(column, {}).items():
            is_left_out = column == "shared_with" and agency == LEFT_OUT
            if agency not in known and not is_left_out:
                raise CannotImport(f"Say which agency “{words}” is.")


def _meant(
    permission: Permission,
    people: Mapping[str, UUID | None],
    new_people: Mapping[str, UUID],
    *,
    now: datetime,
) -> dict[str, str]:
    case, actor, ties = permission.family.id, permission.actor, permission.ties
    known = {member.person for member in members_seen(case, actor, ties, now=now)}
    if any(person is not None and person not in known for person in people.values()):
        raise CannotImport("One of these people is not in this family's record.")
    meant = {words: LEFT_OUT if person is None else str(person) for words, person in people.items()}
    return {**meant, **{words: f"{NEW}{id}" for words, id in new_people.items()}}


def remembered_arrangement(
    actor: Actor, file_id: UUID, fingerprint: str, *, now: datetime
) -> Arrangement | None:
    """How the file's agency laid out a file with these headings the last time, or None."""
    with looking_at(actor, file_id, now=now) as (_, file):
        kept = importing.remembered_layout(file.agency, fingerprint)
        return None if kept is None else Arrangement.from_json(kept)
