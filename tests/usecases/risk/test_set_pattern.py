"""A partnership sets when a pattern asks: allowed, refused, audited, once, and never lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.shared.instants import day_of
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.risk.versions import versions_of
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access.families import families_of, who_may_open
from goldenthread.usecases.risk.in_force import patterns_in_force
from goldenthread.usecases.risk.read_handbook import read_handbook, read_pattern
from goldenthread.usecases.risk.set_pattern import (
    NothingChanged,
    PatternNotSet,
    Proposed,
    SetMeanwhile,
    preview_pattern,
    set_pattern,
)
from goldenthread.usecases.risk.shipped import shipped_patterns
from tests.families.world import World, build_world

KEY = "new_adult_without_checks"


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def now() -> datetime:
    """The database dates a decision itself, so this clock is the real one."""
    return datetime.now(UTC)


def proposed(
    reason="Ten working days are fourteen days; ours is a week.", holds_from="", **numbers
):
    return Proposed({part: str(n) for part, n in numbers.items()}, reason, holds_from)


def decide(world: World, now: datetime, what: Proposed, *, who="mina", based_on=1, id=None):
    return set_pattern(
        world.actors[who], KEY, what, id=id or uuid4(), based_on=based_on, now=now
    )  # fmt: skip


def in_force(now: datetime):
    return next(one for one in patterns_in_force(now) if one.key == KEY)


def events(action="set_pattern"):
    return list(AuditEvent.objects.using("reader").filter(action=action).order_by("recorded_at"))


def test_nothing_is_set_and_the_shipped_patterns_hold(world: World, now):
    assert patterns_in_force(now) == shipped_patterns()


def test_a_decision_holds_at_once_with_its_author_and_reason(world: World, now):
    assert decide(world, now, proposed(grace=7)) == 2

    pattern = in_force(now + timedelta(seconds=1))
    assert (pattern.version, pattern.shape.grace) == (2, 7)
    assert in_force(now - timedelta(seconds=1)).version == 1
    (version, ships) = read_pattern(world.actors["ama"], KEY, now=now).versions
    assert (version.number, version.holds, version.changed) == (2, True, (("grace", 14, 7),))
    assert version.decided.set_by_name == "Mina Rao"
    assert version.decided.reason.startswith("Ten working days")
    assert (ships.number, ships.decided, ships.holds) == (1, None, False)


def test_every_other_pattern_stays_as_it_ships(world: World, now):
    decide(world, now, proposed(grace=7))

    others = {one.key: one for one in patterns_in_force(now) if one.key != KEY}
    assert others == {one.key: one for one in shipped_patterns() if one.key != KEY}


def test_a_decision_for_a_later_day_holds_from_then(world: World, now):
    later = day_of(now) + timedelta(days=30)
    decide(world, now, proposed(grace=7, holds_from=f"{later:%-d %B %Y}"))

    assert in_force(now).version == 1
    assert in_force(now + timedelta(days=31)).shape.grace == 7


def test_what_was_decided_last_counts_once_it_holds(world: World, now):
    later = day_of(now) + timedelta(days=30)
    decide(world, now, proposed(grace=7, holds_from=f"{later:%-d %B %Y}"))
    decide(world, now, proposed(grace=10), based_on=2)

    assert in_force(now).shape.grace == 10
    assert in_force(now + timedelta(days=31)).shape.grace == 10


def test_going_back_is_a_further_version(world: World, now):
    decide(world, now, proposed(grace=7))
    decide(world, now, proposed(grace=14, reason="Too early."), based_on=2)

    assert [one.version for one in versions_of(KEY)] == [2, 3]
    assert (in_force(now).version, in_force(now).shape.grace) == (3, 14)


def test_asked_twice_it_is_set_once(world: World, now):
    id = uuid4()

    assert decide(world, now, proposed(grace=7), id=id) == 2
    assert decide(world, now, proposed(grace=7), id=id) == 2

    assert len(versions_of(KEY)) == 1
    assert len(events()) == 1


@pytest.mark.parametrize("who", ["priya", "grace", "ama", "tom", "admin"])
def test_nobody_else_sets_one_and_that_is_audited(world: World, now, who):
    with pytest.raises(NotFoundHere):
        decide(world, now, proposed(grace=7), who=who)

    (event,) = events()
    assert (event.outcome, event.account) == ("deny", world.actors[who].account)
    assert versions_of(KEY) == []
    assert not read_handbook(world.actors[who], now=now).may_set


def test_the_audit_says_who_and_which_version_and_not_the_reason(world: World, now):
    decide(world, now, proposed(grace=7, reason="Canary in the reason"))

    (event,) = events()
    assert event.account == world.actors["mina"].account
    assert event.detail == {"pattern": KEY, "version": 2}
    assert "Canary" not in str(event.detail)


def test_whoever_sets_patterns_sees_no_family(world: World, now):
    assert families_of(world.actors["mina"], now=now) == []
    may_open = who_may_open(world.actors["priya"], world.case, now=now)
    assert "Mina Rao" not in str(may_open)
    assert "Sam Reed" in str(may_open)  # a colleague of the same agency


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ({"grace": "soon"}, "grace"),
        ({"grace": "-3"}, "grace"),
        ({"grace": "999999"}, "grace"),
        ({"fresh": "0"}, "fresh"),
        ({"reopens_after": "101"}, "reopens_after"),
        ({"grace": "400", "fresh": "30"}, ""),
    ],
)
def test_an_impossible_number_is_said_at_its_place_and_nothing_is_set(
    world: World, now, said, part
):
    with pytest.raises(PatternNotSet) as refused:
        decide(world, now, proposed(**said))

    assert list(refused.value.problems) == [part]
    assert refused.value.problems[part][0].isupper()
    assert KEY not in refused.value.reason
    assert versions_of(KEY) == []


@pytest.mark.parametrize(
    ("what", "part"),
    [
        (proposed(grace=7, reason="  "), "reason"),
        (proposed(grace=7, reason="x" * 2001), "reason"),
        (proposed(grace=7, holds_from="3 March 2020"), "holds_from"),
        (proposed(grace=7, holds_from="next week"), "holds_from"),
        (proposed(grace=7, holds_from="March 2030"), "holds_from"),
    ],
)
def test_a_reason_and_a_day_that_has_not_gone_by_are_needed(world: World, now, what, part):
    with pytest.raises(PatternNotSet) as refused:
        decide(world, now, what)

    assert list(refused.value.problems) == [part]


def test_the_numbers_that_hold_already_are_no_decision(world: World, now):
    with pytest.raises(NothingChanged):
        decide(world, now, proposed(grace=14))


def test_two_people_who_set_one_pattern_do_not_overwrite_each_other(world: World, now):
    decide(world, now, proposed(grace=7))

    with pytest.raises(SetMeanwhile):
        decide(world, now, proposed(grace=21), based_on=1)

    assert in_force(now).shape.grace == 7


def test_a_pattern_nobody_ships_cannot_be_set(world: World, now):
    with pytest.raises(NotFoundHere):
        set_pattern(
            world.actors["mina"], "no_such", proposed(grace=7), id=uuid4(), based_on=1, now=now
        )  # fmt: skip


def test_a_preview_says_which_examples_would_no_longer_hold(world: World, now):
    preview = preview_pattern(world.actors["mina"], KEY, proposed(grace=5), now=now)

    assert preview.changed == (("grace", 14, 5),)
    assert preview.examples.still_holds
    assert (preview.examples.asked_then - preview.examples.asked_now).days == -9
    assert [miss.but for miss in preview.examples.would_ask] == ["within the fortnight there is"]
    assert versions_of(KEY) == []


def test_a_preview_says_when_the_example_would_be_silent(world: World, now):
    preview = preview_pattern(world.actors["mina"], KEY, proposed(grace=60), now=now)

    assert not preview.examples.still_holds
    assert (preview.examples.asked_then - preview.examples.asked_now).days == 46
