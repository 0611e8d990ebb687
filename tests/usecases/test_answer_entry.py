"""Correcting, withdrawing, disputing, supporting and explaining an entry."""

from __future__ import annotations

from uuid import uuid4

import pytest

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.provenance.models import Statement, StatementLink
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.chronology.answer_entry import CannotAnswer, answer_entry
from goldenthread.usecases.chronology.keep_draft import drafts_of, keep_draft
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


@pytest.fixture
def entry(world: World):
    entry = world.entry("health_visiting", "Seen on Tuesday.", told={"social_care": "2026-03-20"})
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    return entry


def answer(world: World, who: str, agency: str, target, kind: LinkKind, **more):
    proposed = more.pop("proposed", None) or world.entry(agency, "Seen on Wednesday.")
    reason = more.pop("reason", "I looked at my diary.")
    return answer_entry(
        world.actors[who], world.case, target.id, kind, proposed, reason=reason, now=NOW, **more
    )


def refusals(world: World) -> list[tuple[str, str, str]]:
    """What was refused of this family, the latest first: the action, the rule, what was asked."""
    events = events_of_case(world.case)
    return [(one.action, one.rule, one.resource) for one in events if one.outcome == "deny"]


def test_a_correction_leaves_the_earlier_entry_readable_and_says_so(world: World, entry):
    answer(world, "ama", "health_visiting", entry, LinkKind.CORRECTS)

    entries = read_history(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW).entries
    standing = {e.statement.text: e.standing for e in entries}
    assert standing == {"Seen on Tuesday.": "corrected", "Seen on Wednesday.": "stands"}
    latest = events_of_case(world.case)[1]
    assert (latest.action, latest.detail) == ("answer_entry", {"answer": "corrects"})


@pytest.mark.parametrize("kind", [LinkKind.CORRECTS, LinkKind.WITHDRAWS])
def test_another_agency_can_dispute_but_not_correct_or_withdraw(world: World, entry, kind):
    with pytest.raises(CannotAnswer, match="You can dispute it"):
        answer(world, "priya", "social_care", entry, kind)
    assert refusals(world) == [("answer_entry", "answer-is-for-its-agency", "")]

    answer(world, "priya", "social_care", entry, LinkKind.DISPUTES)
    assert StatementLink.objects.get(target=entry.id).kind == "disputes"


def test_an_entry_one_cannot_read_cannot_be_answered(world: World, entry):
    with pytest.raises(NotFoundHere):
        answer(world, "lund", "mental_health", entry, LinkKind.DISPUTES)
    never = world.entry("health_visiting", "Never recorded.")
    with pytest.raises(NotFoundHere):
        answer(world, "lund", "mental_health", never, LinkKind.DISPUTES)

    assert refusals(world) == [
        ("answer_entry", "not-in-what-they-read", str(one.id)) for one in (never, entry)
    ]
    assert StatementLink.objects.count() == 0


def test_an_answer_needs_a_reason_and_ones_own_agency(world: World, entry):
    with pytest.raises(CannotAnswer, match="Say why"):
        answer(world, "ama", "health_visiting", entry, LinkKind.CLARIFIES, reason="  ")
    with pytest.raises(CannotAnswer, match="your own agency"):
        answer(world, "ama", "police", entry, LinkKind.CLARIFIES)
    assert not StatementLink.objects.exists()


def test_the_same_answer_twice_is_kept_once_and_puts_its_draft_away(world: World, entry):
    ama, draft = world.actors["ama"], uuid4()
    keep_draft(ama, world.case, draft, {"answer": {}}, now=NOW)
    proposed = world.entry("health_visiting", "Seen on Wednesday.")
    more = {"proposed": proposed, "draft": draft}

    first = answer(world, "ama", "health_visiting", entry, LinkKind.CORRECTS, **more)
    second = answer(world, "ama", "health_visiting", entry, LinkKind.CORRECTS, **more)

    assert (first.already, second.already) == (False, True)
    assert drafts_of(ama, now=NOW) == []
    assert Statement.objects.count() == 2
    assert StatementLink.objects.count() == 1


def test_an_answer_names_only_people_of_the_family(world: World):
    entry = world.entry("health_visiting", "Seen at home.")
    record_entry(world.actors["ama"], world.case, entry, now=NOW)
    stranger = world.entry("health_visiting", "Seen at her aunt's.", about=("nobody here",))

    with pytest.raises(CannotAnswer, match="not in this family"):
        answer_entry(
            world.actors["ama"], world.case, entry.id, LinkKind.CORRECTS, stranger,
            reason="Wrong house", now=NOW,
        )  # fmt: skip
