"""Somebody who did not decide says a decision back; what is not understood waits for its author."""

from __future__ import annotations

from uuid import uuid4

import pytest

from goldenthread.usecases.decisions.read_back import (
    CannotBeReadBack,
    NotForWhoDecided,
    NotFoundHere,
    ReadBack,
    read_back,
)
from goldenthread.usecases.decisions.reading import read_decision, read_decisions
from tests.families.world import NOW, World
from tests.usecases.decisions.deciding import audited, deciding_world, signed

UNDERSTOOD = ReadBack("Ada may fall from the sofa.", "Ruth keeps appointments.", True)
LOST = ReadBack("", "", False, "Who is there at night?")


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


def said(world: World, who: str, decision, answers=UNDERSTOOD, form=None):
    return read_back(world.actors[who], world.case, decision, form or uuid4(), answers, now=NOW)


def what_readers_made(world: World, decision, who: str = "priya"):
    found = read_decision(world.actors[who], world.case, decision, now=NOW)
    return [(one.reader_name, one.understood, one.because) for one in found.tests]


def test_it_is_kept_as_it_was_said_and_every_reader_reads_it(world):
    done = signed(world)

    said(world, "tom", done.id)
    said(world, "sam", done.id, LOST)

    kept = [("Tom Hale", True, ""), ("Sam Reed", False, "Who is there at night?")]
    assert what_readers_made(world, done.id) == what_readers_made(world, done.id, "tom") == kept
    assert audited("tom", understood=True) and audited("sam", understood=False)


def test_the_same_form_is_kept_once_and_another_stands_beside_it(world):
    done, form = signed(world), uuid4()
    assert said(world, "tom", done.id, form=form) == said(world, "tom", done.id, LOST, form=form)
    said(world, "tom", done.id, LOST)
    assert [one[1] for one in what_readers_made(world, done.id)] == [True, False]


def test_what_is_not_understood_waits_until_a_later_version(world):
    done = signed(world)
    said(world, "tom", done.id, LOST)

    waiting = read_decisions(world.actors["priya"], world.case, now=NOW)
    assert waiting.not_understood == {done.id: 1}
    opened = read_decision(world.actors["priya"], world.case, done.id, now=NOW)
    assert ("not_understood", "Who is there at night?") in [
        (one.sort, one.words) for one in opened.open_items(NOW.date())
    ]

    signed(world, after=done.id, why_again="Said who is there at night.")
    assert read_decisions(world.actors["priya"], world.case, now=NOW).not_understood == {}
    again = read_decision(world.actors["priya"], world.case, done.id, now=NOW)
    assert "not_understood" not in [one.sort for one in again.open_items(NOW.date())]
    assert len(again.tests) == 1


def test_whoever_decided_or_signed_is_not_asked(world):
    done = signed(world, "grace")
    for who in ("priya", "grace"):
        opened = read_decision(world.actors[who], world.case, done.id, now=NOW)
        assert not opened.may_say_back
        with pytest.raises(NotForWhoDecided):
            said(world, who, done.id)
    assert read_decision(world.actors["ama"], world.case, done.id, now=NOW).may_say_back


def test_an_answer_that_lacks_something_is_refused_and_nothing_is_kept(world):
    done = signed(world)
    with pytest.raises(CannotBeReadBack):
        said(world, "tom", done.id, ReadBack("", "x", True))
    assert what_readers_made(world, done.id) == []


def test_whoever_may_not_read_it_cannot_say_it_back(world):
    done = signed(world)
    for who, decision in (("lund", done.id), ("tom", uuid4()), ("admin", done.id)):
        with pytest.raises(NotFoundHere):
            said(world, who, decision)
    assert [row.rule for row in audited("lund") if row.outcome == "deny"] == [
        "decision-not-for-this-reader"
    ]
