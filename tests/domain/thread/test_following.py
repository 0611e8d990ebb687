"""Whatever happened and whatever was answered, in whatever order it came: one state by a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.risk.from_statements import set_aside_by
from goldenthread.domain.risk.joining import arrival, arrivals
from goldenthread.domain.risk.life import OPEN, Answer, Given, PromptState
from goldenthread.domain.risk.vocabulary import Nature
from goldenthread.domain.thread.becoming_known import Ending
from goldenthread.domain.thread.following import basis_of, follow
from goldenthread.domain.thread.history import History
from goldenthread.domain.thread.unfolding import unfold
from goldenthread.usecases.risk.shipped import shipped_patterns
from tests.domain.risk.histories import START, facts, histories, viewpoints

PATTERNS = shipped_patterns()
FEWER = settings(max_examples=10, deadline=None)
throughs = st.integers(60, 400).map(lambda n: START + timedelta(days=n))
STRENGTHS = {one.key for one in PATTERNS if one.nature is Nature.STRENGTH}


def with_ids(history):
    """The same facts under ids of the record's own form."""
    return [replace(fact, id=str(UUID(int=number + 1))) for number, fact in enumerate(history)]


@st.composite
def lives(draw, largest=18):
    """A history with entries that are corrected or withdrawn, and answers to what it asked."""
    told = with_ids(draw(histories(largest)))
    endings = []
    for _ in range(draw(st.integers(0, 3))):
        of, by = draw(st.sampled_from(told)), draw(st.sampled_from(told))
        kind = draw(st.sampled_from([LinkKind.CORRECTS, LinkKind.WITHDRAWS]))
        if of.id != by.id:
            endings.append(Ending(of.id, by, kind))
    asked = [
        change
        for day in unfold(PATTERNS, told, endings=endings)
        for change in day.changes
        if change.state in OPEN
    ]
    answers = []
    for number, change in enumerate(
        draw(st.lists(st.sampled_from(asked), max_size=4)) if asked else ()
    ):
        later = timedelta(days=draw(st.integers(0, 40)))
        answer = Answer(change.on + later, f"answer {number}", "Looked into.")
        answers.append(Given(change.prompt.raised, answer))
    return History(tuple(told), tuple(endings), tuple(answers))


def shuffled(history, chance):
    parts = [list(part) for part in (history.facts, history.endings, history.answers)]
    for part in parts:
        chance.shuffle(part)
    return History(*map(tuple, parts))


@given(lives(), st.randoms(), throughs, viewpoints)
@FEWER
def test_the_order_of_arrival_never_matters_and_a_run_again_gives_the_same(
    history, chance, through, viewpoint
):
    once = follow(PATTERNS, history, through, viewpoint)

    assert follow(PATTERNS, history, through, viewpoint) == once
    assert follow(PATTERNS, shuffled(history, chance), through, viewpoint) == once


@given(lives(), throughs, st.integers(1, 120), viewpoints)
@FEWER
def test_what_comes_later_never_changes_what_was_asked_by_then(history, through, later, viewpoint):
    """Neither entries, tellings, endings nor answers of later days: the changes only go on."""
    by_then = follow(PATTERNS, history, through, viewpoint)
    in_the_end = follow(PATTERNS, history, through + timedelta(days=later), viewpoint)
    known = replace(
        history,
        facts=tuple(
            replace(fact, told=tuple(pair for pair in fact.told if pair[1] <= through))
            for fact in history.facts
        ),
        answers=tuple(one for one in history.answers if one.answer.on <= through),
    )

    assert in_the_end.changes[: len(by_then.changes)] == by_then.changes
    assert all(change.on > through for change in in_the_end.changes[len(by_then.changes) :])
    assert follow(PATTERNS, known, through, viewpoint) == by_then


@given(lives(), throughs, st.integers(1, 150), viewpoints)
@FEWER
def test_going_on_from_a_kept_day_gives_what_a_run_from_nothing_gives(
    history, through, earlier, viewpoint
):
    day = through - timedelta(days=earlier)
    whole = follow(PATTERNS, history, through, viewpoint, keep=[day])
    assert [stood.on for stood in whole.stood] == [day]

    on = follow(PATTERNS, history, through, viewpoint, begun=whole.stood[0])

    assert on.prompts == whole.prompts
    assert on.changes == tuple(change for change in whole.changes if change.on > day)


@given(lives(), facts(99), throughs, throughs, viewpoints)
@FEWER
def test_a_kept_day_is_good_just_as_long_as_nothing_new_bears_on_it(
    history, new, on, known, viewpoint
):
    """Where its basis is the same, so is how everything stood, whatever has been added since."""
    new = replace(new, id=str(UUID(int=99)), known_from=known)
    more = replace(history, facts=(*history.facts, new))
    same = basis_of(history, on, viewpoint) == basis_of(more, on, viewpoint)

    if viewpoint in (None, new.agency):
        assert same == (known > on)
    if same:
        assert follow(PATTERNS, more, on, viewpoint) == follow(PATTERNS, history, on, viewpoint)


@given(lives(), throughs, viewpoints)
@FEWER
def test_never_put_again_about_what_it_was_put_about_or_answered_for(history, through, viewpoint):
    """Unless an entry by which it had ceased stands no longer."""
    seen = {}
    for change in follow(PATTERNS, replace(history, endings=()), through, viewpoint).changes:
        raised = change.prompt.raised
        if change.state in OPEN:
            assert raised.evidence - seen.get(raised.key, frozenset())
            seen[raised.key] = seen.get(raised.key, frozenset()) | raised.evidence
        if change.state is PromptState.ANSWERED:
            seen[raised.key] = change.prompt.asked_about


@given(lives(), st.lists(facts(strength=True), min_size=1, max_size=3), throughs, viewpoints)
@FEWER
def test_strengths_never_put_a_question_of_harm(history, strengths, through, viewpoint):
    strengths = [replace(one, id=str(UUID(int=200 + n))) for n, one in enumerate(strengths)]
    more = replace(history, facts=(*history.facts, *strengths))

    def put(one):
        return {
            change.prompt.raised.key
            for change in follow(PATTERNS, one, through, viewpoint).changes
            if change.state in OPEN and change.prompt.raised.pattern not in STRENGTHS
        }

    assert put(more) <= put(history)


@given(lives(), throughs, viewpoints)
@FEWER
def test_nothing_open_rests_on_what_stands_no_longer_or_was_not_known(history, through, viewpoint):
    known = {id for id, day in arrivals(history.facts, viewpoint).items() if day <= through}
    ended = [
        (one.by.id, one.of, one.kind)
        for one in history.endings
        if (day := arrival(one.by, viewpoint)) and day <= through
    ]

    for prompt in follow(PATTERNS, history, through, viewpoint).prompts.values():
        if prompt.is_open:
            assert set(prompt.raised.because) <= known - set_aside_by(ended)
        assert prompt.since <= through


def test_the_lives_of_chance_answer_and_end_something():
    """Else none of the properties above would say anything."""
    states = set()
    ended = []

    @given(lives(), throughs)
    @settings(max_examples=25, deadline=None, database=None)
    def look(history, through):
        states.update(change.state for change in follow(PATTERNS, history, through).changes)
        ended.extend(history.endings)

    look()
    assert states == set(PromptState)
    assert ended


def test_a_history_of_nothing_asks_nothing():
    assert follow(PATTERNS, History(), date(2026, 1, 1)).changes == ()
