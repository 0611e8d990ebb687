"""People known in two families: existence and whom to ring for those entitled, and every step audited.

family C (Okafor)   father ~ Dean   family D (Marsh)   Dean's son ~ Kit   family E (Lowe)
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from uuid import UUID, uuid4

import pytest

from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.network.models import PersonLink
from goldenthread.records.people.models import Person
from goldenthread.usecases.network.linked_families import (
    CannotLink,
    NotFoundHere,
    has_been_judged,
    link_people,
    linked_families,
)
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.people import set_up
from tests.families.world import NOW, World, build_world, key

SAME, DIFFERENT, UNSURE = SamePerson.SAME, SamePerson.DIFFERENT, SamePerson.UNSURE


@pytest.fixture
def world(record: str) -> World:
    """Priya works with C and D; Tom with D and E; Ama and Dr Lund with C alone."""
    world = build_world()
    open_family(world, "D", "Marsh", {"dean": "father", "son": "child"}, ["priya", "tom"])
    open_family(world, "E", "Lowe", {"kit": "child"}, ["tom"])
    return world


def open_family(world: World, name: str, family_name: str, people: dict, team: list[str]) -> None:
    by = world.actors["priya"]
    roles = {"priya": "named_member", "tom": "allocated"}
    set_up.open_family(
        by,
        set_up.NewFamily(
            id=key(f"case {name}"),
            reference=f"GT-{name}",
            family_label=f"{family_name} family",
            opened_on=date(2024, 1, 1),
            legal_status="",
            members=tuple(
                set_up.NewMember(world.person(who), role, who.title(), family_name)
                for who, role in people.items()
            ),
            team=tuple(
                set_up.NewTeamMember(
                    uuid4(), key(f"practitioner {who}"), roles[who], date(2024, 1, 1)
                )
                for who in team
            ),
        ),
    )


def link(world: World, who: str = "priya", case: UUID | None = None, a="father", b="dean", **more):
    verdict, reason = more.get("verdict", SAME), more.get("reason", "Same date of birth.")
    return link_people(
        world.actors[who], case or world.case, world.person(a), world.person(b), verdict, reason,
        now=NOW,
    )  # fmt: skip


def walk(world: World, who: str, person: str = "father", degrees: int = 1, case=None):
    return linked_families(
        world.actors[who], case or world.case, world.person(person), degrees, now=NOW
    )


def test_a_member_of_the_team_sees_that_a_link_exists_and_whom_to_ring(world: World):
    link(world)

    (seen,) = walk(world, "ama")

    assert (seen.ring_name, seen.ring_agency) == ("Tom Hale", "Fenwick Police")
    assert (seen.verdict, seen.degree, seen.may_be_opened) == ("same", 1, False)
    assert "Marsh" not in str(seen)
    assert "GT-D" not in str(seen)
    assert "Dean" not in str(seen)


def test_whoever_may_open_both_families_is_told_which_it_is(world: World):
    link(world)

    (seen,) = walk(world, "priya")

    assert (seen.case, seen.reference) == (key("case D"), "GT-D")


def test_a_colleague_who_is_not_of_the_team_and_a_stranger_see_nothing(world: World):
    link(world)

    for who in ("sam", "tom", "admin"):
        with pytest.raises(NotFoundHere):
            walk(world, who)
    assert read_network(world.actors["sam"], world.case, Viewpoint(NOW), now=NOW).elsewhere == ()
    assert events_of_case(world.case)[1].rule == "administrator-holds-no-content"


def test_the_network_page_names_the_same_links(world: World):
    link(world, verdict=UNSURE)

    shown = read_network(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)

    assert shown.elsewhere == walk(world, "ama")
    assert shown.elsewhere[0].verdict == "unsure"


def test_a_walk_goes_on_only_through_families_the_reader_is_a_member_of(world: World):
    link(world)
    link(world, who="tom", case=key("case D"), a="son", b="kit")

    through_d = walk(world, "priya", degrees=2)
    stopped_at_d = walk(world, "ama", degrees=2)

    assert [(s.degree, s.reference, s.through) for s in through_d] == [
        (1, "GT-D", ""), (2, "", "GT-D"),
    ]  # fmt: skip
    assert [s.degree for s in stopped_at_d] == [1]
    assert walk(world, "priya", degrees=1) == through_d[:1]
    assert len(walk(world, "priya", degrees=99)) == 2


def test_every_step_is_audited_on_the_family_it_reaches(world: World):
    link(world)
    walk(world, "ama")

    step = events_of_case(key("case D"))[0]
    assert (step.action, step.outcome, step.rule) == ("follow_link", "mask", "link-exists-only")
    assert step.practitioner == world.actors["ama"].practitioner
    assert events_of_case(world.case)[0].action == "follow_link"


def test_a_later_verdict_stands_in_for_an_earlier_one_and_nothing_is_merged(world: World):
    people = Person.objects.count()
    assert link(world)
    assert not link(world)
    assert link(world, verdict=DIFFERENT, reason="Different birth dates.")

    assert walk(world, "ama") == ()
    assert (PersonLink.objects.count(), Person.objects.count()) == (2, people)
    link(world, verdict=UNSURE, reason="Papers may be mixed up.")
    assert [s.verdict for s in walk(world, "ama")] == ["unsure"]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"verdict": "perhaps"}, "same person"),
        ({"reason": " "}, "makes you think so"),
        ({"b": "father"}, "already"),
    ],
)
def test_a_verdict_needs_two_people_and_a_reason(world: World, more: dict, says: str):
    with pytest.raises(CannotLink, match=says):
        link(world, **more)


def test_only_a_member_of_both_teams_may_link(world: World):
    with pytest.raises(NotFoundHere) as not_in_d:
        link(world, who="ama")
    with pytest.raises(NotFoundHere) as nobody:
        link(world, b="nobody at all")
    with pytest.raises(NotFoundHere):
        link(world, who="sam")
    with pytest.raises(NotFoundHere):
        link(world, who="tom")

    assert not_in_d.value.reason == nobody.value.reason
    assert not PersonLink.objects.exists()


def test_somebody_listed_in_two_families_under_one_row_is_known_in_both(world: World):
    from goldenthread.records.people.models import CaseMember

    CaseMember.objects.create(
        id=uuid4(), case_id=key("case D"), person_id=world.person("ruth"), role="aunt"
    )

    (seen,) = walk(world, "ama", "ruth")
    assert asdict(seen)["verdict"] == "same"


def test_whether_anybody_has_judged_is_asked_before_a_judgement_is_repeated(world: World):
    def judged(who: str = "priya") -> bool:
        a, b = world.person("father"), world.person("dean")
        return has_been_judged(world.actors[who], world.case, a, b, now=NOW)

    assert not judged()
    link(world, verdict=DIFFERENT)
    assert judged()
    for who in ("ama", "sam", "tom"):
        with pytest.raises(NotFoundHere):
            judged(who)
