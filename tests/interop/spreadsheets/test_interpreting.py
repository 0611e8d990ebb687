"""Rows become entries or plain reasons: nothing guessed, nothing lost, every refusal a sentence."""

from datetime import date

import pytest

from goldenthread.domain.shared.partial_date import NOT_KNOWN
from goldenthread.interop.spreadsheets import limits
from goldenthread.interop.spreadsheets.interpreting import Layout, canonical_layout, interpret
from goldenthread.interop.spreadsheets.reading import RawRow

TODAY = date(2026, 11, 24)
TEMPLATE = Layout(
    {
        "date": "Event date",
        "what": "Significant event",
        "how_known": "How known",
        "shared_with": "Shared with",
    }
)


def read(layout=None, *, notes=(), **cells):
    cells = {"date": "3/3/2026", "what": "Seen at home, settled and smiling"} | cells
    return interpret(
        RawRow(7, cells, notes), layout or canonical_layout(), agency="health_visiting", today=TODAY
    )


def problem(**cells):
    found = read(**cells)
    assert found.values is None
    (only,) = found.problems
    assert only.sentence.endswith(".")
    return only.column, only.sentence


def test_a_full_row_becomes_an_entry():
    found = read(
        id="HV-12",
        agency="Health visiting",
        source="Ruth Bailey, health visitor",
        how_known="told",
        told_by="mother",
        people="child; mother's partner",
        kind="Home visit",
        domain="Domestic violence; strength",
        impact="Woke and cried",
        action="Discussed with safeguarding lead",
        known_from="5 March 2026",
        shared_with="police; GP",
        shared_on="6/3/2026; 7/3/2026",
        significance="Key event",
    )
    assert (found.number, found.problems, found.notes) == (7, (), ())
    entry = found.values
    assert (entry.ref, entry.happened, entry.agency) == ("HV-12", "2026-03-03", "health_visiting")
    assert (entry.how_known, entry.told_by) == ("told", "mother")
    assert entry.people == ("child", "mother's partner")
    assert (entry.kind, entry.concerns) == ("visit", ("domestic_abuse", "strength"))
    assert entry.known_from == "2026-03-05"
    assert entry.shares == (("police", "2026-03-06"), ("gp", "2026-03-07"))
    assert entry.significance == "key"


def test_an_impossible_date_is_said_in_the_words_of_the_cell():
    assert problem(date="31/02/2026") == (
        "date",
        "“31/02/2026” is not a date: February 2026 has 28 days.",
    )


@pytest.mark.parametrize("typed", ["soon after that", "3/3/26", "2026-13-01", "30/02/2026 10:15"])
def test_a_date_that_cannot_be_read_is_a_problem_that_quotes_it(typed):
    column, sentence = problem(date=typed)
    assert column == "date"
    assert f"“{typed}”" in sentence


def test_the_order_of_a_date_follows_the_layout():
    columns = canonical_layout().columns
    assert read(date="3/4/2026").values.happened == "2026-04-03"
    assert read(Layout(columns, date_order="mdy"), date="3/4/2026").values.happened == "2026-03-04"


def test_no_date_is_kept_as_not_known_and_said():
    found = read(date="")
    assert found.values.happened == NOT_KNOWN
    assert "date not known" in found.notes[0]
    assert read(date="not known").values.happened == NOT_KNOWN


def test_a_time_of_day_is_said_because_it_is_not_kept():
    found = read(date="2026-03-03 09:30")
    assert found.values.happened == "2026-03-03"
    assert "09:30" in found.notes[0]


def test_an_event_in_the_future_is_a_problem_and_tomorrow_is_not():
    assert "future" in problem(date="26/11/2026")[1]
    assert read(date="25/11/2026").problems == ()


def test_a_birth_in_the_future_is_a_problem_unless_it_is_expected():
    assert "expected" in problem(kind="birth", date="1/2/2027")[1]
    for cells in (
        {"date": "expected 1/2/2027"},
        {"date": "about 1/2/2027"},
        {"date": "1/2/2027", "what": "Baby due"},
    ):
        found = read(kind="birth", **cells)
        assert found.values.happened == "2027-02-01~"
        assert "expected" in found.notes[0]
    assert "future" in problem(kind="visit", date="about 1/2/2027")[1]


def test_what_was_learned_or_shared_in_the_future_is_a_problem():
    assert problem(known_from="1/2/2027")[0] == "known_from"
    assert problem(shared_with="gp", shared_on="1/2/2027")[0] == "shared_on"


def test_learning_before_the_event_is_kept_and_said():
    found = read(known_from="1/3/2026")
    assert found.values.known_from == "2026-03-01"
    assert "before the date of the event" in found.notes[0]


def test_a_row_that_does_not_say_what_happened_is_a_problem():
    assert problem(what="  ")[0] == "what"
    found = interpret(RawRow(2, {"Event date": "2026"}), TEMPLATE, agency="gp", today=TODAY)
    assert "“Significant event” is empty" in found.problems[0].sentence


