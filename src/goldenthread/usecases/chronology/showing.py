"""Turns a loaded history into what one reader is shown: names, ages, knowers, standing, groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.decision import (
    Action,
    Actor,
    Decision,
    EntryHolders,
    FamilyTies,
    decide,
)
from goldenthread.domain.chronology.history import Entry
from goldenthread.domain.provenance.awareness import Awareness, Viewpoint, knowers
from goldenthread.domain.provenance.links import (
    Link,
    Standing,
    StandingPicture,
    event_groups,
    standings,
)
from goldenthread.domain.provenance.statement import Statement, Subject
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.chronology.reading import LoadedHistory
from goldenthread.records.shared.reading import AgencyRow, practitioner_names
from goldenthread.usecases.chronology.shown import (
    ChildAge,
    Family,
    Knower,
    NotTold,
    ShownEntry,
    ShownSubject,
)

STANDS = StandingPicture(Standing.STANDS)
MUTUAL = (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT)
ELSEWHERE = "Somebody in another family"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is worked out once for a whole history and looked up for each entry.

    The last three remember what entries have in common: few sets of agencies hold the entries of
    one family, and few people and days are in them.
    """

    loaded: LoadedHistory
    family: Family
    viewpoint: Viewpoint
    agencies: dict[UUID, AgencyRow]
    names: dict[UUID, str]
    authors: dict[UUID, str]
    answers: dict[UUID, list[tuple[str, UUID]]]
    together: dict[UUID, tuple[UUID, ...]]
    withheld: dict[UUID, list[NotTold]]
    standings: dict[UUID, StandingPicture]
    looked_before: datetime | None
    now: datetime
    decided: dict[tuple[UUID, frozenset[UUID]], Decision] = field(default_factory=dict)
    aged: dict[tuple[date, tuple[UUID, ...]], tuple[ChildAge, ...]] = field(default_factory=dict)
    people: dict[Subject, ShownSubject] = field(default_factory=dict)


def surroundings(
    loaded: LoadedHistory,
    family: Family,
    viewpoint: Viewpoint,
    agencies: dict[UUID, AgencyRow],
    *,
    looked_before: datetime | None,
    now: datetime,
) -> Surroundings:
    """Work out what every entry of a history needs; one query, for the authors' names."""
    statements = [entry.statement for entry in loaded.entries]
    return Surroundings(
        loaded=loaded,
        family=family,
        viewpoint=viewpoint,
        agencies=agencies,
        names={member.person: member.name for member in family.members},
        authors=practitioner_names({s.asserted_by for s in statements if s.asserted_by}),
        answers=_answers(loaded.links),
        together=_together(loaded.links),
        withheld=_withheld(loaded, agencies),
        standings=standings(loaded.links),
        looked_before=looked_before,
        now=now,
    )


def show(entry: Entry, actor: Actor, ties: FamilyTies, around: Surroundings) -> ShownEntry:
    """One entry in full for a reader whom the policy lets read it."""
    s, now, as_of = entry.statement, around.now, around.viewpoint.as_of
    first = knowers(entry.awareness, as_of)
    known_now = first if as_of == now else knowers(entry.awareness, now)
    decision = _decision(s, frozenset(known_now), actor, ties, around)
    if not decision.is_allowed:  # the query form and the policy disagree: show nothing
        raise PermissionError(f"statement {s.id} was loaded and is not allowed: {decision.rule}")
    picture = around.standings.get(s.id, STANDS)
    together = around.together.get(s.id, ())
    return ShownEntry(
        statement=s,
        number=around.loaded.numbers[s.id],
        agency=around.agencies[s.agency],
        asserted_by=_author(s, around),
        subjects=_subjects(s, around),
        ages=_ages(s, around),
        knowers=_knowers(first, around.agencies),
        not_told=tuple(around.withheld.get(s.id, ())),
        standing=picture.standing,
        standing_because=picture.because,
        answers=tuple(around.answers.get(s.id, ())),
        significance=around.loaded.judged.get(s.id, s.significance),
        same_event=tuple([other for other in together if other != s.id]),
        is_new=_is_new(entry, actor, around.looked_before),
        rule=decision.rule,
    )


