"""The database refuses bad claims, households, answers and links, and any change to them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.network import models
from goldenthread.records.people.models import Person
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

KEPT = ["network_household", "network_claim", "network_gapanswer", "network_personlink"]


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    entry = world.entry("health_visiting", "Seen at home.", id=key("entry"))
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    insert("network_household", household(world))
    return world


def household(world: World, **change) -> dict:
    return {
        "id": key("nan's"),
        "case_id": world.case,
        "name": "Nan’s",
        "nature": "home",
        "agency_id": world.agency("health_visiting"),
        "recorded_by_id": world.actors["ama"].account,
        **change,
    }


def claim(world: World, **change) -> dict:
    return {
        "id": uuid4(),
        "statement_id": key("entry"),
        "kind": "parent",
        "nature": "birth",
        "person_id": world.person("ruth"),
        "other_id": world.person("ada"),
        "household_id": None,
        "agency_id": None,
        "happened": "XXXX-XX-XX",
        "happened_from_min": None,
        "happened_to_max": None,
        "polarity": "asserts",
        "status": "",
        "days": [],
        "nights": [],
        "words": "",
        "recorded_by_id": world.actors["ama"].account,
        **change,
    }


def answer(world: World, **change) -> dict:
    return {
        "id": uuid4(),
        "case_id": world.case,
        "gap": "father-unknown:1",
        "question": "Who is Ada’s father?",
        "about": [],
        "outcome": "explained",
        "words": "Ruth used a donor.",
        "statement_id": None,
        "owner_id": None,
        "due": None,
        "asked_on": None,
        "agency_id": world.agency("health_visiting"),
        "answered_by_id": world.actors["ama"].account,
        **change,
    }


def link(world: World, **change) -> dict:
    a, b = sorted([world.person("ruth"), world.person("father")])
    return {
        "id": uuid4(),
        "a_id": a,
        "b_id": b,
        "verdict": "unsure",
        "reason": "Same name.",
        "agency_id": world.agency("health_visiting"),
        "recorded_by_id": world.actors["ama"].account,
        **change,
    }


def insert(table: str, row: dict) -> None:
    """Insert past every rule of ours, as the web role could: only the database stands in the way."""
    names = ", ".join(row)
    marks = ", ".join("%s::smallint[]" if name in ("days", "nights") else "%s" for name in row)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))


LIVES = {"kind": "lives_at", "nature": "lives", "other_id": None, "household_id": key("nan's")}
CARES = {"kind": "cares_for", "nature": "nights"}
NEED = {"kind": "need", "nature": "mental_health", "other_id": None}
HARM = {"kind": "harm", "nature": "physical", "status": "alleged"}


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"kind": "rumour"}, "claim_kind_is_known"),
        ({"nature": "married"}, "claim_nature_fits_its_kind"),
        ({"kind": "couple"}, "claim_nature_fits_its_kind"),
        ({"polarity": "perhaps"}, "claim_polarity_is_known"),
        ({"other_id": None}, "claim_names_the_people_its_kind_needs"),
        ({**CARES, "other_id": None}, "claim_names_the_people_its_kind_needs"),
        ({**NEED, "other_id": key("person ada")}, "claim_names_the_people_its_kind_needs"),
        ({"other_id": key("person ruth")}, "claim_people_differ"),
        ({**LIVES, "household_id": None}, "claim_of_living_names_a_household"),
        ({"household_id": key("nan's")}, "claim_of_living_names_a_household"),
        ({"kind": "involvement", "nature": "steady", "other_id": None},
         "claim_of_involvement_names_an_agency"),
        ({"agency_id": key("agency gp")}, "claim_of_involvement_names_an_agency"),
        ({**HARM, "status": ""}, "claim_of_harm_has_a_status"),
        ({**HARM, "status": "surely"}, "claim_of_harm_has_a_status"),
        ({"status": "alleged"}, "claim_of_harm_has_a_status"),
        ({**CARES, "nights": [0]}, "claim_weekdays_are_days_of_a_week"),
        ({**CARES, "days": [1, 8]}, "claim_weekdays_are_days_of_a_week"),
        ({"days": [1]}, "claim_weekdays_belong_to_care_or_a_home"),
        ({**NEED, "nature": "other"}, "claim_of_another_need_says_which"),
        ({"happened_from_min": "2026-03-15", "happened_to_max": "2026-03-14"},
         "claim_begins_before_it_ends"),
    ],
)  # fmt: skip
def test_a_bad_claim_is_refused(world: World, change: dict, constraint: str):
    with pytest.raises(IntegrityError, match=constraint):
        insert("network_claim", claim(world, **change))


@pytest.mark.parametrize(
    "change",
    [
        {},
        LIVES,
        {**LIVES, "nights": [1, 2, 3]},
        {**CARES, "nights": [5, 6, 7], "days": [1]},
        NEED,
        HARM,
        {**HARM, "polarity": "denies"},
        {"kind": "network", "nature": "lodger", "other_id": None},
        {"kind": "network", "nature": "friend"},
        {
            "kind": "involvement",
            "nature": "steady",
            "other_id": None,
            "agency_id": key("agency gp"),
        },
    ],
)
def test_a_claim_with_what_its_kind_needs_is_kept(world: World, change: dict):
    insert("network_claim", claim(world, **change))

    assert models.Claim.objects.count() == 1


@pytest.mark.parametrize(
    ("table", "row", "change", "constraint"),
    [
        ("network_household", household, {"nature": "castle"}, "household_nature_is_known"),
        ("network_household", household, {"name": ""}, "household_has_a_name"),
        ("network_gapanswer", answer, {"outcome": "forgotten"}, "gap_answer_outcome_is_known"),
        ("network_gapanswer", answer, {"gap": ""}, "gap_answer_names_its_gap"),
        ("network_gapanswer", answer, {"question": ""}, "gap_answer_names_its_gap"),
        ("network_gapanswer", answer, {"words": ""}, "gap_answer_says_something"),
        ("network_gapanswer", answer, {"outcome": "taken_on"},
         "gap_answer_still_open_has_owner_and_date"),
        ("network_gapanswer", answer,
         {"outcome": "carried_to_supervision", "owner_id": key("practitioner ama")},
         "gap_answer_still_open_has_owner_and_date"),
        ("network_gapanswer", answer, {"outcome": "asked_refused"},
         "gap_answer_refused_says_when_asked"),
        ("network_personlink", link, {"verdict": "perhaps"}, "person_link_verdict_is_known"),
        ("network_personlink", link, {"reason": ""}, "person_link_gives_a_reason"),
    ],
)  # fmt: skip
def test_what_lacks_a_part_is_refused(world: World, table, row, change: dict, constraint: str):
    with pytest.raises(IntegrityError, match=constraint):
        insert(table, row(world, id=uuid4(), **change))


def test_a_pair_of_people_is_linked_one_way_round_and_never_with_itself(world: World):
    right = link(world)
    with pytest.raises(IntegrityError, match="person_link_is_in_order"):
        insert("network_personlink", {**right, "a_id": right["b_id"], "b_id": right["a_id"]})
    with pytest.raises(IntegrityError, match="person_link_is_in_order"):
        insert("network_personlink", {**right, "b_id": right["a_id"]})


@pytest.mark.parametrize("column", ["gender", "loss"])
def test_a_person_has_a_gender_and_a_loss_we_have_words_for(world: World, column: str):
    with transaction.atomic(), pytest.raises(IntegrityError, match=f"person_{column}_is_known"):
        Person.objects.filter(id=world.person("ada")).update(**{column: "other"})


def rows_of_every_table(world: World) -> None:
    insert("network_claim", claim(world))
    insert("network_gapanswer", answer(world))
    insert("network_personlink", link(world))


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_even_the_owner_may_not_change_what_was_kept(world: World, table: str, statement: str):
    rows_of_every_table(world)

    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("table", KEPT)
def test_the_database_dates_the_row_and_takes_no_other_date(world: World, table: str):
    rows_of_every_table(world)
    row = {
        "network_household": household, "network_claim": claim, "network_gapanswer": answer,
        "network_personlink": link,
    }[table](world, id=uuid4(), recorded_at="2001-01-01")  # fmt: skip

    insert(table, row)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(recorded_at) FROM {table}")
        assert cursor.fetchone()[0].year > 2001


def test_a_kept_layout_can_be_thrown_away(world: World):
    models.KeptLayout.objects.create(
        id=uuid4(), case_id=world.case, scope="everything", digest="0" * 64, version="1",
        asked_at=NOW,
    )  # fmt: skip

    assert models.KeptLayout.objects.all().delete()[0] == 1
