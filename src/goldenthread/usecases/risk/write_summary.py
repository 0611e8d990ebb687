"""Write the cumulative summary: keep a draft as it is typed, finish a version, give it.

The service lists the entries that belong under each heading and writes no word itself. A finished
version stays as it is; the next one stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import digest_of
from goldenthread.domain.risk.summary import (
    AgencyLacksEntries,
    EntriesNotKnown,
    NotOnTheTeam,
    Part,
    SummarySaysNothing,
    parts_of,
)
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.access.reading import team_of, visible_to
from goldenthread.records.audit import store as audit
from goldenthread.records.chronology import store as drafts
from goldenthread.records.chronology.reading import Sought, load_history
from goldenthread.records.risk import summaries as records
from goldenthread.usecases._steps.form_drafts import DraftRow, keep_form, open_form
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.risk.summaries import (
    NO_SUCH_SUMMARY,
    SUMMARY_FORM,
    may_give_it,
    reads_of,
    refused,
)

__all__ = [
    "AgencyLacksEntries",
    "AlreadyFinished",
    "EntriesNotKnown",
    "Finished",
    "NotFoundHere",
    "NotOnTheTeam",
    "SummarySaysNothing",
    "finish_summary",
    "give_summary",
    "keep_summary_draft",
    "open_summary_draft",
    "version_of_draft",
]


class AlreadyFinished(Refusal):
    """The draft became a version already; `summary` is its id."""

    def __init__(self, summary: UUID) -> None:
        super().__init__("This summary is finished already.")
        self.summary = summary


@dataclass(frozen=True, slots=True)
class Finished:
    """A version is kept; `already` says that this same one was kept before.

    `not_given` are the agencies chosen that it was not given to, each with why.
    """

    id: UUID
    already: bool
    not_given: tuple[AgencyLacksEntries | NotOnTheTeam, ...] = ()


def version_of_draft(actor: Actor, draft: UUID) -> UUID:
    """The id of the version that this person's draft becomes, however often it is sent."""
    return uuid5(draft, f"summary:{actor.account}")


def keep_summary_draft(
    actor: Actor, case_id: UUID, draft: UUID, typed: Mapping[str, object], *, now: datetime
) -> DraftRow:
    """Keep what was typed so far, valid or not. Raises NotFoundHere and AlreadyFinished."""
    with permitted(actor, case_id, Action.WRITE_SUMMARY, now=now):
        _refuse_finished(actor, draft)
        return keep_form(actor, case_id, draft, SUMMARY_FORM, {SUMMARY_FORM: dict(typed)}, now=now)


def open_summary_draft(
    actor: Actor, case_id: UUID, draft: UUID, *, now: datetime
) -> DraftRow | None:
    """The actor's draft, or None where they have typed nothing under that id.

    Raises NotFoundHere where the id is a draft of another account, family or form, and
    AlreadyFinished.
    """
    with permitted(actor, case_id, Action.WRITE_SUMMARY, now=now):
        _refuse_finished(actor, draft)
        return open_form(actor, case_id, draft, SUMMARY_FORM)


def finish_summary(
    actor: Actor,
    case_id: UUID,
    draft: UUID,
    *,
    words: Mapping[str, str],
    entries: Sequence[UUID],
    give_to: Sequence[UUID] = (),
    now: datetime,
) -> Finished:
    """Keep a version: the words by heading, and the entries it rests on in the order of their days.

    The version is kept even where an agency chosen cannot be given it: `not_given` says why. Raises
    NotFoundHere, SummarySaysNothing, PartTooLong and EntriesNotKnown; asking twice keeps one.
    """
    parts = parts_of(words)
    id = version_of_draft(actor, draft)
    with permitted(actor, case_id, Action.WRITE_SUMMARY, now=now) as permission:
        if records.summary(case_id, id):
            return Finished(id, already=True)
        _keep(permission, id, parts, entries, now=now)
        drafts.drop_draft(draft, account=actor.account)
        why_not = tuple(_refused(permission, id, agency, now=now) for agency in give_to)
    return Finished(id, already=False, not_given=tuple(filter(None, why_not)))


def give_summary(
    actor: Actor, case_id: UUID, summary: UUID, agency: UUID, *, now: datetime
) -> None:
    """Give a version to an agency of the team, which may read it from then on.

    Asking twice gives it once. Raises NotFoundHere, NotOnTheTeam and AgencyLacksEntries.
    """
    with permitted(actor, case_id, Action.WRITE_SUMMARY, now=now) as permission:
        row = records.summary(case_id, summary)
        if row is not None and reads_of(permission, row) and may_give_it(permission, row):
            why_not: Refusal | None = _refused(permission, summary, agency, now=now)
        else:
            audit.append(refused(permission, summary))
            why_not = NotFoundHere(NO_SUCH_SUMMARY, is_kept=True)
    if why_not:
        raise why_not


def _keep(
    permission: Permission,
    id: UUID,
    parts: tuple[Part, ...],
    entries: Sequence[UUID],
    *,
    now: datetime,
) -> None:
    actor, case = permission.actor, permission.family.id
    wanted = frozenset(entries)
    loaded = load_history(
        case, actor, permission.ties, Viewpoint(now), now=now, sought=Sought(only=wanted)
    )
    rested = [(entry.statement.id, digest_of(entry.statement)) for entry in loaded.entries]
    if wanted - {statement for statement, _ in rested}:
        raise EntriesNotKnown("One of these entries is not in what you can read. Choose again.")
    visible = visible_to(case, actor, permission.ties, now=now)
    considered, newest = records.newest_of(visible)
    records.finish(
        id, case=case, agency=actor.agency, pooled=permission.ties.role == TeamRole.CHAIR,
        considered=considered, newest=newest, as_of=now, written_by=actor.account,
        parts={str(part.heading): part.words for part in parts}, entries=rested,
        event=permission.event(resource=str(id), entries=len(rested), considered=considered),
    )  # fmt: skip


def _refused(
    permission: Permission, summary: UUID, agency: UUID, *, now: datetime
) -> AgencyLacksEntries | NotOnTheTeam | None:
    """Give a version to an agency, or say why not; what it lacks is told by the record of telling.

    Each entry named is one the giver may read, whose knowers every page shows them already.
    """
    row = records.summary(permission.family.id, summary)
    assert row is not None
    team = team_of(permission.family.id, on=day_of(now))
    names = {one.agency: one.agency_name for one in team}
    is_own = agency == row.agency and not row.pooled
    if agency not in names or is_own:
        return NotOnTheTeam("Choose an agency of the team around this family.")
    if agency in row.given_to:
        return None
    entries = records.entries_of(summary)
    lacking = records.entries_not_told(entries, agency, now=now)
    if lacking:
        audit.append(permission.event(resource=str(summary), not_given=str(agency)))
        return AgencyLacksEntries(names[agency], lacking, len(entries))
    records.give(
        summary, agency, given_by=permission.actor.account,
        event=permission.event(resource=str(summary), given=str(agency)),
    )  # fmt: skip
    return None


def _refuse_finished(actor: Actor, draft: UUID) -> None:
    id = version_of_draft(actor, draft)
    if records.summary_exists(id):
        raise AlreadyFinished(id)
