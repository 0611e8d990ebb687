"""Two people before anything leaves: one asks for a check, another agrees, and it is released.

What the second person agrees to is pinned by the digest of the document that would leave. Whatever
changes it, a further decision, a correction of an entry, somebody's name, asks for a new check.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.step_up import SensitiveAct, StepShown, require_step_up
from goldenthread.domain.shared.refusal import NotTheirs, Refusal
from goldenthread.records.subject_access import reading, store
from goldenthread.records.subject_access.reading import CheckRow
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.subject_access.seen import SeenPack, permitted_pack

__all__ = ["CannotRelease", "NotFoundHere", "ask_for_check", "check_pack", "release_pack"]

LONGEST_REASON = 2_000
CHANGED = "The pack is not as it was. Look at it again, and ask for a new check."
ANOTHER = "Somebody else has to check it: you started it, or decided something in it."


class CannotRelease(Refusal):
    """A pack cannot be checked or released as it stands."""


class AnotherPersonNeeded(CannotRelease, NotTheirs):
    """A pack is checked by another than made it, and released by another than checked it."""

    rule = "pack-needs-another-person"


def ask_for_check(actor: Actor, case_id: UUID, pack: UUID, *, id: UUID, now: datetime) -> None:
    """Ask a second person to check a pack as it stands; asking twice asks once.

    Raises NotFoundHere and CannotRelease.
    """
    with permitted_pack(actor, case_id, Action.PREPARE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        if seen.check is not None and seen.check.agrees is not False:
            return
        if any(one.id == id for one in seen.checks):
            return
        if seen.waiting:
            raise CannotRelease("Decide first on every entry that waits.")
        store.ask_for_check(
            id, pack, digest=seen.digest, asked_by=actor.account,
            event=permission.event(resource=f"pack:{pack}", asks="check", digest=seen.digest),
        )  # fmt: skip


def check_pack(
    actor: Actor, case_id: UUID, pack: UUID, *, digest: str, agrees: bool, reason: str = "",
    now: datetime,
) -> None:  # fmt: skip
    """Agree that a pack leaves as it was shown (`digest`), or send it back for a reason.

    Saying it twice says it once. Raises NotFoundHere and CannotRelease.
    """
    with permitted_pack(actor, case_id, Action.CHECK_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        asked = seen.check
        if asked is None or asked.digest != digest:
            raise CannotRelease(CHANGED)
        if asked.agrees is not None:
            return
        if not may_check(seen, asked, actor):
            raise AnotherPersonNeeded(ANOTHER)
        said = " ".join(reason.split())
        if not agrees and not said:
            raise CannotRelease("Say what has to change before it leaves.")
        if len(said) > LONGEST_REASON:
            raise CannotRelease(f"Say it in {LONGEST_REASON:,} characters at most.")
        store.check(
            asked.id, agrees=agrees, reason=said, started_by=seen.row.started_by,
            asked_by=asked.asked_by, checked_by=actor.account,
            event=permission.event(resource=f"pack:{pack}", agrees=agrees, digest=digest),
        )  # fmt: skip


def release_pack(
    actor: Actor, case_id: UUID, pack: UUID, *, shown: StepShown, now: datetime
) -> None:
    """Release a pack that was agreed to, as it was agreed to; releasing twice releases once.

    Raises NotFoundHere, CannotRelease and StepUpNeeded.
    """
    with permitted_pack(actor, case_id, Action.RELEASE_PACK, pack, now=now, changes=True) as (
        permission,
        seen,
    ):
        agreed = seen.check
        if agreed is None or not agreed.agrees or agreed.checked_by is None:
            raise CannotRelease(CHANGED)
        if agreed.released_at is not None:
            return
        if agreed.checked_by == actor.account:
            raise AnotherPersonNeeded("Whoever checked it does not release it.")
        require_step_up(SensitiveAct.RELEASE_PACK, shown, now=now)
        store.release(
            agreed.id, digest=seen.digest, checked_by=agreed.checked_by,
            released_by=actor.account, released_at=now,
            event=permission.event(resource=f"pack:{pack}", releases=True, digest=seen.digest),
        )  # fmt: skip


def may_check(seen: SeenPack, asked: CheckRow, actor: Actor) -> bool:
    """Whether somebody is another person than those who made the pack."""
    makers = {seen.row.started_by, asked.asked_by} | reading.workers_on(seen.row.id)
    return actor.account not in makers
