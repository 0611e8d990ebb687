"""Rows known again, whatever the order; corrections never guessed; who may import for whom."""

from __future__ import annotations

from uuid import UUID, uuid5

from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.domain.access.decision import Actor, FamilyTies
from goldenthread.domain.access.team import TeamRole
from goldenthread.domain.chronology.imports import (
    Recogniser,
    RowOutcome,
    content_of,
    identity_of,
    may_import_for,
)

SPACE = UUID("c6a6f0b4-52b8-45d4-86b6-0e7e5a8f5c11")
POLICE, GP = uuid5(SPACE, "police"), uuid5(SPACE, "gp")


def bring(held: dict, rows: list[tuple[str, str]], agency: UUID = POLICE):
    """Recognise (reference or identity, content) rows; returns outcomes, and the record after."""
    known = Recogniser(held)
    seen = []
    for number, (name, content) in enumerate(rows):
        reference = name if name.startswith("R") else ""
        seen.append(
            known.recognise(number, agency, reference=reference, identity=name, content=content)
        )
    changed = {one.number: one for one in known.changed()}
    after = {key: dict(contents) for key, contents in held.items()}
    for number, (row, (_, content)) in enumerate(zip(seen, rows, strict=True)):
        key = changed[number].source_key if number in changed else row.source_key
        if row.outcome is RowOutcome.NEW:
            contents = after.setdefault((agency, key), {})
            assert content not in contents, "the same row is never kept twice under one key"
            contents[content] = uuid5(SPACE, f"{agency}{key}{content}")
    return [row.outcome for row in seen], changed, after


def test_a_changed_row_corrects_the_latest_of_what_it_was():
    _, _, held = bring({}, [("R1", "a"), ("R2", "b")])
    _, changed, held = bring(held, [("R1", "a2"), ("R2", "b")])
    assert changed[0].corrects == held[POLICE, "ref1:R1"]["a"]
    _, changed, held = bring(held, [("R1", "a3")])
    assert changed[0].corrects == held[POLICE, "ref1:R1"]["a2"]


def test_an_older_file_does_not_undo_a_correction():
    _, _, held = bring({}, [("R1", "a")])
    _, _, held = bring(held, [("R1", "a2")])
    known = Recogniser(held)
    row = known.recognise(0, POLICE, reference="R1", identity="", content="a")
    assert (row.outcome, row.is_superseded) == (RowOutcome.ALREADY_HELD, True)


def test_one_reference_for_two_things_keeps_both_and_corrects_neither():
    outcomes, changed, held = bring({}, [("R1", "a"), ("R1", "b")])
    assert outcomes == [RowOutcome.NEW, RowOutcome.NEW]
    outcomes, changed, _ = bring(held, [("R1", "b"), ("R1", "c"), ("R1", "a")])
    assert outcomes == [RowOutcome.ALREADY_HELD, RowOutcome.NEW, RowOutcome.ALREADY_HELD]
    assert not changed


def test_where_two_rows_changed_it_is_not_guessed_which_corrects_which():
    _, _, held = bring({}, [("R1", "a"), ("R1", "b")])
    outcomes, changed, _ = bring(held, [("R1", "c"), ("R1", "d")])
    assert outcomes == [RowOutcome.NEW, RowOutcome.NEW]
    assert not changed


def test_where_one_row_changed_and_two_are_missing_it_is_not_guessed_which():
    _, _, held = bring({}, [("R1", "a"), ("R1", "b")])
    outcomes, changed, _ = bring(held, [("R1", "c")])
    assert outcomes == [RowOutcome.NEW]
    assert not changed


def test_a_copy_under_one_reference_is_kept_once_and_says_of_which_row():
    known = Recogniser({})
    known.recognise(5, POLICE, reference="R1", identity="", content="a")
    row = known.recognise(9, POLICE, reference="R1", identity="", content="a")
    assert (row.outcome, row.repeats) == (RowOutcome.ALREADY_HELD, 5)


def test_two_agencies_with_one_reference_have_nothing_to_do_with_each_other():
    _, _, held = bring({}, [("R1", "a")])
    outcomes, changed, _ = bring(held, [("R1", "b")], agency=GP)
    assert outcomes == [RowOutcome.NEW]
    assert not changed


ROWS = st.lists(
    st.tuples(st.sampled_from(["R1", "R2", "x", "y"]), st.sampled_from("abc")), max_size=12
)


@settings(max_examples=200, deadline=None)
@given(first=ROWS, then=ROWS, dice=st.randoms(use_true_random=False))
def test_a_file_brought_in_again_in_any_order_adds_nothing(first, then, dice):
    _, _, held = bring({}, first)
    _, _, held = bring(held, then)
    for rows in (first, then):
        again = dice.sample(rows, len(rows))
        outcomes, changed, after = bring(held, again)
        assert set(outcomes) <= {RowOutcome.ALREADY_HELD}
        assert not changed
        assert after == held


def entry(**more):
    plain = {
        "happened": "2026-03-03",
        "people": ("Ada", "Mum"),
        "text": "Home  visit.\n",
        "kind": "visit",
    }
    return {**plain, **more}


def test_identity_does_not_depend_on_matched_words_order_of_people_or_spacing():
    same = entry(kind="other", people=("mum", "ADA"), text="Home visit.")
    assert identity_of(same) == identity_of(entry())
    assert identity_of(entry(text="Home visit. Mum out.")) != identity_of(entry())
    assert content_of(entry(kind="other")) != content_of(entry())


def test_only_the_allocated_worker_and_the_chair_speak_for_other_agencies():
    actor = Actor(SPACE, SPACE, POLICE)
    assert may_import_for(POLICE, actor, FamilyTies(None, agency_on_team=True))
    for role, may in (
        (TeamRole.ALLOCATED, True),
        (TeamRole.CHAIR, True),
        (TeamRole.NAMED_MEMBER, False),
        (None, False),
    ):
        assert may_import_for(GP, actor, FamilyTies(role, agency_on_team=True)) is may
