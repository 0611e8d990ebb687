"""What may be about somebody else is pointed out: a table a practitioner can read."""

from __future__ import annotations

import pytest

from goldenthread.domain.subject_access.pointing_out import Somebody, pointed_out
from goldenthread.domain.subject_access.spans import Span, Withholding, pieces

DEAN = Somebody(("Dean Carter", "Carter", "Dean"), "mother's former partner")
MAY = Somebody(("May",), "half-sister")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dean was there.", ["Dean"]),
        ("Dean Carter, known as DEAN CARTER", ["Dean Carter", "DEAN CARTER"]),
        ("Former partner Dean CARTER left.", ["Dean CARTER"]),
        ("CARTER bailed.", ["CARTER"]),
        ("BEDDOWES bailed.", ["BEDDOWES"]),
        ("She may come; May came.", ["May"]),
        ("Ruth Okafor and Ruth were well.", []),
        ("Deanna came.", []),
        ("Mrs Bell rang, and Dr. Lund.", ["Mrs Bell", "Dr. Lund"]),
        ("Joanne Smith rang.", ["Joanne Smith"]),
        ("The neighbour rang anonymously.", ["neighbour", "anonymously"]),
        ("MARAC and GP were told.", ["MARAC"]),
        ("Žofie Nováková přišla.", ["Žofie Nováková"]),
        ("nothing of anybody", []),
    ],
)
def test_it_points_out(text, found):
    places = pointed_out(text, [DEAN, MAY], ["Ruth Okafor", "Ruth", "Okafor"],
                         ["neighbour", "anonymously"])  # fmt: skip
    assert [text[one.span.begins : one.span.ends] for one in places] == found


def test_nothing_is_pointed_out_twice():
    text = "Dean Carter and Dean Carter"
    places = pointed_out(text, [DEAN], [], [])
    assert len(places) == 2
    assert all(not a.span.touches(b.span) for at, a in enumerate(places) for b in places[at + 1 :])


def test_places_of_two_reasons_that_overlap_say_both():
    found = pieces(
        "abcdef", [Withholding(Span(0, 4), "crime"), Withholding(Span(2, 5), "adoption")]
    )
    assert [one.codes for one in found] == [frozenset({"crime", "adoption"}), None]
    assert found[1].words == "f"
