"""The questions a family's history asks, as one reader may see them: open, settled, and what holds.

A reader sees the questions of their own agency's knowledge; a conference chair those of everything
together. Nothing of another scope is read, counted or named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.access.labels import Uncleared
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.risk.life import OPEN, PromptState
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.vocabulary import Certainty, Nature, PromptType
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.thread.following import follow
from goldenthread.records.access.reading import TeamRow, team_of, unreadable_by, visible_to
from goldenthread.records.chronology.reading import known_to
from goldenthread.records.risk import reading
from goldenthread.records.risk.loading import load_for
from goldenthread.records.risk.reading import AnswerRow, ConsideredRow, QuestionRow
from goldenthread.records.shared.reading import AgencyRow, agencies, practitioners_by_id
from goldenthread.usecases._steps.consider import (
    not_yet_considered,
    question_row,
    resting_on_none_of,
)
from goldenthread.usecases._steps.follow_the_thread import consider_at_once
from goldenthread.usecases._steps.in_force import patterns_in_force
from goldenthread.usecases._steps.permission import Permission
from goldenthread.usecases._steps.question_key import key_of
from goldenthread.usecases._steps.scope_history import history_loaded
from goldenthread.usecases._steps.stood_at import stood_at
from goldenthread.usecases._steps.who_is_asked import who_is_asked


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """One answer to a question, with who gave it and who agrees, by name."""

    by_name: str
    agency_name: str
    recorded_at: datetime
    what_we_make_of_it: str
    what_we_will_do: str
    by_when: date | None
    who_agrees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionSeen:
    """One question, or one thing that holds, with everything a reader needs to follow it up.

    `key` stays the same while the question does and may stand in an address. `since` is the day
    since which it stands as it does and `times` how often it was put. `because` holds the ids of
    the entries behind it in the order of their days, `evidence` those of them that raise it.
    `asked_person` is the named person of the team who is asked. `answers` are latest first.
    """

    key: str
    pattern: str
    version: int
    title: str
    type_label: str
    theme: str
    question: str
    why: str
    guidance: str
    certainty_label: str
    asked_of: str
    asked_person: TeamRow | None
    state: str
    state_label: str
    since: date
    times: int
    because: tuple[UUID, ...]
    evidence: frozenset[UUID]
    about: tuple[str, ...]
    answers: tuple[AnswerSeen, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody is still to answer it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class Asked:
    """Every question of one scope of a family.

    `scope` is the agency whose knowledge it is, None for everything. `considered_on` is the day
    through which it was considered and `considered_at` when; None where it never was.
    `not_yet_considered` counts the entries it has not been considered against.
    """

    scope: UUID | None
    scope_words: str
    considered_on: date | None
    considered_at: datetime | None
    not_yet_considered: int
    open: tuple[QuestionSeen, ...]
    settled: tuple[QuestionSeen, ...]
    strengths: tuple[QuestionSeen, ...]

    @property
    def everything(self) -> tuple[QuestionSeen, ...]:
        """Open, settled and what holds, each once."""
        return self.open + self.settled + self.strengths


def scope_of(permission: Permission) -> UUID | None:
    """Whose knowledge a permitted reader reads: a chair everything, others their agency's."""
    return None if permission.ties.reads_all else permission.actor.agency


def questions_seen(permission: Permission, *, now: datetime) -> Asked:
    """The questions a permitted reader may see now, in the caller's transaction.

    A family that was not yet considered against everything is considered first; where that fails,
    the reader sees what was worked out before and how many entries it lacks. What is kept of a
    scope leaves out every restricted entry; for a reader who may read some of them the questions
    are worked out anew, from all that they may read.
    """
    scope, case = scope_of(permission), permission.family.id
    if reads_restricted(permission):
        return _Around(permission, scope, _answers(permission, scope), now).asked(
            rows_anew(permission, now=now), considered_on=day_of(now), considered_at=now, not_yet=0
        )
    before, lacking = _caught_up(case, scope, now=now)
    around = _Around(permission, scope, _answers(permission, scope), now)
    return around.asked(
        reading.questions_of(case, scope),
        considered_on=before.through if before else None,
        considered_at=before.recorded_at if before else None,
        not_yet=lacking,
    )


