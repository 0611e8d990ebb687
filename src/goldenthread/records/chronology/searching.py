"""What entries say where words were found in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import TextField, Value
from django.db.models.functions import Concat

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.records.access.reading import sources_hidden_from
from goldenthread.records.chronology.reading import Sought, narrow
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.conditions import is_one_of

# Round a word that was found: characters that no entry holds.
START, END = "\x02", "\x03"
_PARTS = Concat("text", Value(" "), "impact", Value(" "), "action", output_field=TextField())


@dataclass(frozen=True, slots=True)
class Answer:
    """One entry: what it says, the parts of that round the words found, marked, and `whole`: with
    all the words it can be found by."""

    kind: str
    happened: str
    agency: UUID
    text: str
    marked: str
    whole: str


def answers(
    pairs: Collection[tuple[UUID, UUID]], words: str, actor: Actor,
    ties: Mapping[UUID, FamilyTies],
) -> dict[tuple[UUID, UUID], Answer]:  # fmt: skip
    """Of these pairs of family and entry, which the actor may read, those that answer the words.

    One whose source the actor may not know does not answer by who told it. One query.
    """
    kept = frozenset[UUID]().union(
        *(sources_hidden_from(actor, tie.restrictions) for tie in ties.values())
    )
    query = SearchQuery(words, config="english", search_type="websearch")
    rows = (
        narrow(Statement.objects.filter(is_one_of("id", {id for _, id in pairs})),
               Sought(words=words), kept)
        .annotate(
            said=_PARTS,
            marked=SearchHeadline(
                _PARTS, query, config="english", start_sel=START, stop_sel=END,
                max_words=30, min_words=12, max_fragments=2, fragment_delimiter=" … ",
            ),
        )
        .values_list("id", "informant", "reference", "kind", "happened", "agency_id", "said",
                     "marked")
    )  # fmt: skip
    found = {}
    for id, informant, reference, kind, happened, agency, said, marked in rows:
        whole = f"{said} {'' if id in kept else informant} {reference}"
        found[id] = Answer(kind, happened, agency, said, marked, whole)
    return {(family, id): found[id] for family, id in pairs if id in found}
