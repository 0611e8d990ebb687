"""A decision is signed once and whole, told as it says, and refused with reasons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from goldenthread.domain.decisions.proposing import CannotBeSigned, ProposedPin
from goldenthread.domain.decisions.record import MustTell, Party
from goldenthread.domain.decisions.vocabulary import Part, Tell
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.decisions.moments import moment_of
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.decisions.reading import NotFoundHere, read_decision, read_decisions
from goldenthread.usecases.decisions.sign_decision import (
    AlreadySigned,
    decision_of_draft,
    keep_decision_draft,
    look_over_decision,
    open_decision_draft,
    sign_decision,
)
from tests.families.world import NOW, World, key, open_another_family
from tests.usecases.decisions.deciding import (
    ALONE,
    DAY,
    LATER,
    SEEN,
    audited,
    deciding_world,
    proposed,
    signed,
)


@pytest.fixture
def world(record: str) -> World:
    return deciding_world()


def read(world: World, who: str, id, **more):
    return read_decision(world.actors[who], world.case, id, now=NOW, **more)


def test_a_signed_decision_holds_everything_it_was_signed_with(world):
    done = signed(world)

    found = read(world, "priya", done.id)

    said = proposed(world)
    assert found.record.question == said.question and found.record.rationale == said.rationale
    assert dict(found.record.parts) == {str(h): words for h, words in said.parts.items()}
    assert found.record.options == said.options
    assert [(p.name, p.party.part, p.agency_name) for p in found.parties] == [
        ("Priya Nair", "decided", "Fenwick Children's Services"),
        ("Ama Boateng", "present", "Fenwick Health Visiting"),
        ("Dr Inga Lund", "absent", "Harbour Adult Mental Health"),
        ("Nan", "consulted", ""),
    ]
    assert [(p.statement.id, p.use, p.is_as_pinned) for p in found.pins] == [
        (SEEN, "weighed_against", True)
    ]
    assert found.is_as_sealed and not found.has_more and found.seen.number == 1
    assert audited("priya", pins=1)


def test_an_entry_in_the_writers_words_carries_it(world):
    done = signed(world)

    history = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW)
    [entry] = [one for one in history.entries if one.statement.kind == "decision"]

    assert entry.id == done.statement
    assert entry.statement.text == "Ada stays at home with Ruth; Ama visits tomorrow."
    assert entry.statement.happened.edtf == DAY.isoformat()
    assert {one.person for one in entry.statement.subjects} == set(proposed(world).about)


def test_those_in_the_room_know_it_from_its_day_and_those_chosen_from_its_signing(world):
    done = signed(world)

    told = {one.agency: one for one in read(world, "priya", done.id).told}

    day = datetime(2026, 5, 31, 23, 0, tzinfo=UTC)  # the start of 1 June in England
    assert told[world.agency("health_visiting")].since == day
    assert told[world.agency("police")].since == datetime(2026, 6, 9, 23, 0, tzinfo=UTC)
    assert told[world.agency("mental_health")].since is None
    items = list(read(world, "priya", done.id).open_items(NOW.date()))
    assert [(i.sort, i.agency_name, i.words) for i in items] == [
        ("untold", "Harbour Adult Mental Health", "Dr Lund is on leave.")
    ]


def test_not_telling_is_the_ordinary_decision_not_to_share(world):
    not_told = MustTell(world.agency("gp"), Tell.NOT, "Ruth asked us not to.", date(2026, 7, 1))
    done = signed(world, must_tell=(not_told,))

    history = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW)
    [entry] = [one for one in history.entries if one.id == done.statement]

    assert [(one.to_agency, one.reason) for one in entry.not_told] == [
        ("Ferry Lane Surgery", "Ruth asked us not to.")
    ]
    assert list(read(world, "priya", done.id).open_items(NOW.date())) == []


def test_the_moment_of_a_signed_decision_is_its_day_and_its_deciders(world):
    done = signed(world)

    moment = moment_of(world.case, done.id)

    assert moment.decided_at.date() == DAY and not moment.time_is_known
    assert moment.deciders == {key("practitioner priya")}
    assert moment.room == {key("practitioner priya"), key("practitioner ama")}
    assert moment.agencies_in_the_room == {
        world.agency("social_care"), world.agency("health_visiting"),
    }  # fmt: skip


def test_who_may_read_it_is_who_may_read_its_entry(world):
    done = signed(world)

    for who in ("priya", "sam", "ama", "tom", "grace"):
        assert read(world, who, done.id).seen.id == done.id
        seen = read_decisions(world.actors[who], world.case, now=NOW)
        assert [one.id for one in seen.decisions] == [done.id]
    assert read_decisions(world.actors["lund"], world.case, now=NOW).decisions == ()
    with pytest.raises(NotFoundHere):
        read(world, "lund", done.id)
    with pytest.raises(NotFoundHere):
        read(world, "lund", uuid4())
    refused = [row for row in audited("lund") if row.outcome == "deny"]
    assert [row.rule for row in refused] == ["decision-not-for-this-reader"] * 2


def test_what_it_rests_on_is_left_out_for_whoever_may_not_read_it(world):
    pins = (ProposedPin(SEEN), ProposedPin(ALONE))
    done = signed(world, "ama", pins=pins)

    own, told = read(world, "ama", done.id), read(world, "tom", done.id)

    assert [one.statement.id for one in own.pins] == [SEEN, ALONE] and not own.has_more
    assert told.pins == () and told.record.pins == () and told.has_more
    assert told.is_as_sealed  # the seal is of all of it, and all of it is looked at


def test_signing_twice_keeps_one(world):
    draft = uuid4()
    first, again = signed(world, draft=draft), signed(world, draft=draft)

    assert (again.id, again.statement, again.already) == (first.id, first.statement, True)
    assert len(read_decisions(world.actors["priya"], world.case, now=NOW).decisions) == 1
    assert len(audited("priya", pins=1)) == 1


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"rationale": "  "}, "rationale"),
        ({"day": date(2026, 7, 1)}, "decided_on"),
        ({"pins": (ProposedPin(LATER),)}, f"pin-{LATER}"),
        ({"parties": (Party(Part.DECIDED, key("practitioner mina")),)}, "party-1"),
        ({"parties": (Party(Part.DECIDED, name="x", agency=uuid4()),)}, "party-1"),
        ({"must_tell": (MustTell(uuid4()),)}, "must_tell"),
        ({"about": (uuid4(),)}, "decided"),
    ],
)
def test_what_cannot_be_signed_says_why_beside_it_and_keeps_nothing(world, changed, part):
    with pytest.raises(CannotBeSigned) as refused:
        signed(world, **changed)

    assert part in [one.part for one in refused.value.remarks if one.refuses]
    assert read_decisions(world.actors["priya"], world.case, now=NOW).decisions == ()
    history = read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW)
    assert not [one for one in history.entries if one.statement.kind == "decision"]


def test_an_entry_the_decider_may_not_see_is_refused_like_one_that_never_was(world):
    said = []
    for entry in (ALONE, uuid4()):
        with pytest.raises(CannotBeSigned) as refused:
            signed(world, pins=(ProposedPin(entry),))
        said.append(refused.value.reason)
    assert said[0] == said[1] == "This entry is not in what you can read. Leave it out."


def test_an_entry_known_after_the_decision_is_named_with_both_days(world):
    with pytest.raises(
        CannotBeSigned, match="Nobody knew this before 5 June 2026: a decision of 1"
    ):
        signed(world, pins=(ProposedPin(LATER),))


def test_looking_it_over_says_what_lacks_whom_it_tells_and_who_lacks_its_grounds(world):
    look = look_over_decision(
        world.actors["ama"], world.case,
        proposed(world, parts={}, pins=(ProposedPin(SEEN), ProposedPin(ALONE))), now=NOW,
    )  # fmt: skip

    assert look.may_be_signed and {one.part for one in look.remarks} >= {"unknown", "strength"}
    assert look.told == ("Fenwick Children's Services", "Fenwick Police")
    assert look.lacking == (("Fenwick Children's Services", 1), ("Fenwick Police", 2))
    assert read_decisions(world.actors["ama"], world.case, now=NOW).decisions == ()


def test_only_the_team_signs_and_a_stranger_finds_no_family(world):
    for who in ("sam", "admin", "mina"):
        with pytest.raises(NotFoundHere):
            signed(world, who)
        with pytest.raises(NotFoundHere):
            look_over_decision(world.actors[who], world.case, proposed(world), now=NOW)
    other = open_another_family(world, "other")
    with pytest.raises(NotFoundHere):
        sign_decision(world.actors["tom"], other, uuid4(), proposed(world), now=NOW)
    assert [row.rule for row in audited("sam") if row.outcome == "deny"] == [
        "decision-needs-own-membership", "decision-needs-own-membership",
    ]  # fmt: skip


def test_a_draft_is_its_writers_alone_and_ends_with_the_signing(world):
    priya, draft = world.actors["priya"], uuid4()
    keep_decision_draft(priya, world.case, draft, {"question": ["Half a sen"]}, now=NOW)

    kept = open_decision_draft(priya, world.case, draft, now=NOW)
    assert kept.fields["decision"] == {"question": ["Half a sen"]}
    assert [id for id, _ in read_decisions(priya, world.case, now=NOW).drafts] == [draft]
    assert read_decisions(world.actors["grace"], world.case, now=NOW).drafts == ()
    assert open_decision_draft(world.actors["ama"], world.case, draft, now=NOW) is None

    with pytest.raises(CannotBeSigned):
        signed(world, draft=draft, rationale="")
    assert open_decision_draft(priya, world.case, draft, now=NOW) is not None

    done = signed(world, draft=draft)
    assert done.id == decision_of_draft(priya, draft)
    assert read_decisions(priya, world.case, now=NOW).drafts == ()
    for attempt in (open_decision_draft, lambda *a, **k: keep_decision_draft(*a, {}, **k)):
        with pytest.raises(AlreadySigned):
            attempt(priya, world.case, draft, now=NOW)
