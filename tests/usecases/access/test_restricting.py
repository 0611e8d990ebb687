"""What may be restricted, by whom, and that nothing of it tells more than it must."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4, uuid5

import pytest
from django.core import mail
from django.db import IntegrityError
from django.test import override_settings

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.statement import SOURCE_PROTECTED
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.access.models import (
    Conflict,
    ConflictEnd,
    Seal,
    StaffMatch,
    StatementLabel,
)
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.reading import Sought
from goldenthread.usecases._steps.permission import NotFoundHere
from goldenthread.usecases.access import (
    clearances,
    conflicts,
    label_entry,
    seal_record,
    who_sees,
    withhold_record,
)
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.what_needs_me import DueKind, what_needs_me
from goldenthread.usecases.network.linked_families import link_people, linked_families
from goldenthread.usecases.network.read_network import read_network
from tests.families import restricted
from tests.families.world import NOW, World, open_another_family
from tests.looking import past_the_wall

BECAUSE = restricted.BECAUSE


@pytest.fixture
def world(record: str) -> World:
    return restricted.build_restricted()


def entry(world: World, who: str = "priya", agency: str = "social_care", **more):
    made = world.entry(
        agency, "He shouts at night.", "2026-03-14",
        asserted_by=world.actors[who].practitioner, **more,
    )  # fmt: skip
    record_entry(world.actors[who], world.case, made, now=NOW)
    return made.id


def seen(world: World, who: str, **sought):
    return read_history(
        world.actors[who], world.case, Viewpoint(NOW), now=NOW,
        sought=Sought(**sought) if sought else None,
    )  # fmt: skip


def test_a_label_is_put_once_and_taken_off_by_a_further_row(world: World):
    one = entry(world)

    for _ in range(2):
        restricted.label(world, "priya", one, "csa")
    assert [e.id for e in seen(world, "sam").masked] == [one]
    assert seen(world, "sam").masked[0].is_restricted
    restricted.unlabel(world, "priya", one, "csa")

    assert StatementLabel.objects.count() == 2
    assert [e.id for e in seen(world, "sam").entries] == [one]
    kept = AuditEvent.objects.using("reader").filter(action="label_entry", outcome="allow")
    assert kept.count() == 2


def test_only_the_agency_the_allocated_worker_or_the_chair_labels(world: World):
    one = entry(world, told={"health_visiting": "2026-03-15"})
    with pytest.raises(label_entry.CannotLabel):
        restricted.label(world, "ama", one, "csa")
    with pytest.raises(NotFoundHere):
        restricted.label(world, "lund", one, "csa")
    with pytest.raises(NotFoundHere):
        restricted.label(world, "sam", one, "csa")  # a colleague who is not of the team
    with pytest.raises(label_entry.CannotLabel):
        label_entry.put_label(
            world.actors["priya"], world.case, one, "csa", reason=" ", id=uuid4(), now=NOW
        )


def test_whoever_is_cleared_reads_a_labelled_entry_and_nobody_clears_themselves(world: World):
    one = entry(world)
    restricted.label(world, "priya", one, "police_live")
    assert not seen(world, "grace").entries and not seen(world, "grace").masked

    restricted.clear(world, "rosa", "grace", "police_live")

    assert [e.id for e in seen(world, "grace").entries] == [one]
    with pytest.raises(clearances.CannotClear):
        restricted.clear(world, "rosa", "rosa", "police_live")
    with pytest.raises(clearances.CannotClear):
        restricted.clear(world, "rosa", "ama", "police_live")  # of another agency
    with pytest.raises(NotFoundHere):
        restricted.clear(world, "priya", "sam", "police_live")  # she is no lead


def test_a_seal_names_its_maker_is_due_in_ninety_days_and_is_lifted_by_somebody_named(world):
    seal = restricted.seal(world, "priya", "grace")
    assert Seal.objects.get().review_on == day_of(NOW) + timedelta(days=90)
    for who in ("sam", "ama", "lund", "rosa"):
        assert families_of(world.actors[who], now=NOW) == []
    with pytest.raises(NotFoundHere):
        seal_record.lift_seal(
            world.actors["rosa"], world.case, seal, reason=BECAUSE, id=uuid4(), now=NOW
        )

    due = what_needs_me(world.actors["priya"], now=NOW + timedelta(days=89)).due
    assert [one.kind for one in due if one.kind is DueKind.SEAL] == [DueKind.SEAL]
    later = {"reason": BECAUSE, "id": uuid4(), "now": NOW + timedelta(days=89)}
    for _ in range(2):  # a form that is sent twice counts once
        seal_record.review_seal(world.actors["priya"], world.case, seal, **later)
    due = what_needs_me(world.actors["priya"], now=NOW + timedelta(days=89)).due
    assert not [one for one in due if one.kind is DueKind.SEAL]
    seal_record.lift_seal(
        world.actors["grace"], world.case, seal, reason=BECAUSE, id=uuid4(), now=NOW
    )
    assert families_of(world.actors["sam"], now=NOW)


def test_two_seals_let_in_only_whoever_is_named_on_both(world: World):
    restricted.seal(world, "priya", "grace", "ama")
    restricted.seal(world, "priya", "ama", "ben")
    assert families_of(world.actors["ama"], now=NOW)
    assert families_of(world.actors["grace"], now=NOW) == []


def test_a_name_is_added_to_a_seal_from_today(world: World):
    seal = restricted.seal(world, "priya", "grace")
    sam = world.actors["sam"]
    seal_record.name_on_seal(
        world.actors["priya"], world.case, seal, sam.practitioner, id=uuid4(), now=NOW
    )
    assert families_of(sam, now=NOW)


def test_what_is_withheld_is_nowhere_until_somebody_stops_it(world: World):
    one = entry(world, told={"health_visiting": "2026-03-15"})
    held = restricted.withhold(world, "priya", statement=one, agency="health_visiting")
    assert not seen(world, "ama").entries and not seen(world, "ama").masked
    withhold_record.stop_withholding(
        world.actors["priya"], world.case, held, reason=BECAUSE, now=NOW
    )
    assert [e.id for e in seen(world, "ama").entries] == [one]


@pytest.mark.parametrize("whom", [{"person": "priya"}, {"agency": "social_care"}, {}])
def test_nobody_withholds_from_themselves_or_from_nobody(world: World, whom):
    with pytest.raises(withhold_record.CannotWithhold):
        restricted.withhold(world, "priya", **whom)


def mails_of(act) -> list[str]:
    with override_settings(EMAIL_HOST="mail.example.org"):
        mail.outbox = []
        act()
    for one in mail.outbox:
        said = f"{one.subject} {one.body}".casefold()
        assert not any(word in said for word in ("okafor", "gt-0001", "priya", "lund", "harbour"))
    return sorted(one.to[0].split("@")[0] for one in mail.outbox)


@pytest.mark.parametrize("who", ["ama", "lund", "rosa", "ben"])
@pytest.mark.parametrize(
    "whom", [{"person": "priya"}, {"person": "grace"}, {"agency": "social_care"}]
)
def test_nobody_takes_the_whole_record_from_those_who_answer_for_the_child(
    world: World, who: str, whom: dict[str, str]
):
    if who == "rosa" and "agency" in whom:
        whom = {"person": "priya"}  # of one's own agency nobody withholds from anyhow
    with pytest.raises(withhold_record.CannotWithhold, match="Tell your lead instead"):
        restricted.withhold(world, who, **whom)
    assert families_of(world.actors["priya"], now=NOW) and families_of(
        world.actors["grace"], now=NOW
    )


def test_the_chairs_own_agency_is_never_cut_off_either(record: str):
    world = restricted.build_restricted(grace="named_member", tom="chair")
    with pytest.raises(withhold_record.CannotWithhold, match="Tom Hale chairs"):
        restricted.withhold(world, "ama", agency="police")


def test_an_entry_is_withheld_from_whoever_is_allocated_as_before(world: World):
    one = entry(world, "ama", "health_visiting", told={"social_care": "2026-03-15"})
    restricted.withhold(world, "ama", statement=one, person="priya")
    assert seen(world, "priya").entries == ()


def test_a_withheld_record_is_told_to_the_leads_and_the_chair_and_stands_on_their_pages(world):
    told = mails_of(lambda: restricted.withhold(world, "ama", agency="mental_health"))

    assert told == ["ben", "grace"]
    (row,) = withhold_record.withheld_to_look_after(world.actors["ben"], now=NOW)
    assert (row.reference, row.whom, row.by_name) == (
        "GT-0001", "Harbour Adult Mental Health", "Ama Boateng",
    )  # fmt: skip
    assert withhold_record.withheld_to_look_after(world.actors["rosa"], now=NOW) == []
    with pytest.raises(NotFoundHere):
        withhold_record.withheld_to_look_after(world.actors["ama"], now=NOW)
    for who in ("ben", "grace"):
        found = who_sees.who_can_see(world.actors[who], world.case, now=NOW)
        assert [one.whom for one in found.withheld] == ["Harbour Adult Mental Health"]


def test_nobody_from_whom_it_is_withheld_is_told_and_somebody_always_is(world: World):
    restricted.conflict(world, "grace")
    told = mails_of(lambda: restricted.withhold(world, "ama", person="ben"))
    assert told == ["priya"]
    assert withhold_record.withheld_to_look_after(world.actors["ben"], now=NOW) == []


def test_of_an_entry_that_is_withheld_nobody_is_sent_word(world: World):
    one = entry(world, told={"health_visiting": "2026-03-15"})
    assert not mails_of(
        lambda: restricted.withhold(world, "priya", statement=one, agency="health_visiting")
    )


def test_a_conflict_outranks_the_allocated_worker_and_the_named_list(world: World):
    restricted.seal(world, "priya", "grace")
    restricted.conflict(world, "priya")
    assert families_of(world.actors["priya"], now=NOW) == []
    with pytest.raises(NotFoundHere):
        seen(world, "priya")


def test_declaring_a_conflict_says_the_same_whether_there_is_a_record_or_not(world: World):
    said = [
        conflicts.declare_own(
            world.actors["sam"], family=family, reason="My aunt.", id=uuid4(), now=NOW
        )
        for family in ("GT-0001", "GT-9999", "The Okafors of Ferry Lane")
    ]
    assert said == [None, None, None]
    told = conflicts.conflicts_to_look_after(world.actors["rosa"], now=NOW)
    assert [one.family for one in told] == ["GT-0001", "GT-9999", "The Okafors of Ferry Lane"]
    with pytest.raises(NotFoundHere):
        conflicts.conflicts_to_look_after(world.actors["priya"], now=NOW)


@pytest.mark.parametrize("typed", [" gt-0001 ", "GT–0001", "Gt -\u00a00001"])
def test_a_conflict_takes_effect_however_the_reference_is_spelt(world: World, typed: str):
    restricted.conflict(world, "sam", typed)
    assert families_of(world.actors["sam"], now=NOW) == []
    conflicts.declare_for(
        world.actors["ben"], world.actors["ama"].practitioner, family=typed, reason="x",
        id=uuid4(), now=NOW,
    )  # fmt: skip
    assert families_of(world.actors["ama"], now=NOW) == []


def test_a_conflict_is_lifted_by_another_lead_alone(world: World):
    of_sam, of_rosa = (
        restricted.conflict(world, "sam"),
        restricted.conflict(world, "rosa", "GT-7777"),
    )
    with pytest.raises(NotFoundHere):
        conflicts.lift_conflict(world.actors["sam"], of_sam, reason=BECAUSE, now=NOW)
    with pytest.raises(NotFoundHere):
        conflicts.lift_conflict(world.actors["ben"], of_sam, reason=BECAUSE, now=NOW)
    with pytest.raises(conflicts.CannotDeclare):
        conflicts.lift_conflict(world.actors["rosa"], of_rosa, reason=BECAUSE, now=NOW)

    conflicts.lift_conflict(world.actors["rosa"], of_sam, reason=BECAUSE, now=NOW)

    assert families_of(world.actors["sam"], now=NOW)
    rosa = world.actors["rosa"]
    with pytest.raises(IntegrityError), past_the_wall():
        ConflictEnd.objects.create(
            id=uuid4(), conflict=Conflict.objects.get(id=of_rosa),
            practitioner_id=rosa.practitioner, lifted_by_id=rosa.practitioner, reason="x",
            recorded_by_id=rosa.account,
        )  # fmt: skip


@pytest.mark.parametrize("family", ["GT-0001", "GT-9999"])
def test_a_lead_neither_sees_nor_lifts_a_conflict_with_a_family_of_their_own(world: World, family):
    of_sam, other = (
        restricted.conflict(world, "sam", family),
        restricted.conflict(world, "sam", "GT-7777"),
    )
    restricted.conflict(world, "rosa", family)

    told = conflicts.conflicts_to_look_after(world.actors["rosa"], now=NOW)
    assert [(one.name, one.family) for one in told] == [
        ("Sam Reed", "GT-7777"), ("Rosa Lind", family),
    ]  # fmt: skip
    listed = AuditEvent.objects.using("reader").get(action="list_conflicts")
    assert listed.detail["conflicts"] == 2
    with pytest.raises(NotFoundHere) as there:
        conflicts.lift_conflict(world.actors["rosa"], of_sam, reason=BECAUSE, now=NOW)
    with pytest.raises(NotFoundHere) as nothing:
        conflicts.lift_conflict(world.actors["rosa"], uuid4(), reason=BECAUSE, now=NOW)
    assert str(there.value) == str(nothing.value)
    conflicts.lift_conflict(world.actors["rosa"], other, reason=BECAUSE, now=NOW)


def test_a_lead_matched_to_a_family_is_told_of_no_colleagues_conflict_with_it(world: World):
    restricted.conflict(world, "sam")
    rosa = world.actors["rosa"]
    match = StaffMatch(
        id=uuid4(), practitioner_id=rosa.practitioner, case_id=world.case,
        person_id=world.person("ada"), strength="name_and_birth", restricts=True, recorded_at=NOW,
    )  # fmt: skip
    with past_the_wall():
        match.save(force_insert=True)
        Conflict.objects.create(
            id=uuid4(), practitioner_id=rosa.practitioner, case_id=world.case, match=match,
            reason="A match.", by_themselves=False, recorded_at=NOW,
        )  # fmt: skip
    assert conflicts.conflicts_to_look_after(rosa, now=NOW) == []


def test_who_can_see_lists_those_for_whom_it_exists_and_says_why(world: World):
    one = entry(world, told={"health_visiting": "2026-03-15"})
    restricted.label(world, "priya", one, "csa")
    restricted.clear(world, "ben", "ama", "csa")
    restricted.conflict(world, "grace")

    told = who_sees.who_can_see(world.actors["priya"], world.case, statement=one, now=NOW)

    rules = {person.name: person.rule for person in told.people}
    assert rules["Priya Nair"] == "own-agency-entry"
    assert rules["Ama Boateng"] == "agency-was-told"
    assert rules["Sam Reed"] == "label-masks"
    assert rules["Dr Inga Lund"] == "held-by-another-agency"
    assert "Grace Obi" not in rules  # nobody is told of her conflict
    with pytest.raises(NotFoundHere):
        who_sees.who_can_see(world.actors["sam"], world.case, statement=one, now=NOW)


def test_a_protected_source_is_kept_while_what_it_says_is_used(world: World):
    one = entry(
        world, told={"health_visiting": "2026-03-15"}, how_known="told",
        informant="Mrs Wren next door", reasoning="She hears it.",
    )  # fmt: skip
    restricted.label(world, "priya", one, "source_protected")

    of_ama = seen(world, "ama").entries[0].statement
    assert of_ama.text == "He shouts at night."
    assert (of_ama.informant, of_ama.how_known) == (SOURCE_PROTECTED, "not_recorded")
    assert of_ama.reasoning == ""
    assert seen(world, "priya").entries[0].statement.informant == "Mrs Wren next door"
    assert not seen(world, "ama", words="Wren").entries
    assert not seen(world, "ama", words="wren next door").entries
    assert seen(world, "ama", words="shouts").entries
    assert seen(world, "priya", words="Wren").entries
    shown = read_network(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)
    assert "Wren" not in repr(shown)


def test_after_an_adoption_order_a_new_record_is_open_and_never_leads_to_the_old(world: World):
    new = open_another_family(world, "Ashby")
    link_people(
        world.actors["priya"], world.case, world.person("ada"), _ada_of(new), "same", "The order.",
        now=NOW,
    )  # fmt: skip
    restricted.seal(world, "priya", "grace")
    ama = world.actors["ama"]
    assert [line.case.id for line in families_of(ama, now=NOW)] == [new]
    assert linked_families(ama, new, _ada_of(new), now=NOW) == ()
    assert linked_families(world.actors["priya"], new, _ada_of(new), now=NOW)


def _ada_of(case):
    return uuid5(case, "ada")
