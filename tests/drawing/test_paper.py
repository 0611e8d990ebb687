"""A drawing on paper: never below 9 pt, cut into sheets that leave nothing out, and signed."""

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.drawing.marks import SMALLEST, Path, Sheet, Words, circle
from goldenthread.drawing.paper import (
    MARGIN,
    PAPERS,
    PX_A_MM,
    MadeBy,
    cutting_of,
    document,
    standalone_svg,
)

MADE_BY = MadeBy(
    "R. Example",
    "14 April 2026 at 11:00",
    "As known to Elm School on 3 June 2026",
    "Official-Sensitive",
    "key-1",
)
LEGEND = (("Not yet born & <dim>", (Path(circle(22, 12, 8)),)),) * 7


def sheet(width=500.0, height=400.0):
    return Sheet(width, height, "Genogram of Ivy", "Two people.", (Words(9, 9, "Ada"),), "genogram")


@given(
    width=st.floats(50, 12000),
    height=st.floats(50, 6000),
    paper=st.sampled_from(sorted(PAPERS)),
)
def test_no_words_are_below_9_pt_and_no_part_is_left_out(width, height, paper):
    cut = cutting_of(sheet(width, height), LEGEND, paper)

    points = SMALLEST * cut.scale * 72 / 96
    assert points >= 9
    assert len(cut.windows) == cut.columns * cut.rows
    wide, high = PAPERS[paper] if cut.is_across else PAPERS[paper][::-1]
    for window in cut.windows:
        assert 0 < window.width * window.scale <= (wide - 2 * MARGIN) * PX_A_MM
        assert 0 < window.height * window.scale <= (high - 2 * MARGIN) * PX_A_MM
    for along, across in ((0, width), (1, height)):
        spans = sorted(
            {
                (w.left, w.left + w.width) if along == 0 else (w.top, w.top + w.height)
                for w in cut.windows
            }
        )
        assert spans[0][0] == 0
        assert spans[-1][1] == pytest.approx(across)
        assert all(after[0] < before[1] for before, after in pairwise(spans))


def test_a_small_drawing_lies_on_one_sheet_and_a_wide_one_across():
    assert len(cutting_of(sheet(), LEGEND, "A4").windows) == 1
    assert cutting_of(sheet(1000, 300), LEGEND, "A4").is_across
    assert not cutting_of(sheet(500, 800), LEGEND, "A4").is_across


def test_every_sheet_has_the_title_the_legend_its_place_and_who_made_it():
    text = document(sheet(2900, 500), LEGEND, MADE_BY, paper="A4")
    count = len(cutting_of(sheet(2900, 500), LEGEND, "A4").windows)

    assert count == 3
    assert text.count('<p class="head">Genogram of Ivy</p>') == count
    assert text.count('class="key"') == count
    assert "Sheet B1 of 3 across and 1 down; joins A1, C1." in text
    assert "As known to Elm School on 3 June 2026" in text
    assert "R. Example" in text
    assert "Official-Sensitive" in text


def test_another_paper_is_refused():
    with pytest.raises(KeyError):
        document(sheet(), LEGEND, MADE_BY, paper="A7")


def test_a_file_of_its_own_says_who_made_it_and_needs_no_page_around_it():
    text = standalone_svg(sheet(), LEGEND, MADE_BY)
    root = ElementTree.fromstring(text.encode())
    said = " ".join(e.text or "" for e in root.iter() if e.tag.endswith("text"))

    assert "Genogram of Ivy" in said
    assert "As known to Elm School on 3 June 2026" in said
    assert "R. Example on 14 April 2026 at 11:00" in said
    assert "Not yet born & <dim>" in said
    assert "currentColor" not in text
    assert not {name for each in root.iter() for name in each.attrib} & {"style", "id"}
