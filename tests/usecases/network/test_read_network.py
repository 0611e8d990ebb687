"""Reading a family's network: what a reader may see, what a viewpoint knew, and no trace of more."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.network.proposing import ProposedClaim
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.instants import end_of_day
from goldenthread.jobs import worker
from goldenthread.records.audit.reading import events_of_case
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network import layouts
from goldenthread.usecases.network.read_network import NotFoundHere, read_network
from goldenthread.usecases.network.record_claims import (
    Newcomer,
    NewHousehold,
    Unknown,
    add_household,
    record_claims,
)
from tests.families.world import NOW, World, build_world


@pytest.fixture
def world(record: str) -> World:
    return build_world()


def said(world: World, who: str, agency: str, claims, **more):
    """Record claims as one practitioner and give the entry back."""
    brought = {name: more.pop(name) for name in ("unknown", "households") if name in more}
    entry = world.entry(agency, more.pop("text", "As seen."), **more)
    record_claims(world.actors[who], world.case, entry, claims, now=NOW, **brought)
    return entry


def tie(world: World, person, other="ada", kind="parent", nature="birth", **more) -> ProposedClaim:
    ends = [one if isinstance(one, UUID) else world.person(one) for one in (person, other)]
    return ProposedClaim(uuid4(), kind, nature, ends[0], other=ends[1], **more)


def read(world: World, who: str, view: Viewpoint | None = None):
    return read_network(world.actors[who], world.case, view or Viewpoint(NOW), now=NOW)


def all_of(shown) -> dict:
    """Everything shown, without how many entries the record holds: that masked ones exist is told."""
    everything = asdict(shown)
    del everything["family"]["case"]["entries_filed"]
    return everything


def on(day: str, agency: UUID | None = None) -> Viewpoint:
    return Viewpoint(end_of_day(datetime.fromisoformat(day).replace(tzinfo=UTC).date()), agency)


def test_a_claim_is_read_with_its_source(world: World):
    entry = said(
        world, "ama", "health_visiting", [tie(world, "ruth")], how_known="told", informant="Ruth",
        happened="2026-03-14", known="2026-03-15",
    )  # fmt: skip

    shown = read(world, "ama")

    (claim,) = shown.network.claims
    assert (claim.kind, claim.nature, claim.asserts) == ("parent", "birth", True)
    source = claim.source
    assert (source.statement, source.agency_name) == (str(entry.id), "Fenwick Health Visiting")
    assert (source.how_known, source.informant, source.known_on.isoformat()) == (
        "told", "Ruth", "2026-03-15",
    )  # fmt: skip
    assert shown.seen == shown.network
    assert {p.id for p in shown.laid_out.people} >= {str(world.person("ruth"))}


def test_somebody_who_may_not_open_the_family_is_told_there_is_none(world: World):
    for who in ("tom", "admin"):
        with pytest.raises(NotFoundHere):
            read(world, who)
    with pytest.raises(NotFoundHere):
        read_network(world.actors["ama"], uuid4(), Viewpoint(NOW), now=NOW)


def test_every_reading_is_audited(world: World):
    read(world, "sam")

    latest = events_of_case(world.case)[0]
    assert (latest.action, latest.resource, latest.rule) == (
        "view_family",
        "network",
        "same-agency",
    )
    assert latest.detail["viewpoint"] == "pooled"


def test_what_is_new_to_a_reader_is_new_until_they_look_at_the_family_itself(world: World):
    real = datetime.now(UTC)  # the database stamps what it is given by its own clock

    def read_at(who: str, hours: int):
        return read_network(
            world.actors[who], world.case, Viewpoint(real + timedelta(hours=9)),
            now=real + timedelta(hours=hours),
        )  # fmt: skip

    def looks(who: str, hours: int) -> None:
        now = real + timedelta(hours=hours)
        read_history(world.actors[who], world.case, Viewpoint(now), now=now)

    said(world, "ama", "health_visiting", [tie(world, "ruth")], known="2026-03-15")
    assert read_at("priya", 1).since is None  # a first look has nothing to compare with
    looks("priya", -2)
    looks("ama", -2)

    said(
        world, "ama", "health_visiting", [tie(world, "father")],
        told={"social_care": "2026-03-20"}, asserted_by=world.actors["ama"].practitioner,
    )  # fmt: skip
    new = read_at("priya", 1)
    (claim,) = (c for c in new.network.claims if c.person == str(world.person("father")))
    assert new.since == real - timedelta(hours=2)
    assert new.new_claims == {claim.id}
    assert read_at("priya", 2).new_claims == {claim.id}  # the network is not the whole family
    assert claim.id not in read_at("ama", 1).new_claims  # her own is no news to her
    looks("priya", 3)
    assert read_at("priya", 5).new_claims == frozenset()


def hidden_by_lund(world: World, nature: str, **more) -> Newcomer:
    """Mental health records a partner and a home nobody else is told of."""
    partner = Newcomer(uuid4(), "mother's partner", "Carl", "Dunn", gender="man")
    home = NewHousehold(uuid4(), "Carl’s flat")
    claims = [
        tie(world, "ruth", partner.id, "couple", nature),
        ProposedClaim(uuid4(), "lives_at", "stays", world.person("ruth"), household=home.id),
    ]
    said(
        world, "lund", "mental_health", claims, about=("ruth",), unknown=[partner],
        households=[home], **more,
    )  # fmt: skip
    return partner


def test_what_was_not_shared_leaves_no_trace_and_no_empty_place(world: World):
    said(world, "ama", "health_visiting", [tie(world, "ruth")], told={"social_care": "2026-03-20"})
    before = {who: all_of(read(world, who)) for who in ("ama", "priya")}

    partner = hidden_by_lund(world, "together")
    hidden_by_lund(world, "married")

    for who, earlier in before.items():
        assert all_of(read(world, who)) == earlier
    own = read(world, "lund")
    assert str(partner.id) in {p.id for p in own.network.people}
    assert {h.name for h in own.network.households} == {"Carl’s flat"}
    chair = read(world, "grace")
    assert str(partner.id) in {p.id for p in chair.laid_out.people}


def test_once_told_an_agency_sees_the_people_of_the_claim(world: World):
    partner = hidden_by_lund(world, "together", told={"social_care": "2026-04-01"})

    assert str(partner.id) in {p.id for p in read(world, "priya").network.people}
    assert str(partner.id) not in {p.id for p in read(world, "ama").network.people}


def test_a_viewpoint_hides_and_moves_nobody(world: World):
    told = {"social_care": "2026-04-01"}
    partner = hidden_by_lund(world, "together", told=told, happened="2026-03-10")
    said(world, "priya", "social_care", [tie(world, "ruth")], happened="2026-03-05")
    social_care = world.agency("social_care")

    def view(day: str):
        return read(world, "priya", on(day, social_care))

    early, late = view("2026-03-31"), view("2026-04-01")
    assert str(partner.id) not in early.known_people
    assert str(partner.id) in late.known_people
    assert early.known_claims < late.known_claims
    assert {p.id for p in early.seen.people} == early.known_people
    assert early.laid_out == late.laid_out
    assert early.network == late.network
    nobody = view("2026-03-01")
    assert (nobody.known_people, nobody.known_claims) == (frozenset(), frozenset())


def test_pooled_also_shows_whom_the_record_holds_and_no_entry_names(world: World):
    pooled = read(world, "ama", on("2026-01-01"))
    as_police = read(world, "ama", on("2026-01-01", world.agency("police")))

    assert len(pooled.known_people) == 3
    assert as_police.known_people == frozenset()


def test_a_correction_stands_from_the_day_it_was_known_and_no_earlier(world: World):
    wrong = said(
        world, "ama", "health_visiting", [tie(world, "father", nature="birth")],
        happened="2026-03-14",
    )  # fmt: skip
    answer_entry(
        world.actors["ama"], world.case, wrong.id, LinkKind.CORRECTS,
        world.entry("health_visiting", "He is the uncle.", "2026-04-02"),
        reason="I asked again.", now=NOW, claims=[tie(world, "father", nature="alleged")],
    )  # fmt: skip

    def standing(view: Viewpoint) -> dict[str, str]:
        return {c.nature: c.source.standing for c in read(world, "ama", view).seen.claims}

    assert standing(on("2026-04-01")) == {"birth": "stands"}
    assert standing(Viewpoint(NOW)) == {"birth": "corrected", "alleged": "stands"}
    now_counts = [c.nature for c in read(world, "ama").network.claims if c.asserts]
    assert now_counts == ["alleged"]


def test_before_a_correction_was_known_what_it_corrects_is_drawn_where_it_always_stands(
    world: World,
):
    wrong = said(
        world, "ama", "health_visiting", [tie(world, "father", nature="birth")],
        happened="2026-03-14",
    )  # fmt: skip
    answer_entry(
        world.actors["ama"], world.case, wrong.id, LinkKind.WITHDRAWS,
        world.entry("health_visiting", "That was somebody else.", "2026-04-02"),
        reason="I asked again.", now=NOW,
    )  # fmt: skip

    before, after = read(world, "ama", on("2026-04-01")), read(world, "ama", Viewpoint(NOW))
    (claim,) = before.seen.claims
    assert before.believed_claims == {claim.id}
    assert after.believed_claims == frozenset() != after.known_claims
    assert before.laid_out == after.laid_out
    line = {claim.person, claim.other}
    assert line in [set(one.people) for one in before.laid_out.lines]


def test_a_correction_the_reader_may_not_read_changes_nothing_for_them(world: World):
    told = {"mental_health": "2026-03-20"}
    wrong = said(world, "ama", "health_visiting", [tie(world, "father")], told=told)
    before = all_of(read(world, "lund"))

    answer_entry(
        world.actors["ama"], world.case, wrong.id, LinkKind.WITHDRAWS,
        world.entry("health_visiting", "Not so."), reason="A slip.", now=NOW,
    )  # fmt: skip

    assert all_of(read(world, "lund")) == before


def test_an_own_household_is_listed_before_any_claim_names_it(world: World):
    add_household(world.actors["ama"], world.case, NewHousehold(uuid4(), "Nan’s"), now=NOW)

    assert [h.name for h in read(world, "ama").network.households] == ["Nan’s"]
    assert read(world, "priya").network.households == ()


def test_the_last_contact_of_an_agency_is_read_from_what_it_saw(world: World):
    ama = world.actors["ama"]
    for day, kind in [("2026-03-14", "visit"), ("2026-05-02", "no_access"), ("2026-04", "visit")]:
        record_entry(ama, world.case, world.entry("health_visiting", "x", day, kind=kind), now=NOW)
    shown = read(world, "ama")
    agency = world.agency("health_visiting")

    def last(day: str) -> str:
        found = shown.last_contact(agency, on=datetime.fromisoformat(day).date())
        return found.happened.edtf if found else ""

    assert last("2026-06-10") == "2026-04"
    assert last("2026-04-29") == "2026-03-14"
    assert last("2026-03-13") == ""
    assert shown.last_contact(world.agency("police"), on=NOW.date()) is None


def test_the_number_of_queries_does_not_grow_with_the_network(world: World):
    def queries() -> int:
        read(world, "ama")  # so that the layout is there
        with CaptureQueriesContext(
            connection,
        ) as caught:
            read(world, "ama")
        return len(caught)

    said(world, "ama", "health_visiting", [tie(world, "ruth")])
    few = queries()
    for number in range(12):
        man = Unknown(uuid4(), f"Man number {number}")
        home = NewHousehold(uuid4(), f"Flat {number}")
        claims = [
            tie(world, "ruth", man.id, "couple", "brief"),
            ProposedClaim(uuid4(), "lives_at", "stays", man.id, household=home.id),
        ]
        said(
            world, "ama", "health_visiting", claims, unknown=[man], households=[home],
            happened=f"2026-03-{number + 1:02}",
        )  # fmt: skip

    assert queries() == few
    assert few <= 28


def test_a_large_family_is_drawn_in_the_background_and_kept(world: World, monkeypatch):
    monkeypatch.setattr(layouts, "DRAWN_AT_ONCE", 3)
    man = Unknown(uuid4(), "Man with a van")
    said(
        world, "ama", "health_visiting",
        [tie(world, "ruth"), tie(world, "ruth", man.id, "couple", "brief")], unknown=[man],
    )  # fmt: skip

    first = read(world, "ama")
    assert first.is_being_drawn
    assert read(world, "ama").is_being_drawn
    worker.run_waiting_jobs()

    shown = read(world, "ama")
    assert not shown.is_being_drawn
    assert str(man.id) in {p.id for p in shown.laid_out.people}
    worker.run_waiting_jobs()
    assert read(world, "ama").laid_out == shown.laid_out


def test_a_circle_of_descent_is_said_and_everybody_is_still_drawn(world: World):
    claims = [tie(world, "ruth", "ada"), tie(world, "ada", "ruth")]
    said(world, "ama", "health_visiting", claims)

    shown = read(world, "ama")

    assert [warning.kind for warning in shown.warnings] == ["own_ancestor"]
    assert {p.id for p in shown.network.people} <= {p.id for p in shown.laid_out.people}
    assert len(shown.network.claims) == 2
