"""What changed between two versions, word by word; nothing of either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.risk.summary import Heading
from goldenthread.web.picture.differing import ADDED, SAME, TAKEN_OUT, differences

texts = st.text(alphabet="ab \n.", max_size=40)
versions = st.dictionaries(st.sampled_from([str(h) for h in Heading]), texts, max_size=4)


def test_words_added_and_taken_out_are_told_apart():
    (one,) = differences({"harm": "Two falls in May."}, {"harm": "Three falls in May."})

    assert [(s.sort, s.words) for s in one.stretches] == [
        (TAKEN_OUT, "Two"),
        (ADDED, "Three"),
        (SAME, " falls in May."),
    ]
    assert not one.is_same


def test_a_heading_of_one_version_alone_is_added_or_taken_out_whole():
    found = differences({"harm": "One fall."}, {"holds": "Nan comes."})

    assert [(one.title, [s.sort for s in one.stretches]) for one in found] == [
        (Heading.HARM.label, [TAKEN_OUT]),
        (Heading.HOLDS.label, [ADDED]),
    ]


@given(versions, versions)
def test_both_versions_can_be_read_back_from_what_changed(old, new):
    for one in differences(old, new):
        heading = next(str(h) for h in Heading if h.label == one.title)
        before = "".join(s.words for s in one.stretches if s.sort != ADDED)
        after = "".join(s.words for s in one.stretches if s.sort != TAKEN_OUT)
        assert (before, after) == (old.get(heading, ""), new.get(heading, ""))