def test_every_problem_of_a_row_is_said_at_once():
    found = read(date="31/02/2026", what="", shared_with="the vicar")
    assert {p.column for p in found.problems} == {"date", "what", "shared_with"}


def test_a_cell_longer_than_can_be_kept_is_a_problem():
    column, sentence = problem(what="x" * (limits.CELL_CHARACTERS + 1))
    assert column == "what"
    assert "50,000" in sentence
    assert read(what="x" * limits.CELL_CHARACTERS).problems == ()


@pytest.mark.parametrize(
    ("typed", "how_known", "told_by"),
    [
        ("saw", "saw", ""),
        ("Seen", "saw", ""),
        ("document", "record", ""),
        ("told by maternal grandmother", "told", "maternal grandmother"),
        ("Told by (mother)", "told", "mother"),
        ("inferred", "inferred", ""),
        ("", "not_recorded", ""),
    ],
)
def test_how_it_is_known_is_read_from_the_words_agencies_use(typed, how_known, told_by):
    found = read(how_known=typed)
    assert (found.values.how_known, found.values.told_by) == (how_known, told_by)
    assert found.notes == ()


def test_an_unknown_way_of_knowing_is_never_guessed():
    found = read(how_known="grapevine")
    assert found.values.how_known == "not_recorded"
    assert found.notes == (
        "How known: “grapevine” is not one of our words; it is kept as not recorded.",
    )


def test_two_names_for_who_told_are_said():
    found = read(how_known="told by mother", told_by="father")
    assert found.values.told_by == "father"
    assert "different people" in found.notes[0]


def test_an_unknown_kind_is_kept_as_other_and_said():
    found = read(kind="Bake sale")
    assert found.values.kind == "other"
    assert "Bake sale" in found.notes[0]


def test_an_unknown_concern_is_said():
    found = read(domain="neglect; gloom")
    assert found.values.concerns == ("neglect",)
    assert "gloom" in found.notes[0]


def test_an_agency_nobody_knows_is_a_problem_that_names_it():
    assert problem(shared_with="police; the vicar") == (
        "shared_with",
        "“the vicar” is not an agency we know. Match it to one in the words of this layout.",
    )
    assert problem(agency="Parish council")[0] == "agency"


def test_an_agency_matched_by_a_person_is_known():
    layout = Layout(
        canonical_layout().columns,
        words={"agency": {"The Elms Surgery": "gp_elms"}, "kind": {"SV": "visit"}},
    )
    found = read(layout, agency="the elms surgery", shared_with="The Elms surgery", kind="sv")
    assert found.values.agency == "gp_elms"
    assert found.values.shares == (("gp_elms", ""),)
    assert found.values.kind == "visit"


def test_an_agency_left_out_is_the_agency_whose_file_it_is():
    assert read().values.agency == "health_visiting"
    assert read(Layout(canonical_layout().columns, fixed={"agency": "gp"})).values.agency == "gp"


@pytest.mark.parametrize(
    ("who", "when", "shares"),
    [
        ("police", "", (("police", ""),)),
        ("police; gp", "4/3/2026", (("police", "2026-03-04"), ("gp", "2026-03-04"))),
        ("police; gp", "; 4/3/2026", (("police", ""), ("gp", "2026-03-04"))),
        (
            "Police 12/03/2026; GP (13 March 2026)",
            "",
            (("police", "2026-03-12"), ("gp", "2026-03-13")),
        ),
        (
            "Health visitor, police and GP",
            "",
            (("health_visiting", ""), ("police", ""), ("gp", "")),
        ),
        ("none", "", ()),
        ("", "", ()),
    ],
)
def test_who_was_told_and_when_is_read_as_agencies_write_it(who, when, shares):
    found = read(shared_with=who, shared_on=when)
    assert found.problems == ()
    assert found.values.shares == shares


def test_not_shared_is_kept_with_its_reason():
    found = read(shared_with="Not shared: mother asked us not to")
    assert found.values.shares == ()
    assert "mother asked us not to" in found.notes[0]


def test_dates_of_sharing_that_do_not_match_the_agencies_are_a_problem():
    column, sentence = problem(shared_with="police; gp; school", shared_on="4/3/2026; 5/3/2026")
    assert column == "shared_on"
    assert "3 agencies" in sentence


def test_what_the_reader_said_about_the_row_is_passed_on():
    assert read(notes=("Row 7 is hidden in the spreadsheet.",)).notes == (
        "Row 7 is hidden in the spreadsheet.",
    )


@pytest.mark.parametrize("text", ["=1+1", "  leading", "O’Brien", "Zoe\u0308", "'quoted'"])
def test_words_are_kept_exactly_as_typed(text):
    assert read(what=text).values.text == text
