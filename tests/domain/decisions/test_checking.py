"""What is asked and what is refused before a decision is signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import event, given

from goldenthread.domain.decisions.checking import ASKS, LONGEST, check, refusals
from goldenthread.domain.decisions.proposing import KnownPin, ProposedPin, to_tell
from goldenthread.domain.decisions.record import MustTell, Option, Party, decided_at
from goldenthread.domain.decisions.vocabulary import Heading, Part, Tell, Use, View
from goldenthread.domain.shared.instants import day_of
from tests.domain.decisions.proposals import (
    CHAIR,
    COMPLETE,
    DAY,
    ENTRY,
    GP,
    KNOWN,
    NOW,
    OWN,
    POLICE,
    SCHOOL,
    key,
    knowings,
    nearly_complete,
    proposals,
)


def remarks(known=KNOWN, *, is_later: bool = False, **changed: object):
    said = replace(COMPLETE, **changed)
    return check(said, known, own=OWN, now=NOW, is_later=is_later)


def parts(*said, refuses: bool | None = None) -> list[str]:
    return [one.part for one in said if refuses in (None, one.refuses)]


def test_nothing_is_said_of_a_decision_that_lacks_nothing():
    assert remarks() == ()


@pytest.mark.parametrize(
    ("changed", "part", "words"),
    [
        ({"rationale": " \n "}, "rationale", "must be able to follow"),
        ({"question": ""}, "question", "as a question"),
        ({"decided": " "}, "decided", "in your own words"),
        ({"day": None}, "decided_on", "Enter the day"),
        ({"day": date(2026, 3, 14)}, "decided_on", "in the future"),
        ({"setting": ""}, "setting", "where it was decided"),
        ({"setting": "corridor"}, "setting", "where it was decided"),
        ({"about": ()}, "about", "whom this is about"),
        ({"look_again_by": date(2026, 3, 1)}, "look_again_by", "before the decision"),
        ({"parties": ()}, "parties", "at least one person"),
        ({"rationale": "x" * (LONGEST + 1)}, "rationale", "12,001 letters"),
        ({"options": (Option(" ", "x"), Option("y", "z"))}, "option-1", "what this course was"),
    ],
)
def test_what_a_decision_cannot_do_without_is_refused(changed, part, words):
    said = remarks(**changed)

    assert [one.part for one in refusals(said)] == [part]
    assert words in refusals(said)[0].sentence


def test_a_new_version_says_why_there_is_one():
    assert parts(*remarks(is_later=True), refuses=True) == ["why_again"]
    assert remarks(is_later=True, why_again="Housing told us more.") == ()


@pytest.mark.parametrize("heading", [heading for heading, _ in ASKS])
def test_what_is_left_open_is_asked_and_traps_nobody(heading):
    left = {h: w for h, w in COMPLETE.parts.items() if h != heading}

    said = remarks(parts=left)

    assert parts(*said) == [heading]
    assert refusals(said) == ()


def test_no_dissent_asked_no_threshold_no_other_course_and_no_grounds_are_asked():
    said = remarks(asked="no", threshold="", options=COMPLETE.options[:1], pins=())

    assert set(parts(*said)) == {"asked", "threshold", "options", "pins"}
    assert refusals(said) == ()
    assert any("does anyone see it differently?" in one.sentence for one in said)


def test_build_up_that_was_looked_at_says_what_it_changed():
    left = {h: w for h, w in COMPLETE.parts.items() if h != Heading.ACCUMULATION_CHANGED}

    assert parts(*remarks(parts=left)) == [Heading.ACCUMULATION_CHANGED]


def test_whoever_sees_it_differently_is_named_with_what_they_said():
    for view in (View.DISSENTS, View.RESERVATIONS):
        silent = Party(Part.DECIDED, CHAIR, agency=OWN, view=view)
        assert parts(*remarks(parties=(silent,)), refuses=True) == ["party-1"]


def test_nobody_is_named_twice_and_nobody_without_a_name():
    twice = (*COMPLETE.parties, Party(Part.PRESENT, CHAIR, agency=OWN))
    assert set(parts(*remarks(parties=twice), refuses=True)) == {"party-1", "party-4"}
    nameless = (*COMPLETE.parties, Party(Part.PRESENT, role="father"))
    assert parts(*remarks(parties=nameless), refuses=True) == ["party-4"]


def test_an_absence_says_why_and_how_what_they_know_was_asked_for():
    absent = (*COMPLETE.parties[:2], replace(COMPLETE.parties[2], note=""))
    said = remarks(parties=absent)
    assert parts(*said) == ["party-3"] and refusals(said) == ()


def test_an_entry_nobody_knew_yet_cannot_have_been_turned_on():
    later = {ENTRY: KnownPin({POLICE: datetime(2026, 3, 20, tzinfo=UTC)})}

    said = check(COMPLETE, later, own=OWN, now=NOW + timedelta(days=30))

    assert parts(*said, refuses=True) == [f"pin-{ENTRY}"]
    assert "Nobody knew this before 20 March 2026: a decision of 12 March 2026" in said[0].sentence


def test_an_entry_that_had_not_reached_the_room_is_asked_about():
    elsewhere = {ENTRY: KnownPin({GP: datetime(2026, 1, 5, tzinfo=UTC)})}
    said = remarks(elsewhere)
    assert parts(*said) == [f"pin-{ENTRY}"] and refusals(said) == ()
    assert "12 March 2026" in said[0].sentence


def test_the_hour_of_a_decision_counts():
    noon = {ENTRY: KnownPin({POLICE: datetime(2026, 3, 12, 12, 0, tzinfo=UTC)})}
    assert remarks(noon) == ()  # by the end of that day
    assert remarks(noon, at=time(13, 0)) == ()
    assert parts(*remarks(noon, at=time(11, 0)), refuses=True) == [f"pin-{ENTRY}"]


def test_an_entry_the_writer_may_not_read_cannot_be_pinned():
    pins = (*COMPLETE.pins, ProposedPin(key("nobody's")))
    said = remarks(pins=pins)
    assert parts(*said, refuses=True) == [f"pin-{pins[1].statement}"]


def test_what_was_set_aside_has_a_reason_and_what_was_outweighed_is_asked_for_one():
    aside = remarks(pins=(ProposedPin(ENTRY, Use.SET_ASIDE),))
    weighed = remarks(pins=(ProposedPin(ENTRY, Use.WEIGHED_AGAINST),))
    assert parts(*aside, refuses=True) == [f"pin-{ENTRY}"]
    assert parts(*weighed) == [f"pin-{ENTRY}"] and refusals(weighed) == ()


@pytest.mark.parametrize(
    ("telling", "words"),
    [
        (MustTell(GP, Tell.NOT_YET), "why it has not been told"),
        (MustTell(GP, Tell.NOT, "Not theirs."), "Enter the day"),
        (MustTell(GP, Tell.NOT, "Not theirs.", date(2026, 3, 1)), "has passed"),
        (MustTell(POLICE, Tell.NOT_YET, "x"), "so it knows"),
    ],
)
def test_not_telling_says_why_and_until_when(telling, words):
    said = refusals(remarks(must_tell=(MustTell(SCHOOL), telling)))
    assert [one.part for one in said] == [f"tell-{telling.agency}"]
    assert words in said[0].sentence


def test_an_agency_that_had_a_part_is_not_forgotten():
    said = remarks(must_tell=COMPLETE.must_tell[1:])
    assert parts(*said) == ["must_tell"] and refusals(said) == ()


def test_those_in_the_room_know_it_from_its_day_and_others_from_its_signing():
    told = to_tell(COMPLETE, own=OWN)
    assert (told.on_the_day, told.at_signing, told.not_told) == ({POLICE}, {SCHOOL}, ())

    again = to_tell(COMPLETE, own=OWN, repeats_the_day=True, always=frozenset({GP, OWN}))
    assert (again.on_the_day, again.at_signing) == (frozenset(), {POLICE, SCHOOL, GP})


@given(said=proposals)
def test_no_agency_is_told_and_not_told_and_one_s_own_is_told_nothing(said):
    told = to_tell(said, own=OWN)
    assert not told.on_the_day & told.at_signing
    assert OWN not in told.everybody
    assert not told.everybody & {one.agency for one in told.not_told}
    assert said.agencies_in_the_room - {OWN} <= told.everybody


@given(said=nearly_complete(), known=knowings)
def test_whatever_passes_keeps_what_the_record_must_hold(said, known):
    """The rule and the database's constraints agree on every proposal."""
    refused = refusals(check(said, known, own=OWN, now=NOW))
    event("refused" if refused else "may be signed")
    if refused:
        return
    at = decided_at(said.day, said.at, signed_at=NOW)
    assert said.rationale.strip() and said.question.strip() and said.decided.strip()
    assert any(one.part == Part.DECIDED for one in said.parties)
    assert at.date() <= day_of(NOW) and all(p.statement in known for p in said.pins)
    assert all(known[p.statement].first <= at for p in said.pins)
    assert all(p.why.strip() for p in said.pins if p.use == Use.SET_ASIDE)


@given(said=proposals | nearly_complete(), known=knowings)
def test_saying_more_never_brings_a_refusal(said, known):
    """Advice is answered by writing: words added to the prose refuse nothing new."""
    fuller = replace(said, parts={heading: "Said." for heading in Heading}, asked="yes")
    before = refusals(check(said, known, own=OWN, now=NOW))
    assert refusals(check(fuller, known, own=OWN, now=NOW)) == before


@pytest.mark.parametrize("at", [None, time(9, 30)])
def test_a_decision_counts_from_its_hour_or_the_end_of_its_day(at):
    when = decided_at(DAY, at, signed_at=NOW)
    assert day_of(when) == DAY
    if at is None:
        assert decided_at(DAY, None, signed_at=datetime(2026, 3, 12, 10, tzinfo=UTC)).hour == 10
    else:
        assert (when.hour, when.minute) == (9, 30)
