"""Staff matched to people of the record: closed where it is strong, asked of a lead, told to nobody."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.interop.clock import now as the_present
from goldenthread.jobs.worker import run_waiting_jobs
from goldenthread.records.access.models import Conflict, ConflictEnd, StaffMatch, StaffMatchAnswer
from goldenthread.records.accounts.models import StaffDetail
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.access.conflicts import conflicts_to_look_after, in_conflict_with
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.access.match_staff import match_agency, match_everybody, match_one
from goldenthread.usecases.access.staff_matches import (
    CannotAnswerMatch,
    NotFoundHere,
    answer_match,
    matches_to_answer,
    matches_waiting,
)
from goldenthread.usecases.accounts.look_after import PostNotSet, PostTyped, StaffTyped
from goldenthread.usecases.audit.who_has_looked import Asked, who_has_looked
from goldenthread.usecases.people import set_up
from tests.families import addresses, restricted
from tests.families.world import World, key
from tests.looking import past_the_wall
from tests.usecases.accounts.looking_after import join

BORN = date(1988, 4, 2)


@pytest.fixture
def world(record: str) -> World:
    return restricted.build_restricted()


def hire(world: World, who: str, name: str, agency: str = "social_care", remit="practitioner"):
    """Somebody joins as an importer adds them: an account, and nothing else known of them."""
    one = set_up.NewPractitioner(
        id=key(f"practitioner {who}"), agency=world.agency(agency), name=name, role="Worker",
        remit=remit, account=key(f"account {who}"), email=f"{who}@example.org",
    )  # fmt: skip
    set_up.set_up_agencies(world.actors["admin"], [], [one])
    world.actors[who] = Actor(key(f"account {who}"), one.id, one.agency, remit)
    return one.id


def family_with(world: World, name: str, *members: set_up.NewMember, team: str = "priya") -> UUID:
    case = key(f"case {name}")
    one = set_up.NewTeamMember(
        key(f"team {name}"), key(f"practitioner {team}"), "allocated", date(2025, 12, 1)
    )
    set_up.open_family(
        world.actors["admin"],
        set_up.NewFamily(case, f"GT-{name}", name, date(2025, 12, 1), "", members, (one,)),
    )
    return case


def opens(world: World, who: str, case: UUID | None = None) -> bool:
    try:
        who_has_looked(world.actors[who], case or world.case, Asked(), now=the_present())
    except NotFoundHere:
        return False
    return True


def asked(world: World, lead: str = "rosa"):
    return matches_to_answer(world.actors[lead], now=the_present())


def test_a_namesake_without_a_part_is_kept_out_until_a_lead_answers(world: World):
    hire(world, "ruth", "Dr Ruth Okafor")
    assert opens(world, "ruth")

    assert [match_everybody(now=the_present()) for _ in range(2)] == [1, 0]

    assert not opens(world, "ruth")
    assert families_of(world.actors["ruth"], now=the_present()) == []
    (one,) = asked(world)
    assert (one.name, one.family.reference, one.person, one.is_closed) == (
        "Dr Ruth Okafor", "GT-0001", "Ruth Okafor, mother", True,
    )  # fmt: skip
    assert matches_waiting(world.actors["rosa"], now=the_present()) == [day_of(the_present())]
    # What nobody declared is on no list of conflicts.
    assert conflicts_to_look_after(world.actors["rosa"], now=the_present()) == []
    assert in_conflict_with(world.actors["rosa"], world.case, now=the_present()) == []


def test_what_it_answers_is_what_it_answers_where_there_is_no_such_family(world: World):
    hire(world, "ruth", "Ruth Okafor")
    match_everybody(now=the_present())

    said = []
    for case in (world.case, uuid4()):
        with pytest.raises(NotFoundHere) as refused:
            who_has_looked(world.actors["ruth"], case, Asked(), now=the_present())
        said.append(str(refused.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("answer", ["conflict", "released"])
def test_a_lead_answers_once(world: World, answer: str):
    hire(world, "ruth", "Ruth Okafor")
    match_everybody(now=the_present())
    rosa, now = world.actors["rosa"], the_present()
    (one,) = asked(world)

    for part, said, reason in (("answer", "perhaps", "x"), ("reason", answer, " ")):
        with pytest.raises(CannotAnswerMatch) as refused:
            answer_match(rosa, one.id, answer=said, reason=reason, id=uuid4(), now=now)
        assert refused.value.part == part
    answer_match(rosa, one.id, answer=answer, reason="Asked her manager.", id=uuid4(), now=now)
    with pytest.raises(NotFoundHere):
        answer_match(rosa, one.id, answer=answer, reason="Again.", id=uuid4(), now=now)

    assert opens(world, "ruth") is (answer == "released")
    assert asked(world) == []
    declared = conflicts_to_look_after(rosa, now=now)
    assert [row.family for row in declared] == (["GT-0001"] if answer == "conflict" else [])
    assert ConflictEnd.objects.count() == 1  # what the match closed by itself
    assert match_everybody(now=the_present()) == 0
    kept = AuditEvent.objects.using("reader").filter(resource=str(one.id), outcome="allow")
    assert {event.action for event in kept} == {"match_staff", "look_after"}


def test_nobody_who_works_with_the_family_loses_it_for_a_name_alone(world: World):
    hire(world, "ruth", "Ruth Okafor")
    case = family_with(
        world, "K", set_up.NewMember(key("k mother"), "mother", "Ruth", "Okafor"), team="ruth"
    )

    match_everybody(now=the_present())

    assert opens(world, "ruth", case)
    assert not opens(world, "ruth")
    assert sorted(one.is_closed for one in asked(world)) == [False, True]


def test_a_common_name_closes_nothing_and_is_asked_about(world: World):
    hire(world, "ruth", "Ruth Okafor")
    for n in range(2):
        family_with(world, f"K{n}", set_up.NewMember(key(f"k{n}"), "aunt", "Ruth", "Okafor"))

    match_everybody(now=the_present())

    assert opens(world, "ruth")
    assert [one.is_closed for one in asked(world)] == [False] * 3
    assert Conflict.objects.count() == 0


def test_a_date_of_birth_settles_it_even_for_whoever_works_with_the_family(world: World):
    who = hire(world, "ruth", "Ruth Okafor")
    StaffDetail.objects.create(
        id=uuid4(), practitioner_id=who, born=BORN, recorded_by_id=key("account admin")
    )
    other = on_day(BORN + timedelta(days=1))
    them = set_up.NewMember(key("k them"), "mother", "Ruth", "Okafor", born=on_day(BORN))
    nobody = set_up.NewMember(key("k not"), "aunt", "Ruth", "Okafor", born=other)
    case = family_with(world, "K", them, nobody, team="ruth")

    match_everybody(now=the_present())

    assert not opens(world, "ruth", case)
    assert {row.person_id for row in StaffMatch.objects.filter(case=case)} == {them.id}


def test_what_is_learnt_later_asks_again_and_a_weaker_match_does_not(world: World):
    who = hire(world, "ruth", "Ruth Okafor")
    born = set_up.NewMember(key("k them"), "mother", "Ruth", "Okafor", born=on_day(BORN))
    case = family_with(world, "K", born)
    match_everybody(now=the_present())
    for one in asked(world):
        answer_match(
            world.actors["rosa"], one.id, answer="released", reason="x", id=uuid4(),
            now=the_present(),
        )  # fmt: skip
    assert opens(world, "ruth", case)
    StaffDetail.objects.create(
        id=uuid4(), practitioner_id=who, born=BORN, recorded_by_id=key("account admin")
    )

    assert match_everybody(now=the_present()) == 1
    assert not opens(world, "ruth", case)
    assert match_everybody(now=the_present()) == 0


def test_only_families_their_agency_works_with_are_looked_into(world: World):
    hire(world, "ruth", "Ruth Okafor", agency="police")

    assert match_agency(world.agency("police"), now=the_present()) == 0


def test_who_has_declared_a_conflict_is_not_asked_about(world: World):
    hire(world, "ruth", "Ruth Okafor")
    restricted.conflict(world, "ruth")

    assert match_everybody(now=the_present()) == 0


def test_only_a_lead_to_whom_the_family_is_open_is_asked_and_never_of_themselves(world: World):
    hire(world, "ruth", "Ruth Okafor", remit="agency_lead")
    match_everybody(now=the_present())
    (one,) = asked(world)
    assert asked(world, "ruth") == [] == asked(world, "ben")
    for who in ("priya", "admin", "mina", "grace"):
        with pytest.raises(NotFoundHere):
            asked(world, who)
    for who in ("ruth", "ben", "admin"):
        with pytest.raises(NotFoundHere):
            answer_match(
                world.actors[who], one.id, answer="released", reason="x", id=uuid4(),
                now=the_present(),
            )  # fmt: skip

    restricted.seal(world, "priya", "grace")

    assert asked(world) == []
    assert not opens(world, "ruth")
    with pytest.raises(NotFoundHere):
        answer_match(
            world.actors["rosa"], one.id, answer="released", reason="x", id=uuid4(),
            now=the_present(),
        )  # fmt: skip


def test_a_person_the_lead_may_not_know_of_is_not_told_by_a_question(world: World):
    """The family stays closed to whoever was matched, and the lead learns of nobody by it."""
    hire(world, "dean", "Dean Marsh")
    man = set_up.NewMember(
        key("k man"), "lodger", "Dean", "Marsh", brought_by=world.agency("mental_health")
    )
    case = family_with(world, "K", man)
    match_everybody(now=the_present())

    assert StaffMatch.objects.count() == 1
    assert not opens(world, "dean", case)
    assert asked(world) == []


def test_whoever_joins_is_matched_and_the_administrator_is_told_nothing(world: World):
    typed = PostTyped("Ruth Okafor", "Duty social worker", "", "practitioner")
    who = join(world.actors["admin"], typed)
    assert StaffMatch.objects.count() == 0  # the administrator has their answer before it is asked

    run_waiting_jobs()

    assert [row.practitioner_id for row in StaffMatch.objects.all()] == [who]
    assert match_one(who, now=the_present()) == 0
    assert match_one(uuid4(), now=the_present()) == 0


def test_what_is_typed_of_whoever_joins_is_checked_and_kept_apart(world: World):
    typed = PostTyped("Ida Penrose", "Duty social worker", "", "practitioner")
    admin = world.actors["admin"]
    with pytest.raises(PostNotSet) as refused:
        join(admin, typed, known=StaffTyped("summer 1988", "ZZ"))
    assert set(refused.value.problems) == {"born", "postcode"}
    with pytest.raises(PostNotSet):
        join(admin, typed, known=StaffTyped("2 April 2025"))

    who = join(admin, typed, known=StaffTyped("2 April 1988", "zz1 9zz"))

    kept = StaffDetail.objects.get()
    assert (kept.practitioner_id, kept.born, kept.postcode) == (who, BORN, "ZZ19ZZ")
    told = AuditEvent.objects.using("reader").filter(account=admin.account)
    assert not any("1988" in str(one.detail) or "ZZ1" in str(one.detail) for one in told)


def test_the_database_holds_to_it(world: World):
    who = hire(world, "ruth", "Ruth Okafor")
    match_everybody(now=the_present())
    asked_of = StaffMatch.objects.get()
    told = {
        "conflict_is_declared_or_rests_on_a_match": lambda: Conflict.objects.create(
            id=uuid4(), practitioner_id=who, case_id=world.case, reason="x", by_themselves=False,
        ),
        "staff_match_is_answered_by_somebody_else": lambda: StaffMatchAnswer.objects.create(
            id=uuid4(), match=asked_of, practitioner_id=who, answer="released", reason="x",
            answered_by_id=who, recorded_by_id=key("account ruth"),
        ),
        "staff_match_is_asked_once": lambda: StaffMatch.objects.create(
            id=uuid4(), practitioner_id=who, case_id=world.case, person=asked_of.person,
            strength="name_alone", restricts=False,
        ),
        "staff_postcode_is_folded": lambda: StaffDetail.objects.create(
            id=uuid4(), practitioner_id=who, postcode="zz1 9zz",
            recorded_by_id=key("account admin"),
        ),
    }  # fmt: skip
    for constraint, act in told.items():
        with pytest.raises(IntegrityError, match=constraint), past_the_wall():
            act()
    with pytest.raises(DatabaseError), past_the_wall():
        StaffMatch.objects.update(restricts=False)


def lives_at(world: World, who: str, name: str, **more) -> None:
    practitioner = hire(world, who, name, **more)
    StaffDetail.objects.create(
        id=uuid4(), practitioner_id=practitioner, postcode="ZZ94QX",
        recorded_by_id=key("account admin"),
    )  # fmt: skip


@pytest.mark.parametrize("is_refuge", [False, True])
def test_a_postcode_is_compared_and_never_told_and_a_refuges_never_used(
    world: World, is_refuge: bool
):
    lives_at(world, "mo", "Mo Okafor")
    addresses.keep(
        world, people=frozenset({key("person father")}), is_hidden=is_refuge, acting_words=""
    )

    match_everybody(now=the_present())

    assert opens(world, "mo") is is_refuge
    told = asked(world)
    assert len(told) == (0 if is_refuge else 1)
    assert not any("postcode" in one.rests_on or "live" in one.rests_on for one in told)