def _decision(
    said: Statement,
    known_to: frozenset[UUID],
    actor: Actor,
    ties: FamilyTies,
    around: Surroundings,
) -> Decision:
    """What the policy says of one entry: the same for all that the same agencies hold."""
    restricted = ties.restrictions.entries.get(said.id)
    if restricted is not None:
        holders = EntryHolders(said.agency, known_to, restricted)
        return decide(actor, Action.VIEW_ENTRY, ties, holders)
    decision = around.decided.get((said.agency, known_to))
    if decision is None:
        decision = decide(actor, Action.VIEW_ENTRY, ties, EntryHolders(said.agency, known_to))
        around.decided[said.agency, known_to] = decision
    return decision


def _subjects(said: Statement, around: Surroundings) -> tuple[ShownSubject, ...]:
    met, found = around.people, []
    for one in said.subjects:
        shown = met.get(one)
        if shown is None:
            name = around.names.get(one.person, ELSEWHERE)
            shown = met[one] = ShownSubject(one.person, name, one.role)
        found.append(shown)
    return tuple(found)


def _is_new(entry: Entry, actor: Actor, since: datetime | None) -> bool:
    """Recorded, or told to the reader's agency, since the reader last looked; never their own."""
    said = entry.statement
    if since is None or said.asserted_by == actor.practitioner:
        return False
    told = (a.recorded_at for a in entry.awareness if a.agency == actor.agency)
    return any(at is not None and at > since for at in (said.recorded_at, *told))


def _author(said: Statement, around: Surroundings) -> str:
    named = around.authors.get(said.asserted_by) if said.asserted_by else None
    return named or said.asserted_by_words


def _answers(links: Iterable[Link]) -> dict[UUID, list[tuple[str, UUID]]]:
    found: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    for link in links:
        found[link.target].append((link.kind, link.source))
        if link.kind in MUTUAL:
            found[link.source].append((link.kind, link.target))
    return found


def _together(links: Iterable[Link]) -> dict[UUID, tuple[UUID, ...]]:
    """For each statement linked, everything said to be about the same event, itself included."""
    linked = {end for link in links for end in (link.source, link.target)}
    groups = event_groups(linked, links)
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for statement, group in groups.items():
        members[group].append(statement)
    return {statement: tuple(members[group]) for statement, group in groups.items()}


def _withheld(loaded: LoadedHistory, agencies: dict[UUID, AgencyRow]) -> dict[UUID, list[NotTold]]:
    found: dict[UUID, list[NotTold]] = defaultdict(list)
    for row in loaded.withheld:
        told = agencies[row.from_agency].name, agencies[row.to_agency].name
        found[row.statement].append(NotTold(*told, row.reason, row.review_on))
    return found


def _ages(said: Statement, around: Surroundings) -> tuple[ChildAge, ...]:
    """The ages of the children the entry is about; of every child when it names none."""
    began = said.happened.from_min
    if began is None:
        return ()
    people = tuple([subject.person for subject in said.subjects])
    ages = around.aged.get((began, people))
    if ages is None:
        children = around.family.children
        named = [child for child in children if child.person in people]
        ages = tuple(ChildAge(c.name, c.age_on(began)) for c in named or children)
        around.aged[began, people] = ages
    return ages


def _knowers(
    first: dict[UUID, Awareness], known_agencies: dict[UUID, AgencyRow]
) -> tuple[Knower, ...]:
    rows = list(first.values())
    if len(rows) > 1:
        rows.sort(key=_when_known)
    found = []
    for row in rows:
        agency = known_agencies[row.agency]
        found.append(
            Knower(row.agency, agency.name, agency.kind, row.known_from, row.level, row.told)
        )
    return tuple(found)


def _when_known(row: Awareness) -> tuple[datetime, UUID]:
    return row.known_from, row.agency