def reads_restricted(permission: Permission) -> bool:
    """Whether the reader may read an entry that something restricts for somebody else; no query."""
    restricted = permission.ties.restrictions
    sources = Uncleared.SOURCE
    held = {
        id
        for id, one in restricted.entries.items()
        if one.named is not None
        or one.withheld_people
        or one.withheld_agencies
        or any(does is not sources for does in one.labels.values())
    }
    return bool(held - unreadable_by(permission.actor, restricted))


def rows_anew(permission: Permission, *, now: datetime) -> list[QuestionRow]:
    """The questions of the reader's scope from all that they may read, restricted entries too."""
    case, scope = permission.family.id, scope_of(permission)
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    known = known_to(case, Viewpoint(now, scope))
    loaded = load_for(case, visible.filter(id__in=known.values("id")))
    patterns = patterns_in_force(now)
    history = history_loaded(loaded, _answers(permission, scope), patterns)
    kind = loaded.agency_kinds[scope] if scope else ""
    viewpoint = None if scope is None else str(scope)
    followed = follow(patterns, history, day_of(now), viewpoint, kind)
    return [question_row(case, scope, prompt) for prompt in followed.prompts.values()]


def _answers(
    permission: Permission, scope: UUID | None, *, by: datetime | None = None
) -> list[AnswerRow]:
    """The answers of a scope but for those resting on what is restricted for the reader."""
    unread = unreadable_by(permission.actor, permission.ties.restrictions)
    found = reading.answers_of(permission.family.id, scope, by=by)
    return resting_on_none_of(unread, found) if unread else found


def _caught_up(
    case: UUID, scope: UUID | None, *, now: datetime
) -> tuple[ConsideredRow | None, int]:
    """How far a scope is considered after trying to catch up, and how many entries it lacks."""
    before = reading.considered(case, scope)
    behind = not_yet_considered(case, scope, before, now=now)
    if behind is not None and consider_at_once(case, scope, now=now):
        return reading.considered(case, scope), 0
    return before, max(behind or 0, 0)


def questions_as_known(
    permission: Permission, *, agency: UUID | None, as_of: datetime, now: datetime
) -> Asked:
    """The questions that arose by an instant from what `agency` knew then, worked out anew.

    None is everything a chair sees; for any other reader it is their own agency. Only entries the
    reader may read are looked at, and answers they may read that were given by then. Of another
    agency's knowledge a reader sees a part, so nothing is asked there about what is missing.
    """
    case, own, on = permission.family.id, scope_of(permission), day_of(as_of)
    agency = own if agency is None else agency
    if agency is not None and own not in (None, agency):
        rows = _of_a_part(permission, agency, as_of=as_of, now=now)
        return _Around(permission, agency, (), now).asked(
            rows, considered_on=on, considered_at=None, not_yet=0
        )
    before, lacking = _caught_up(case, agency, now=now)
    through = min(on, before.through) if before else None
    rows = stood_at(case, agency, through, patterns_in_force(now)) if through else []
    around = _Around(permission, agency, _answers(permission, agency, by=as_of), now)
    return around.asked(rows, considered_on=through, considered_at=None, not_yet=lacking)


def _of_a_part(
    permission: Permission, agency: UUID, *, as_of: datetime, now: datetime
) -> list[QuestionRow]:
    """What arose by an instant from the part of another agency's knowledge that a reader sees.

    Lived through anew, since nothing is kept of it; without the kind of that agency, so that no
    pattern asks which tells from what is missing.
    """
    case = permission.family.id
    visible = visible_to(case, permission.actor, permission.ties, now=now)
    known = known_to(case, Viewpoint(as_of, agency))
    loaded = load_for(case, visible.filter(id__in=known.values("id")), by=as_of)
    patterns = patterns_in_force(now)
    history = history_loaded(loaded, (), patterns)
    followed = follow(patterns, history, day_of(as_of), str(agency))
    return [question_row(case, agency, prompt) for prompt in followed.prompts.values()]


