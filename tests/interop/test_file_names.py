"""A file's name says of which family it is, by whom, for whom and when; nothing in it leads out."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from goldenthread.domain.shared.file_names import plain_in_name
from goldenthread.interop.file_names import file_name
from goldenthread.usecases._steps.giving import Named

DAY, LATER = date(2026, 6, 10), date(2026, 11, 27)
AMA = Named("Ama Boateng, Fenwick Health Visiting", "Ama Boateng")
RUTH, COURT = Named("Ruth Okafor"), Named("Family Court, Fenwick")


def named(maker: str, *given_to: Named, on: date = DAY) -> str:
    """The name of a file of this family; of a family only these are asked for."""
    family = SimpleNamespace(
        case=SimpleNamespace(reference="GT-0001/.."),
        reader=SimpleNamespace(name=maker),
        given_to=given_to,
    )
    return file_name("chronology", family=family, as_of=DAY, on=on, ending="csv")


@pytest.mark.parametrize(
    ("maker", "on", "name"),
    [
        ("Priya Nair", DAY, "chronology-GT-0001-2026-06-10-by-and-for-priya-nair.csv"),
        (
            "Dr Zoë O’Neil",
            LATER,
            "chronology-GT-0001-2026-06-10-made-2026-11-27-by-and-for-dr-zoe-oneil.csv",
        ),
        ('../"\r\nX: y', DAY, "chronology-GT-0001-2026-06-10-by-and-for-x-y.csv"),
        ("Оля", DAY, "chronology-GT-0001-2026-06-10-by-and-for-somebody.csv"),
    ],
)
def test_it_says_by_whom_and_when(maker, on, name):
    assert named(maker, Named(f"{maker}, Fenwick", maker), on=on) == name


@pytest.mark.parametrize(
    ("given_to", "said"),
    [
        ((AMA,), "by-priya-nair-for-ama-boateng"),
        ((AMA, Named("x", "Tom Hale")), "by-priya-nair-for-ama-boateng-and-tom-hale"),
        ((RUTH,), "by-priya-nair-for-somebody-else"),
        ((COURT,), "by-priya-nair-for-somebody-else"),
        ((AMA, COURT), "by-priya-nair-for-ama-boateng-and-somebody-else"),
    ],
)
def test_it_says_for_whom_and_names_nobody_of_the_family(given_to, said):
    assert named("Priya Nair", *given_to) == f"chronology-GT-0001-2026-06-10-{said}.csv"


def test_it_does_not_grow_with_those_it_is_for():
    many = [Named("x", f"Person {number}") for number in range(40)]
    assert named("Priya Nair", *many).endswith(
        "-for-person-0-and-person-1-and-person-2-and-others.csv"
    )


@pytest.mark.parametrize(
    ("reference", "kept"),
    [
        ("GT-0001", "GT-0001"),
        ("GT é漢/1", "GT1"),
        ("--", "family"),
        ("٣٤", "family"),
        ('a"\r\nb', "ab"),
    ],
)
def test_only_letters_that_every_system_writes_stay_of_a_reference(reference, kept):
    assert plain_in_name(reference) == kept
