"""Sign a plan and read it: allowed, refused, audited, idempotent, and current for whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from goldenthread.domain.chronology.admitting import CannotBeRecorded
from goldenthread.domain.plans.plan import Pin
from goldenthread.domain.plans.vocabulary import CurrencyState, Trigger
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.plans.models import PlanVersion
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.usecases.plans.read_plan import (
    NotFoundHere,
    plan_currency_of,
    read_own_copy,
    read_plan,
    read_plan_version,
)
from goldenthread.usecases.plans.write_plan import (
    AlreadySigned,
    PlanCannotBeSigned,
    SignedMeanwhile,
    keep_plan_draft,
    look_over,
    open_plan_draft,
    sign_plan,
)
from tests.families.plans import (
    LATER,
    SIGNED,
    okafor_plan,
    signed_plan,
    signing,
    telling,
    who,
)
from tests.families.world import NOW, World, build_world, key

STALE, LOOK, CURRENT = (
    CurrencyState.STALE, CurrencyState.NOT_YET_ASSESSED, CurrencyState.CURRENT,
)  # fmt: skip


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


def how(world: World, name: str, *, as_of=LATER):
    seen = read_plan(world.actors[name], world.case, now=LATER, as_of=as_of).seen
    return seen and (seen.currency.state, [one.trigger for one in seen.currency.reasons])


def knows(world: World, by: str, agency: str, text: str, *, told=(), now=LATER, **more):
    """Record an entry now, and say who else was told it."""
    happened = more.pop("happened", "2026-06-14")
    entry = world.entry(agency, text, happened, known=happened, **more)
    record_entry(world.actors[by], world.case, entry, now=now)
    tellings = [telling(world, one, now) for one in told]
    if tellings:
        share_entry(world.actors[by], world.case, entry.id, tellings, now=now)
    return entry.id


def test_a_signed_plan_is_in_the_history_in_its_writers_words(world):
    signed_plan(world, "health_visiting")

    history = read_history(world.actors["ama"], world.case, Viewpoint(NOW), now=NOW)
    (entry,) = history.entries
    assert (entry.statement.kind, entry.statement.text) == (
        "plan_change", "A first plan after the conference.",
    )  # fmt: skip
    page = read_plan(world.actors["ama"], world.case, now=NOW)
    assert page.seen.plan == okafor_plan()
    assert page.seen.is_as_signed
    assert page.seen.currency.state is CURRENT


def test_whoever_was_not_told_finds_no_plan_and_no_trace_of_one(world):
    version = signed_plan(world, "health_visiting")

    for name in ("tom", "lund"):
        assert read_plan(world.actors[name], world.case, now=NOW).seen is None
        assert plan_currency_of(world.actors[name], world.case, now=NOW) is None
        for random in (version, key("never")):
            with pytest.raises(NotFoundHere, match="no such plan"):
                read_plan_version(world.actors[name], world.case, random, now=NOW)
            with pytest.raises(NotFoundHere, match="no such plan"):
                read_own_copy(world.actors[name], world.case, random, who("ruth"), now=NOW)
    assert read_plan(world.actors["grace"], world.case, now=NOW).seen is not None
    assert AuditEvent.objects.using("reader").filter(rule="plan-not-for-this-reader").count() == 8


def test_each_reader_sees_it_by_what_their_own_agency_has_been_told(world):
    signed_plan(world, "health_visiting", "police")
    entry = knows(
        world, "tom", "police", "A man stays there.", kind="new_partner", told=["health_visiting"]
    )

    assert how(world, "tom") == (STALE, [Trigger.NEW_RELATIONSHIP])
    assert how(world, "ama") == (STALE, [Trigger.NEW_RELATIONSHIP])
    assert how(world, "grace") == (STALE, [Trigger.NEW_RELATIONSHIP])  # a chair sees everything
    assert how(world, "priya") == (CURRENT, [])  # was not told
    assert how(world, "ama", as_of=SIGNED) == (CURRENT, [])  # and nobody is told early
    page = read_plan(world.actors["ama"], world.case, now=LATER)
    assert page.seen.currency.reasons[0].because == (entry,)
    assert page.seen.currency.reasons[0].assumptions == ("s1",)
    line = plan_currency_of(world.actors["ama"], world.case, now=LATER)
    assert (line.cause.id, line.assumption) == (entry, "Only Ruth and Ada live here")
    assert line.asked.name == "Priya Nair"


def test_nobody_knows_of_it_before_they_were_told(world):
    signed_plan(world, "health_visiting", "police")
    knows(
        world, "tom", "police", "A man stays there.", kind="new_partner", told=["health_visiting"],
        happened="2026-06-11",
    )  # fmt: skip
    between = NOW + timedelta(days=2)

    assert how(world, "tom", as_of=between) == (STALE, [Trigger.NEW_RELATIONSHIP])
    assert how(world, "ama", as_of=between) == (CURRENT, [])
    assert how(world, "ama") == (STALE, [Trigger.NEW_RELATIONSHIP])


def test_an_entry_nobody_considered_is_told_of_and_a_strength_asks_nothing_more(world):
    signed_plan(world, "health_visiting")
    knows(world, "ama", "health_visiting", "Ada smiled.", kind="strength", concerns=("strength",))

    assert how(world, "ama") == (LOOK, [])
    assert how(world, "priya") == (CURRENT, [])


def test_what_was_known_when_it_was_signed_was_considered(world):
    knows(
        world,
        "priya",
        "social_care",
        "Somebody new.",
        kind="new_partner",
        now=NOW,
        happened="2026-06-01",
    )
    knows(
        world,
        "ama",
        "health_visiting",
        "A man’s coat.",
        kind="new_partner",
        now=NOW,
        happened="2026-06-02",
    )
    signed_plan(world, "health_visiting", now=LATER)

    assert how(world, "priya") == (CURRENT, [])
    # Ama's agency knew something on that day that Priya did not.
    assert how(world, "ama") == (STALE, [Trigger.NEW_RELATIONSHIP])


def test_signing_twice_signs_once_and_the_draft_is_gone(world):
    draft = key("plan draft first")
    keep_plan_draft(world.actors["priya"], world.case, draft, {"worries": {}}, now=NOW)
    first = signed_plan(world)

    again = sign_plan(world.actors["priya"], world.case, draft, okafor_plan(), signing(), now=NOW)
    assert (again.id, again.already) == (first, True)
    assert PlanVersion.objects.count() == 1
    with pytest.raises(AlreadySigned):
        open_plan_draft(world.actors["priya"], world.case, draft, now=NOW)
    with pytest.raises(AlreadySigned):
        keep_plan_draft(world.actors["priya"], world.case, draft, {}, now=NOW)


def test_only_a_member_of_the_team_writes_and_a_draft_is_ones_own(world):
    draft = key("draft")
    with pytest.raises(NotFoundHere):
        sign_plan(world.actors["sam"], world.case, draft, okafor_plan(), signing(), now=NOW)
    keep_plan_draft(world.actors["priya"], world.case, draft, {"worries": {"x": "y"}}, now=NOW)
    for name in ("ama", "grace"):
        assert open_plan_draft(world.actors[name], world.case, draft, now=NOW) is None
    kept = open_plan_draft(world.actors["priya"], world.case, draft, now=NOW)
    assert kept.fields["worries"] == {"x": "y"}
    assert read_plan(world.actors["priya"], world.case, now=NOW).draft == draft


def test_a_plan_that_cannot_work_is_refused_and_nothing_is_kept(world):
    nobody = okafor_plan(actions=(replace(okafor_plan().actions[0], who=None),))
    for plan, said in (
        (nobody, signing()),
        (okafor_plan(), signing(" ")),
        (okafor_plan(), signing(owner=key("practitioner nobody"))),
    ):
        with pytest.raises(PlanCannotBeSigned):
            sign_plan(world.actors["priya"], world.case, key("d"), plan, said, now=NOW)
    with pytest.raises(CannotBeRecorded):  # one cannot tell oneself
        signed_plan(world, "social_care")
    assert not PlanVersion.objects.exists()
    assert not read_history(world.actors["priya"], world.case, Viewpoint(NOW), now=NOW).entries


def resting_on(statement) -> object:
    first, *rest = okafor_plan().assumptions
    return okafor_plan(assumptions=(replace(first, rests_on=(Pin(statement, ""),)), *rest))


def test_it_rests_only_on_what_its_writer_may_read(world):
    hidden = knows(world, "lund", "mental_health", "Held alone.", now=NOW, happened="2026-06-01")
    for id in (hidden, key("never")):
        with pytest.raises(PlanCannotBeSigned, match="not in what you can read"):
            signed_plan(world, plan=resting_on(id), name=str(id))
        with pytest.raises(PlanCannotBeSigned, match="no such decision"):
            signed_plan(world, decision=id, name=str(id))


def test_what_it_rests_on_is_pinned_and_left_out_for_whoever_may_not_read_it(world):
    ground = knows(world, "priya", "social_care", "She is well.", now=NOW, happened="2026-06-01")
    lacking = look_over(
        world.actors["priya"], world.case, resting_on(ground),
        signing(tellings=(telling(world, "health_visiting"),)), now=NOW,
    ).lacking  # fmt: skip
    assert {name: [one.id for one in lines] for name, lines in lacking.items()} == {
        "Fenwick Health Visiting": [ground]
    }
    signed_plan(world, "health_visiting", plan=resting_on(ground))

    own = read_plan(world.actors["priya"], world.case, now=NOW)
    told = read_plan(world.actors["ama"], world.case, now=NOW)
    assert (ground in own.entries, own.rests_on_more, own.changed_pins) == (
        True,
        False,
        frozenset(),
    )
    assert (ground in told.entries, told.rests_on_more) == (False, True)
    assert len(own.seen.plan.rests_on[0].digest) == 64
    # What its pages are made of does not hold it at all, so that not even a number can be told.
    assert (len(own.plan.rests_on), len(told.plan.rests_on)) == (1, 0)
    second = signed_plan(
        world, "health_visiting", name="second", now=LATER, written_from=own.seen.version.id
    )
    for who_reads, changed in (("priya", [("rests_on",)]), ("ama", [])):
        page = read_plan_version(
            world.actors[who_reads], world.case, second, compare=own.seen.version.id, now=LATER
        )
        assert [one.fields for one in page.changes] == changed


def test_a_later_version_stands_beside_the_first_with_what_changed_and_why(world):
    first = signed_plan(world, "health_visiting")
    newer = okafor_plan(child_view="She laughs at Ruth.")
    second = signed_plan(
        world, "health_visiting", plan=newer, name="second", now=LATER, written_from=first,
        why="She laughs now.",
    )  # fmt: skip

    page = read_plan_version(world.actors["ama"], world.case, second, compare=first, now=LATER)
    assert [row.why for row in page.versions] == [
        "She laughs now.",
        "A first plan after the conference.",
    ]
    assert [(c.part, c.before, c.after) for c in page.changes] == [
        ("child_view", "She turns to Ruth’s voice.", "She laughs at Ruth.")
    ]
    same = read_plan_version(world.actors["ama"], world.case, first, compare=second, now=LATER)
    assert same.changes == page.changes  # older first, whichever was asked
    assert how(world, "ama") == (CURRENT, [])


def test_two_who_write_from_one_version_lose_nothing(world):
    first = signed_plan(world, "health_visiting")
    second = signed_plan(world, "health_visiting", name="priya", written_from=first, now=LATER)
    draft = key("plan draft ama")
    own = okafor_plan(child_view="Ama’s own words.")
    keep_plan_draft(world.actors["ama"], world.case, draft, {"voice": {"x": "y"}}, now=LATER)

    with pytest.raises(SignedMeanwhile) as refused:
        signed_plan(world, plan=own, by="ama", name="ama", written_from=first, now=LATER)
    assert refused.value.newest == second
    assert "Priya Nair" in refused.value.reason
    assert open_plan_draft(world.actors["ama"], world.case, draft, now=LATER) is not None
    with pytest.raises(SignedMeanwhile):  # nor as if there were no plan
        signed_plan(world, plan=own, by="ama", name="ama", now=LATER)

    third = signed_plan(
        world, "social_care", plan=own, by="ama", name="ama", written_from=second,
        now=LATER + timedelta(hours=1), owner=key("practitioner ama"),
    )  # fmt: skip
    page = read_plan(world.actors["priya"], world.case, now=LATER + timedelta(hours=2))
    assert [row.id for row in page.seen.versions] == [third, second, first]


def test_a_version_one_was_not_told_of_is_not_in_ones_way(world):
    """To be refused because of it would tell that it is there."""
    first = signed_plan(world, "health_visiting")
    signed_plan(world, name="priya", written_from=first, now=LATER)  # told to nobody

    assert signed_plan(world, by="ama", name="ama", written_from=first, now=LATER)
    for never in (key("never"), signed_plan(world, by="lund", name="lund", now=LATER)):
        with pytest.raises(NotFoundHere, match="no such plan"):
            signed_plan(world, by="ama", name="another", written_from=never, now=LATER)


def test_an_entry_that_is_there_already_can_carry_it(world):
    entry = knows(world, "priya", "social_care", "Plan agreed.", kind="plan_change", now=NOW,
                  happened="2026-06-01", told=["health_visiting"])  # fmt: skip
    theirs = knows(
        world,
        "ama",
        "health_visiting",
        "Seen.",
        told=["social_care"],
        now=NOW,
        happened="2026-06-02",
    )
    for wrong in (theirs, key("never")):
        with pytest.raises(PlanCannotBeSigned, match="own agency"):
            signed_plan(world, carried_by=wrong, name=str(wrong))
    signed_plan(world, carried_by=entry, why="")

    page = read_plan(world.actors["ama"], world.case, now=NOW)
    assert page.seen.version.why == "Plan agreed."
    with pytest.raises(PlanCannotBeSigned, match="carries no plan yet"):
        signed_plan(world, carried_by=entry, name="second", written_from=page.seen.version.id)


def test_a_version_whose_bytes_were_changed_is_seen(world):
    signed_plan(world)
    with connection.cursor() as cursor, pytest.raises(Exception, match=r"denied|append"):
        cursor.execute(
            'UPDATE plans_planversion SET document = document || \'{"child_view": "x"}\''
        )

    with connections["owner"].cursor() as cursor:  # as only whoever owns the tables could
        cursor.execute("ALTER TABLE plans_planversion DISABLE TRIGGER USER")
        cursor.execute(
            'UPDATE plans_planversion SET document = document || \'{"child_view": "x"}\''
        )
    assert not read_plan(world.actors["priya"], world.case, now=NOW).seen.is_as_signed


def test_ones_own_version_is_for_whoever_acts_and_for_nobody_else(world):
    version = signed_plan(world, "health_visiting")

    copy = read_own_copy(world.actors["ama"], world.case, version, who("ama"), now=NOW).copy
    assert [one.words for one in copy.actions] == ["Ring Ruth at nine."]
    with pytest.raises(NotFoundHere):
        read_own_copy(world.actors["ama"], world.case, version, who("lund"), now=NOW)


def test_every_look_is_audited(world):
    version = signed_plan(world)
    before = AuditEvent.objects.using("reader").count()
    read_plan(world.actors["priya"], world.case, now=NOW)
    plan_currency_of(world.actors["priya"], world.case, now=NOW)
    read_plan_version(world.actors["priya"], world.case, version, now=NOW)
    read_own_copy(world.actors["priya"], world.case, version, who("ruth"), now=NOW)
    assert AuditEvent.objects.using("reader").count() == before + 4


def test_the_number_of_queries_does_not_grow_with_the_family(world):
    signed_plan(world)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            plan_currency_of(world.actors["priya"], world.case, now=LATER)
        return len(captured)

    for number in range(2):
        knows(world, "priya", "social_care", f"Visit {number}", concerns=("neglect",))
    few = queries()
    for number in range(30):
        knows(world, "priya", "social_care", f"More {number}", concerns=("neglect",))

    assert queries() == few <= 18
