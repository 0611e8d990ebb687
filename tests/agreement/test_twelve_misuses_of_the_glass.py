"""The twelve ways to misuse a broken glass that the access policy names, each of them refused.

By number, as section 6 of the policy lists them: (1) a wider scope, (2) a higher level, (3) a longer
duration, (4) again without a second person, (5) a conflict of interest, (6) an adoption, (7) a
write, (8) an export, (9) no step-up, (10) without code, reason or basis, (11) a review by the
breaker, (12) use after it is over.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.access.decision import READS, Action, Actor, FamilyTies, by_glass, decide
from goldenthread.domain.access.glass import Asked, CannotBreak, OpenGlass
from goldenthread.domain.access.step_up import StepShown, StepUpNeeded
from goldenthread.domain.addresses.output_kinds import OUTPUTS, OutputKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.interop import clock as interop_clock
from goldenthread.records.access.models import GlassAsk, GlassBreak, GlassReview, Seal
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases._steps.permission import NotFoundHere, OnlyRead, permitted
from goldenthread.usecases.access import break_glass, review_glass, seal_record
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.risk.whole_histories import NoWholeHistories, whole_histories
from goldenthread.web.kit import clock
from tests.agreement.surface_addresses import WITHIN
from tests.families import glass, hidden, restricted
from tests.families.answers import lasting, words_of
from tests.families.browsers import shown_at, shown_too_long_ago
from tests.families.world import NOW, World, key, open_another_family

pytestmark = pytest.mark.timeout(600)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return glass.build_glass()


def signed_in(who: str) -> Client:
    """Somebody at a browser who showed just now that it is they."""
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def sent(**other: str) -> dict[str, str]:
    typed = glass.asked()
    return {
        "id": str(uuid4()), "reference": typed.reference, "reason": typed.reason,
        "basis": typed.basis, "words": typed.words, **other,
    }  # fmt: skip


def reads(world: World, who: str = "dora", case=None, *, now=NOW) -> bool:
    try:
        read_history(world.actors[who], case or world.case, Viewpoint(now), now=now)
    except NotFoundHere:
        return False
    return True


def test_1_a_wider_scope_cannot_be_asked_for(world: World):
    other = open_another_family(world, "second")
    assert {one.name for one in fields(Asked)} == {"reference", "reason", "basis", "words"}
    forged = {"case": str(other), "cases": str(other), "scope": "everything", "family": "all"}

    answer = signed_in("dora").post(reverse("break_glass"), sent(**forged))

    assert answer.status_code == 302 and GlassBreak.objects.get().case_id == world.case
    now = glass.present()
    assert reads(world, now=now) and not reads(world, case=other, now=now)
    many = signed_in("dora").post(reverse("break_glass"), sent(reference="GT-0001 GT-second"))
    assert many.status_code == 422 and GlassBreak.objects.count() == 1


def test_2_a_higher_level_cannot_be_asked_for(world: World):
    made = world.entry("social_care", "Advice.", asserted_by=world.actors["priya"].practitioner)
    record_entry(world.actors["priya"], world.case, made, now=NOW)
    restricted.label(world, "priya", made.id, "legal_privilege")
    forged = {"level": "full", "remit": "administrator", "labels": "legal_privilege",
              "role": "chair", "cleared": "adoption"}  # fmt: skip

    signed_in("dora").post(reverse("break_glass"), sent(**forged))

    assert GlassBreak.objects.get().remit == "emergency_duty"
    now = glass.present()
    history = read_history(world.actors["dora"], world.case, Viewpoint(now), now=now)
    assert (len(history.entries), len(history.masked)) == (0, 1)


def test_3_a_longer_duration_cannot_be_asked_for(world: World):
    forged = {"until": "2099-01-01", "hours": "72", "duration": "P3D", "lasts": "259200",
              "opened_at": "2099-01-01"}  # fmt: skip
    signed_in("dora").post(reverse("break_glass"), sent(**forged))

    made = GlassBreak.objects.get()  # that no row can last longer: tests/records/test_glass.py
    assert made.until - made.opened_at == timedelta(hours=3)


def test_4_it_is_not_broken_again_without_a_second_person(world: World):
    glass.broke(world)
    later = NOW + timedelta(hours=4)
    for second in ("", "dora", "priya", "rosa", "admin"):
        with pytest.raises(CannotBreak) as refused:
            glass.broke(world, now=later, second=second)
        assert set(refused.value.problems) == {"second"}
    ask = uuid4()
    glass.broke(world, now=later, second="vera", id=ask)
    for who in ("dora", "rosa", "priya"):  # who do not stand over them
        with pytest.raises(NotFoundHere):
            glass.agreed(world, ask, who, now=later)
    glass.agreed(world, ask, yes=False, now=later)
    with pytest.raises(CannotBreak):
        break_glass.break_again(
            world.actors["dora"], ask, shown=glass.shown(later), id=uuid4(), now=later
        )
    assert (GlassBreak.objects.count(), GlassAsk.objects.count()) == (1, 1)
    assert not reads(world, now=later)


def test_5_a_conflict_of_interest_stays_shut_and_says_what_a_missing_family_says(world: World):
    restricted.conflict(world, "dora")
    assert _refused_as_nothing(world) == _refused_as_nothing(world, "GT-none")
    restricted.conflict(world, "vera")
    glass.broke(world, "rosa")
    restricted.conflict(world, "rosa")  # and one that is declared while it is open
    assert not reads(world, "rosa")


def test_6_an_adoption_stays_shut_and_says_what_a_missing_family_says(world: World):
    glass.broke(world, "rosa")
    seal_record.seal_record(
        world.actors["priya"], world.case, kind="adoption", reason="An order.", id=uuid4(),
        now=NOW, named=[world.actors["grace"].practitioner],
    )  # fmt: skip
    assert Seal.objects.get().kind == "adoption"
    assert not reads(world, "rosa")
    assert _refused_as_nothing(world) == _refused_as_nothing(world, "GT-none")
    page = {
        reference: signed_in("dora").post(reverse("break_glass"), sent(reference=reference))
        for reference in ("GT-0001", "GT-none")
    }
    said = {lasting(words_of(answer)).replace("GT-none", "GT-0001") for answer in page.values()}
    assert len(said) == 1 and {one.status_code for one in page.values()} == {422}


def _refused_as_nothing(world: World, reference: str = "GT-0001") -> dict[str, str]:
    with pytest.raises(CannotBreak) as refused:
        glass.broke(world, reference=reference)
    last = AuditEvent.objects.using("reader").order_by("-recorded_at").first()
    assert last is not None and (last.action, last.outcome) == ("break_glass", "deny")
    return refused.value.problems


@pytest.mark.parametrize("action", sorted(set(Action) - READS))
def test_7_no_write_is_allowed_by_it(action: Action):
    open_glass = OpenGlass(uuid4(), NOW, NOW + timedelta(hours=1), frozenset({"csa"}))
    dora = Actor(uuid4(), uuid4(), uuid4(), "emergency_duty")
    for role in (None, "allocated", "chair", "named_member"):
        ties = by_glass(FamilyTies(role, role is not None), open_glass)
        decision = decide(dora, action, ties)
        assert (decision.outcome, decision.rule) == ("deny", "glass-is-read-only")


def test_7_no_write_leaves_a_trace_but_its_refusal(world: World):
    glass.broke(world)
    dora = world.actors["dora"]
    for action in set(Action) - READS:
        with pytest.raises(OnlyRead), permitted(dora, world.case, action, now=NOW):
            raise AssertionError(f"{action} was let in")
    rows = AuditEvent.objects.using("reader").filter(
        account=dora.account, rule="glass-is-read-only", outcome="deny"
    )
    assert {row.action for row in rows} == {str(one) for one in set(Action) - READS}


def _address(kind: OutputKind, case) -> list[str]:
    query = f"?{urlencode(dict(kind.asked))}" if kind.asked else ""
    return [
        reverse(kind.address, kwargs={"case": case, **within}) + query
        for within in WITHIN.get(kind.address, ({},))
    ]


def test_8_nothing_is_taken_away_by_it_in_any_kind_of_output(record: str):
    world = hidden.build(with_it=True)
    glass.add_posts(world)
    reference = glass.reference_of(world)
    given = {kind.address for kind in OUTPUTS if kind.address} - {"import_problem_rows"}
    grace = signed_in("grace")  # who chairs, and takes away what there is
    taken = {
        kind.key
        for kind in OUTPUTS
        if kind.address in given
        for at in _address(kind, world.case)
        if grace.get(at).status_code == 200
    }
    assert len(taken) >= 15
    glass.broke(world, now=glass.present(), reference=reference)
    dora = signed_in("dora")
    assert dora.get(reverse("history", kwargs={"case": world.case})).status_code == 200
    for kind in OUTPUTS:
        for at in _address(kind, world.case) if kind.address in given else ():
            answer = dora.get(at)
            assert answer.status_code in (403, 404), at
            assert "attachment" not in answer.headers.get("Content-Disposition", ""), at
            if kind.key in taken and answer.status_code == 403:
                assert "only read" in answer.content.decode()
    now = glass.present()
    with (
        pytest.raises(OnlyRead),
        permitted(world.actors["dora"], world.case, Action.EXPORT_CHRONOLOGY, now=now),
    ):
        raise AssertionError
    with pytest.raises(NoWholeHistories):
        list(whole_histories(world.actors["dora"], now=now))


@pytest.mark.parametrize("minutes", [None, 16, -1])
def test_9_without_the_second_step_or_with_a_stale_one_nothing_is_looked_for(world: World, minutes):
    at = None if minutes is None else NOW - timedelta(minutes=minutes)
    lasts = glass.shown().lasts
    for reference in ("GT-0001", "GT-none"):
        with pytest.raises(StepUpNeeded):
            break_glass.break_glass(
                world.actors["dora"], glass.asked(reference), shown=StepShown(at, lasts),
                id=uuid4(), now=NOW,
            )  # fmt: skip
    assert not GlassBreak.objects.exists()


def test_9_the_page_asks_for_it_and_takes_up_what_was_sent(world: World):
    dora = signed_in("dora")
    shown_too_long_ago(dora)
    answer = dora.post(reverse("break_glass"), sent())
    assert answer.status_code == 302 and "reauthenticate" in answer.url
    assert not GlassBreak.objects.exists()


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "curiosity"}, "reason"),
        ({"basis": ""}, "basis"),
        ({"words": "Too short a reason"}, "words"),
        ({"words": " " * 60}, "words"),
    ],
)
def test_10_without_code_reason_or_basis_it_stays_whole(world: World, other, problem):
    with pytest.raises(CannotBreak) as refused:
        glass.broke(world, **other)
    assert set(refused.value.problems) == {problem}
    answer = signed_in("dora").post(reverse("break_glass"), sent(**other))
    assert answer.status_code == 422 and not GlassBreak.objects.exists()


def test_11_no_review_is_closed_by_the_breaker_or_whoever_reports_to_them(world: World):
    glass.broke(world)
    glass.broke(world, "vera")
    by_dora, by_vera = (
        GlassBreak.objects.get(practitioner=key(f"practitioner {who}")).id
        for who in ("dora", "vera")
    )
    for who, broken in (
        ("dora", by_dora), ("dora", by_vera), ("tom", by_dora), ("tom", by_vera),
        ("rosa", by_dora), ("priya", by_dora), ("admin", by_dora),
    ):  # fmt: skip
        with pytest.raises(NotFoundHere):
            glass.reviewed(world, broken, who)
    with pytest.raises(review_glass.CannotReview, match="Somebody else"):
        glass.reviewed(world, by_vera, "vera")
    # Somebody in information governance who reports to the lead who broke it.
    world.actors["ivan"] = replace(
        world.actors["ivy"], practitioner=world.actors["tom"].practitioner,
        account=world.actors["tom"].account, agency=world.agency("police"),
    )  # fmt: skip
    with pytest.raises(review_glass.CannotReview, match="Somebody else"):
        glass.reviewed(world, by_vera, "ivan")
    assert not GlassReview.objects.exists()
    glass.reviewed(world, by_dora, "vera")
    with pytest.raises(review_glass.CannotReview, match="reviewed this already"):
        glass.reviewed(world, by_dora, "ivy", "not_justified")


def test_12_nothing_goes_on_after_its_time_by_page_file_job_or_link(world: World, monkeypatch):
    dora = signed_in("dora")
    dora.post(reverse("break_glass"), sent())
    at = {"case": world.case}
    pages = [reverse(n, kwargs=at) for n in ("family", "history", "network", "picture", "plan")]
    pages += [reverse(name, kwargs=at) for name in ("history_csv", "network_svg", "history_pdf")]
    open_pages = {page: dora.get(page) for page in pages}
    assert open_pages[pages[0]].status_code == 200
    links = {page: answer.headers.get("Cache-Control", "") for page, answer in open_pages.items()}
    assert all("no-store" in said for said in links.values())
    later = glass.present() + timedelta(hours=3, seconds=5)
    for ring in (clock, interop_clock):
        monkeypatch.setattr(ring, "now", lambda: later)
    shown_at(dora, later.timestamp())

    gone = dora.get(reverse("family", kwargs={"case": uuid4()}))
    for page in pages:
        answer = dora.get(page)
        assert (answer.status_code, len(answer.content)) == (404, len(gone.content)), page
    sought = dora.post(reverse("history", kwargs=at), {"words": "ruth"}, follow=True)
    assert sought.status_code == 404
    # What a job or a link would do is asked of the policy when it does it, and not before.
    for action in Action:
        with (
            pytest.raises(NotFoundHere),
            permitted(world.actors["dora"], world.case, action, now=later),
        ):
            raise AssertionError(f"{action} was let in")


def test_12_nothing_goes_on_after_it_was_closed_early(world: World):
    dora = signed_in("dora")
    dora.post(reverse("break_glass"), sent())
    page = reverse("family", kwargs={"case": world.case})
    assert dora.get(page).status_code == 200
    dora.post(reverse("glass_end", kwargs={"case": world.case}))
    assert dora.get(page).status_code == 404
