"""Recording who is who to whom: allowed, refused, audited, asked twice; all or nothing."""

from __future__ import annotations

from uuid import uuid4

import pytest

from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.network.models import Claim, Household
from goldenthread.records.people.models import CaseMember, Person, StatementSubject
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network.record_claims import (
    CannotBeClaimed,
    Newcomer,
    NewHousehold,
    NoSuchAgency,
    NotAHousehold,
    NotDescribed,
    NotFoundHere,
    NothingClaimed,
    NotInThisFamily,
    NotYourAgency,
    Unknown,
    add_household,
    read_out_claims,
    record_claims,
)
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def parent(world: World, person: str = "ruth", other: str = "ada", **more) -> ProposedClaim:
    given = {"id": uuid4(), "kind": "parent", "nature": "birth", **more}
    return ProposedClaim(person=world.person(person), other=world.person(other), **given)


def record(world: World, claims, who: str = "ama", agency: str = "health_visiting", **more):
    entry = more.pop("entry", None) or world.entry(agency, "Ruth is Ada’s mother.")
    return record_claims(world.actors[who], world.case, entry, claims, now=NOW, **more)


def test_one_entry_carries_several_claims_and_is_about_everybody_they_name(world: World):
    entry = world.entry("health_visiting", "Ruth and Ada live at Nan’s.", about=("ada",))
    nans = NewHousehold(uuid4(), "Nan’s")
    stay = ProposedClaim(
        uuid4(), "lives_at", "lives", world.person("ruth"), household=nans.id,
        happened=parse_edtf("2026-03/.."), nights=(7, 6, 6),
    )  # fmt: skip

    record(world, [parent(world), stay], entry=entry, households=[nans])

    kept = {claim.kind: claim for claim in Claim.objects.all()}
    assert {claim.statement_id for claim in kept.values()} == {entry.id}
    assert (kept["lives_at"].happened, kept["lives_at"].nights) == ("2026-03/..", [6, 7])
    about = StatementSubject.objects.filter(statement=entry.id)
    assert set(about.values_list("person_id", flat=True)) == {
        world.person("ada"), world.person("ruth"),
    }  # fmt: skip


def test_asked_twice_it_is_recorded_once_and_audited_without_its_words(world: World):
    entry, claims = world.entry("health_visiting", "Ruth is Ada’s mother."), [parent(world)]

    first = record(world, claims, entry=entry)
    second = record(world, claims, entry=entry)

    assert (first.already, second.already) == (False, True)
    assert (Claim.objects.count(), Statement.objects.count()) == (1, 1)
    latest = [e for e in events_of_case(world.case) if e.detail == {"claims": 1}]
    assert [(e.action, e.outcome, e.resource) for e in latest] == [
        ("add_entry", "allow", str(entry.id))
    ]
    assert "mother" not in str(events_of_case(world.case))


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"nature": "married"}, "nature"),
        ({"polarity": "perhaps"}, "polarity"),
        ({"kind": "harm", "nature": "physical"}, "status"),
        ({"status": "alleged"}, "status"),
        ({"kind": "need", "nature": "strength"}, "other"),
        ({"kind": "lives_at", "nature": "lives"}, "household"),
        ({"kind": "involvement", "nature": "steady"}, "agency"),
        ({"days": (1,)}, "days"),
        ({"kind": "cares_for", "nature": "main", "nights": (8,)}, "days"),
        ({"happened": parse_edtf("2026-06-11")}, "happened"),
        ({"words": "x" * 2001}, "words"),
    ],
)
def test_a_claim_that_cannot_stand_is_refused_with_the_part_to_mend(world: World, more, part):
    with pytest.raises(CannotBeClaimed) as refused:
        record(world, [parent(world), parent(world, **more)])

    assert (1, part) in {(p.place, p.part) for p in refused.value.problems}
    assert not Statement.objects.exists(), "the entry is recorded with its claims or not at all"


def test_every_problem_is_named_at_once(world: World):
    bad = ProposedClaim(uuid4(), "harm", "unkind", world.person("ruth"), days=(9,))

    with pytest.raises(CannotBeClaimed) as refused:
        record(world, [bad])

    assert {p.part for p in refused.value.problems} == {"nature", "other", "status", "days"}


def test_strangers_to_the_family_their_homes_and_unknown_agencies_are_refused(world: World):
    ruth = world.person("ruth")
    with pytest.raises(NotInThisFamily, match="people"):
        record(world, [parent(world, other="nobody here")])
    with pytest.raises(NotInThisFamily, match="households"):
        record(world, [ProposedClaim(uuid4(), "lives_at", "lives", ruth, household=uuid4())])
    with pytest.raises(NoSuchAgency):
        record(world, [ProposedClaim(uuid4(), "involvement", "steady", ruth, agency=uuid4())])
    with pytest.raises(NothingClaimed):
        record(world, [])
    with pytest.raises(NotYourAgency):
        record(world, [parent(world)], agency="police")
    assert not Statement.objects.exists()


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_whoever_may_not_open_the_family_records_nothing_in_it(world: World, who: str):
    agency = {"tom": "police", "admin": "social_care"}[who]
    with pytest.raises(NotFoundHere):
        record(world, [parent(world)], who=who, agency=agency)
    with pytest.raises(NotFoundHere):
        add_household(world.actors[who], world.case, NewHousehold(uuid4(), "Nan’s"), now=NOW)

    assert events_of_case(world.case)[0].outcome == "deny"
    assert not Claim.objects.exists()
    assert not Household.objects.exists()


