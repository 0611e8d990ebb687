"""A file of a past case lived through: by whom, audited without content, and kept nowhere."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.risk.replay_file import HistoryRead, may_replay, replay_file
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def fact(id: str, on: date, agency: str, kind: str, people: tuple[str, ...], concern: str) -> Fact:
    return Fact(
        id=id, agency=agency, kind=kind, happened=on_day(on), known_from=on, people=people,
        concerns=frozenset({concern}), text="Canary of the case",
    )  # fmt: skip


READ = HistoryRead(
    facts=(
        fact("1", date(2024, 1, 10), "children_social_care", "referral", ("child",), "neglect"),
        fact("2", date(2024, 2, 1), "midwifery", "new_partner", ("child", "mother's partner"), "none"),
        fact("3", date(2024, 3, 1), "police", "contact", ("mother",), "none"),
    ),
    rows={},
    sentences=("Row 9 left out: it has no day at all, so it cannot be placed.",),
)  # fmt: skip


def replay(world: World, who: str = "ama", agency=AgencyKind.CHILDREN_SOCIAL_CARE, **more):
    return replay_file(world.actors[who], READ, agency, now=NOW, **more)


def events() -> list[AuditEvent]:
    return list(AuditEvent.objects.using("reader").filter(action="replay_file"))


@pytest.mark.parametrize("who", ["priya", "grace", "ama", "tom", "mina"])
def test_any_practitioner_may_and_it_is_audited_without_content(world: World, who):
    found = replay(world, who)

    (one,) = [
        d
        for d in found.replayed.differences
        if d.asking.raised.pattern == "new_adult_without_checks"
    ]
    assert one.together.on == date(2024, 2, 15)
    assert one.alone is None
    assert one.would_be_asked
    (event,) = events()
    assert event.detail == {"rows": 3, "left_out": 1}
    assert event.case is None


def test_an_account_administrator_may_not(world: World):
    with pytest.raises(NotFoundHere):
        replay(world, "admin")
    with pytest.raises(NotFoundHere):
        may_replay(world.actors["admin"])

    assert [event.outcome for event in events()] == ["deny"]


def test_nothing_of_it_is_kept(world: World):
    before = Statement.objects.count()

    replay(world)

    assert Statement.objects.count() == before


def test_each_agency_that_is_in_the_file_is_counted(world: World):
    found = replay(world)

    assert [kind.value for kind, _ in found.asked_of_each] == [
        "children_social_care", "police", "midwifery",
    ]  # fmt: skip


def test_it_stops_when_there_is_no_more_time_and_counts_nobody(world: World):
    found = replay(world, is_over=lambda: True)

    assert found.replayed.stopped_on == date(2024, 1, 10)
    assert found.asked_of_each == ()


def test_it_asks_by_the_patterns_that_hold_and_by_no_clock(world: World):
    later = datetime(2030, 1, 1, tzinfo=NOW.tzinfo)

    assert replay(world).replayed == replay_file(
        world.actors["ama"], READ, AgencyKind.CHILDREN_SOCIAL_CARE, now=later
    ).replayed  # fmt: skip
