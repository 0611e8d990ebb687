"""Agencies' headings are matched to the canonical columns when known, and never guessed."""

import pytest

from goldenthread.interop.spreadsheets import columns


def test_the_canonical_columns_are_those_of_the_interchange():
    assert ", ".join(columns.NAMES) == (
        "id, date, agency, source, how_known, told_by, people, kind, domain, what, impact, "
        "action, known_from, shared_with, shared_on, significance"
    )
    assert all(column.label and column.meaning for column in columns.CANONICAL)


def test_the_canonical_headers_map_to_themselves():
    assert columns.suggest(columns.NAMES) == {name: name for name in columns.NAMES}


# The columns of a published multi-agency template with provenance added.
TEMPLATE = {
    "Event date or period, with precision": "date",
    "Significant event, plain language, family-readable": "what",
    "Source: practitioner, service": "source",
    "Impact on child, positive **or** negative": "impact",
    "Action taken / reason for none, and outcome": "action",
    "How known: seen / told by (whom) / document / inferred": "how_known",
    "Date learned and date recorded (distinct from event date)": "known_from",
    "Shared with (agency, date, basis); not shared, why": "shared_with",
    "Persons involved; tags for indicators": "people",
}


def test_a_published_template_maps_by_itself():
    found = columns.suggest(TEMPLATE)
    assert {found[name]: name for name in found if found[name]} == TEMPLATE


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("DATE OF EVENT", "date"),
        ("Date (dd/mm/yyyy)", "date"),
        ("  Date/Time ", "date"),
        ("Significant event", "what"),
        ("Action taken / reason for none", "action"),
        ("Impact on child", "impact"),
        ("Reported by", "told_by"),
        ("Agencies informed", "shared_with"),
        ("Date_learned", "known_from"),
        ("Favourite colour", None),
        ("", None),
    ],
)
def test_a_heading_is_known_whatever_its_case_and_punctuation(heading, column):
    assert columns.column_named(heading) == column


def test_the_first_of_two_headings_that_mean_the_same_is_suggested():
    assert columns.suggest(["Details", "Description"])["what"] == "Details"
    assert columns.suggest(["Details", "What"])["what"] == "What"


def test_no_two_columns_share_a_known_heading():
    owner = {}
    for name, headings in columns.KNOWN_HEADINGS.items():
        for heading in headings.split("|"):
            assert owner.setdefault(columns.normal(heading), name) == name


def test_a_layout_is_known_again_by_its_headings_and_their_order():
    known = columns.layout_fingerprint(["Date", "What happened"])
    assert columns.layout_fingerprint([" date ", "WHAT  HAPPENED:"]) == known
    assert columns.layout_fingerprint(["What happened", "Date"]) != known
    assert columns.layout_fingerprint(["Date", "What happened", "Source"]) != known
    assert columns.layout_fingerprint(["Date What", "happened"]) != known
