"""A request for what is kept: who may answer it, what is decided, and two people before it leaves."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.access.step_up import StepShown, StepUpNeeded
from goldenthread.domain.network.vocabulary import SamePerson
from goldenthread.domain.subject_access.pointing_out import MAY_BE_A_NAME
from goldenthread.domain.subject_access.vocabulary import Standing
from goldenthread.records.access.models import TeamMember
from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.access.seal_record import seal_record
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.network.linked_families import link_people
from goldenthread.usecases.people import set_up
from goldenthread.usecases.subject_access.check_pack import CannotRelease, ask_for_check
from goldenthread.usecases.subject_access.prepare_pack import (
    CannotPrepare,
    Place,
    add_arrived,
    choose_entry,
    leave_out_waiting,
    redact,
    undo_redaction,
)
from goldenthread.usecases.subject_access.read_packs import (
    NotFoundHere,
    read_entry_of_pack,
    read_for_check,
    read_packs,
    take_out_pack,
)
from tests.families.addresses import POSTCODE, STREET, appears, keep
from tests.families.packs import (
    BESIDE,
    OWN,
    PACK,
    SECRET,
    SOURCE,
    THEIRS,
    add_lead,
    answer,
    build,
    check,
    decide_all,
    protect_source,
    release,
    seen,
    start,
    withhold,
)
from tests.families.world import NOW, World, key

RUTH = key("person ruth")


@pytest.fixture
def world(record: str) -> World:
    return build()


def events(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.using("reader").filter(action=action).order_by("recorded_at"))


def leaves(world: World, who: str = "priya") -> str:
    """Every character of what would leave."""
    document = read_for_check(world.actors[who], world.case, PACK, now=NOW).pack.document
    return "\n".join(
        piece.words for one in document.entries for _, words in one.parts for piece in words
    )


def test_the_allocated_worker_starts_one_with_its_day_of_answer(world):
    start(world)
    pack = seen(world)
    assert pack.row.due_on == date(2026, 6, 30)  # June has no 31st
    standing = {one.id: one.standing for one in pack.entries}
    assert standing == {
        OWN: Standing.IN, THEIRS: Standing.WAITS, SOURCE: Standing.IN, BESIDE: Standing.BESIDE,
    }  # fmt: skip
    assert events("prepare_pack")[0].resource == f"pack:{PACK}"


def test_starting_twice_starts_one(world):
    start(world)
    start(world)
    packs = read_packs(world.actors["priya"], world.case, now=NOW).packs
    assert [one.row.id for one in packs] == [PACK]


@pytest.mark.parametrize("who", ["ama", "sam", "grace", "tom", "admin"])
def test_nobody_else_starts_one_and_the_refusal_is_kept(world, who):
    with pytest.raises(NotFoundHere):
        start(world, who)
    (refused,) = events("prepare_pack")
    assert refused.outcome == "deny"


def test_the_lead_of_the_agency_starts_one(world):
    add_lead(world)
    start(world, "lena")
    assert seen(world, "lena").row.started_by == key("account lena")


def test_another_agency_does_not_know_that_somebody_asked(world):
    start(world)
    assert read_packs(world.actors["ama"], world.case, now=NOW).packs == ()
    with pytest.raises(NotFoundHere):
        read_for_check(world.actors["ama"], world.case, PACK, now=NOW)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"asked_by": None}, "asked_by"),
        ({"asked_by": key("person nobody")}, "asked_by"),
        ({"about": None}, "about"),
        ({"asked_on": None}, "asked_on"),
        ({"asked_on": date(2026, 6, 11)}, "asked_on"),
        ({"entitled": "  "}, "entitled"),
    ],
)
def test_what_is_missing_is_said_where_it_is(world, more, part):
    with pytest.raises(CannotPrepare) as refused:
        start(world, **more)
    assert refused.value.part == part


def test_withheld_words_do_not_leave_and_their_reason_stands_in_their_place(world):
    start(world)
    assert withhold(world, "Dean  carter") == 1
    document = seen(world).document
    pieces = [p for one in document.entries for _, words in one.parts for p in words]
    assert [sorted(p.codes) for p in pieces if p.codes] == [["third_party"]]
    assert "Carter" not in leaves(world)
    assert "was there and said" in leaves(world)
    assert document.words_out == (("third_party", 1),)


def test_withholding_twice_withholds_once_and_undoing_gives_the_words_back(world):
    start(world)
    withhold(world, "Mrs Bell")
    assert withhold(world, "Mrs Bell") == 0
    (one,) = seen(world).entry(OWN).redactions
    undo_redaction(world.actors["priya"], world.case, PACK, one.id, now=NOW)
    undo_redaction(world.actors["priya"], world.case, PACK, one.id, now=NOW)
    assert "Mrs Bell" in leaves(world)
    assert withhold(world, "Mrs Bell", id=key("again")) == 1


def test_words_are_withheld_in_every_entry_where_that_is_asked(world):
    start(world)
    assert withhold(world, "Ruth", everywhere=True) == 2
    assert "Ruth" not in leaves(world)


def test_a_ticked_sentence_is_withheld(world):
    start(world)
    place = Place("text", 0, len("Ada was weighed at home."))
    redact(
        world.actors["priya"], world.case, PACK, OWN, id=key("tick"), places=[place],
        reason="serious_harm", now=NOW,
    )  # fmt: skip
    assert "weighed at home" not in leaves(world)


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"words": "Nobody said this"}, "words"),
        ({"words": "Dean Carter", "reason": "because"}, "reason"),
        ({"words": ""}, "places"),
        ({"words": "", "places": [Place("text", 0, 9_999)]}, "places"),
        ({"words": "", "places": [Place("secret", 0, 1)]}, "places"),
    ],
)
def test_what_cannot_be_withheld_is_refused_and_nothing_is_kept(world, more, part):
    start(world)
    with pytest.raises(CannotPrepare) as refused:
        withhold(world, **{"words": "", **more})
    assert refused.value.part == part
    assert seen(world).entry(OWN).redactions == ()


def test_an_entry_of_another_agency_waits_and_is_given_only_with_who_agreed(world):
    start(world)
    assert "weighed Ada again" not in leaves(world)
    priya = world.actors["priya"]
    with pytest.raises(CannotPrepare):
        choose_entry(priya, world.case, PACK, THEIRS, is_in=True, now=NOW)
    agreed = "Ama Boateng agreed by letter on 5 June 2026."
    choose_entry(priya, world.case, PACK, THEIRS, is_in=True, note=agreed, now=NOW)
    assert "weighed Ada again" in leaves(world)
    assert agreed not in leaves(world)


def test_all_that_waits_for_another_agency_is_left_out_at_once_and_counted(world):
    start(world)
    assert leave_out_waiting(world.actors["priya"], world.case, PACK, now=NOW) == 1
    assert leave_out_waiting(world.actors["priya"], world.case, PACK, now=NOW) == 0
    assert seen(world).document.entries_out == (("another_agency", 1),)


def test_a_reason_that_is_not_told_is_not_counted_either(world):
    start(world)
    choose_entry(world.actors["priya"], world.case, PACK, OWN, is_in=False, reason="crime", now=NOW)
    withhold(world, "Shouting", "crime", statement=SOURCE)
    document = seen(world).document
    assert (document.entries_out, document.words_out) == ((), ())


def test_a_protected_source_waits_and_never_leaves(world):
    start(world)
    assert SECRET in leaves(world)
    protect_source(world)
    assert seen(world).entry(SOURCE).standing is Standing.WAITS
    note = "It is safe to give what was heard."
    choose_entry(world.actors["priya"], world.case, PACK, SOURCE, is_in=True, note=note, now=NOW)
    assert "Shouting was heard" in leaves(world)
    assert SECRET not in leaves(world)
    with pytest.raises(CannotPrepare):
        withhold(world, SECRET, statement=SOURCE)  # it is not there to be found


def test_words_of_a_safe_address_never_leave_and_who_may_not_have_them_cannot_find_them(world):
    entry = world.entry("social_care", f"Ada sleeps at {STREET}, {POSTCODE}.", "2026-06-01")
    record_entry(world.actors["priya"], world.case, entry, now=NOW)
    start(world)
    him = frozenset({key("person father")})
    keep(world, people=him)
    assert appears(leaves(world)) == []
    assert appears(leaves(world, "grace")) == []
    assert "Ada sleeps at" in leaves(world)
    keep(world, "ama", id=key("address ama"), lines="Ada was weighed\nFenwick", postcode="",
         phone="", people=him)  # fmt: skip
    assert "Ada was weighed" not in leaves(world)
    with pytest.raises(CannotPrepare):
        withhold(world, "Ada was weighed")  # that it was found would tell that it was guessed


def test_others_are_pointed_out_and_nothing_is_withheld_by_it(world):
    start(world)
    read = read_entry_of_pack(world.actors["priya"], world.case, PACK, OWN, now=NOW)
    text = read.entry.said.text
    said = [text[one.span.begins : one.span.ends] for one in read.pointed["text"]]
    assert "Dean Carter" in said and "Mrs Bell" in said
    assert "Ada" not in said and "Ruth" not in said
    assert "Dean Carter" in leaves(world)


TARIQ, KELLY = key("entry tariq"), key("entry kelly")
NEXT_DOOR = "Tariq next door hit her. He went with ambrose. Her friend Kelly was there."


def pointed(world: World, who: str = "priya", entry: UUID = TARIQ) -> dict[str, str]:
    """Each of the words that are pointed out in an entry of the pack, and why."""
    read = read_entry_of_pack(world.actors[who], world.case, PACK, entry, now=NOW)
    text = read.entry.said.text
    return {text[one.span.begins : one.span.ends]: one.because for one in read.pointed["text"]}


def beside(world: World, *team: str, about: tuple[str, ...] = ("ada",)) -> None:
    """Another family, of Tariq and of an Ambrose, and an entry of this one that tells of them."""
    people = {"tariq": ("Tariq", "father"), "ambrose": ("Ambrose", "uncle")}
    roles = {"priya": "named_member", "tom": "allocated"}
    set_up.open_family(
        world.actors["tom"],
        set_up.NewFamily(
            id=key("case beside"), reference="GT-BESIDE", family_label="Marsh family",
            opened_on=date(2024, 1, 1), legal_status="",
            members=tuple(
                set_up.NewMember(key(f"person {who}"), role, given, "Marsh")
                for who, (given, role) in people.items()
            ),
            team=tuple(
                set_up.NewTeamMember(
                    uuid4(), key(f"practitioner {who}"), roles[who], date(2024, 1, 1)
                )
                for who in team
            ),
        ),
    )  # fmt: skip
    said = world.entry("social_care", NEXT_DOOR, "2026-04-02", id=TARIQ, about=about)
    record_entry(world.actors["priya"], world.case, said, now=NOW)


OF_ANOTHER = {"Tariq": "A name of the father of another family",
              "ambrose": "A name of the uncle of another family"}  # fmt: skip


def test_people_of_a_linked_family_are_pointed_out_to_whoever_may_open_it(world):
    beside(world, "priya", "tom")
    start(world)
    before = pointed(world)
    assert before == {"Tariq": MAY_BE_A_NAME, "Kelly": MAY_BE_A_NAME}, "nothing links them yet"

    link_people(
        world.actors["priya"], world.case, RUTH, key("person tariq"), SamePerson.UNSURE, "A guess.",
        now=NOW,
    )  # fmt: skip

    assert pointed(world) == OF_ANOTHER | {"Kelly": MAY_BE_A_NAME}
    followed = [one for one in events("follow_link") if one.detail.get("names")]
    assert followed and {one.case for one in followed} == {key("case beside")}


def test_of_a_family_they_may_not_open_nobody_is_told_anything(world):
    beside(world, "priya", "tom")
    link_people(
        world.actors["priya"], world.case, RUTH, key("person tariq"), SamePerson.SAME, "A guess.",
        now=NOW,
    )  # fmt: skip
    start(world)
    TeamMember.objects.filter(
        case=key("case beside"), practitioner=key("practitioner priya")
    ).update(to_on=date(2026, 6, 1))

    assert pointed(world) == {"Tariq": MAY_BE_A_NAME, "Kelly": MAY_BE_A_NAME}


def test_what_comes_later_is_looked_at_when_somebody_says_so(world):
    start(world)
    late = world.entry("social_care", "Ada smiled.", "2026-06-09")
    record_entry(world.actors["priya"], world.case, late, now=NOW)
    assert "Ada smiled" not in leaves(world)
    assert add_arrived(world.actors["priya"], world.case, PACK, now=NOW) == 1
    assert "Ada smiled" in leaves(world)
    assert add_arrived(world.actors["priya"], world.case, PACK, now=NOW) == 0


def test_nothing_is_checked_while_something_waits(world):
    start(world)
    with pytest.raises(CannotRelease):
        ask_for_check(world.actors["priya"], world.case, PACK, id=key("ask"), now=NOW)


def test_two_people_and_then_it_leaves(world):
    start(world)
    decide_all(world)
    check(world)
    with pytest.raises(CannotRelease):
        take_out_pack(world.actors["priya"], world.case, PACK, RUTH, form="pdf", now=NOW)
    release(world)
    release(world)
    found = take_out_pack(world.actors["priya"], world.case, PACK, RUTH, form="pdf", now=NOW)
    assert found.document == seen(world).document
    last = events("release_pack")[-1]
    assert last.detail["leaves"] is True and last.detail["digest"] == seen(world).digest


def test_it_leaves_for_whoever_asked_and_nobody_else(world):
    start(world)
    decide_all(world)
    check(world)
    release(world)
    for person in ("father", "ada"):
        with pytest.raises(NotFoundHere):
            take_out_pack(
                world.actors["priya"], world.case, PACK, key(f"person {person}"), form="pdf",
                now=NOW,
            )  # fmt: skip


def test_whoever_made_it_does_not_check_it(world):
    lena = add_lead(world)
    start(world)
    decide_all(world)
    ask_for_check(lena, world.case, PACK, id=key("ask"), now=NOW)
    for who in ("priya", "lena"):
        with pytest.raises(CannotRelease):
            answer(world, who)
    answer(world, "grace")


def test_whoever_decided_something_in_it_does_not_check_it(world):
    add_lead(world)
    start(world)
    decide_all(world)
    withhold(world, "Mrs Bell", who="lena")
    ask_for_check(world.actors["priya"], world.case, PACK, id=key("ask"), now=NOW)
    with pytest.raises(CannotRelease):
        answer(world, "lena")


def test_whoever_checked_it_does_not_release_it(world):
    add_lead(world)
    start(world)
    decide_all(world)
    check(world, "lena")
    with pytest.raises(CannotRelease):
        release(world, "lena")


def test_it_is_sent_back_for_a_reason(world):
    start(world)
    decide_all(world)
    with pytest.raises(CannotRelease):
        check(world, agrees=False)
    answer(world, "grace", agrees=False, reason="Mrs Bell is named.")
    with pytest.raises(CannotRelease):
        release(world)
    withhold(world, "Mrs Bell")
    ask_for_check(world.actors["priya"], world.case, PACK, id=key("ask again"), now=NOW)
    answer(world, "grace")
    release(world)


def withhold_more(world: World) -> None:
    withhold(world, "Mrs Bell")


def label_its_source(world: World) -> None:
    protect_source(world)


@pytest.mark.parametrize("change", [withhold_more, label_its_source])
def test_any_change_after_the_check_needs_a_new_one(world, change):
    start(world)
    leave_out_waiting(world.actors["priya"], world.case, PACK, now=NOW)
    check(world)
    release(world)
    change(world)
    with pytest.raises(CannotRelease):
        take_out_pack(world.actors["priya"], world.case, PACK, RUTH, form="pdf", now=NOW)


def test_a_pack_with_an_entry_that_somebody_may_not_read_is_not_there_for_them(world):
    start(world)
    decide_all(world)
    ask_for_check(world.actors["priya"], world.case, PACK, id=key("ask"), now=NOW)
    seal_record(
        world.actors["priya"], world.case, kind=SealKind.HIGH_RISK, reason="A threat.",
        named=[], id=key("seal"), now=NOW, statement=OWN,
    )  # fmt: skip
    assert read_packs(world.actors["grace"], world.case, now=NOW).packs == ()
    with pytest.raises(NotFoundHere):
        read_for_check(world.actors["grace"], world.case, PACK, now=NOW)


def test_every_look_is_kept_with_its_rule(world):
    start(world)
    before = len(events("prepare_pack"))
    seen(world)
    read_entry_of_pack(world.actors["priya"], world.case, PACK, OWN, now=NOW)
    read_for_check(world.actors["grace"], world.case, PACK, now=NOW)
    looks = events("prepare_pack")[before:]
    assert [e.rule for e in looks] == ["allocated-worker"] * 2
    assert [e.rule for e in events("check_pack")] == ["conference-chair"]


def test_no_word_of_an_entry_is_in_the_trail(world):
    start(world)
    withhold(world, "Dean Carter")
    kept = " ".join(f"{e.resource} {e.detail}" for e in AuditEvent.objects.using("reader").all())
    assert "Carter" not in kept and ENTITLED_WORD not in kept


ENTITLED_WORD = "parental responsibility"


@pytest.mark.parametrize("at", [None, NOW - timedelta(minutes=16)])
def test_nothing_is_released_by_whoever_has_not_shown_lately_who_they_are(world, at):
    start(world)
    decide_all(world)
    check(world)
    with pytest.raises(StepUpNeeded):
        release(world, shown=StepShown(at, timedelta(minutes=15)))
    assert not seen(world).is_released
    release(world)
    assert seen(world).is_released
