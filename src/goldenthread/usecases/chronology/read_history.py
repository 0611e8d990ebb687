"""Read a family's history as one reader may see it, from a viewpoint; every reading is audited."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor, EntryHolders, decide
from goldenthread.domain.chronology.history import Entry, carer_bands
from goldenthread.domain.chronology.same_event import PossiblySame, possibly_same
from goldenthread.domain.provenance.awareness import Viewpoint, knowers
from goldenthread.domain.provenance.links import (
    Standing,
    StandingPicture,
    event_groups,
    standings,
)
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.access.reading import team_of
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import reading, store
from goldenthread.records.chronology.reading import LoadedHistory, Sought
from goldenthread.records.people.reading import members
from goldenthread.records.shared.reading import agencies, practitioner, practitioner_names
from goldenthread.usecases._steps.permission import Permission, permitted
from goldenthread.usecases.chronology.shown import (
    AgencyRow,
    ChildAge,
    Family,
    History,
    Knower,
    MaskedEntry,
    NotTold,
    ShownEntry,
    ShownSubject,
)

__all__ = ["PossiblySame", "Sought", "possible_same_events", "read_history"]

STANDS = StandingPicture(Standing.STANDS)


def read_history(
    actor: Actor,
    case_id: UUID,
    viewpoint: Viewpoint,
    *,
    now: datetime,
    sought: Sought | None = None,
    action: Action = Action.VIEW_FAMILY,
) -> History:
    """Read the entries known from `viewpoint` that this reader may see, oldest first.

    Entries the reader may not see are masked, and only when everything is asked for. `action` is
    EXPORT_CHRONOLOGY when it leaves the screen. Raises NotFoundHere.
    """
    with permitted(actor, case_id, action, now=now) as permission:
        loaded = reading.load_history(
            case_id, actor, permission.ties, viewpoint, now=now, sought=sought
        )
        looked_before = store.looked(actor.account, case_id, now=now)
        family = _family(permission, now)
        history = _shown(loaded, family, viewpoint, actor, permission, looked_before, now)
        reading_event = permission.event(
            viewpoint=str(viewpoint.agency or "pooled"),
            as_of=viewpoint.as_of.isoformat(),
            entries=len(history.entries),
            masked=len(history.masked),
        )
        audit.append(reading_event)
    return history


def possible_same_events(
    actor: Actor, case_id: UUID, *, now: datetime
) -> tuple[History, tuple[PossiblySame, ...]]:
    """The history, and the pairs in it that are worth asking "is this the same event?"."""
    history = read_history(actor, case_id, Viewpoint(now), now=now)
    answered = {
        frozenset((entry.id, other))
        for entry in history.entries
        for kind, other in entry.answers
        if kind in (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT)
    }
    return history, possibly_same((e.statement for e in history.entries), settled=answered)


def _family(permission: Permission, now: datetime) -> Family:
    case_id = permission.family.id
    reader = practitioner(permission.actor.practitioner)
    assert reader is not None
    return Family(
        case=permission.family,
        members=tuple(members(case_id)[case_id]),
        team=tuple(team_of(case_id, on=day_of(now))),
        reader=reader,
        reader_role=permission.ties.role,
        rule=permission.decision.rule,
        reason=permission.decision.reason,
    )


def _shown(
    loaded: LoadedHistory,
    family: Family,
    viewpoint: Viewpoint,
    actor: Actor,
    permission: Permission,
    looked_before: datetime | None,
    now: datetime,
) -> History:
    known_agencies = agencies()
    names = {member.person: member.name for member in family.members}
    author_names = practitioner_names(
        {e.statement.asserted_by for e in loaded.entries if e.statement.asserted_by}
    )
    answers: dict[UUID, list[tuple[str, UUID]]] = defaultdict(list)
    for link in loaded.links:
        answers[link.target].append((link.kind, link.source))
        if link.kind in (LinkKind.SAME_EVENT, LinkKind.NOT_SAME_EVENT):
            answers[link.source].append((link.kind, link.target))
    groups = event_groups((e.statement.id for e in loaded.entries), loaded.links)
    together: dict[UUID, list[UUID]] = defaultdict(list)
    for statement, group in groups.items():
        together[group].append(statement)
    withheld: dict[UUID, list[NotTold]] = defaultdict(list)
    for row in loaded.withheld:
        withheld[row.statement].append(
            NotTold(
                known_agencies[row.from_agency].name,
                known_agencies[row.to_agency].name,
                row.reason,
                row.review_on,
            )
        )
    pictures = standings(loaded.links)

    def shown(entry: Entry) -> ShownEntry:
        s = entry.statement
        picture = pictures.get(s.id, STANDS)
        known_to = frozenset(a.agency for a in entry.awareness if a.known_from <= now)
        decision = decide(
            actor, Action.VIEW_ENTRY, permission.ties, EntryHolders(s.agency, known_to)
        )
        assert decision.is_allowed, "the query form showed what the policy does not"
        return ShownEntry(
            statement=s,
            number=loaded.numbers[s.id],
            agency=known_agencies[s.agency],
            asserted_by=author_names.get(s.asserted_by, s.asserted_by_words),
            subjects=tuple(
                ShownSubject(x.person, names.get(x.person, "Somebody in another family"), x.role)
                for x in s.subjects
            ),
            ages=_ages(entry, family),
            knowers=_knowers(entry, viewpoint, known_agencies),
            not_told=tuple(withheld[s.id]),
            standing=picture.standing,
            standing_because=picture.because,
            answers=tuple(answers[s.id]),
            significance=loaded.judged.get(s.id, s.significance),
            same_event=tuple(other for other in together[groups[s.id]] if other != s.id),
            is_new=bool(looked_before and s.recorded_at and s.recorded_at > looked_before),
            rule=decision.rule,
        )

    children = [child.person for child in family.children]
    return History(
        family=family,
        viewpoint=viewpoint,
        entries=tuple(shown(entry) for entry in loaded.entries),
        masked=tuple(MaskedEntry(m.id, parse_edtf(m.happened)) for m in loaded.masked),
        agencies=known_agencies,
        bands=carer_bands((e.statement for e in loaded.entries), children),
        not_yet_known=loaded.not_yet_known,
        looked_before=looked_before,
        made_at=now,
        names=names,
    )


def _ages(entry: Entry, family: Family) -> tuple[ChildAge, ...]:
    """The ages of the children the entry is about; of every child when it names none."""
    began = entry.statement.happened.from_min
    if began is None:
        return ()
    about = {subject.person for subject in entry.statement.subjects}
    named = [child for child in family.children if child.person in about]
    return tuple(ChildAge(c.name, c.age_on(began)) for c in named or family.children)


def _knowers(
    entry: Entry, viewpoint: Viewpoint, known_agencies: dict[UUID, AgencyRow]
) -> tuple[Knower, ...]:
    first = knowers(entry.awareness, viewpoint.as_of)
    rows = sorted(first.values(), key=lambda row: (row.known_from, str(row.agency)))
    return tuple(
        Knower(
            row.agency,
            known_agencies[row.agency].name,
            known_agencies[row.agency].kind,
            row.known_from,
            row.level,
        )
        for row in rows
    )
