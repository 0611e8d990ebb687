"""Answer an entry: correct, withdraw, dispute, corroborate or clarify it by a further statement.

The earlier entry is never changed and stays readable with its standing. An agency corrects and
withdraws its own entries; anybody who may read an entry may dispute, corroborate or clarify it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.admitting import ProposedEntry
from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ, NotTheirs, Refusal
from goldenthread.records.access.reading import visible_to
from goldenthread.records.chronology import store as chronology
from goldenthread.records.provenance import store as provenance
from goldenthread.records.provenance.reading import agency_of
from goldenthread.usecases._steps.follow_the_thread import follow_the_thread
from goldenthread.usecases._steps.keep_entry import keep_entry
from goldenthread.usecases._steps.make_claims import NewHousehold, NotInThisFamily
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.place_unknown import Newcomer, Unknown
from goldenthread.usecases._steps.recorded import Recorded

ANSWERS = frozenset(
    {
        LinkKind.CORRECTS,
        LinkKind.WITHDRAWS,
        LinkKind.DISPUTES,
        LinkKind.CORROBORATES,
        LinkKind.CLARIFIES,
    }
)
OWN_ENTRY_ONLY = frozenset({LinkKind.CORRECTS, LinkKind.WITHDRAWS})


class CannotAnswer(Refusal):
    """This answer cannot be given to this entry by this person."""


class NotTheirsToAnswer(CannotAnswer, NotTheirs):
    """Another agency's entry is disputed, and never corrected or withdrawn."""

    rule = "answer-is-for-its-agency"


class NamesAStranger(CannotAnswer, NotTheirs):
    """The answer names somebody who is not in the family's record."""

    rule = NOT_IN_WHAT_THEY_READ


def answer_entry(
    actor: Actor,
    case_id: UUID,
    target: UUID,
    kind: LinkKind,
    proposed: ProposedEntry,
    *,
    reason: str,
    now: datetime,
    draft: UUID | None = None,
    claims: Sequence[ProposedClaim] = (),
    unknown: Sequence[Unknown | Newcomer] = (),
    households: Sequence[NewHousehold] = (),
) -> Recorded:
    """Put a further statement in the record that answers `target`, with the reason.

    `claims` are what it says instead of who is who to whom; `unknown` and `households` join the
    family with it or not at all. Raises NotFoundHere, CannotBeRecorded, CannotAnswer,
    CannotBeClaimed, NoSuchAgency, NotDescribed and NotAHousehold.
    """
    _refuse_unfit(actor, kind, proposed, reason)
    with permitted(actor, case_id, Action.ANSWER_ENTRY, now=now) as permission:
        readable = visible_to(case_id, actor, permission.ties, now=now)
        if not readable.filter(id=target).exists():
            raise NotFoundHere("There is no such entry in what you can read.", target)
        if kind in OWN_ENTRY_ONLY and agency_of(target) != actor.agency:
            raise NotTheirsToAnswer(
                "Only the agency that made an entry can correct or withdraw it. You can dispute it."
            )
        try:
            recorded = keep_entry(
                permission, proposed, now=now, unknown=unknown, households=households, claims=claims
            )
        except NotInThisFamily as stranger:
            raise NamesAStranger(stranger.reason) from stranger
        if not recorded.already:
            _link(permission, proposed.id, target, kind, reason)
            if draft is not None:
                chronology.drop_draft(draft, account=actor.account)
    follow_the_thread(case_id, actor.agency, now=now)
    return recorded


def _link(permission: Permission, id: UUID, target: UUID, kind: LinkKind, reason: str) -> None:
    provenance.link(
        uuid5(id, f"{kind}:{target}"),
        source=id,
        target=target,
        kind=kind,
        reason=reason.strip(),
        recorded_by=permission.actor.account,
        event=permission.event(resource=str(target), answer=str(kind)),
    )


def _refuse_unfit(actor: Actor, kind: LinkKind, proposed: ProposedEntry, reason: str) -> None:
    if kind not in ANSWERS:
        raise CannotAnswer(
            "An entry can be corrected, withdrawn, disputed, supported or explained."
        )
    if not reason.strip():
        raise CannotAnswer("Say why, so that the next reader understands.")
    if proposed.agency != actor.agency:
        raise CannotAnswer("You can speak for your own agency.")