def test_people_and_households_join_with_the_claim_or_not_at_all(world: World):
    carl = Newcomer(
        uuid4(), "mother's partner", "Carl", "Dunn", born=parse_edtf("1994~"), gender="man"
    )
    man = Unknown(uuid4(), "Man with a grey van")
    couple = ProposedClaim(uuid4(), "couple", "together", world.person("ruth"), other=carl.id)

    with pytest.raises(NotInThisFamily):
        record(world, [couple, parent(world, other="nobody")], unknown=[carl, man])
    assert Person.objects.count() == 3

    record(world, [couple], unknown=[carl, man])
    kept = Person.objects.get(id=carl.id)
    assert (kept.given_name, kept.born, kept.gender, kept.is_identified) == (
        "Carl", "1994~", "man", True,
    )  # fmt: skip
    brought = CaseMember.objects.filter(person__in=[carl.id, man.id])
    assert {m.brought_by_id for m in brought} == {world.agency("health_visiting")}


@pytest.mark.parametrize(
    ("person", "says"),
    [
        (Newcomer(uuid4(), "uncle"), "called"),
        (Newcomer(uuid4(), "uncle", "x" * 201), "200 characters"),
        (Newcomer(uuid4(), "uncle", "Joe", gender="m"), "gender"),
        (Newcomer(uuid4(), "sibling", "Joe", loss="other"), "pregnancy"),
        (Newcomer(uuid4(), "x" * 101, "Joe"), "100 characters"),
        (Unknown(uuid4(), " "), "few words"),
    ],
)
def test_somebody_nobody_can_name_or_describe_is_refused(world: World, person, says: str):
    with pytest.raises(NotDescribed, match=says):
        record(world, [parent(world)], unknown=[person])


def test_a_household_is_added_once_under_a_name(world: World):
    ama, nans = world.actors["ama"], NewHousehold(uuid4(), " Nan’s ", "home")

    add_household(ama, world.case, nans, now=NOW)
    add_household(ama, world.case, nans, now=NOW)

    assert list(Household.objects.values_list("name", flat=True)) == ["Nan’s"]
    for name, nature in [("", "home"), ("x" * 201, "home"), ("Nan’s", "castle")]:
        with pytest.raises(NotAHousehold):
            add_household(ama, world.case, NewHousehold(uuid4(), name, nature), now=NOW)


def test_claims_are_read_out_of_an_own_entry_once(world: World):
    ama = world.actors["ama"]
    entry = world.entry("health_visiting", "Ruth came with her baby.")
    record_entry(ama, world.case, entry, now=NOW)
    claims = [parent(world)]

    assert read_out_claims(ama, world.case, entry.id, claims, now=NOW) == 1
    assert read_out_claims(ama, world.case, entry.id, claims, now=NOW) == 0

    assert Claim.objects.get().statement_id == entry.id
    assert Statement.objects.count() == 1


def test_nobody_reads_claims_out_of_what_another_agency_said_or_they_may_not_read(world: World):
    told = world.entry("health_visiting", "Her baby.", told={"social_care": "2026-03-20"})
    record_entry(world.actors["ama"], world.case, told, now=NOW)

    with pytest.raises(NotYourAgency):
        read_out_claims(world.actors["priya"], world.case, told.id, [parent(world)], now=NOW)
    with pytest.raises(NotFoundHere):
        read_out_claims(world.actors["lund"], world.case, told.id, [parent(world)], now=NOW)
    bad = parent(world, nature="married")
    with pytest.raises(CannotBeClaimed):
        read_out_claims(world.actors["ama"], world.case, told.id, [bad], now=NOW)


def test_a_correction_says_instead_what_is_so_in_one_movement(world: World):
    wrong = world.entry("health_visiting", "The father is Ada’s uncle.")
    record(world, [parent(world, "father", "ada")], entry=wrong)
    right = world.entry("health_visiting", "He is said to be the father.")
    claims = [parent(world, "father", "ada", nature="alleged")]
    ask = dict(reason="I asked again.", now=NOW)
    ama = world.actors["ama"]

    bad = [parent(world, nature="married")]
    with pytest.raises(CannotBeClaimed):
        answer_entry(ama, world.case, wrong.id, LinkKind.CORRECTS, right, claims=bad, **ask)
    assert Statement.objects.count() == 1
    answer_entry(ama, world.case, wrong.id, LinkKind.CORRECTS, right, claims=claims, **ask)
    again = answer_entry(ama, world.case, wrong.id, LinkKind.CORRECTS, right, claims=claims, **ask)

    assert again.already
    assert {(c.statement_id, c.nature) for c in Claim.objects.all()} == {
        (wrong.id, "birth"), (right.id, "alleged"),
    }  # fmt: skip
