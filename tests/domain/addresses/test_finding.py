"""Every way of writing a postcode, a house with its street, or a telephone number is found."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.addresses.finding import Wanted, found_in, withheld
from goldenthread.domain.addresses.postal import NotAnAddress, PostalAddress, as_given

HERE = as_given("Flat 2\n14b St John's Road\nFenwick", "ZZ9 9QX", "01632 960 471")
WANTED = [Wanted(UUID(int=1), HERE)]


def parts_in(text: str, postal: PostalAddress = HERE) -> set[str]:
    return {str(one.part) for one in found_in(text, [Wanted(UUID(int=1), postal)])}


@pytest.mark.parametrize(
    "text",
    [
        "ZZ9 9QX", "zz99qx", "Zz9  9qX", "zz9\n9qx", "ZZ9-9QX", "z z 9 9 q x", "ZZ9.9QX,", "(ZZ99QX)",
        "at ZZ9\u00a09QX.", "ZZ9\u200b9QX", "postcode:ZZ99QX;", "_ZZ9 9QX_", "ZZ9\r\n 9QX", "ZZ9\t9QX",
    ],
)  # fmt: skip
def test_a_postcode_is_found_however_it_is_written(text):
    assert parts_in(text) == {"postcode"}


@pytest.mark.parametrize(
    "text",
    [
        "14b St John's Road", "14B, St. Johns Rd", "14 b st johns road", "14b\nSt John’s Road",
        "14b St-John's Rd.", "Flat 2, 14b St John's", "St John's Road 14b", "St Johns Rd, No. 14b",
        "lives at number 14b ST JOHN'S ROAD now", "Ruth\u200b14b\u200bSt Jo\u200bhn's Road", "14b St  John's\n  Road",
    ],
)  # fmt: skip
def test_a_house_with_its_street_is_found_however_it_is_written(text):
    assert parts_in(text) == {"street"}


@pytest.mark.parametrize(
    "text",
    [
        "01632 960471", "01632960471", "+44 1632 960471", "+441632960471", "0044 1632 960 471",
        "+44 (0)1632 960471", "(01632) 960-471", "01632.960.471", "44 1632 960471",
        "0 1632 9 6 0 4 7 1", "01632\n960471", "tel:+44-1632-960471",
    ],
)  # fmt: skip
def test_a_telephone_number_is_found_however_it_is_written(text):
    assert parts_in(text) == {"phone"}


@pytest.mark.parametrize(
    "text",
    [
        "", "ZZ9 9QXA", "AZZ9 9QX", "ZZ9 9QY", "114b St John's Road", "14c St John's Road",
        "St John's Road", "14b", "01632 960472", "101632 960471", "016329604711", "14b St James Road",
        "On 14 March, by St John's", "9QX ZZ9",
    ],
)  # fmt: skip
def test_what_is_another_place_is_left_alone(text):
    assert parts_in(text) == set()


@pytest.mark.parametrize(
    ("lines", "text", "found"),
    [
        ("Rose Cottage\nMill Lane", "gone to rose  cottage", True),
        ("Dunroamin\nMill Lane", "gone to Dunroamin", False),
        ("Dunroamin\nMill Lane", "gone to Dunroamin, Mill Ln", True),
        ("14\nAcacia Avenue", "14 Acacia Ave", True),
        ("14-16 Acacia Avenue", "16 Acacia Av", True),
        ("14 The Street", "14, the street", True),
        ("14 The Street", "14 of the streets", False),
    ],
)
def test_houses_with_names_and_lines_read_on(lines, text, found):
    assert bool(parts_in(text, as_given(lines, "", ""))) is found


def test_what_is_withheld_leaves_the_rest():
    said = "She is at Flat 2, 14b St John's Road, ZZ9 9QX (01632 960471) with Ada."

    assert withheld(said, WANTED, "[words withheld]") == (
        "She is at Flat [words withheld], [words withheld] ([words withheld]) with Ada."
    )


SPACES = st.text(alphabet=" \n\t\u00a0-.", max_size=3)


@given(st.lists(SPACES, min_size=6, max_size=6), st.lists(st.booleans(), min_size=7, max_size=7),
       st.text(alphabet="abcdefg \n", max_size=20))  # fmt: skip
def test_no_spacing_and_no_case_hides_a_postcode(gaps, cases, around):
    letters = [c.upper() if up else c.lower() for c, up in zip("ZZ99QX", cases, strict=False)]
    written = "".join(c + gap for c, gap in zip(letters, gaps, strict=False))

    left = withheld(f"{around} {written} {around}", WANTED, "")

    assert not parts_in(left)
    assert "qx" not in left.lower().replace(" ", "")


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text):
    assert found_in(withheld(text, WANTED, "[]"), WANTED) == ()


def test_an_address_never_says_itself():
    assert "14b" not in f"{HERE!r} {HERE} {WANTED[0]!r} {[HERE]}"


@pytest.mark.parametrize(
    ("lines", "postcode", "phone", "part"),
    [
        ("", " ", "", "lines"), ("x\n" * 7, "", "", "lines"), ("x" * 121, "", "", "lines"),
        ("1 A Road", "ZZ9", "", "postcode"), ("1 A Road", "99 9QX", "", "postcode"),
        ("1 A Road", "", "12", "phone"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_where_it_is_wrong(lines, postcode, phone, part):
    with pytest.raises(NotAnAddress) as refused:
        as_given(lines, postcode, phone)

    assert refused.value.part == part
    assert refused.value.reason.endswith(".")
