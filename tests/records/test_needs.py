"""The database keeps needs and adjustments as they were said, and refuses bad rows and any change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world, key

KEPT = [
    "needs_profile",
    "needs_profilefrom",
    "needs_profileanswer",
    "needs_profilestrength",
    "needs_profileeffect",
    "needs_adjustment",
    "needs_agreedtotell",
    "needs_delivery",
]
DIGEST = "a" * 64
DAY = "2026-03-12"


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    for name in ("profile", "again", "adjustment", "ended", "visit"):
        entry = world.entry("health_visiting", f"About Ruth: {name}.", id=key(name))
        record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return world


def profile(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "adult_id": key("person ruth"),
        "statement_id": key("profile"), "how_to_work_with_me": "Ring first.", "diagnosis": "",
        "wishes_diagnosis": False, "advocate": "not_asked", "advocate_words": "", "digest": DIGEST,
        "written_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def earlier(of: dict, **said: object) -> dict:
    return {"id": uuid4(), "profile_id": of["id"], "earlier_id": of["id"], **said}


def answer(of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "profile_id": of["id"], "area": "reading", "answer": "said",
        "words": "The words swim.", "voice": "own", "said_by": "", "how_known": "told",
        "makes_hard": ["reading"], **said,
    }  # fmt: skip


def strength(of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "profile_id": of["id"], "position": 1, "words": "I ring when I worry.",
        "voice": "own", "said_by": "", **said,
    }  # fmt: skip


def effect(of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "profile_id": of["id"], "position": 1, "answer": "affects",
        "words": "Up all night.", "sign_of_worsening": "", "who_notices": "", "who_acts": "",
        "crisis_contact": "", "children_then": "", "source": "", **said,
    }  # fmt: skip


def adjustment(world: World, **said: object) -> dict:
    return {
        "id": uuid4(), "case_id": world.case, "adult_id": key("person ruth"),
        "statement_id": key("adjustment"), "agreed_by": "Ruth and Ama", "from_on": DAY,
        "settings": ["visits"], "helps_with": ["reading"], "ended": False, "digest": DIGEST,
        "written_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def agreed(world: World, of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "adjustment_id": of["id"], "answer": "said_yes", "asked_on": DAY,
        "recorded_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def delivery(world: World, of: dict, **said: object) -> dict:
    return {
        "id": uuid4(), "adjustment_id": of["id"], "contact_id": key("visit"),
        "agency_id": world.agency("health_visiting"), "answer": "yes", "words": "",
        "recorded_by_id": world.actors["ama"].account, **said,
    }  # fmt: skip


def insert(table: str, row: dict) -> None:
    names = ", ".join(row)
    places = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", list(row.values()))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"advocate": "sometimes"}, "profile_advocate_is_known"),
        ({"digest": "short"}, "profile_digest_is_sha256"),
        ({"diagnosis": "Dyslexia"}, "profile_diagnosis_is_wished"),
    ],
)
def test_a_version_the_record_cannot_hold_is_refused(world: World, said, named):
    insert("needs_profile", profile(world, diagnosis="Dyslexia", wishes_diagnosis=True))

    with pytest.raises(IntegrityError, match=named):
        insert("needs_profile", profile(world, statement_id=key("again"), **said))


def test_a_version_has_an_entry_of_its_own(world: World):
    insert("needs_profile", profile(world))

    with pytest.raises(IntegrityError, match="needs_profile_statement_id"):
        insert("needs_profile", profile(world))


def test_a_version_is_written_from_others_and_never_from_itself(world: World):
    one = profile(world)
    two = profile(world, statement_id=key("again"))
    insert("needs_profile", one)
    insert("needs_profile", two)
    insert("needs_profilefrom", earlier(two, earlier_id=one["id"]))

    with pytest.raises(IntegrityError, match="profile_is_written_from_a_version_once"):
        insert("needs_profilefrom", earlier(two, earlier_id=one["id"]))
    with pytest.raises(IntegrityError, match="profile_is_not_written_from_itself"):
        insert("needs_profilefrom", earlier(one))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({}, "area_is_answered_once"),
        ({"area": "mood"}, "area_is_known"),
        ({"area": "night", "answer": "maybe"}, "area_answer_is_known"),
        ({"area": "night", "voice": "nobody", "said_by": "x"}, "area_voice_is_known"),
        ({"area": "night", "makes_hard": ["flying"]}, "area_demands_are_known"),
        ({"area": "night", "how_known": "guessed"}, "area_how_known_is_known"),
        ({"area": "night", "words": "  "}, "area_need_says_something"),
        ({"area": "night", "answer": "none", "makes_hard": []}, "area_none_has_a_day"),
        ({"area": "night", "voice": "another"}, "area_says_whose_words"),
        ({"area": "night", "answer": "declined"}, "area_hard_goes_with_a_need"),
    ],
)
def test_an_answer_the_record_cannot_hold_is_refused(world: World, said, named):
    one = profile(world)
    insert("needs_profile", one)
    insert("needs_profileanswer", answer(one))

    with pytest.raises(IntegrityError, match=named):
        insert("needs_profileanswer", answer(one, **said))


@pytest.mark.parametrize(
    ("table", "of", "said", "named"),
    [
        ("needs_profilestrength", strength, {}, "strength_has_its_own_place"),
        (
            "needs_profilestrength",
            strength,
            {"voice": "nobody", "said_by": "x"},
            "strength_voice_is_known",
        ),
        ("needs_profilestrength", strength, {"words": " "}, "strength_says_something"),
        ("needs_profilestrength", strength, {"voice": "another"}, "strength_says_whose_words"),
        ("needs_profileeffect", effect, {"position": 2}, "effect_on_a_child_is_said_once"),
        ("needs_profileeffect", effect, {"answer": "perhaps"}, "effect_answer_is_known"),
        ("needs_profileeffect", effect, {"words": ""}, "effect_says_something"),
        (
            "needs_profileeffect",
            effect,
            {"answer": "no_known_effect", "source": "Her nurse"},
            "effect_none_has_a_source_and_a_day",
        ),
    ],
)
def test_a_strength_or_an_effect_the_record_cannot_hold_is_refused(world, table, of, said, named):
    one = profile(world)
    insert("needs_profile", one)
    insert(table, of(one))

    with pytest.raises(IntegrityError, match=named):
        insert(table, of(one, **said))


def test_two_effects_stand_in_two_places(world: World):
    one = profile(world)
    insert("needs_profile", one)
    insert("needs_profileeffect", effect(one))

    with pytest.raises(IntegrityError, match="effect_has_its_own_place"):
        insert("needs_profileeffect", effect(one, child_id=key("person ada")))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"settings": ["cafes"]}, "adjustment_settings_are_known"),
        ({"settings": []}, "adjustment_says_where_it_is_used"),
        ({"helps_with": ["flying"]}, "adjustment_demands_are_known"),
        ({"agreed_by": " "}, "adjustment_says_who_agreed"),
        ({"ended": True}, "adjustment_ends_one_that_was"),
        ({"review_on": DAY}, "adjustment_review_comes_after"),
        ({"digest": ""}, "adjustment_digest_is_sha256"),
    ],
)
def test_an_adjustment_the_record_cannot_hold_is_refused(world: World, said, named):
    insert("needs_adjustment", adjustment(world))

    with pytest.raises(IntegrityError, match=named):
        insert("needs_adjustment", adjustment(world, statement_id=key("ended"), **said))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"answer": "perhaps"}, "agreement_is_known"),
        ({"answer": "said_no", "asked_on": None}, "agreement_has_the_day_it_was_asked"),
        ({"answer": "not_asked"}, "agreement_has_the_day_it_was_asked"),
    ],
)
def test_an_agreement_has_an_answer_and_the_day_it_was_asked(world: World, said, named):
    one = adjustment(world)
    insert("needs_adjustment", one)
    insert("needs_agreedtotell", agreed(world, one))

    with pytest.raises(IntegrityError, match=named):
        insert("needs_agreedtotell", agreed(world, one, **said))


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"answer": "often"}, "delivery_answer_is_known"),
        ({"answer": "no", "words": " "}, "delivery_not_made_says_why"),
    ],
)
def test_not_used_says_why(world: World, said, named):
    one = adjustment(world)
    insert("needs_adjustment", one)
    insert("needs_delivery", delivery(world, one))

    with pytest.raises(IntegrityError, match=named):
        insert("needs_delivery", delivery(world, one, **said))


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_what_was_said_never_changes(world: World, table, change):
    one, two = profile(world), profile(world, statement_id=key("again"))
    what = adjustment(world)
    rows = [
        ("needs_profile", one), ("needs_profile", two),
        ("needs_profilefrom", earlier(two, earlier_id=one["id"])),
        ("needs_profileanswer", answer(one)), ("needs_profilestrength", strength(one)),
        ("needs_profileeffect", effect(one)), ("needs_adjustment", what),
        ("needs_agreedtotell", agreed(world, what)), ("needs_delivery", delivery(world, what)),
    ]  # fmt: skip
    for name, row in rows:
        insert(name, row)

    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute(change.format(table))
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="is refused"):
        cursor.execute(change.format(table))


def test_the_day_a_version_was_kept_is_set_by_the_database(world: World):
    one = {**profile(world), "recorded_at": "2001-01-01T00:00:00Z"}
    insert("needs_profile", one)

    with connection.cursor() as cursor:
        cursor.execute("SELECT recorded_at FROM needs_profile")
        assert cursor.fetchone()[0].year > 2001
