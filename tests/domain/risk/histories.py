"""Histories of any kind, sound or not, for the properties of the patterns."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, HowKnown, Kind
from goldenthread.domain.risk.fact import Fact
from goldenthread.domain.shared.partial_date import not_known, on_day, parse_edtf

START = date(2023, 1, 1)
AGENCIES = ("children_social_care", "multi_agency", "gp", "police", "school", "probation")
PEOPLE = ("child", "sibling 1", "mother", "father", "mother's partner", "unknown man", "gran")
TEXTS = (
    "seen alone at school",
    "no date set",
    "a bleeding disorder is possible",
    "moved to another area",
    "diagnosis confirmed",
    "unborn baby",
    "plan ended",
    "well",
)

# Most of what a family's patterns look at, so that chance meets them often enough.
DENSE = (
    "incident", "injury", "observation", "missed_appointment", "new_partner", "household_change",
    "carer_change", "conference", "closure", "referral", "assessment", "visit", "child_voice",
)  # fmt: skip

days = st.integers(0, 200).map(lambda n: START + timedelta(days=n))


@st.composite
def happenings(draw):
    """A date as people know it: a day mostly, else a month, a year, a period, or not at all."""
    day = draw(days)
    return draw(
        st.sampled_from(
            [
                on_day(day),
                on_day(day),
                on_day(day),
                parse_edtf(f"{day:%Y-%m}"),
                parse_edtf(f"{day:%Y}"),
                parse_edtf(f"{day:%Y-%m}~"),
                parse_edtf(f"{day:%Y-%m-%d}/.."),
                parse_edtf(f"[..{day:%Y-%m-%d}]"),
                not_known(),
            ]
        )
    )


@st.composite
def facts(draw, number=0, strength=False):
    """One fact; a strength and nothing else where that is asked for."""
    known = draw(days)
    kinds = ["strength", "visit", "child_voice", "observation"]
    if not strength:
        kinds = [*DENSE * 4, *(kind.value for kind in Kind)]
    told = draw(st.lists(st.tuples(st.sampled_from(AGENCIES), st.integers(-5, 60)), max_size=2))
    concerns = (
        [Concern.STRENGTH]
        if strength
        else draw(st.lists(st.sampled_from(list(Concern)), max_size=2))
    )
    return Fact(
        id=f"{'S' if strength else 'F'}{number}",
        agency=draw(st.sampled_from(AGENCIES)),
        kind=draw(st.sampled_from(kinds)),
        happened=draw(happenings()),
        known_from=known,
        people=tuple(draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True))),
        concerns=frozenset(one.value for one in concerns),
        how_known=draw(st.sampled_from(list(HowKnown))).value,
        told_by=draw(st.sampled_from(["", "grandmother", "mother"])),
        text=draw(st.sampled_from(TEXTS)),
        told=tuple((agency, known + timedelta(days=later)) for agency, later in told),
    )


@st.composite
def histories(draw, largest=25):
    """Several facts with ids of their own."""
    return [draw(facts(number)) for number in range(draw(st.integers(6, largest)))]


# Late enough for something to have come together.
asking_days = st.integers(70, 230).map(lambda n: START + timedelta(days=n))
viewpoints = st.sampled_from([None, None, None, None, *AGENCIES, AgencyKind.HOUSING.value])
