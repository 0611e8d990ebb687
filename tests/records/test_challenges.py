"""The database refuses a bad challenge, step or setting, and any change to one that is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from goldenthread.records.challenges.models import (
    AnswererVersion,
    Challenge,
    ChallengeEntry,
    ChallengePraise,
    ChallengeStep,
    LadderVersion,
)
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world

SEAL = "a" * 64


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def said(world: World, kind: str = "challenge", who: str = "ama") -> UUID:
    agency = {"ama": "health_visiting", "priya": "social_care"}[who]
    entry = world.entry(agency, "Words.", kind=kind)
    record_entry(world.actors[who], world.case, entry, now=NOW)
    return entry.id


def challenge(world: World, **more: object) -> Challenge:
    ama = world.actors["ama"]
    row = {
        "id": uuid4(), "case_id": world.case, "raised_by_id": ama.practitioner,
        "agency_id": ama.agency, "asked_of_id": world.agency("social_care"),
        "wanted": "Look again.", "why": "Nobody asked her.", "immediate_risk": False,
        "recorded_by_id": ama.account, "digest": SEAL, **more,
    }  # fmt: skip
    row["target_id"] = row.get("target_id") or said(world, "decision", "priya")
    row["statement_id"] = row.get("statement_id") or said(world)
    return Challenge.objects.create(**row)


def step(world: World, of: Challenge, **more: object) -> ChallengeStep:
    ama = world.actors["ama"]
    row = {
        "id": uuid4(), "challenge": of, "number": 1, "kind": "raised", "stage": 1,
        "stage_name": "One", "who": "Whoever decided", "days": 10, "unit": "working_days",
        "on": date(2026, 6, 10), "words": "Why.", "by_id": ama.practitioner,
        "agency_id": ama.agency, "recorded_by_id": ama.account, "digest": SEAL, **more,
    }  # fmt: skip
    if "statement_id" not in row:
        row["statement_id"] = said(world)
    return ChallengeStep.objects.create(**row)


def answered(**more: object) -> dict[str, object]:
    return {
        "number": 2,
        "kind": "answered",
        "days": None,
        "outcome": "stands",
        "effect": "None.",
        **more,
    }


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        ({"wanted": " \n"}, "challenge_says_what_is_wanted_and_why"),
        ({"why": ""}, "challenge_says_what_is_wanted_and_why"),
        ({"immediate_risk": True}, "challenge_at_immediate_risk_says_what_was_done"),
        ({"digest": "A" * 64}, "challenge_digest_is_sha256"),
    ],
)
def test_a_bad_challenge_is_refused_by_a_named_constraint(world, more, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        challenge(world, **more)


def test_a_challenge_is_of_something_else_and_carried_by_an_entry_of_its_own(world):
    one = challenge(world)

    with pytest.raises(IntegrityError, match="challenge_is_not_of_itself"), transaction.atomic():
        challenge(world, target_id=one.target_id, statement_id=one.target_id)
    other = said(world, "decision", "priya")
    with pytest.raises(IntegrityError, match="statement_id"), transaction.atomic():
        challenge(world, target_id=other, statement_id=one.statement_id)


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        ({"number": 2, "kind": "ranked", "days": None}, "challenge_step_kind_is_known"),
        ({"number": 2}, "challenge_begins_by_being_raised"),
        ({"kind": "withdrawn", "days": None}, "challenge_begins_by_being_raised"),
        ({"stage": 0}, "challenge_stage_is_counted"),
        ({"unit": "fortnights"}, "challenge_unit_is_known"),
        ({"days": 0}, "challenge_clock_starts_with_a_stage"),
        ({"days": 367}, "challenge_clock_starts_with_a_stage"),
        (answered(days=3), "challenge_clock_starts_with_a_stage"),
        (answered(outcome=""), "challenge_answer_says_what_it_does"),
        ({"outcome": "stands"}, "challenge_answer_says_what_it_does"),
        (answered(effect=" "), "challenge_says_what_changed"),
        (answered(statement_id=None), "challenge_step_is_carried_by_an_entry"),
        ({"words": "\t"}, "challenge_step_says_something"),
        ({"digest": ""}, "challenge_step_digest_is_sha256"),
    ],
)
def test_a_bad_step_is_refused_by_a_named_constraint(world, more, constraint):
    one = challenge(world)

    with pytest.raises(IntegrityError, match=constraint):
        step(world, one, **more)


def test_steps_are_numbered_once_and_a_challenge_is_settled_once(world):
    one = challenge(world)
    step(world, one)
    step(world, one, **answered())
    unused = said(world)

    with pytest.raises(IntegrityError, match="step_is_numbered_once"), transaction.atomic():
        step(world, one, **answered(statement_id=unused))
    step(world, one, number=3, kind="accepted", days=None, statement_id=None, effect="Checked.")
    with pytest.raises(IntegrityError, match="challenge_is_settled_once"), transaction.atomic():
        step(world, one, number=4, kind="withdrawn", days=None, statement_id=unused)


def test_an_entry_is_relied_on_once_with_its_digest(world):
    one = challenge(world)
    pin = {"challenge": one, "statement_id": one.target_id, "position": 1}
    ChallengeEntry.objects.create(id=uuid4(), digest=SEAL, **pin)

    with pytest.raises(IntegrityError, match="relies_on_an_entry_once"), transaction.atomic():
        ChallengeEntry.objects.create(id=uuid4(), digest=SEAL, **pin)
    with pytest.raises(IntegrityError, match="entry_digest_is_sha256"), transaction.atomic():
        ChallengeEntry.objects.create(
            id=uuid4(), digest="x", **{**pin, "statement_id": one.statement_id}
        )


def test_praise_says_what_changed(world):
    one = challenge(world)
    ama = world.actors["ama"]

    with pytest.raises(IntegrityError, match="challenge_praise_says_what_changed"):
        ChallengePraise.objects.create(
            id=uuid4(), challenge=one, said_by_id=ama.practitioner, agency_id=ama.agency, words=" ",
            on=date(2026, 6, 10), recorded_by_id=ama.account,
        )  # fmt: skip


def ladder(world: World, **more: object) -> LadderVersion:
    row = {
        "id": uuid4(), "version": 1, "stages": [["One", "Whoever", "5", "working_days"]],
        "holds_from": datetime.now(UTC), "reason": "Ours.",
        "set_by_id": world.actors["mina"].account, **more,
    }  # fmt: skip
    return LadderVersion.objects.create(**row)


@pytest.mark.parametrize(
    ("more", "constraint"),
    [
        ({"reason": " "}, "ladder_version_gives_a_reason"),
        ({"stages": []}, "ladder_version_has_stages"),
        ({"holds_from": datetime.now(UTC) - timedelta(days=2)}, "ladder_version_is_not_backdated"),
    ],
)
def test_a_bad_ladder_is_refused_by_a_named_constraint(world, more, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        ladder(world, **more)


def test_a_ladders_number_is_given_once(world):
    ladder(world)
    with pytest.raises(IntegrityError, match="ladder_version_is_numbered_once"):
        ladder(world)


def answerer(world: World, **more: object) -> AnswererVersion:
    row = {
        "id": uuid4(), "agency_id": world.agency("social_care"), "stage": 2, "version": 1,
        "practitioner_id": world.actors["priya"].practitioner, "holds_from": datetime.now(UTC),
        "reason": "Named.", "set_by_id": world.actors["mina"].account, **more,
    }  # fmt: skip
    return AnswererVersion.objects.create(**row)


def test_a_bad_deputy_is_refused_by_a_named_constraint(world):
    day, priya = date(2026, 6, 10), world.actors["priya"].practitioner
    sam = world.actors["sam"].practitioner
    for more, constraint in (
        ({"deputy_id": sam}, "answerer_deputy_stands_in_between_days"),
        ({"deputy_id": sam, "deputy_from": day}, "answerer_deputy_stands_in_between_days"),
        (
            {"deputy_id": sam, "deputy_from": day, "deputy_to": day - timedelta(days=1)},
            "answerer_deputy_stands_in_between_days",
        ),
        ({"deputy_from": day, "deputy_to": day}, "answerer_deputy_stands_in_between_days"),
        (
            {"deputy_id": priya, "deputy_from": day, "deputy_to": day},
            "answerer_deputy_is_somebody_else",
        ),
        ({"reason": ""}, "answerer_version_gives_a_reason"),
        ({"holds_from": NOW}, "answerer_version_is_not_backdated"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            answerer(world, **more)
    answerer(world)  # with no deputy at all it is taken
    with pytest.raises(IntegrityError, match="answerer_version_is_numbered_once"):
        answerer(world)


@pytest.mark.parametrize(
    "table",
    [
        "challenge",
        "challengeentry",
        "challengestep",
        "challengepraise",
        "ladderversion",
        "answererversion",
    ],
)
def test_nothing_changes_or_goes(world, table):
    one = challenge(world)
    step(world, one)
    ChallengeEntry.objects.create(
        id=uuid4(), challenge=one, statement_id=one.target_id, position=1, digest=SEAL
    )
    ama = world.actors["ama"]
    ChallengePraise.objects.create(
        id=uuid4(), challenge=one, said_by_id=ama.practitioner, agency_id=ama.agency, words="Good.",
        on=date(2026, 6, 10), recorded_by_id=ama.account,
    )  # fmt: skip
    ladder(world)
    answerer(world)

    for said_to_it in (f"UPDATE challenges_{table} SET id = id", f"DELETE FROM challenges_{table}"):
        for alias in ("default", "owner"):
            with pytest.raises(DatabaseError), transaction.atomic(using=alias):
                _run(alias, said_to_it)


def _run(alias: str, statement: str) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute(statement)


def test_the_database_dates_them(world):
    one = challenge(world, recorded_at=datetime(2020, 1, 1, tzinfo=UTC))

    with connection.cursor() as cursor:
        cursor.execute("SELECT recorded_at FROM challenges_challenge WHERE id = %s", [one.id])
        assert cursor.fetchone()[0].year > 2020
