"""What of an agency's week is listed: by which rule, from when on, and what a reader is told."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from goldenthread.domain.audit.unusual import (
    AgencyWeek,
    Around,
    Happened,
    RulesNotUnderstood,
    UnusualFigures,
    UnusualKind,
    Worker,
    night_of,
    read_rules,
    seen_by_id_alone,
    span_of,
    told_of,
    unusual_in,
    week_of,
)
from goldenthread.domain.provenance.vocabulary import AgencyKind

MONDAY = date(2026, 11, 16)
FILE = Path(__file__).parents[3] / "src/goldenthread/usecases/audit/unusual_rules.toml"
TOLD = tomllib.loads(FILE.read_text())
FIGURES = read_rules(TOLD)
SPACE = UUID(int=7)


def id_of(name: str) -> UUID:
    return uuid5(SPACE, name)


SAM, PRIYA, CASE, RUTH, HOME = map(id_of, ("sam", "priya", "case", "ruth", "home"))


def event(
    day: int = 0, hour: int = 11, who: UUID = SAM, case: UUID | None = CASE,
    action: str = "view_family", outcome: str = "allow", resource: str = "",
) -> Happened:  # fmt: skip
    at = datetime(2026, 11, 16, hour, 5, tzinfo=UTC) + timedelta(days=day)
    return Happened(
        id_of(f"{who}{at}{case}{action}{outcome}{resource}"), at, who, action, outcome, case,
        resource,
    )  # fmt: skip


AROUND = Around(True, frozenset({PRIYA}))


def listed(*events: Happened, figures: UnusualFigures = FIGURES, **known):
    cases = {one.case for one in events if one.case}
    around = known.pop("around", AROUND)
    week = AgencyWeek(
        MONDAY, known.pop("kind", "children_social_care"), events,
        known.pop("workers", {SAM: Worker("reed")}), dict.fromkeys(cases, around), **known,
    )  # fmt: skip
    return unusual_in(week, figures)


def kinds(*events: Happened, **known) -> list[str]:
    return [str(one.kind) for one in listed(*events, **known)]


NOBODYS = Around(False)
OPEN = replace(AROUND, known=frozenset({str(HOME)}))
SURNAME = Around(True, frozenset({SAM}), {"reed": frozenset({RUTH})})
POSTCODE = Around(True, frozenset({SAM}), {}, {"ZZ19ZZ": frozenset({HOME})})
AT_HOME = {SAM: Worker("reed", "ZZ19ZZ")}


@pytest.mark.parametrize(
    ("events", "known", "expected"),
    [
        ([event()], {}, []),
        ([event(0), event(0, 15)], {}, []),
        ([event(0), event(1)], {}, ["no_part"]),
        ([event(0, who=PRIYA), event(1, who=PRIYA)], {}, []),
        ([event()], {"around": NOBODYS}, ["no_relationship"]),
        ([event(0), event(1)], {"around": NOBODYS}, ["no_relationship"]),
        ([event()], {"around": SURNAME}, ["surname"]),
        ([event()], {"around": SURNAME, "surnames_held": {"reed": 4}}, []),
        ([event()], {"around": SURNAME, "workers": {SAM: Worker("okafor")}}, []),
        ([event()], {"around": SURNAME, "workers": {}}, []),
        ([event()], {"around": POSTCODE, "workers": AT_HOME}, ["postcode"]),
        ([event()], {"around": POSTCODE}, []),
        ([event(action="reveal_address", resource=str(HOME))], {}, ["address"]),
        ([event(action="reveal_address", resource=str(HOME), outcome="deny")], {}, []),
        # Of what is not open to all of the agency nothing is told: the line would tell of it.
        ([event(0, action="view_entry", resource=str(HOME)), event(1)], {}, []),
        ([event(0, resource=str(HOME)), event(1)], {}, []),
        ([event(0, resource=str(HOME)), event(1)], {"around": OPEN}, ["no_part"]),
        ([event(0, action="export_chronology", resource=str(HOME)), event(1)], {"around": OPEN},
         ["no_part"]),
        ([event(0, resource="network"), event(1, action="export_chronology")], {}, ["no_part"]),
        ([event(resource="decisions")], {"around": NOBODYS}, ["no_relationship"]),
        ([event(0, outcome="deny"), event(1, outcome="deny")], {"around": NOBODYS}, []),
    ],
)  # fmt: skip
def test_what_is_listed(events, known, expected):
    assert kinds(*events, **known) == expected


@pytest.mark.parametrize(
    ("number", "hour", "day", "kind", "expected"),
    [
        (8, 22, 0, "children_social_care", ["out_of_hours"]),
        (7, 22, 0, "children_social_care", []),
        (8, 12, 0, "children_social_care", []),
        (8, 12, 5, "children_social_care", ["out_of_hours"]),
        (8, 22, 0, "police", []),
    ],
)
def test_many_families_out_of_hours(number, hour, day, kind, expected):
    events = [event(day, hour, case=id_of(f"case {n}")) for n in range(number)]

    assert kinds(*events, kind=kind) == expected


def test_a_night_goes_on_past_midnight_and_is_one():
    late = [event(0, 22, case=id_of(f"case {n}")) for n in range(4)]
    early = [event(1, 3, case=id_of(f"case {n}")) for n in range(4, 8)]

    (line,) = listed(*late, *early)

    assert line.days == (MONDAY,)
    assert len(line.about) == 8
    assert set(line.because) == {one.id for one in (*late, *early)}


@pytest.mark.parametrize(
    ("at", "night"),
    [
        ("2026-11-16T19:59", None),
        ("2026-11-16T20:00", date(2026, 11, 16)),
        ("2026-11-17T06:59", date(2026, 11, 16)),
        ("2026-11-17T07:00", None),
        ("2026-11-21T12:00", date(2026, 11, 21)),
        ("2026-07-06T18:30", None),  # half past seven in British Summer Time
        ("2026-07-06T19:30", date(2026, 7, 6)),
    ],
)
def test_to_which_night_an_instant_belongs(at, night):
    assert night_of(datetime.fromisoformat(f"{at}+00:00"), FIGURES) == night


def test_refusals_are_counted_whatever_was_refused():
    many = [event(n % 5, 9 + n, outcome="deny", case=id_of(f"any {n}")) for n in range(10)]

    (line,) = listed(*many, around=NOBODYS)

    assert (line.kind, line.case, line.number, line.about) == (UnusualKind.REFUSED, None, 10, ())
    assert kinds(*many[:9], around=NOBODYS) == []


def test_ids_that_were_tried_are_counted_of_a_family_or_of_none():
    tried = [
        replace(event(n % 5, 9 + n, outcome="deny", case=case), rule="not-in-what-they-read")
        for n in range(5)
        for case in (CASE, None)
    ]

    (line,) = listed(*tried)
    assert (line.kind, line.number) == (UnusualKind.REFUSED, 10)
    beside = [replace(one, rule="restrictions-are-for-a-lead") for one in tried]
    assert listed(*beside) == ()


def test_only_families_that_were_seen_by_ids_alone_are_asked_about():
    by_id = event(resource=str(HOME))
    another = event(1, resource=str(HOME), case=id_of("other case"))

    assert seen_by_id_alone([by_id, event(0, 15), another]) == {id_of("other case")}
    assert seen_by_id_alone([by_id, event(1)]) == {CASE}
    written = event(action="add_entry", resource=str(HOME))
    assert seen_by_id_alone([written, event(action="follow_link", resource=str(HOME))]) == set()


def test_a_line_rests_on_the_looks_it_is_made_of():
    looks = [event(2), event(0), event(1)]
    (line,) = listed(*looks)

    assert line.days == tuple(MONDAY + timedelta(days=n) for n in range(3))
    assert set(line.because) == {one.id for one in looks}
    assert listed(*looks) == (line,)


def test_a_family_nobody_holds_is_on_no_line():
    week = AgencyWeek(MONDAY, "school", (event(0), event(1)), {}, {})

    assert unusual_in(week, FIGURES) == ()


def test_a_reader_is_told_by_what_they_may_know():
    night = listed(*(event(0, 22, case=id_of(f"case {n}")) for n in range(9)))[0]
    all_of = frozenset(night.about)

    assert told_of(night, all_of) == night
    assert len(told_of(night, all_of - {night.about[0]}).about) == 8
    assert told_of(night, frozenset(night.about[:7])) is None
    (surname,) = listed(event(), around=SURNAME)
    assert told_of(surname, frozenset({RUTH})) == surname
    assert told_of(surname, frozenset()) is None


def test_weeks_begin_on_mondays_in_england():
    assert {week_of(MONDAY + timedelta(days=n)) for n in range(7)} == {MONDAY}
    first, end = span_of(date(2026, 10, 19))  # the clock goes back on the Sunday
    assert end - first == timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    "broken",
    [
        {"night_begins": {"value": "late"}},
        {"families_in_a_night": {"value": 0}},
        {"night_ends": {"value": 21}},
        {"works_at_night": {"value": "police"}},
        {"answer_within": {}},
        {"refusals_in_a_week": {"value": True}},
    ],
)
def test_rules_that_cannot_be_read_are_refused(broken):
    with pytest.raises(RulesNotUnderstood):
        read_rules({**TOLD, **broken})


def test_every_figure_says_where_it_comes_from_and_every_kind_of_agency_is_one():
    assert all(one.get("source") for one in TOLD.values())
    assert FIGURES.works_at_night <= {value for value, _ in AgencyKind.choices()}
