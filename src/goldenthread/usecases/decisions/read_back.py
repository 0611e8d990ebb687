"""The reader's test: whoever did not decide says in their own words what a decision tells them.

Their answers are kept as given and never changed. Where they do not understand, that is an open
item of the decision until a later version is signed.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid5

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.decisions.reading_back import (
    CannotBeReadBack,
    ReadBack,
    checked,
    may_read_back,
)
from goldenthread.domain.shared.refusal import NotTheirs
from goldenthread.records.audit import store as audit
from goldenthread.records.decisions import reading as records
from goldenthread.records.decisions import store
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases.decisions.reading import NO_SUCH_DECISION, chain_of, refused

__all__ = ["CannotBeReadBack", "NotForWhoDecided", "NotFoundHere", "ReadBack", "read_back"]


class NotForWhoDecided(NotTheirs):
    """Whoever decided or signed is not asked whether they understand it."""

    rule = "read-back-is-by-others"


def read_back(
    actor: Actor, case_id: UUID, decision: UUID, form: UUID, said: ReadBack, *, now: datetime
) -> UUID:
    """Keep what a reader made of a version; the same `form` sent twice is kept once.

    Raises NotFoundHere, CannotBeReadBack and NotForWhoDecided.
    """
    id = uuid5(form, f"read back:{decision}:{actor.account}")
    with permitted(actor, case_id, Action.READ_DECISION_BACK, now=now) as permission:
        is_theirs = bool(chain_of(permission, decision, now))
        if not is_theirs:
            audit.append(refused(permission, decision))
        else:
            _keep(permission, id, decision, said)
    if not is_theirs:
        raise NotFoundHere(NO_SUCH_DECISION, is_kept=True)
    return id


def _keep(permission: Permission, id: UUID, decision: UUID, said: ReadBack) -> None:
    answers, actor = checked(said), permission.actor
    record, _ = records.record_of(decision)
    if not may_read_back(record, account=actor.account, practitioner=actor.practitioner):
        raise NotForWhoDecided(
            "You decided or signed this. Ask somebody who did not to say it back."
        )
    store.hold(id)
    if not records.test_exists(id):
        store.keep_reader_test(
            id, decision=decision, reader=actor.account, risk=answers.risk,
            reason=answers.reason, understood=bool(answers.understood), because=answers.because,
            event=permission.event(
                resource=str(decision), read_back=str(id), understood=answers.understood
            ),
        )  # fmt: skip
