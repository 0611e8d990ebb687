"""An id is no knowledge: whoever was told nothing of somebody can neither name nor follow them.

Adult mental health alone knows of Zephyrine, his son Wisteria and their home (`hidden.py`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from goldenthread.domain.provenance.statement import Subject
from goldenthread.interop.genealogy.of_family import genogram_of_family
from goldenthread.records.access.models import TeamMember
from goldenthread.records.network.models import Claim
from goldenthread.usecases._steps.make_claims import NotInThisFamily
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.audit.who_has_looked import Asked, who_has_looked
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network.linked_families import link_people, linked_families
from goldenthread.usecases.network.record_claims import Newcomer, NewHousehold, record_claims
from tests.families.hidden import AMBROSE, BOY, HOME, MAN, PEREGRINE, build
from tests.families.network import claim
from tests.families.world import NOW, World, key

NEVER = key("never")
HIS_NAME = Newcomer(MAN, "lodger", "Zephyrine", "Quillfeather")
ITS_NAME = NewHousehold(HOME, "marrowbone house")


@pytest.fixture
def world(record: str) -> World:
    return build(with_it=True)


def says(world: World, *, person: UUID | None = None, home: UUID | None = None, **more) -> UUID:
    """What Ama records of Ruth and somebody, or of where Ruth lives."""
    kind = ("lives_at", "stays") if home else ("network", "friend")
    one = claim(world, *kind, "ruth", household=home)
    entry = world.entry("health_visiting", "x", "", about=("ruth",), how_known="saw")
    one = replace(one, id=uuid4(), other=person)
    record_claims(world.actors["ama"], world.case, entry, [one], now=NOW, **more)
    return one.id


@pytest.mark.parametrize("ids", [{"person": MAN}, {"home": HOME}], ids=["person", "home"])
def test_whom_an_agency_was_told_nothing_of_it_names_like_nobody(world: World, ids):
    reasons = []
    for given in (ids, dict.fromkeys(ids, NEVER)):
        with pytest.raises(NotInThisFamily) as refused:
            says(world, **given)
        reasons.append(refused.value.reason)

    assert reasons[0] == reasons[1]


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        ({"person": MAN}, {"unknown": [HIS_NAME]}),
        ({"home": HOME}, {"households": [ITS_NAME]}),
    ],
    ids=["person", "home"],
)
def test_whoever_calls_them_by_their_whole_name_knows_of_them(world: World, ids, named):
    made = says(world, **ids, **named)

    assert Claim.objects.filter(id=made).exists()


@pytest.mark.parametrize(
    ("ids", "named"),
    [
        ({"person": MAN}, {"unknown": [replace(HIS_NAME, family_name="")]}),
        ({"home": HOME}, {"households": [replace(ITS_NAME, name="Marrowbone")]}),
    ],
    ids=["person", "home"],
)
def test_part_of_a_name_with_an_id_is_not_knowing_of_them(world: World, ids, named):
    with pytest.raises(NotInThisFamily):
        says(world, **ids, **named)


def test_an_entry_is_about_nobody_its_writer_was_told_nothing_of(world: World):
    about = replace(world.entry("health_visiting", "x"), subjects=(Subject(MAN),))
    with pytest.raises(NotInThisFamily):
        record_entry(world.actors["ama"], world.case, about, now=NOW)


def test_a_child_whom_another_agency_brought_is_not_listed_with_the_families(world: World):
    def listed(who: str) -> set[UUID]:
        lines = families_of(world.actors[who], now=NOW)
        return {child.person for line in lines for child in line.children}

    assert BOY in listed("lund") & listed("grace")
    assert not {BOY} & (listed("ama") | listed("priya") | listed("sam"))


@pytest.fixture
def joined(world: World) -> World:
    """Dr Lund brings Zephyrine to the Peregrine family too; Priya is of its team, untold of him."""
    TeamMember.objects.create(
        id=uuid4(), case_id=PEREGRINE, practitioner_id=key("practitioner priya"),
        role="named_member", from_on=date(2025, 1, 1),
    )  # fmt: skip
    there = Newcomer(key("person other"), "a friend", "Somebody", "Else")
    entry = world.entry("mental_health", "x", "", about=("other",), how_known="told")
    record_entry(world.actors["lund"], PEREGRINE, entry, now=NOW, unknown=[there])
    lund = world.actors["lund"]
    link_people(lund, world.case, world.person("ruth"), there.id, "same", "x", now=NOW)
    return world


def test_a_link_leads_into_a_family_only_where_its_reader_is_shown_the_person(joined: World):
    ruth = joined.person("ruth")

    theirs = linked_families(joined.actors["lund"], joined.case, ruth, 3, now=NOW)
    hers = linked_families(joined.actors["priya"], joined.case, ruth, 3, now=NOW)

    assert [one.reference for one in theirs] == ["GT-PEREGRINE"]
    assert [(one.case, one.reference, one.family_label) for one in hers] == [(None, "", "")]
    assert hers[0].ring_name, "that there is a link, and whom to ring, a member is told"


def test_the_trail_of_another_family_is_as_if_there_were_none(world: World):
    assert AMBROSE  # of the other family, which none of these three may open
    for who in ("ama", "priya", "sam"):
        with pytest.raises(NotFoundHere):
            who_has_looked(world.actors[who], PEREGRINE, Asked(), now=NOW)


def test_the_command_draws_what_its_account_may_see_and_refuses_alike(world: World):
    def drawn(who: str, reference: str = "GT-0001") -> str:
        return repr(genogram_of_family(reference, email=f"{who}@example.org"))

    assert "Zephyrine" in drawn("lund")
    for who in ("ama", "priya", "sam"):
        said = drawn(who)
        assert "Okafor" in said
        for hidden in ("Zephyrine", "Wisteria", "arrowbone", str(MAN), str(BOY), str(HOME)):
            assert hidden not in said
    reasons = set()
    for who, reference in (("tom", "GT-0001"), ("tom", "GT-NONE"), ("admin", "GT-0001"),
                           ("nobody", "GT-0001"), ("ama", "GT-PEREGRINE")):  # fmt: skip
        with pytest.raises(NotFoundHere) as refused:
            drawn(who, reference)
        reasons.add(refused.value.reason)
    assert len(reasons) == 1
