"""Read a family at one glance: what changed, its history, who lives where, and open questions.

One look, audited once. The number of queries does not grow with the length of the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.chronology.change_feed import Change, ChangeKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.shared.instants import day_of, start_of_day
from goldenthread.records.audit import store as audit
from goldenthread.records.risk.reading import open_questions_of
from goldenthread.usecases._steps.feeds import ShownFeed, ShownLine, feeds_for
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.network_seen import load_network
from goldenthread.usecases._steps.permission import NotFoundHere, Permission, permitted
from goldenthread.usecases._steps.question_key import key_of
from goldenthread.usecases._steps.questions import Question, gaps_and_questions
from goldenthread.usecases._steps.who_is_asked import who_is_asked
from goldenthread.usecases.chronology.read_history import history_for, looked_at
from goldenthread.usecases.chronology.shown import History, Summary

__all__ = ["NotFoundHere", "ShownFeed", "ShownLine", "Summary", "read_summary"]


def read_summary(actor: Actor, case_id: UUID, *, now: datetime) -> Summary:
    """Read everything of a family that this reader may see, as known now to all its agencies.

    Raises NotFoundHere.
    """
    viewpoint = Viewpoint(now)
    with permitted(actor, case_id, Action.VIEW_FAMILY, now=now) as permission:
        history = history_for(permission, viewpoint, now=now)
        around = load_network(permission, viewpoint, now=now)
        _, questions = gaps_and_questions(permission, around, viewpoint)
        feed = _feed(permission, history, questions, now)
        audit.append(permission.event(**looked_at(history), claims=len(around.seen.claims)))
    return Summary(history, around.seen, questions, feed)


def _feed(
    permission: Permission, history: History, questions: Iterable[Question], now: datetime
) -> ShownFeed | None:
    """What changed since the reader looked before this sitting; None at a first look."""
    since, case = history.looked_before, permission.family.id
    if since is None:
        return None
    asked = [*_given_to_me(permission, questions, since), *_asked_of_me(permission, history, since)]
    feeds = feeds_for(permission.actor, {case: permission.ties}, {case: since}, now=now, more=asked)
    return feeds[case]


def _given_to_me(
    permission: Permission, questions: Iterable[Question], since: datetime
) -> Iterator[Change]:
    """What nobody knows, where somebody else has put it to the reader since."""
    me = permission.actor.practitioner
    for question in questions:
        last = question.latest
        if question.is_open and last and last.owner == me and last.recorded_at > since:
            yield Change(
                key=f"gap:{question.id}",
                kind=ChangeKind.QUESTION,
                at=last.recorded_at,
                asks=frozenset({me}),
                words=question.asked,
            )


def _asked_of_me(permission: Permission, history: History, since: datetime) -> Iterator[Change]:
    """What the family's history asks the reader by name, where it has stood since their look."""
    actor, case = permission.actor, permission.family.id
    scope = None if permission.ties.reads_all else actor.agency
    rows = [row for row in open_questions_of([(case, scope)]) if row.since >= day_of(since)]
    if not rows:
        return
    kinds = {id: agency.kind_label for id, agency in history.agencies.items()}
    titles = {
        one.key: one.title
        for one in patterns_in_force(history.viewpoint.as_of)
        if one.nature is Nature.HARM
    }
    for row in rows:
        asked = who_is_asked(row.asked_of, history.family.team, kinds)
        if row.pattern in titles and asked and asked.practitioner == actor.practitioner:
            yield Change(
                key=f"question:{key_of(row.pattern, row.subject)}",
                kind=ChangeKind.QUESTION,
                at=start_of_day(row.since),
                asks=frozenset({actor.practitioner}),
                words=titles[row.pattern],
            )