class _Around:
    """What is looked up once for every question of a scope."""

    def __init__(
        self,
        permission: Permission,
        scope: UUID | None,
        answers: Sequence[AnswerRow],
        now: datetime,
    ) -> None:
        self._scope = scope
        self._patterns = {one.key: one for one in patterns_in_force(now)}
        self._agencies = agencies()
        self._team = team_of(permission.family.id, on=day_of(now))
        named = {one.practitioner for one in answers}
        named.update(person for one in answers for person in one.who_agrees)
        self._names = {id: row.name for id, row in practitioners_by_id(named).items()}
        self._answers: dict[tuple[str, str], list[AnswerSeen]] = {}
        for one in reversed(answers):
            key = one.pattern, one.subject
            self._answers.setdefault(key, []).append(_answer(one, self._names, self._agencies))

    def asked(
        self,
        rows: Iterable[QuestionRow],
        *,
        considered_on: date | None,
        considered_at: datetime | None,
        not_yet: int,
    ) -> Asked:
        seen = sorted(
            ((self._is_strength(row), self._question(row)) for row in rows),
            key=lambda pair: (pair[1].since, pair[1].key),
        )
        questions = [one for is_strength, one in seen if not is_strength]
        holds = [one for is_strength, one in seen if is_strength and one.is_open]
        return Asked(
            scope=self._scope,
            scope_words=_scope_words(self._scope, self._agencies),
            considered_on=considered_on,
            considered_at=considered_at,
            not_yet_considered=not_yet,
            open=tuple(one for one in questions if one.is_open),
            settled=tuple(one for one in reversed(questions) if not one.is_open),
            strengths=tuple(holds),
        )

    def _is_strength(self, row: QuestionRow) -> bool:
        pattern = self._patterns.get(row.pattern)
        return pattern is not None and pattern.nature is Nature.STRENGTH

    def _question(self, row: QuestionRow) -> QuestionSeen:
        pattern = self._patterns.get(row.pattern)
        kinds = {id: agency.kind_label for id, agency in self._agencies.items()}
        return QuestionSeen(
            key=key_of(row.pattern, row.subject),
            pattern=row.pattern,
            version=row.version,
            title=pattern.title if pattern else row.question,
            type_label=_type_label(pattern),
            theme=pattern.theme if pattern else "",
            question=row.question,
            why=pattern.why if pattern else "",
            guidance=pattern.guidance if pattern else "",
            certainty_label=Certainty.label_of(pattern.certainty) if pattern else "",
            asked_of=row.asked_of,
            asked_person=who_is_asked(row.asked_of, self._team, kinds),
            state=row.state,
            state_label=PromptState.label_of(row.state),
            since=row.since,
            times=row.times,
            because=row.because,
            evidence=row.evidence,
            about=row.about,
            answers=tuple(self._answers.get((row.pattern, row.subject), ())),
        )


def _type_label(pattern: Pattern | None) -> str:
    if pattern is None:
        return ""
    return PromptType.label_of(pattern.type) if pattern.type else Nature.STRENGTH.label


def _answer(
    row: AnswerRow, names: Mapping[UUID, str], known: Mapping[UUID, AgencyRow]
) -> AnswerSeen:
    return AnswerSeen(
        by_name=names.get(row.practitioner, ""),
        agency_name=known[row.agency].name,
        recorded_at=row.recorded_at,
        what_we_make_of_it=row.what_we_make_of_it,
        what_we_will_do=row.what_we_will_do,
        by_when=row.by_when,
        who_agrees=tuple(names[one] for one in row.who_agrees if one in names),
    )


def _scope_words(scope: UUID | None, known: Mapping[UUID, AgencyRow]) -> str:
    if scope is None:
        return "what all agencies put in the record"
    return f"what {known[scope].name} recorded or was told"
