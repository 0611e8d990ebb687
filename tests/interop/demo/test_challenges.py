"""The challenges of the story could have happened: each person knew what they speak of by that day."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from goldenthread.domain.challenges.course import (
    CHALLENGEABLE,
    AnswerOutcome,
    Step,
    StepKind,
    course_of,
    refuse_step,
)
from goldenthread.interop.demo.loader import key
from goldenthread.interop.demo.story import (
    FOLDER,
    families,
    is_told,
    read_partnership,
    read_story,
    read_toml,
)

TOLD = [family for family in families() if is_told("challenges.toml", family)]
CHALLENGES = [
    (family, one) for family in TOLD for one in read_toml("challenges.toml", family)["challenge"]
]
PEOPLE = {one["key"]: one for one in read_partnership()["practitioner"]}


def rows(family: str):
    return {row.id: row for row in read_story(family)}


def known_by(row, agency: str, on: str) -> bool:
    return row.agency == agency or (agency in row.shared_with and row.told_on(agency) <= on)


def test_both_families_have_one():
    assert TOLD == ["rudland", "wetherill"]


@pytest.mark.parametrize(("family", "one"), CHALLENGES, ids=[c["key"] for _, c in CHALLENGES])
def test_whoever_raises_it_knew_what_it_is_of_and_rests_on(family, one):
    story, agency = rows(family), PEOPLE[one["by"]]["agency"]
    target = story[one["target"].get("row") or one["target_row"]]

    assert target.kind in CHALLENGEABLE
    for row in (target, *(story[id] for id in one["relies"])):
        assert known_by(row, agency, one["on"]), f"{row.id} was not known to {agency}"
        assert row.date <= one["on"]


@pytest.mark.parametrize(("family", "one"), CHALLENGES, ids=[c["key"] for _, c in CHALLENGES])
def test_each_step_could_follow_and_was_taken_by_somebody_at_work_that_day(family, one):
    own = key("agency", PEOPLE[one["by"]]["agency"])
    steps = [Step(1, StepKind.RAISED, 1, date.fromisoformat(one["on"]), own)]
    joined = {p["key"]: p for p in read_toml("family.toml", family).get("joined_by", ())}
    for told in (one, *one.get("step", ()), *one.get("praise", ())):
        person = joined.get(told["by"], PEOPLE[told["by"]])
        assert person["team"] != "none", told["by"]
        assert person["from"] <= told["on"] < (person["to"] or "9999"), told["by"]
    for told in one.get("step", ()):
        kind, by = StepKind(told["kind"]), key("agency", PEOPLE[told["by"]]["agency"])
        refuse_step(course_of(steps), kind, by_raiser=by == own)
        stage = steps[-1].stage + (kind is StepKind.TAKEN_FURTHER)
        outcome = AnswerOutcome(told["outcome"]) if "outcome" in told else None
        on = date.fromisoformat(told["on"])
        assert on >= steps[-1].on
        steps.append(Step(len(steps) + 1, kind, stage, on, by, outcome=outcome))


def test_the_story_shows_late_and_higher_and_settled_and_praised():
    (first, waiting), (settled,) = (
        [one for family, one in CHALLENGES if family == name] for name in TOLD
    )

    assert [one["kind"] for one in first["step"]] == [
        "answered", "taken_further", "answered", "resolved",
    ]  # fmt: skip
    assert first["praise"] and "step" not in waiting
    assert [one["kind"] for one in settled["step"]] == ["answered", "accepted"]


def test_no_word_of_it_speaks_of_what_was_held_alone():
    """What an agency held alone in the story stays so: no challenge tells it to another."""
    held = read_toml("expected.toml")["held_alone"]
    alone = {row for names in held.values() for row in names}
    for family in TOLD:
        told = tomllib.loads((FOLDER / family / "challenges.toml").read_text("utf-8"))
        relied = {row for one in told["challenge"] for row in one["relies"]}
        assert not relied & alone
