"""Who knew what, when; how later statements change the standing of earlier ones."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.provenance.awareness import (
    Awareness,
    Viewpoint,
    is_held_alone,
    is_known,
    knowers,
    known_since,
)
from goldenthread.domain.provenance.links import Link, Standing, event_groups, standings
from goldenthread.domain.provenance.statement import Statement, Subject, digest_of, without_source
from goldenthread.domain.provenance.vocabulary import KnownBasis
from goldenthread.domain.shared.instants import end_of_day, start_of_day
from goldenthread.domain.shared.partial_date import not_known, on_day, parse_edtf

NOW = datetime(2026, 6, 10, tzinfo=UTC)
IDS = [UUID(int=n) for n in range(1, 9)]
MINE, OTHER = UUID(int=101), UUID(int=102)

instants = st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))
rows = st.lists(
    st.builds(Awareness, st.just(IDS[0]), st.sampled_from([MINE, OTHER]), instants), max_size=6
)


@given(rows, instants, instants)
def test_knowledge_only_grows_with_time(awareness, one, other):
    early, late = sorted((one, other))

    for agency in (MINE, None):
        if is_known(awareness, Viewpoint(early, agency)):
            assert is_known(awareness, Viewpoint(late, agency))


@given(rows, instants)
def test_what_one_agency_knows_the_pool_knows(awareness, as_of):
    known = is_known(awareness, Viewpoint(as_of, MINE))

    assert not known or is_known(awareness, Viewpoint(as_of))
    assert known == (MINE in knowers(awareness, as_of))
    assert is_held_alone(awareness, as_of) == (len({a for a in knowers(awareness, as_of)}) == 1)


def test_a_day_belongs_to_england_on_the_night_the_clocks_change():
    begins, ends = start_of_day(date(2026, 3, 29)), end_of_day(date(2026, 3, 29))

    assert ends - begins < timedelta(hours=23, minutes=1)
    assert start_of_day(date(2026, 7, 1)).hour == 23  # British Summer Time is an hour ahead


@pytest.mark.parametrize(
    ("stated", "happened", "day", "basis"),
    [
        # what was said of knowing, when it happened, since when, and how firm that is
        (on_day(date(2026, 3, 14)), on_day(date(2026, 3, 12)), "2026-03-14", KnownBasis.DAY),
        (parse_edtf("2026-03"), on_day(date(2026, 3, 12)), "2026-03-31", KnownBasis.ABOUT),
        (not_known(), on_day(date(2026, 3, 12)), "2026-03-12", KnownBasis.ASSUMED),
        (not_known(), parse_edtf("2024-21~"), "2024-05-31", KnownBasis.ASSUMED),
    ],
)
def test_nobody_is_credited_with_knowing_earlier_than_the_words_allow(stated, happened, day, basis):
    known_at, found = known_since(stated, happened, now=NOW)

    assert known_at == start_of_day(date.fromisoformat(day))
    assert found is basis


def test_where_nothing_is_said_knowledge_counts_from_now():
    assert known_since(not_known(), not_known(), now=NOW) == (NOW, KnownBasis.ASSUMED)


def link(source: int, target: int, kind: str) -> Link:
    return Link(IDS[source], IDS[target], kind)


@pytest.mark.parametrize(
    ("links", "standing", "because"),
    [
        ([], None, ()),
        ([link(1, 0, "disputes")], Standing.DISPUTED, (1,)),
        ([link(1, 0, "disputes"), link(2, 0, "corrects")], Standing.CORRECTED, (2,)),
        ([link(1, 0, "corrects"), link(2, 0, "withdraws")], Standing.WITHDRAWN, (2,)),
        ([link(1, 0, "corrects"), link(2, 1, "withdraws")], None, ()),
        ([link(1, 0, "corroborates"), link(2, 0, "same_event")], None, ()),
    ],
)
def test_the_standing_of_a_statement_comes_from_what_points_at_it(links, standing, because):
    found = standings(links).get(IDS[0])

    assert (found.standing if found else None) == standing
    assert (found.because if found else ()) == tuple(IDS[n] for n in because)


pairs = st.lists(
    st.tuples(
        st.sampled_from(IDS),
        st.sampled_from(IDS),
        st.sampled_from(["same_event"] * 4 + ["not_same_event"]),
    ).filter(lambda t: t[0] != t[1]),
    max_size=10,
)


@given(pairs, st.randoms())
def test_groups_do_not_depend_on_order_and_never_join_what_a_person_kept_apart(made, chance):
    links = [Link(a, b, kind) for a, b, kind in made]
    groups = event_groups(IDS, links)
    chance.shuffle(links)

    assert event_groups(IDS, links) == groups
    for one in links:
        if one.kind == "not_same_event":
            assert groups[one.source] != groups[one.target]


def test_the_digest_covers_everything_the_practitioner_said():
    said = Statement(
        id=IDS[0], agency=MINE, kind="visit", text="Seen.", happened=on_day(date(2026, 3, 1)),
        known_at=NOW, known_basis="day", how_known="saw", subjects=(Subject(IDS[1], "child"),),
    )  # fmt: skip
    changes = {
        "text": "Not seen.", "kind": "contact", "agency": OTHER, "impact": "Calm",
        "action": "None", "informant": "Gran", "reasoning": "Because", "how_known": "told",
        "happened": on_day(date(2026, 3, 2)), "known_at": NOW - timedelta(days=1),
        "known_basis": "about", "polarity": "denies", "concerns": ("neglect",),
        "reference": "R1", "asserted_by": IDS[3], "asserted_by_words": "A nurse",
        "subjects": (Subject(IDS[1], "mother"),), "id": IDS[4],
    }  # fmt: skip
    untouched = {"recorded_at", "significance"}
    stands_for_all = {"whole_digest"}

    fields = {f.name for f in dataclasses.fields(Statement)}
    assert set(changes) | untouched | stands_for_all == fields
    for part, value in changes.items():
        assert digest_of(dataclasses.replace(said, **{part: value})) != digest_of(said), part
    for part in untouched:
        assert digest_of(dataclasses.replace(said, **{part: "key"})) == digest_of(said), part


def test_a_statement_without_its_source_keeps_the_digest_of_the_whole():
    whole = Statement(
        id=IDS[0], agency=MINE, kind="visit", text="Seen.", happened=on_day(date(2026, 3, 1)),
        known_at=NOW, known_basis="day", how_known="told", informant="Gran",
    )  # fmt: skip
    shown = without_source(whole, digest_of(whole))

    assert shown.informant != "Gran"
    assert digest_of(shown) == digest_of(whole)
