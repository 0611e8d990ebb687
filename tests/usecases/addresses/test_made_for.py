"""A document for others: narrowed where it is read, said before it leaves, audited, refused alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.access.recipient import Recipient, WhyLeftOut
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import SOURCE_PROTECTED
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.domain.subject_access.pointing_out import MAY_BE_A_NAME
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.network.models import KeptLayout
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.giving import NOT_OF_THIS_FAMILY
from goldenthread.usecases.addresses.made_for import (
    NotForThem,
    NotFoundHere,
    note_not_given,
    read_before_it_leaves,
    whom_it_is_for,
)
from goldenthread.usecases.addresses.send_document import ask_for_whom
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.decisions.reading import read_decision
from goldenthread.usecases.needs.read_needs import read_adult
from goldenthread.usecases.network.read_network import read_network
from goldenthread.usecases.people import set_up
from goldenthread.usecases.risk.summaries import read_summary_version, summary_for_meeting
from goldenthread.usecases.risk.write_summary import finish_summary, give_summary, version_of_draft
from tests.families import glass, needs, restricted
from tests.families.network import record_network
from tests.families.world import NOW, World, key

RUTH, COURT = Recipient(person=key("person ruth")), Recipient(words="Family Court, Fenwick")
EXPORT = Action.EXPORT_CHRONOLOGY


@pytest.fixture
def world(record: str) -> World:
    return glass.build_glass()


def to(who: str) -> Recipient:
    return Recipient(practitioner=key(f"practitioner {who}"))


def giving(world: World, who: str, *recipients: Recipient) -> Actor:
    return replace(world.actors[who], gives_to=recipients)


def entry(
    world: World, words: str, agency: str = "social_care", who: str = "priya", **more
) -> UUID:
    new = world.entry(agency, words, **more)
    record_entry(world.actors[who], world.case, new, now=NOW)
    return new.id


def texts(world: World, who: str, *recipients: Recipient) -> set[str]:
    """What a chronology that somebody takes out for these people says."""
    history = read_history(
        giving(world, who, *recipients), world.case, Viewpoint(NOW), now=NOW, action=EXPORT
    )
    return {one.statement.text for one in history.entries}


def asked(world: World, who: str, *recipients: Recipient) -> UUID:
    id = uuid4()
    ask_for_whom(
        world.actors[who], world.case, id, kind="history_csv", place="/x", recipients=recipients,
        now=NOW,
    )  # fmt: skip
    return id


def before(world: World, who: str, *recipients: Recipient):
    return read_before_it_leaves(
        world.actors[who], world.case, asked(world, who, *recipients), now=NOW
    )


def reasons(world: World, who: str, *recipients: Recipient) -> list[tuple[WhyLeftOut, int, str]]:
    found = before(world, who, *recipients)
    return [(one.why, one.entries, one.agency_name) for one in found.reasons]


def trail() -> list[AuditEvent]:
    events = AuditEvent.objects.using("reader").filter(action="send_document")
    return list(events.order_by("recorded_at"))


def test_for_oneself_nothing_is_left_out(world):
    entry(world, "Ours.")
    assert texts(world, "priya") == texts(world, "priya", to("priya")) == {"Ours."}
    assert not before(world, "priya", to("priya")).is_for_others


def test_a_colleague_is_given_what_their_agency_was_told_and_the_rest_once_it_is_shared(world):
    told = {"health_visiting": "2026-04-01"}
    entry(world, "Both.", told=told)
    ours = entry(world, "Ours.")
    assert texts(world, "priya", to("ama")) == {"Both."}
    assert reasons(world, "priya", to("ama")) == [
        (WhyLeftOut.NOT_TOLD, 1, "Fenwick Health Visiting")
    ]
    found = before(world, "priya", to("ama"))
    assert (found.entries, found.left_out, found.is_for_others) == (2, 1, True)

    telling = Telling(world.agency("health_visiting"), told=parse_edtf("2026-06-09"))
    share_entry(world.actors["priya"], world.case, ours, [telling], now=NOW)

    assert texts(world, "priya", to("ama")) == {"Both.", "Ours."}
    assert reasons(world, "priya", to("ama")) == []


def test_the_chair_gives_nobody_what_another_agency_holds_alone(world):
    entry(world, "Lund alone.", "mental_health", "lund")
    entry(world, "Ama alone.", "health_visiting", "ama")
    assert texts(world, "grace") == {"Lund alone.", "Ama alone."}
    assert texts(world, "grace", to("ama")) == {"Ama alone."}
    assert texts(world, "grace", to("ama"), to("lund")) == set()


def test_what_restricts_an_entry_is_not_told_and_comes_after_what_may_be_told(world):
    told = {"health_visiting": "2026-04-01"}
    restricted.clear(world, "rosa", "priya", "csa")
    restricted.label(world, "priya", entry(world, "Labelled.", told=told), "csa")
    restricted.seal(world, "priya", statement=entry(world, "Sealed."))
    kept = entry(world, "Withheld.", told=told)
    restricted.withhold(world, "priya", statement=kept, agency="health_visiting")

    assert texts(world, "priya", to("ama")) == set()
    assert reasons(world, "priya", to("ama")) == [
        (WhyLeftOut.NOT_TOLD, 1, "Fenwick Health Visiting"), (WhyLeftOut.MAY_NOT_HAVE, 2, ""),
    ]  # fmt: skip


def test_a_protected_source_is_left_out_for_whoever_may_not_know_it(world):
    told = {"health_visiting": "2026-04-01"}
    one = entry(world, "Heard.", told=told, how_known="told", informant="Mrs Wren next door")
    restricted.label(world, "priya", one, "source_protected")
    for whom in (to("ama"), RUTH, COURT):
        history = read_history(giving(world, "priya", whom), world.case, Viewpoint(NOW), now=NOW)
        assert {e.statement.informant for e in history.entries} <= {SOURCE_PROTECTED}


def test_numbers_and_masks_do_not_say_that_anything_was_left_out(world):
    told = {"health_visiting": "2026-04-01"}
    entry(world, "Ours.", happened="2026-03-01")
    entry(world, "Both.", happened="2026-03-02", told=told)
    entry(world, "Lund alone.", "mental_health", "lund")

    def shown(*recipients: Recipient):
        actor = giving(world, "priya", *recipients)
        return read_history(actor, world.case, Viewpoint(NOW), now=NOW)

    for_ama, for_court = shown(to("ama")), shown(COURT)
    assert [one.number for one in for_ama.entries] == [1]
    assert len(for_ama.masked) == 1  # what neither may read, and both know to be there
    assert for_court.masked == ()
    assert for_ama.not_yet_known == for_court.not_yet_known == 0


def test_somebody_without_the_record_is_given_ones_own_agencys_words_about_them(world):
    told = {"social_care": "2026-04-01"}
    restricted.clear(world, "rosa", "priya", "csa")
    entry(world, "About Ruth.", about=("ruth",))
    entry(world, "About Ada.", about=("ada",))
    entry(world, "Ama's.", "health_visiting", "ama", told=told)
    restricted.label(world, "priya", entry(world, "Labelled."), "csa")

    assert texts(world, "priya", RUTH) == {"About Ruth."}
    assert texts(world, "priya", COURT) == {"About Ruth.", "About Ada."}
    assert texts(world, "priya", RUTH, COURT) == {"About Ruth."}
    assert reasons(world, "priya", RUTH) == [
        (WhyLeftOut.ANOTHER_AGENCY, 1, ""), (WhyLeftOut.NOT_ABOUT_THEM, 1, ""),
        (WhyLeftOut.MAY_NOT_HAVE, 1, ""),
    ]  # fmt: skip


def test_nobody_is_drawn_whom_they_may_not_know_of(record):
    world = record_network(glass.build_glass())
    own = read_network(world.actors["grace"], world.case, Viewpoint(NOW), now=NOW, action=EXPORT)
    for whom in (to("ama"), to("lund"), RUTH, COURT):
        shown = read_network(
            giving(world, "grace", whom), world.case, Viewpoint(NOW), now=NOW, action=EXPORT
        )
        reader = whom.practitioner
        if reader:
            who = next(n for n, a in world.actors.items() if a.practitioner == reader)
            theirs = read_network(world.actors[who], world.case, Viewpoint(NOW), now=NOW)
            assert {c.id for c in shown.network.claims} <= {c.id for c in theirs.network.claims}
            assert {p.id for p in shown.network.people} <= {p.id for p in theirs.network.people}
            assert {h.id for h in shown.network.households} <= {
                h.id for h in theirs.network.households
            }
        assert {c.id for c in shown.network.claims} <= {c.id for c in own.network.claims}
        assert shown.elsewhere == ()


def test_a_drawing_for_others_starts_from_no_other_drawing(record):
    world = record_network(glass.build_glass())

    def drawn(*recipients: Recipient):
        actor = giving(world, "grace", *recipients)
        shown = read_network(actor, world.case, Viewpoint(NOW), now=NOW, action=EXPORT)
        return {one.id: one.x for one in shown.laid_out.people}

    first = drawn(to("lund"))
    drawn(), drawn(to("ama")), drawn(COURT)
    KeptLayout.objects.filter(scope="for others").delete()
    assert drawn(to("lund")) == first


@pytest.mark.parametrize("way", ["conflict", "no tie", "seal", "withheld", "left", "glass"])
def test_whoever_may_not_open_the_family_is_given_nothing_and_nobody_learns_why(world, way):
    who = {"no tie": "tom", "glass": "dora"}.get(way, "ama")
    entry(world, "Ours.", told={"health_visiting": "2026-04-01"})
    if way == "conflict":
        restricted.conflict(world, who)
    elif way == "seal":
        restricted.seal(world, "priya", "grace")
    elif way == "withheld":
        restricted.withhold(world, "priya", person=who)
    elif way == "left":
        Account.objects.using("owner").filter(id=key(f"account {who}")).update(is_active=False)
    elif way == "glass":
        glass.broke(world, who)
    ask = asked(world, "priya", to(who))

    with pytest.raises(NotForThem) as told:
        read_before_it_leaves(world.actors["priya"], world.case, ask, now=NOW)
    with pytest.raises(NotForThem) as taken:
        texts(world, "priya", to(who), to("lund"))

    assert told.value.reason == taken.value.reason == NOT_OF_THIS_FAMILY
    found = note_not_given(world.actors["priya"], world.case, ask, now=NOW)
    assert found.whom_to_ask and found.whom_to_ask.name == "Grace Obi"
    assert trail()[-1].detail["answer"] == "not-for-them"


def test_a_member_of_the_team_without_an_account_is_given_what_their_agency_knows(world):
    by = world.actors["admin"]
    doctor = set_up.NewPractitioner(
        id=key("practitioner doctor"), agency=world.agency("health_visiting"), name="Dr Ash",
        role="Health visitor", remit="practitioner",
    )  # fmt: skip
    set_up.set_up_agencies(by, [], [doctor])
    entry(world, "Both.", told={"health_visiting": "2026-04-01"})
    entry(world, "Ours.")
    assert texts(world, "priya", to("doctor")) == {"Both."}


def test_it_is_ones_own_answer_for_one_document(world):
    ask = asked(world, "priya", to("ama"))
    priya, about = world.actors["priya"], {"kind": "history_csv", "place": "/x"}
    assert whom_it_is_for(priya, world.case, ask, now=NOW, **about) == (to("ama"),)
    for changed in ({"kind": "history_pdf"}, {"place": "/y"}):
        assert whom_it_is_for(priya, world.case, ask, now=NOW, **about | changed) is None
    assert whom_it_is_for(world.actors["grace"], world.case, ask, now=NOW, **about) is None
    assert whom_it_is_for(priya, world.case, uuid4(), now=NOW, **about) is None
    for read in (read_before_it_leaves, note_not_given):
        with pytest.raises(NotFoundHere):
            read(world.actors["grace"], world.case, ask, now=NOW)
        with pytest.raises(NotFoundHere):
            read(world.actors["tom"], world.case, ask, now=NOW)


def test_what_was_left_out_is_audited_and_says_no_more_than_how_many(world):
    entry(world, "Ours.")
    before(world, "priya", to("ama"))
    event = trail()[-1]
    assert event.detail["left_out"] == 1
    assert "Ours" not in repr(event.detail)


# What cannot be cut is given whole or not at all.


def test_a_decision_is_given_to_whoever_may_read_it_with_all_that_it_turned_on(record):
    from tests.usecases.decisions import deciding

    world = deciding.deciding_world()
    done = deciding.signed(world).id
    read_decision(giving(world, "priya", to("ama")), world.case, done, now=NOW, action=EXPORT)
    # Dr Lund was not told it. The police were, and not of the entry that it turned on.
    for whom in (to("lund"), to("tom"), COURT, RUTH):
        with pytest.raises(NotForThem):
            read_decision(giving(world, "priya", whom), world.case, done, now=NOW, action=EXPORT)


def test_a_summary_is_given_to_whoever_it_was_given_to(world):
    one = entry(world, "Ours.", told={"health_visiting": "2026-04-01"})
    draft, priya = uuid4(), world.actors["priya"]
    words = {"holds": "Ruth asks for help."}
    finish_summary(priya, world.case, draft, words=words, entries=(one,), now=NOW)
    version = version_of_draft(priya, draft)

    def taken(*recipients: Recipient):
        actor = giving(world, "priya", *recipients)
        return read_summary_version(actor, world.case, version, now=NOW, action=EXPORT)

    for whom in (to("ama"), COURT, RUTH):
        with pytest.raises(NotForThem):
            taken(whom)
        actor = giving(world, "priya", whom)
        assert summary_for_meeting(actor, world.case, by=NOW, now=NOW) is None
    give_summary(priya, world.case, version, world.agency("health_visiting"), now=NOW)
    assert taken(to("ama")).seen.parts
    with pytest.raises(NotForThem):
        taken(to("ama"), COURT)


def test_a_sheet_of_needs_is_given_whole(world):
    needs.keep(world, told=("social_care",))

    def sheet(*recipients: Recipient):
        actor = giving(world, "ama", *recipients)
        _, one = read_adult(actor, world.case, key("person ruth"), now=NOW, action=EXPORT)
        return one.profile.how_to_work_with_me

    assert sheet(to("priya")) == sheet(RUTH) == "Tell me one thing at a time."
    with pytest.raises(NotForThem):
        sheet(to("lund"))
    needs.keep(world, "lund", "second", answers=(), effects=())
    actor = replace(world.actors["grace"], gives_to=(to("priya"),))
    with pytest.raises(NotForThem):
        read_adult(actor, world.case, key("person ruth"), now=NOW, action=EXPORT)


def test_an_answer_holds_for_as_long_as_it_did(world):
    from goldenthread.usecases.addresses.protecting import protection_for
    from goldenthread.usecases.addresses.send_document import Leaves, check_document

    ask, priya = asked(world, "priya", to("ama")), world.actors["priya"]

    def leaves(minutes: int) -> Leaves:
        now = NOW + timedelta(minutes=minutes)
        return check_document(
            priya, world.case, ask, kind="history_csv", place="/x", texts=(),
            protection=protection_for(priya, world.case, now=now), now=now,
        )  # fmt: skip

    assert (leaves(30), leaves(31)) == (Leaves.YES, Leaves.ASK)


def told(world: World, who: str, *recipients: Recipient) -> dict[str, tuple[str, int]]:
    """What the sender is told the document may tell of: why, and in how many entries."""
    found = before(world, who, *recipients).told_of
    return {one.words: (one.because, len(one.entries)) for one in found}


def test_words_that_may_be_about_somebody_else_are_said_with_where_they_stand(world):
    told_them = {"health_visiting": "2026-04-01"}
    one = entry(world, "Her friend Kelly hit Ada.", told=told_them)
    entry(world, "Kelly said so on Tuesday.", told=told_them)
    entry(world, "Of Zebedee nobody is told.")

    (shown,) = before(world, "priya", to("ama")).told_of

    assert (shown.words, shown.because) == ("Kelly", MAY_BE_A_NAME)
    assert len(shown.entries) == 2 and one in {each.id for each in shown.entries}


def test_to_somebody_of_the_family_its_other_people_are_somebody_else(world):
    entry(world, "Ruth and Ada were well.", about=("ruth", "ada"))
    assert told(world, "priya", to("sam")) == {}
    assert told(world, "priya", RUTH) == {"Ada": ("A name of the child", 1)}


def test_for_oneself_nothing_is_said(world):
    entry(world, "Her friend Kelly hit Ada.")
    assert told(world, "priya", to("priya")) == {}
