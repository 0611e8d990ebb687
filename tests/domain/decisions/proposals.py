"""Decisions to try rules on: one that lacks nothing, and any."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid5

from hypothesis import strategies as st

from goldenthread.domain.decisions.proposing import KnownPin, ProposedDecision, ProposedPin
from goldenthread.domain.decisions.record import DecisionRecord, MustTell, Option, Party, Pin
from goldenthread.domain.decisions.vocabulary import (
    Asked,
    Heading,
    Met,
    Part,
    Setting,
    Tell,
    Threshold,
    Use,
    View,
)

SPACE = UUID("0f3a1f6e-8f4b-4b39-9f57-5f2f4c8f6b11")
DAY, NOW = date(2026, 3, 12), datetime(2026, 3, 13, 9, 0, tzinfo=UTC)


def key(name: str) -> UUID:
    return uuid5(SPACE, name)


OWN, POLICE, SCHOOL, GP = (key(f"agency {n}") for n in ("own", "police", "school", "gp"))
CHAIR, OFFICER, HEAD = (key(f"practitioner {n}") for n in ("chair", "officer", "head"))
ENTRY = key("entry")

COMPLETE = ProposedDecision(
    question="Is a plan needed for the baby?",
    decided="A child protection plan for the baby.",
    rationale="Three attendances in eighteen months, and illness is likely after the birth.",
    day=DAY,
    setting=Setting.CONFERENCE,
    threshold=Threshold.CHILD_PROTECTION_PLAN,
    met=Met.MET,
    asked=Asked.YES,
    look_again_by=date(2026, 6, 12),
    parts={heading: f"Something of {heading.label}." for heading in Heading},
    about=(key("baby"),),
    options=(
        Option("A plan", "The baby depends on adults entirely.", taken=True),
        Option("Child in need", "It would not be watched closely enough."),
    ),
    parties=(
        Party(Part.DECIDED, CHAIR, agency=OWN, view=View.AGREES),
        Party(Part.PRESENT, OFFICER, agency=POLICE, view=View.DISSENTS, said="Too soon."),
        Party(Part.ABSENT, HEAD, agency=SCHOOL, note="At a trip; sent a report."),
    ),
    pins=(ProposedPin(ENTRY, Use.RELIED_ON),),
    must_tell=(MustTell(SCHOOL), MustTell(GP, Tell.NOT_YET, "On leave until Monday.")),
)
KNOWN = {ENTRY: KnownPin({POLICE: datetime(2026, 1, 5, tzinfo=UTC)})}


def record(**said: object) -> DecisionRecord:
    """A signed version; `said` replaces parts of it."""
    id = key("decision")
    whole = DecisionRecord(
        id=id, case=key("case"), first=id, statement=key("statement"), statement_digest="b" * 64,
        decided_at=datetime(2026, 3, 12, 23, 59, tzinfo=UTC), setting=Setting.CONFERENCE,
        question=COMPLETE.question, rationale=COMPLETE.rationale, signed_by=key("account"),
        parts=tuple((h, w) for h, w in COMPLETE.parts.items()), options=COMPLETE.options,
        parties=COMPLETE.parties, pins=(Pin(ENTRY, "a" * 64),), must_tell=COMPLETE.must_tell,
    )  # fmt: skip
    return replace(whole, **said)


agencies = st.sampled_from([OWN, POLICE, SCHOOL, GP])
words = st.sampled_from(["", "  ", "Because of the nights.", "He was not asked."])
parties = st.builds(
    Party,
    part=st.sampled_from(list(Part)),
    practitioner=st.none() | st.sampled_from([CHAIR, OFFICER, HEAD]),
    name=words,
    agency=st.none() | agencies,
    view=st.sampled_from(list(View)),
    said=words,
    note=words,
)
tellings = st.builds(
    MustTell,
    agency=agencies,
    how=st.sampled_from(list(Tell)),
    why=words,
    review_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
pins = st.builds(
    ProposedPin,
    statement=st.sampled_from([ENTRY, key("second"), key("nobody's")]),
    use=st.sampled_from(list(Use)),
    why=words,
)
proposals = st.builds(
    ProposedDecision,
    question=words,
    decided=words,
    rationale=words,
    day=st.none() | st.dates(date(2025, 12, 1), date(2026, 4, 1)),
    at=st.none() | st.times().map(lambda one: time(one.hour, one.minute)),
    setting=st.sampled_from(["", *Setting]),
    threshold=st.sampled_from(["", *Threshold]),
    asked=st.sampled_from(["", *Asked]),
    look_again_by=st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    parts=st.dictionaries(st.sampled_from(list(Heading)), words),
    about=st.sampled_from([(), (key("baby"),)]),
    options=st.lists(st.builds(Option, words, words, st.booleans()), max_size=3).map(tuple),
    parties=st.lists(parties, max_size=4).map(tuple),
    pins=st.lists(pins, max_size=3, unique_by=lambda one: one.statement).map(tuple),
    must_tell=st.lists(tellings, max_size=4, unique_by=lambda one: one.agency).map(tuple),
    why_again=words,
)


@st.composite
def nearly_complete(draw: st.DrawFn) -> ProposedDecision:
    """The decision that lacks nothing with a few parts of any other: many of these may be signed."""
    other = draw(proposals)
    names = draw(st.sets(st.sampled_from([f.name for f in fields(ProposedDecision)]), max_size=3))
    known = [ENTRY, key("second")]
    pinned = draw(st.lists(st.sampled_from(known), unique=True, max_size=2))
    whole = replace(COMPLETE, pins=tuple(ProposedPin(one) for one in pinned))
    return replace(whole, **{name: getattr(other, name) for name in names})


instants = st.datetimes(datetime(2025, 12, 1), datetime(2026, 4, 1), timezones=st.just(UTC))
knowings = st.fixed_dictionaries(
    {
        ENTRY: st.dictionaries(agencies, instants, min_size=1).map(KnownPin),
        key("second"): st.dictionaries(agencies, instants, min_size=1).map(KnownPin),
    }
)
