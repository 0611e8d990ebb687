"""Ages as people say them."""

from datetime import date

import pytest

from goldenthread.domain.people.age import age_in_words
from goldenthread.domain.shared.partial_date import parse_edtf

TABLE = [
    # born, expected, on, in words
    ("2026-03-02", None, "2026-03-02", "0 days"),
    ("2026-03-02", None, "2026-03-03", "1 day"),
    ("2026-03-02", None, "2026-03-09", "1 week"),
    ("2026-03-02", None, "2026-05-24", "11 weeks"),
    ("2026-03-02", None, "2026-05-25", "2 months"),
    ("2026-03-02", None, "2027-03-01", "11 months"),
    ("2026-03-02", None, "2028-03-01", "23 months"),
    ("2026-03-02", None, "2028-03-02", "2 years"),
    ("2024-02-29", None, "2030-02-28", "5 years"),
    ("2020", None, "2026-03-01", "about 6 years"),
    ("2026-03-02", "2026-03-09", "2026-01-05", "unborn, about 31 weeks"),
    (None, "2026-03-09", "2026-03-02", "unborn, about 39 weeks"),
    (None, "2026-03-09", "2024-03-02", "before the pregnancy"),
    (None, None, "2026-03-02", "age not known"),
]


@pytest.mark.parametrize(("born", "expected", "on", "words"), TABLE)
def test_an_age_is_said_as_people_say_it(born, expected, on, words):
    assert (
        age_in_words(
            parse_edtf(born) if born else None,
            date.fromisoformat(on),
            expected_on=date.fromisoformat(expected) if expected else None,
        )
        == words
    )
