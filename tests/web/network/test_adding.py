"""A relation added or put right in two steps: once, with its source, and nothing typed is lost."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.network.read_network import read_network
from goldenthread.web.kit.clock import now
from tests.web.network.conftest import address, signed_in

TOLD = {"how_known": "told", "informant_told": "Ruth Okafor", "lasts": "still", "began": "unknown"}


class Form:
    """The two steps of one draft, and what a person would send from each."""

    def __init__(self, world, who: str) -> None:
        self.client, self.world, self.draft = signed_in(world, who), world, uuid4()

    def send(self, step: str, **fields):
        place = address(self.world, "network_add", draft=self.draft, step=step)
        return self.client.post(place, {"screen": step, **fields}, follow=True)

    def what(self, person: str, relation: str, **more):
        who = {"person": str(self.world.person(person)) if person else "new"}
        return self.send("what", **{**who, "relation": relation, "text": "Ruth says so.", **more})

    def when(self, **more):
        return self.send("when", **{**TOLD, **more})


def claims_of(world, who: str = "priya"):
    at = now()
    return read_network(world.actors[who], world.case, Viewpoint(at), now=at).network.claims


def told(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_a_relation_is_recorded_once_with_its_source_and_period(world):
    form = Form(world, "priya")
    form.what("sam", "cares_for:shared", other=str(world.person("leo")), nights=["5", "7"])
    answers = {
        "began": "about", "began_on-month": "5", "began_on-year": "2026",
    }  # fmt: skip
    first, again = form.when(**answers), form.when(**answers)

    (made,) = [c for c in claims_of(world) if c.kind == "cares_for" and c.nature == "shared"]
    assert (made.person, made.other) == (str(world.person("sam")), str(world.person("leo")))
    assert made.nights == (5, 7)
    assert made.happened.edtf == "2026-05~/.."
    assert (made.source.how_known, made.source.informant) == ("told", "Ruth Okafor")
    assert "Added to the record" in told(first)
    assert "in the record already" in told(again)


def test_somebody_not_listed_joins_the_family_with_the_relation(world):
    form = Form(world, "priya")
    form.what(
        "", "couple:together", person_words="Ruth’s new partner", person_gender="man",
        person_given="Kit", other=str(world.person("ruth")),
    )  # fmt: skip
    form.when()

    at = now()
    people = read_network(world.actors["priya"], world.case, Viewpoint(at), now=at).network.people
    (kit,) = [one for one in people if one.name == "Kit"]
    assert (kit.role, kit.gender, kit.is_identified) == ("Ruth’s new partner", "man", True)


def test_somebody_without_a_name_is_a_person_too(world):
    form = Form(world, "priya")
    form.what("", "lives_at:visits", person_words="man in a red van", household="new",
              household_new="The caravan")  # fmt: skip
    form.when(began="on", **{"began_on-year": "2026"}, lasts="unknown")

    at = now()
    network = read_network(world.actors["priya"], world.case, Viewpoint(at), now=at).network
    assert any(p.description == "man in a red van" and not p.is_identified for p in network.people)
    assert any(home.name == "The caravan" for home in network.households)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Say what you know, in a sentence or more."),
        ({"relation": "couple:eloped"}, "Choose what they are."),
        ({"other": ""}, "Choose who."),
        ({"other": "new"}, "Say who they are to the family"),
        ({"relation": "lives_at:lives"}, "Choose the home"),
        ({"relation": "harm:physical"}, "Say how firmly the harm is established."),
        ({"relation": "need:other"}, "Say in a few words what this is."),
    ],
)
def test_what_is_missing_of_the_first_step_is_said_there_and_nothing_is_lost(
    world, fields, sentence
):
    form = Form(world, "priya")
    usual = {"other": str(world.person("ruth")), "detail": ""}

    page = form.what("sam", **{"relation": "couple:separated", **usual, **fields})

    assert sentence in told(page)
    assert "1 of 2" in told(page)
    assert str(world.person("sam")) in page.content.decode()


def test_one_person_is_not_related_to_themselves(world):
    page = Form(world, "priya").what("sam", "couple:together", other=str(world.person("sam")))

    assert "the same person twice" in told(page)


def test_what_the_record_refuses_is_said_on_the_form_and_nothing_is_lost(world):
    form = Form(world, "priya")
    long = "a very long remark " * 300
    form.what("sam", "cares_for:shared", other=str(world.person("leo")), detail=long)
    page = form.when()

    assert "Who, and what" in told(page)
    assert "characters" in told(page)
    assert long.strip() in page.content.decode()


def parent_claim(world, parent: str):
    return next(
        c for c in claims_of(world) if c.kind == "parent" and c.person == str(world.person(parent))
    )


def test_what_cannot_be_right_is_said_before_it_is_added_and_stays_on_the_page(world):
    network = address(world)
    form = Form(world, "priya")
    assert "cannot be right" not in told(form.client.get(network))

    # the wrong way round: a boy as his grandfather's father
    second = form.what("leo", "parent:birth", other=str(world.person("grandad")))
    assert "Look again before you add this" in told(second)
    assert "nobody can be their own ancestor" in told(second)
    added = form.when()

    page = told(added)
    assert "What cannot be right as it is recorded" in page
    assert "nobody can be their own ancestor" in page
    assert "Leo Hart is father of Joseph Okafor" in page  # what it rests on, each with its entry
    assert parent_claim(world, "leo").source.statement in added.content.decode()
    # it makes nobody related: what no drawing can hold is in no part of it
    assert "Partners who are related" not in page
    earlier = form.client.get(network, {"on": "10 June 2026"})
    assert "cannot be right" not in told(earlier)  # it was not known then


def test_putting_right_what_cannot_be_right_is_not_warned_of(world):
    form = Form(world, "priya")
    form.what("ada", "parent:birth", other=str(world.person("ruth")))
    assert "What cannot be right" in told(form.when())
    wrong = parent_claim(world, "ada")

    mend = Form(world, "priya")
    ruth_of_ada = {"other": str(world.person("ada")), "instead": wrong.id}
    assert "Look again" not in told(mend.what("ruth", "parent:birth", **ruth_of_ada))
    page = told(mend.when(reason="The wrong way round."))
    assert "What cannot be right" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"informant_told": ""}, "Say who told you. “Not known” will do."),
        ({"how_known": ""}, "Say how you know it"),
        ({"began": ""}, "Give the date, or choose “Not known”."),
        ({"lasts": ""}, "Say whether it is still so"),
        ({"began": "on", "began_on-year": "2090"}, "This date is in the future"),
        (
            {"began": "on", "began_on-year": "2024", "lasts": "ended", "ended_on-year": "2020"},
            "It ended before it began.",
        ),
    ],
)
def test_who_said_so_and_since_when_are_always_asked(world, fields, sentence):
    form = Form(world, "priya")
    form.what("sam", "couple:separated", other=str(world.person("ruth")))

    page = form.when(**fields)

    assert sentence in told(page)
    assert "2 of 2" in told(page)
    assert not [c for c in claims_of(world) if c.nature == "separated"]


def test_putting_one_relation_of_an_entry_right_says_the_others_again(world):
    lives = next(
        c for c in claims_of(world)
        if c.kind == "lives_at" and c.person == str(world.person("maureen"))
    )  # fmt: skip
    before = [c for c in claims_of(world) if c.still_counts]
    form = Form(world, "priya")
    form.what("maureen", "lives_at:lives", household=lives.household, instead=lives.id)
    page = form.when(began="on", **{"began_on-year": "2001"}, reason="She told me since when.")

    assert "Added to the record" in told(page)
    after = [c for c in claims_of(world) if c.still_counts]
    said = {(c.kind, c.nature, c.person, c.other, c.household) for c in before}
    assert said == {(c.kind, c.nature, c.person, c.other, c.household) for c in after}
    assert any(c.happened.edtf == "2001/.." for c in after)
    assert next(c for c in claims_of(world) if c.id == lives.id).source.standing == "corrected"


def test_another_agencys_relation_is_disputed_and_stays(world):
    stays = next(c for c in claims_of(world) if c.nature == "stays")
    form = Form(world, "priya")
    form.what("dean", "lives_at:stays", household=stays.household, instead=stays.id,
              polarity="denies")  # fmt: skip
    form.when(reason="Ruth says he does not stay.")

    kept = next(c for c in claims_of(world) if c.id == stays.id)
    assert kept.is_disputed
    assert kept.still_counts


def test_a_draft_of_a_relation_is_listed_and_carried_on_with(world):
    form = Form(world, "priya")
    form.what("sam", "couple:separated", other=str(world.person("ruth")))

    page = form.client.get("/drafts/")
    assert "A relation" in told(page)
    assert form.client.get(f"/drafts/{form.draft}/")["Location"].endswith("/what/")


@pytest.mark.parametrize("step", ["what", "when"])
def test_somebody_without_a_tie_cannot_open_the_form(world, step):
    world.actors["sam"] = world.actors["admin"]

    place = address(world, "network_add", draft=uuid4(), step=step)
    assert signed_in(world, "sam").get(place).status_code == 404
