"""The feed against the rules: what is in it is what a reader may see and has not seen, each once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from goldenthread.domain.access.decision import Action, EntryHolders, decide
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.access.reading import ties_to, visible_filings, visible_to
from goldenthread.records.chronology.models import Look
from goldenthread.records.provenance.models import Awareness, Statement, StatementLink
from goldenthread.usecases.access.families import families_of, news_of
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.read_summary import read_summary
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import CannotShare, share_entry
from goldenthread.usecases.chronology.what_needs_me import what_needs_me
from tests.conftest import PRISTINE, cloned
from tests.families.world import World, build_world

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]  # some hundred families read again
SPEAKERS = {
    "priya": "social_care",
    "ama": "health_visiting",
    "lund": "mental_health",
    "tom": "police",
}
READERS = (*SPEAKERS, "sam", "grace")
AGENCIES = ("social_care", "health_visiting", "mental_health", "police", "gp")

record = st.tuples(
    st.just("record"),
    st.sampled_from(sorted(SPEAKERS)),
    st.lists(st.sampled_from(AGENCIES), max_size=2, unique=True),
    st.sampled_from(["observation", "household_change", "decision", "new_partner"]),
)
tell = st.tuples(
    st.just("tell"), st.sampled_from(sorted(SPEAKERS)), st.integers(0, 9), st.sampled_from(AGENCIES)
)
answer = st.tuples(
    st.just("answer"),
    st.sampled_from(sorted(SPEAKERS)),
    st.integers(0, 9),
    st.sampled_from(["corrects", "withdraws", "disputes"]),
)


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        built = build_world(tom="named_member")
        for who in READERS:
            read_summary(built.actors[who], built.case, now=datetime.now(UTC))
        yield built


def do(world: World, step: tuple, made: list[UUID]) -> None:
    """One thing somebody does; what the record refuses is left undone."""
    what, who, *rest = step
    actor, now = world.actors[who], datetime.now(UTC)
    today = on_day(day_of(now))
    if what == "record":
        told = {a: today.edtf for a in rest[0] if a != SPEAKERS[who]}
        entry = world.entry(
            SPEAKERS[who], f"Said {len(made)}.", kind=rest[1], told=told,
            asserted_by=actor.practitioner,
        )  # fmt: skip
        record_entry(actor, world.case, entry, now=now)
        made.append(entry.id)
        return
    if not made:
        return
    target = made[rest[0] % len(made)]
    if not visible(world, who, now).filter(id=target).exists():
        return
    if what == "tell" and rest[1] != SPEAKERS[who]:
        try:
            telling = Telling(world.agency(rest[1]), told=today)
            share_entry(actor, world.case, target, [telling], now=now)
        except CannotShare:
            return
    own = Statement.objects.filter(id=target, agency=actor.agency).exists()
    if what == "answer" and (own or rest[1] == "disputes"):
        entry = world.entry(SPEAKERS[who], f"Said {len(made)}.", asserted_by=actor.practitioner)
        answer_entry(
            actor, world.case, target, LinkKind(rest[1]), entry, reason="Seen again.", now=now
        )
        made.append(entry.id)


def visible(world: World, who: str, now: datetime):
    actor = world.actors[who]
    return visible_to(world.case, actor, ties_to(world.case, actor, now=now), now=now)


def may_read(world: World, who: str, now: datetime) -> set[UUID]:
    """What the policy lets somebody read, asked of it one entry at a time."""
    actor = world.actors[who]
    ties = ties_to(world.case, actor, now=now)
    found = set()
    for statement in Statement.objects.all():
        known = Awareness.objects.filter(statement=statement, known_from__lte=now)
        holders = EntryHolders(
            statement.agency_id, frozenset(known.values_list("agency", flat=True))
        )
        if decide(actor, Action.VIEW_ENTRY, ties, holders).is_allowed:
            found.add(statement.id)
    return found


def anew(world: World, who: str, since: datetime, now: datetime) -> set[UUID]:
    """What somebody may read, did not write, and could not have read at their last look."""
    actor = world.actors[who]
    found = set()
    for statement in Statement.objects.filter(id__in=may_read(world, who, now)):
        told = Awareness.objects.filter(
            statement=statement, agency=actor.agency, recorded_at__gt=since
        )
        is_new = statement.recorded_at > since or told.exists()
        if is_new and statement.asserted_by_id != actor.practitioner:
            found.add(statement.id)
    return found


@given(steps=st.lists(st.one_of(record, record, tell, answer), min_size=1, max_size=7))
@settings(
    max_examples=15,
    # What was recorded stays, so a smaller script would not be the same trial again.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_feed_is_what_is_new_and_may_be_read_each_once(world: World, steps):
    since = datetime.now(UTC)
    Look.objects.update(looked_at=since, previous_at=None)
    made: list[UUID] = list(Statement.objects.order_by("recorded_at").values_list("id", flat=True))
    for step in steps:
        do(world, step, made)
    now = datetime.now(UTC) + timedelta(hours=1)
    for who in READERS:
        actor = world.actors[who]
        lines = families_of(actor, now=now)
        expected = {f"entry:{id}" for id in anew(world, who, since, now)}
        counted = news_of(actor, lines, now=now)[world.case].new
        mine = what_needs_me(actor, now=now)
        shown = read_summary(actor, world.case, now=now)
        keys = [one.change.key for one in (*shown.feed.affects, *shown.feed.also)]
        entries = [key for key in keys if key.startswith("entry:")]

        assert sorted(entries) == sorted(expected), who
        assert len(keys) == len(set(keys))
        assert counted == len(expected)
        assert {e.id for e in shown.history.entries if e.is_new} == anew(world, who, since, now)
        at_home = [one.change.key for _, feed in mine.feeds for one in (*feed.affects, *feed.also)]
        if who != "sam":  # a colleague's families are not listed as theirs
            assert sorted(key for key in at_home if key.startswith("entry:")) == sorted(expected)
        _says_nothing_of_what_is_hidden(world, who, shown.feed, now)


def _says_nothing_of_what_is_hidden(world: World, who: str, feed, now: datetime) -> None:
    """That an entry corrects another is said only where both may be read."""
    readable = may_read(world, who, now)
    for line in (*feed.affects, *feed.also):
        change = line.change
        assert change.statement is None or change.statement in readable
        assert change.answers <= readable
        if change.kind in ("correction", "withdrawal", "dispute"):
            links = StatementLink.objects.filter(source=change.statement, target__in=readable)
            assert links.exists()


def test_reading_many_families_is_reading_each(world: World):
    """`visible_filings` is `visible_to`, for every sort of reader."""
    made: list[UUID] = []
    for who in sorted(SPEAKERS):
        do(world, ("record", who, ["social_care", "gp"], "observation"), made)
    now = datetime.now(UTC) + timedelta(hours=1)
    for who in (*READERS, "admin", "mina"):
        actor = world.actors[who]
        ties = ties_to(world.case, actor, now=now)
        many = visible_filings({world.case: ties}, actor, now=now)
        one = visible_to(world.case, actor, ties, now=now)
        assert set(many.values_list("statement", flat=True)) == set(
            one.values_list("id", flat=True)
        )
        assert not visible_filings({uuid4(): ties}, actor, now=now).exists()
