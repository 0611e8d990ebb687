"""What may be about somebody else is pointed out: a table a practitioner can read."""

from __future__ import annotations

import pytest

from goldenthread.domain.subject_access.pointing_out import (
    MAY_BE_A_NAME,
    Ordinary,
    Somebody,
    pointed_out,
)
from goldenthread.domain.subject_access.spans import Span, Withholding, pieces

DEAN = Somebody(("Dean Carter", "Carter", "Dean"), "mother's former partner")
MAY = Somebody(("May",), "half-sister")
TARIQ = Somebody(("Tariq Aziz", "Tariq"), "father of another family")
AMBROSE = Somebody(("Ambrose",), "uncle")
ORDINARY = Ordinary(
    not_names=frozenset(
        {"march", "tuesday", "mum", "police", "fenwick", "facebook", "he", "she", "on"}
    ),
    also_words=frozenset({"may", "dean", "carter"}),
    places=("Tannery Row", "Fenwick Health Visiting", "St Mary’s School"),
)


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
        ("Deanna came.", ["Deanna"]),
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
                         ["neighbour", "anonymously"], ORDINARY)  # fmt: skip
    assert [text[one.span.begins : one.span.ends] for one in places] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tariq next door hit her.", ["Tariq"]),
        ("He went with ambrose.", ["ambrose"]),
        ("Her friend Kelly came too.", ["Kelly"]),
        ("Her friend Kelly's dog bit.", ["Kelly"]),
        ("Kelly hit her.", ["Kelly"]),
        ("She is with O’Brien and McBride.", ["O’Brien", "McBride"]),
        ("Weighed today. Seen at home: Asleep.", []),
        ("On Tuesday in March Mum rang the Police in Fenwick about Facebook.", []),
        ("Seen at Tannery Row by Fenwick Health Visiting and at St Mary's School.", []),
        ("She may come when the dean does.", []),
        ("It was Mary from St Mary’s School.", ["Mary"]),
        ("“Leave me”, she said. - Rang twice\n- Seen (well).", []),
        ("I think Žofie did.", ["Žofie"]),
        ("He plays on the XBox and I'm told so.", []),
    ],
)
def test_one_word_alone_is_pointed_out_where_nothing_but_a_name_explains_it(text, found):
    places = pointed_out(text, [DEAN, MAY, TARIQ, AMBROSE], ["Ruth Okafor", "Ruth"], [], ORDINARY)
    assert [text[one.span.begins : one.span.ends] for one in places] == found


def test_whose_name_it_is_is_said_where_that_is_known():
    places = pointed_out("Then Tariq hit Kelly.", [TARIQ], [], [], ORDINARY)
    assert [one.because for one in places] == [
        "A name of the father of another family",
        MAY_BE_A_NAME,
    ]


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
