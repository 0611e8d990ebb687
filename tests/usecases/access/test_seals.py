"""A seal outlasts whoever is named on it, and whoever oversees it is told of it in counts."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.models import SealName, SealNameEnd
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access import seal_record, who_sees
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.access.seal_record import CannotSeal
from goldenthread.usecases.access.seals_overseen import (
    CannotTakeOn,
    overdue_unnamed,
    seals_overseen,
    take_on_lost,
)
from goldenthread.usecases.accounts.handing_on import WorkKind, handing_on
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.what_needs_me import DueKind, what_needs_me
from tests.families import restricted
from tests.families.world import NOW, World, key
from tests.usecases.accounts.looking_after import left

BECAUSE = restricted.BECAUSE
LATE = NOW + timedelta(days=91)


@pytest.fixture
def world(record: str) -> World:
    return restricted.build_restricted()


def who(world: World, name: str):
    return world.actors[name].practitioner


def sealed(world: World, by: str, *named: str, kind: str = "high_risk", **more):
    id = uuid4()
    seal_record.seal_record(
        world.actors[by], world.case, kind=kind, reason=BECAUSE, id=id, now=NOW,
        named=[who(world, one) for one in named], **more,
    )  # fmt: skip
    return id


def ends(world: World, by: str, seal, whom: str, *, on=None, reason=BECAUSE, now=NOW) -> None:
    seal_record.end_name(
        world.actors[by], world.case, seal, who(world, whom), on=on, reason=reason, id=uuid4(),
        now=now,
    )  # fmt: skip


def hands(world: World, by: str, seal, to: str, *, now=NOW) -> None:
    seal_record.hand_over_seal(
        world.actors[by], world.case, seal, who(world, to), reason=BECAUSE, id=uuid4(), now=now
    )


def is_gone(name: str) -> None:
    Account.objects.using("owner").filter(id=key(f"account {name}")).update(is_active=False)


def due(world: World, name: str, now=NOW) -> int:
    found = what_needs_me(world.actors[name], now=now).due
    return sum(one.kind is DueKind.SEAL for one in found)


def opens(world: World, name: str, now=NOW) -> bool:
    return bool(families_of(world.actors[name], now=now))


@pytest.mark.parametrize(("by", "named"), [("priya", ()), ("priya", ("sam", "ama")), ("rosa", ())])
def test_a_family_is_not_sealed_for_one_or_for_nobody_who_oversees(world: World, by, named):
    with pytest.raises(CannotSeal, match="at least two people who can sign in"):
        sealed(world, by, *named)
    assert opens(world, "lund")


@pytest.mark.parametrize(("by", "named"), [("priya", ("grace",)), ("priya", ("ben",)),
                                           ("rosa", ("sam",))])  # fmt: skip
def test_a_lead_of_the_team_or_the_chair_among_two_is_enough(world: World, by, named):
    sealed(world, by, *named)
    assert opens(world, by) and opens(world, named[0]) and not opens(world, "lund")


def test_somebody_who_cannot_sign_in_does_not_count(world: World):
    is_gone("grace")
    with pytest.raises(CannotSeal, match="at least two people who can sign in"):
        sealed(world, "priya", "grace")


def test_an_adoption_names_only_those_of_the_councils_list(world: World):
    for other, name in (("ama", "Ama Boateng of Fenwick Health Visiting"), ("sam", "Sam Reed")):
        with pytest.raises(CannotSeal, match=f"cannot name {name}.*never made available"):
            sealed(world, "priya", "grace", other, kind="adoption")
    with pytest.raises(CannotSeal, match="Ben Ito"):
        sealed(world, "ben", "grace", kind="adoption")
    seal = sealed(world, "priya", "grace", "rosa", kind="adoption")
    with pytest.raises(CannotSeal, match="cannot name Ama Boateng"):
        seal_record.name_on_seal(
            world.actors["priya"], world.case, seal, who(world, "ama"), id=uuid4(), now=NOW
        )
    assert SealName.objects.count() == 3


def test_a_name_ends_on_a_day_for_a_reason_and_is_audited(world: World):
    seal = sealed(world, "priya", "grace", "sam")
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(CannotSeal, match="Say why"):
        ends(world, "priya", seal, "sam", reason=" ")
    with pytest.raises(CannotSeal, match="today or a day to come"):
        ends(world, "priya", seal, "sam", on=day_of(NOW - timedelta(days=1)))
    with pytest.raises(NotFoundHere):
        ends(world, "ama", seal, "sam")

    for _ in range(2):
        ends(world, "priya", seal, "sam", on=day_of(tomorrow))

    assert SealNameEnd.objects.count() == 1
    assert opens(world, "sam") and not opens(world, "sam", tomorrow)
    (row,) = who_sees.who_can_see(world.actors["grace"], world.case, now=NOW).seals
    assert row.until == {who(world, "sam"): day_of(tomorrow)}
    (row,) = who_sees.who_can_see(world.actors["grace"], world.case, now=tomorrow).seals
    assert set(row.named.values()) == {"Priya Nair", "Grace Obi"}
    kept = AuditEvent.objects.using("reader").filter(action="seal_record", outcome="allow")
    assert kept.latest("recorded_at").detail["step"] == "name ended"
    seal_record.name_on_seal(
        world.actors["priya"], world.case, seal, who(world, "sam"), id=uuid4(), now=tomorrow
    )
    assert opens(world, "sam", tomorrow)


def test_the_last_two_the_last_who_oversees_and_the_owner_stay(world: World):
    seal = sealed(world, "priya", "grace", "sam")
    with pytest.raises(CannotSeal, match="Priya Nair answers for it"):
        ends(world, "grace", seal, "priya")
    with pytest.raises(CannotSeal, match="at least two people"):
        ends(world, "priya", seal, "grace")  # the two left would oversee nothing
    ends(world, "priya", seal, "sam")
    with pytest.raises(CannotSeal, match="The last two names stay"):
        ends(world, "priya", seal, "grace")


def test_two_names_cannot_be_ended_one_after_the_other_before_their_days_come(world: World):
    seal = sealed(world, "priya", "grace", "sam")
    ends(world, "priya", seal, "sam", on=day_of(LATE))
    with pytest.raises(CannotSeal, match="The last two names stay"):
        ends(world, "priya", seal, "grace", on=day_of(LATE))


def test_a_seal_is_handed_over_and_its_review_goes_with_it(world: World):
    seal = sealed(world, "priya", "grace", "ama")
    near = NOW + timedelta(days=89)
    assert (due(world, "priya", near), due(world, "ama", near)) == (1, 0)
    with pytest.raises(CannotSeal, match="somebody who is named"):
        hands(world, "priya", seal, "sam")
    hands(world, "priya", seal, "ama")
    assert (due(world, "priya", near), due(world, "ama", near)) == (0, 1)
    ends(world, "grace", seal, "priya")
    assert not opens(world, "priya")


def test_a_seal_whose_owner_is_gone_is_due_to_everybody_it_names(world: World):
    seal = sealed(world, "priya", "grace", "ama")
    is_gone("priya")
    near = NOW + timedelta(days=89)
    assert due(world, "grace", near) == due(world, "ama", near) == 1
    ends(world, "grace", seal, "priya", now=near)  # whoever left holds no place on it
    hands(world, "grace", seal, "grace", now=near)
    assert (due(world, "grace", near), due(world, "ama", near)) == (1, 0)


def test_whoever_hands_on_somebodys_work_is_told_of_their_seals_where_they_are_named(world: World):
    seal = sealed(world, "priya", "grace", "sam")
    other = world.entry("social_care", "He shouts.", asserted_by=who(world, "priya"))
    record_entry(world.actors["priya"], world.case, other, now=NOW)
    restricted.seal(world, "priya", statement=other.id)
    left(world.actors["admin"], "priya", to="grace")
    [one] = handing_on(world.actors["grace"], now=NOW).left
    assert [(work.kind, work.key) for work in one.work] == [(WorkKind.SEAL, "")]
    assert due(world, "grace", NOW + timedelta(days=89)) == 1
    hands(world, "grace", seal, "grace")
    [one] = handing_on(world.actors["grace"], now=NOW).left
    assert one.work == ()


def test_a_late_review_is_due_to_the_chair_and_to_leads_by_count_where_they_are_not_named(world):
    sealed(world, "priya", "grace", "ama")
    assert (due(world, "grace", LATE), due(world, "ama", LATE)) == (1, 0)
    assert due(world, "rosa", LATE) == 0
    assert overdue_unnamed(world.actors["rosa"], now=LATE) == 1
    assert overdue_unnamed(world.actors["rosa"], now=NOW) == 0
    assert overdue_unnamed(world.actors["ben"], now=LATE) == 0  # another agency answers for it
    assert overdue_unnamed(world.actors["priya"], now=LATE) == 0
    restricted.conflict(world, "rosa")
    assert overdue_unnamed(world.actors["rosa"], now=LATE) == 0


def test_a_month_is_told_in_counts(world: World):
    seal = sealed(world, "priya", "grace", "sam", "rosa")
    ends(world, "priya", seal, "sam")
    seal_record.review_seal(
        world.actors["priya"], world.case, seal, reason=BECAUSE, id=uuid4(), now=NOW
    )
    now = SealNameEnd.objects.get().recorded_at  # rows are dated by the database
    found = seals_overseen(world.actors["rosa"], now=now)
    first = found.months[0]
    assert (first.made, first.gone_on, first.amended, first.lifted) == (1, 1, 1, 0)
    assert (found.standing, found.lost, len(found.months)) == (1, 0, 3)
    seal_record.lift_seal(
        world.actors["priya"], world.case, seal, reason=BECAUSE, id=uuid4(), now=NOW
    )
    found = seals_overseen(world.actors["rosa"], now=now)
    assert (found.standing, found.months[0].lifted) == (0, 1)
    for name in ("priya", "grace", "admin"):
        with pytest.raises(NotFoundHere):
            seals_overseen(world.actors[name], now=NOW)


def test_a_seal_that_nobody_named_can_lift_is_taken_on_by_the_lead(world: World):
    sealed(world, "priya", "grace")
    rosa = world.actors["rosa"]
    assert take_on_lost(rosa, reason=BECAUSE, id=uuid4(), now=NOW) == 0 and not opens(world, "rosa")
    is_gone("priya"), is_gone("grace")
    assert seals_overseen(rosa, now=NOW).lost == 1
    with pytest.raises(CannotTakeOn):
        take_on_lost(rosa, reason=" ", id=uuid4(), now=NOW)
    with pytest.raises(NotFoundHere):
        take_on_lost(world.actors["sam"], reason=BECAUSE, id=uuid4(), now=NOW)
    assert take_on_lost(world.actors["ben"], reason=BECAUSE, id=uuid4(), now=NOW) == 0

    assert take_on_lost(rosa, reason=BECAUSE, id=uuid4(), now=NOW) == 1

    assert opens(world, "rosa") and due(world, "rosa", LATE) == 1
    kept = AuditEvent.objects.using("reader").filter(case=world.case, action="look_after")
    assert kept.get().detail["step"] == "took on a seal that nobody could lift"


def test_a_lead_in_conflict_takes_on_nothing_and_is_told_of_nothing(world: World):
    sealed(world, "priya", "grace")
    is_gone("priya"), is_gone("grace")
    restricted.conflict(world, "rosa")
    found = seals_overseen(world.actors["rosa"], now=LATE)
    assert (found.standing, found.overdue, found.lost) == (0, 0, 0)
    assert take_on_lost(world.actors["rosa"], reason=BECAUSE, id=uuid4(), now=NOW) == 0
