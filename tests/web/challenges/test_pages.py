"""The pages of challenges: act first, nothing typed is lost, the clock in words, and who may do what."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from goldenthread.records.challenges.models import (
    AnswererVersion,
    Challenge,
    ChallengeStep,
    LadderVersion,
)
from goldenthread.usecases.challenges.set_answerer import AnswererProposed, set_answerer
from goldenthread.web.challenges.panel import INVITATION
from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words
from tests.web.case.conftest import words

SAID = {
    "immediate_risk": "no",
    "issue": "Nobody has asked who is there at night.",
    "wanted": "Ask, and then decide.",
    "because": "The light was on at three.",
}


def at(world, name: str, **more) -> str:
    return reverse(name, kwargs={"case": world.case, **more})


def raise_at(world, decided, draft=None) -> str:
    return at(world, "challenge_raise", statement=decided, draft=draft or uuid4())


def step_at(world, challenge, kind: str) -> str:
    return at(world, "challenge_step", challenge=challenge, kind=kind, draft=uuid4())


def send(client, address: str, **said):
    return client.post(address, said, follow=True)


def test_a_decisions_entry_leads_to_a_challenge_and_another_entry_does_not(
    world, signed_in, add, decided
):
    plain = add("social_care", "Came to clinic.", told={"health_visiting": "2026-03-15"})
    ama = signed_in("ama")

    assert at(world, "challenge_start", statement=decided) in words(
        ama.get(at(world, "entry", statement=decided))
    )
    assert "Challenge this" not in words(ama.get(at(world, "entry", statement=plain)))
    told = words(ama.get(at(world, "challenge_start", statement=plain)))
    assert "records no decision or plan" in told
    assert ama.get(at(world, "challenge_start", statement=uuid4())).status_code == 404


def test_the_form_says_first_to_act_and_then_asks(world, signed_in, decided):
    shown = words(
        signed_in("ama").get(at(world, "challenge_start", statement=decided), follow=True)
    )

    assert (
        shown.index("act now: ring 999")
        < shown.index("Step down at the end")
        < shown.index("What do you disagree with")
    )
    assert "nothing that protects the child waits for an answer" in shown
    assert "Generic; replace with your partnership’s own" in shown


def test_a_challenge_is_raised_and_shown_with_its_clock(world, signed_in, decided):
    shown = words(send(signed_in("ama"), raise_at(world, decided), **SAID))

    assert "Nobody has asked who is there at night." in shown
    assert "An answer is due by" in shown
    assert "10 working days after" in shown and "at weekends" in shown
    assert "Fenwick Children&#39;s Services" in shown
    assert Challenge.objects.count() == 1


def test_a_slip_is_said_where_it_was_made_and_nothing_is_lost(world, signed_in, decided):
    address = raise_at(world, decided)
    ama = signed_in("ama")
    refused = ama.post(
        address,
        {
            **SAID, "wanted": " ", "raised_on": "spring 2026", "immediate_risk": "yes",
            "entry": [str(uuid4()), "nothing"], "tell": [str(world.agency("gp"))],
        },
    )  # fmt: skip
    shown = words(refused)

    assert refused.status_code == 422
    summary = shown.partition("govuk-error-summary")[2].partition("<h1")[0]
    for part, sentence in (
        ("acted_now", "Say what has been done now"),
        ("wanted", "Say what you want to happen instead."),
        ("raised_on", "Give one day, like 3 March 2026."),
        ("entries", "One of these entries is not in what you can read."),
        ("tell", "Choose agencies of the team around this family."),
    ):
        assert f'href="#{part}"' in summary and sentence in summary, part
        assert shown.count(sentence) == 2, part  # in the list, and beside its field
        assert f'id="{part}"' in shown, part
    assert (
        "Nobody has asked who is there at night." in shown and "The light was on at three." in shown
    )
    assert "Nobody has asked" in words(ama.get(address))  # the draft is kept as it was typed
    assert Challenge.objects.count() == 0


def test_a_draft_is_kept_listed_and_carried_on_with(world, signed_in, decided):
    draft, ama = uuid4(), signed_in("ama")
    saved = ama.post(
        at(world, "challenge_raise_save", statement=decided, draft=draft), {"issue": "Half a sen"}
    )
    assert "saved" in saved.json()

    drafts = words(ama.get(reverse("drafts")))
    assert "A challenge, or a step of one" in drafts and "Half a sen" in drafts
    resumed = ama.get(reverse("resume_draft", kwargs={"draft": draft}), follow=True)
    assert "Half a sen" in words(resumed)
    assert "Half a sen" not in words(signed_in("priya").get(raise_at(world, decided, draft)))
    sent = send(ama, raise_at(world, decided, draft), **SAID)
    again = send(ama, raise_at(world, decided, draft), **SAID)
    assert sent.redirect_chain == again.redirect_chain
    assert Challenge.objects.count() == 1


def test_a_draft_of_a_step_is_carried_on_with(world, signed_in, raised):
    id, draft, priya = raised(), uuid4(), signed_in("priya")
    where = {"challenge": id, "kind": "answer", "draft": draft}
    priya.post(at(world, "challenge_step_save", **where), {"step_words": "We looked ag"})

    assert "We looked ag" in words(
        priya.get(reverse("resume_draft", kwargs={"draft": draft}), follow=True)
    )
    assert "We looked ag" in words(priya.get(at(world, "challenge_step", **where)))


def test_the_answer_is_shown_to_who_raised_it_with_what_changed(world, signed_in, raised):
    id = raised()
    send(
        signed_in("priya"), step_at(world, id, "answer"), outcome="changed",
        step_words="We will visit at eight.", effect="Ada’s nights are seen.",
    )  # fmt: skip
    shown = words(signed_in("ama").get(at(world, "challenge", challenge=id)))

    for said in (
        "The decision or plan is changed",
        "We will visit at eight.",
        "Ada’s nights are seen.",
        "Priya Nair",
    ):
        assert said in shown
    assert "Accept the answer" in shown and "within the time of this stage" in shown


@pytest.mark.parametrize(
    ("kind", "said", "done"),
    [
        (
            "further",
            {"step_words": "It was put off.", "to_stage": "2"},
            "Stage 2: waiting for an answer.",
        ),
        (
            "resolve",
            {"step_words": "We met.", "effect": "She is seen."},
            "It was resolved together on",
        ),
        ("withdraw", {"step_words": "I was wrong."}, "It was withdrawn on"),
        ("praise", {"step_words": "This challenge changed when we visit."}, "others say"),
    ],
)
def test_every_other_step_has_its_form(world, signed_in, raised, kind, said, done):
    id, ama = raised(), signed_in("ama")
    address = step_at(world, id, kind)
    assert ama.get(address).status_code == 200
    empty = ama.post(address, {})
    assert empty.status_code == 422 and "There is a problem" in words(empty)

    assert done in words(send(ama, step_at(world, id, kind), **said))


def test_accepting_before_an_answer_is_refused_in_words(world, signed_in, raised):
    id = raised()
    refused = signed_in("ama").post(
        step_at(world, id, "accept"), {"step_words": "Fine.", "effect": "x"}
    )

    assert refused.status_code == 422
    assert "There is no answer at this stage yet" in words(refused)
    assert "Fine." in words(refused)


@pytest.mark.parametrize("who", ["lund", "tom", "admin", "mina"])
def test_who_may_not_read_it_is_answered_as_if_there_were_none(
    world, signed_in, raised, decided, who
):
    id, client = raised(), signed_in(who)

    for address in (
        at(world, "challenge", challenge=id),
        at(world, "challenge_start", statement=decided),
        raise_at(world, decided),
        at(world, "challenge_step_start", challenge=id, kind="answer"),
        step_at(world, id, "praise"),
    ):
        shown, never = client.get(address), client.get(address.replace(str(id), str(uuid4())))
        assert shown.status_code == never.status_code == 404
        assert "night" not in words(shown)
    for kind in ("answer", "further", "withdraw", "praise"):
        # What somebody typed is given back to them, and nothing else is said.
        typed = {"step_words": "x"}
        sent = client.post(step_at(world, id, kind), typed)
        never = client.post(step_at(world, uuid4(), kind), typed)
        assert sent.status_code == never.status_code == 403
        assert "night" not in words(sent)
    assert ChallengeStep.objects.count() == 1
    if who == "lund":
        assert "No challenge that your agency knows of" in words(
            client.get(at(world, "challenges"))
        )


def test_a_kind_of_step_there_is_none_of_is_no_page(world, signed_in, raised):
    assert signed_in("ama").get(step_at(world, raised(), "shout")).status_code == 404


def test_the_lists_say_where_each_stands(world, signed_in, raised):
    raised()

    for who, said in (("ama", "You raised it"), ("priya", "Yours to answer")):
        shown = words(signed_in(who).get(reverse("my_challenges")))
        assert said in shown and "Stage 1: waiting for an answer." in shown
        assert "Nobody has asked who is there" in words(signed_in(who).get(at(world, "challenges")))
    assert "No challenge waits for you." in words(signed_in("lund").get(reverse("my_challenges")))


def test_an_expired_deputy_is_pointed_out_where_it_happens(world, signed_in, raised):
    now = clock.now()
    set_answerer(
        world.actors["mina"], world.agency("social_care"), 1,
        AnswererProposed(
            world.actors["grace"].practitioner, world.actors["priya"].practitioner,
            day_in_words(clock.today() - timedelta(days=5)), day_in_words(clock.today()), "Cover.",
        ),
        id=uuid4(), based_on=0, now=now,
    )  # fmt: skip
    AnswererVersion.objects.count()
    id = raised()
    priya = signed_in("priya")
    shown = words(priya.get(at(world, "challenge", challenge=id)))
    assert "Grace Obi answers at this stage" in shown and "Priya Nair stands in until" in shown

    refused = priya.post(
        step_at(world, id, "answer"),
        {"outcome": "stands", "step_words": "We looked.", "effect": "None.",
         "given_by": str(world.actors["sam"].practitioner)},
    )  # fmt: skip
    assert refused.status_code == 422 and "At this stage Grace Obi answers" in words(refused)
    assert "We looked." in words(refused)


def test_the_invitation_asks_for_a_different_view_whatever_the_post():
    assert "whatever your post" in INVITATION and "challenge" in INVITATION


def test_everybody_reads_the_stages_and_the_generic_ones_say_so(signed_in):
    for who in ("ama", "admin", "mina"):
        shown = words(signed_in(who).get(reverse("challenge_stages")))
        assert "Generic; replace with your partnership’s own" in shown and "Rotherham" in shown
        assert ("Decide your own stages" in shown) == (who == "mina")


STAGES = {
    "name-1": "Talk", "who-1": "Whoever decided", "days-1": "3", "unit-1": "working_days",
    "name-2": "", "who-2": "", "days-2": "", "unit-2": "working_days",
    "name-3": "Managers", "who-3": "The manager", "days-3": "", "unit-3": "calendar_days",
    "reason": "Agreed in March.", "holds_from": "", "based_on": "0",
}  # fmt: skip


def test_the_partnership_manager_decides_the_stages_once(signed_in):
    mina, sent = signed_in("mina"), {**STAGES, "decision": str(uuid4())}
    for _ in range(2):
        shown = words(send(mina, reverse("set_challenge_stages"), **sent))

    assert (
        "Stage 1, Talk: 3 working days" in shown and "Stage 2, Managers: no response time" in shown
    )
    assert "Agreed in March." in shown and "Mina Rao" in shown and "Generic" not in shown
    assert LadderVersion.objects.count() == 1
    assert signed_in("ama").get(reverse("set_challenge_stages")).status_code == 404
    assert signed_in("ama").post(reverse("set_challenge_stages"), sent).status_code == 404


def test_a_slip_in_the_stages_loses_nothing(signed_in):
    refused = signed_in("mina").post(
        reverse("set_challenge_stages"), {**STAGES, "days-1": "soon", "reason": ""}
    )
    shown = words(refused)

    assert refused.status_code == 422
    assert 'href="#days-1"' in shown and 'value="soon"' in shown and 'value="Managers"' in shown
    assert 'href="#reason"' in shown
    assert LadderVersion.objects.count() == 0


def test_naming_who_answers_says_what_is_wrong_with_a_deputy(world, signed_in):
    address = reverse("name_answerer", kwargs={"stage": 2, "agency": world.agency("social_care")})
    mina = signed_in("mina")
    assert mina.get(address).status_code == 200
    said = {
        "practitioner": str(world.actors["priya"].practitioner),
        "deputy": str(world.actors["sam"].practitioner),
        "deputy_from": "1 March 2026", "deputy_to": "3 March 2026", "reason": "Leave.", "based_on": "0",
    }  # fmt: skip
    refused = mina.post(address, said)
    assert refused.status_code == 422
    assert "This day has passed, so nobody would stand in." in words(refused)
    assert 'value="3 March 2026"' in words(refused) and "Leave." in words(refused)

    later = day_in_words(clock.today() + timedelta(days=9))
    shown = words(send(mina, address, **{**said, "deputy_to": later}))
    assert "Priya Nair" in shown and f"Sam Reed stands in until {later}" in shown
    for who in ("ama", "admin"):
        assert signed_in(who).get(address).status_code == 404
    assert (
        mina.get(reverse("name_answerer", kwargs={"stage": 9, "agency": uuid4()})).status_code
        == 404
    )


def test_the_partnership_sees_counts_and_nothing_of_anybody(world, signed_in, raised):
    raised()
    shown = words(signed_in("mina").get(reverse("my_challenges")))

    assert "fewer than 5" in shown and "it would tell of one" in shown
    for word in ("night", "Ama", "Priya", "Fenwick Health", str(world.case)):
        assert word not in shown.split("<main")[1]
