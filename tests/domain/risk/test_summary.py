"""A summary: structure from facts, words from its writer, read by those whose sight it was."""

from __future__ import annotations

from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.domain.provenance.vocabulary import Kind, Polarity
from goldenthread.domain.risk.summary import (
    LONGEST,
    AgencyLacksEntries,
    Heading,
    PartTooLong,
    Reads,
    SummarySaysNothing,
    chosen_beforehand,
    listed_under,
    parts_of,
    reads_summary,
)
from tests.domain.risk.test_lanes import GEMMA, THEO, said

AGENCIES = [uuid5(UUID(int=1), name) for name in ("social care", "gp", "police")]
SOCIAL_CARE, GP, POLICE = AGENCIES


def test_the_parts_that_say_something_stand_in_the_order_of_the_headings():
    typed = {"holds": " Janet comes. ", "harm": "Two falls.", "adults": "  ", "score": "9 of 10"}

    assert [(part.heading, part.words) for part in parts_of(typed)] == [
        (Heading.HARM, "Two falls."),
        (Heading.HOLDS, "Janet comes."),
    ]


def test_a_summary_that_says_nothing_or_too_much_is_refused_in_words():
    with pytest.raises(SummarySaysNothing, match="one of the headings"):
        parts_of({"harm": " \n"})
    with pytest.raises(PartTooLong, match="What holds"):
        parts_of({"holds": "x" * (LONGEST + 1)})


def test_entries_stand_under_each_heading_they_belong_to():
    harm = said("harm", THEO, concerns=("neglect",))
    need = said("need", GEMMA, concerns=("parental_mental_health",))
    holds = said("holds", GEMMA, kind=Kind.STRENGTH)
    decided = said("decided", kind=Kind.CONFERENCE)
    refused = said("refused", polarity=Polarity.ASKED_NO_ANSWER)
    undated = said("undated", day=None)
    entries = [harm, need, holds, decided, refused, undated]

    under = listed_under(entries, building={harm.id}, holding={decided.id})

    assert under[Heading.HARM] == (harm.id, need.id)
    assert under[Heading.BUILDING] == (harm.id,)
    assert under[Heading.HOLDS] == (holds.id, decided.id)
    assert under[Heading.NOT_KNOWN] == (refused.id, undated.id)
    assert under[Heading.ADULTS] == (need.id,)
    assert under[Heading.DECIDED] == (decided.id,)
    assert chosen_beforehand(under, {decided.id}) == {harm.id, decided.id}


def test_an_agency_that_lacks_entries_is_named_with_how_many():
    one, three = uuid5(GP, "1"), tuple(uuid5(GP, str(n)) for n in range(3))

    assert AgencyLacksEntries("Ferry Lane Surgery", (one,), 1).reason == (
        "Ferry Lane Surgery has not been told of the entry this summary rests on. Record that "
        "they were told, or write a version that does not rest on it."
    )
    assert "3 of the 5 entries" in AgencyLacksEntries("Police", three, 5).reason


@pytest.mark.parametrize(
    ("reader", "chair", "pooled", "given", "reads"),
    [
        (SOCIAL_CARE, False, False, (), Reads.OWN),
        (SOCIAL_CARE, True, False, (), Reads.CHAIR),
        (GP, True, True, (), Reads.CHAIR),
        (GP, False, False, (), None),
        (GP, False, False, (GP,), Reads.GIVEN),
        (GP, False, False, (POLICE,), None),
        # What a chair wrote from everything, the chair's own agency may not all know.
        (SOCIAL_CARE, False, True, (), None),
        (SOCIAL_CARE, False, True, (SOCIAL_CARE,), Reads.GIVEN),
    ],
)
def test_who_reads_a_summary_that_social_care_wrote(reader, chair, pooled, given, reads):
    found = reads_summary(reader, is_chair=chair, writer=SOCIAL_CARE, pooled=pooled, given_to=given)

    assert found == reads


@given(st.sampled_from(AGENCIES), st.sampled_from(AGENCIES), st.booleans(), st.booleans())
def test_giving_only_ever_widens_who_reads(reader, writer, chair, pooled):
    ways = {"is_chair": chair, "writer": writer, "pooled": pooled}

    before = reads_summary(reader, given_to=(), **ways)
    after = reads_summary(reader, given_to=(reader,), **ways)

    assert after is not None
    assert before in (None, after)
