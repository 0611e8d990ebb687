"""The plan's pages: how it stands comes first, every step keeps what was typed, nothing is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.records.access.models import TeamMember
from goldenthread.records.plans.models import PlanVersion
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.plans.read_plan import plan_currency_of, read_plan
from goldenthread.web.kit import clock
from goldenthread.web.plan.currency import plan_line
from tests.families.plans import okafor_plan, signed_plan, who
from tests.families.world import World, build_world, key

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world(record: str) -> World:
    return build_world(tom="named_member")


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=key(f"account {name}")), backend=BACKEND)
    return client


def at(name: str, world: World, **more) -> str:
    return reverse(name, kwargs={"case": world.case, **more})


def words(answer) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(text.replace("&#39;", "’").split())


def lasting_plan():
    return okafor_plan(review_on=clock.today() + timedelta(days=30))


def hears(world: World, by: str = "ama", agency: str = "health_visiting", **more):
    day = (clock.today() - timedelta(days=1)).isoformat()
    said = {"kind": "new_partner", **more}
    entry = world.entry(agency, "A man stays at night.", day, known=day, **said)
    record_entry(world.actors[by], world.case, entry, now=clock.now())
    return entry.id


def test_the_first_line_is_how_it_stands_with_its_cause(world):
    signed_plan(world, "health_visiting", plan=lasting_plan(), now=clock.now() - timedelta(days=3))
    fresh = words(signed_in("ama").get(at("plan", world)))
    assert "Current by what your agency has been told" in fresh
    hears(world)

    page = signed_in("ama").get(at("plan", world))
    said = words(page)
    assert "Needs review because a new relationship was recorded (entry of" in said
    assert (
        "Fenwick Health Visiting). This plan takes it that “Only Ruth and Ada live here”." in said
    )
    # Nobody can answer for what they have not been told.
    assert (
        "Priya Nair (Fenwick Children’s Services) looks after this plan and has not been told"
        in said
    )
    assert "Tell Fenwick Children’s Services" in said
    assert "May no longer hold: a new relationship was recorded." in said
    assert said.index("Needs review because") < said.index("The worry, and what will be different")
    told = words(signed_in("priya").get(at("plan", world)))
    assert "Current by what your agency has been told" in told  # she was not told
    assert "A man stays" not in told
    chair = words(signed_in("grace").get(at("plan", world)))
    assert "Needs review because a new relationship" in chair
    hears(world, "priya", "social_care", kind="injury")
    assert "Priya Nair (Fenwick Children’s Services) is asked to say by" in words(
        signed_in("priya").get(at("plan", world))
    )


def test_an_earlier_day_shows_what_was_known_then(world):
    then = clock.now() - timedelta(days=3)
    signed_plan(world, "health_visiting", plan=lasting_plan(), now=then)
    hears(world)
    day = (clock.today() - timedelta(days=2)).isoformat()

    said = words(signed_in("ama").get(at("plan", world) + f"?on={day}"))
    assert "as it stood on" in said
    assert "Current by what your agency has been told" in said
    before = (clock.today() - timedelta(days=9)).isoformat()
    assert "had been signed by" in words(signed_in("ama").get(at("plan", world) + f"?on={before}"))
    for odd in ("", "soon", "2999-01-01"):
        assert "Needs review" in words(signed_in("ama").get(at("plan", world) + f"?on={odd}"))


def test_whoever_may_not_read_it_is_answered_as_for_one_that_never_was(world):
    version = signed_plan(world, plan=lasting_plan(), now=clock.now())
    for name, more in (("plan_version", {}), ("plan_answer", {}), ("plan_agree", {}),
                       ("plan_own", {"sort": "person", "who": key("person ruth")})):  # fmt: skip
        theirs = signed_in("tom").get(at(name, world, version=version, **more))
        never = signed_in("tom").get(at(name, world, version=key("never"), **more))
        assert (theirs.status_code, words(theirs)) == (never.status_code, words(never))
        assert theirs.status_code == 404
    assert "No safety plan that you may read" in words(signed_in("tom").get(at("plan", world)))


def step(client: Client, world: World, draft, name: str, typed: dict, go: str = "next"):
    return client.post(at("plan_write", world, draft=draft, step=name), {**typed, "go": go})


def typed_steps() -> dict[str, dict]:
    review = clock.today() + timedelta(days=20)
    return {
        "worries": {
            "danger-row": "d", "danger-d-who_is_worried": "Priya", "danger-d-about_what": "Sleep",
            "danger-d-adult_does": "Rings", "danger-d-child_experiences": "Somebody comes",
            "child_view": "She smiles.",
        },
        "actions": {
            "action-row": "a", "action-a-what": "Rings at nine", "action-a-who": who("ama").code,
            "action-a-parts": ["nights"], "no_men_because": "Nobody is known.",
        },
        "what_ifs": {
            "what_if-row": "w", "what_if-w-situation": "carer_unwell",
            "what_if-w-about": str(key("person ruth")), "what_if-w-who": who("ama").code,
            "what_if-w-then_words": "Comes", "non_negotiables": "No drink.",
        },
        "assumptions": {
            "assumption-row": "s", "assumption-s-nature": "lives_here",
            "assumption-s-words": "Only Ruth and Ada live here",
            "assumption-s-people": [who("ruth").code, who("ada").code],
            "review-day": review.day, "review-month": review.month, "review-year": review.year,
        },
    }  # fmt: skip


def test_a_plan_is_written_in_steps_without_javascript_and_signed(world):
    client = signed_in("priya")
    begun = client.get(at("plan_start", world))
    draft = begun.url.split("/drafts/")[1].split("/")[0]
    for name, typed in typed_steps().items():
        assert client.get(at("plan_write", world, draft=draft, step=name)).status_code == 200
        assert step(client, world, draft, name, typed).status_code == 302
    over = words(client.get(at("plan_sign", world, draft=draft)))
    assert "Before it can be signed" not in over
    assert "No action is for days." in over
    empty = client.post(at("plan_sign", world, draft=draft), {"go": "sign"})
    assert empty.status_code == 422
    assert "Say in your own words why" in words(empty)

    signing = {
        "go": "sign", "why": "A first plan.", "owner": who("priya").code, "basis": "public_task",
        "tell": str(world.agency("health_visiting")), "signs": who("ama").code,
        f"agreement-{who('ama').code}": "agrees", f"doable-{who('ama').code}": "yes",
        f"words-{who('ama').code}": "I ring at nine.",
    }  # fmt: skip
    done = client.post(at("plan_sign", world, draft=draft), signing, follow=True)
    said = words(done)
    assert "The plan is signed and in the history." in said
    assert "Why it was written A first plan." in said
    assert "“I ring at nine.”" in said
    seen = read_plan(world.actors["ama"], world.case, now=clock.now()).seen
    assert seen.plan.actions[0].what == "Rings at nine"
    again = client.post(at("plan_sign", world, draft=draft), signing)
    assert again.status_code == 302
    assert PlanVersion.objects.count() == 1


def test_a_step_keeps_what_is_typed_whatever_is_pressed(world):
    client, draft = signed_in("priya"), key("draft web")
    typed = typed_steps()["actions"]
    for go in ("add:action", "later", "step:worries", "next", "nonsense"):
        step(client, world, draft, "actions", typed, go)
        page = client.get(at("plan_write", world, draft=draft, step="actions")).content.decode()
        assert "Rings at nine" in page
    step(client, world, draft, "actions", typed, "add:action")
    page = client.get(at("plan_write", world, draft=draft, step="actions")).content.decode()
    assert page.count('name="action-row"') == 2
    step(client, world, draft, "actions", typed, "out:action:a")
    page = client.get(at("plan_write", world, draft=draft, step="actions")).content.decode()
    assert "Rings at nine" not in page
    nowhere = at("plan_write", world, draft=draft, step="actions").replace("actions", "nowhere")
    assert client.get(nowhere).status_code == 404
    assert client.post(at("plan_save", world, draft=draft), {"step": "nowhere"}).status_code == 400


def test_autosave_keeps_one_step_and_no_other_is_lost(world):
    first = signed_plan(world, plan=lasting_plan(), now=clock.now() - timedelta(days=1))
    client, draft = signed_in("priya"), key("draft web")
    saved = client.post(
        at("plan_save", world, draft=draft), {"step": "worries", "child_view": "New words."}
    )
    assert saved.json()["saved"]
    page = client.get(at("plan_write", world, draft=draft, step="actions")).content.decode()
    assert "Rings at nine each evening" in page  # the plan it began with is there
    assert first
    for name in ("ama", "grace"):
        other = signed_in(name).get(at("plan_write", world, draft=draft, step="worries"))
        assert other.status_code == 200, "a form of their own, in which nothing was typed"
        assert "New words." not in words(other)


def test_whoever_leaves_the_team_while_writing_keeps_their_own_words(world):
    client, draft = signed_in("ama"), key("draft web")
    step(client, world, draft, "worries", typed_steps()["worries"])
    rows = TeamMember.objects.using("owner").filter(practitioner=world.actors["ama"].practitioner)
    rows.update(to_on=clock.today() - timedelta(days=1))

    refused = step(client, world, draft, "actions", typed_steps()["actions"])
    said = words(refused)
    assert refused.status_code == 403
    for own in ("Rings at nine", "Somebody comes", "She smiles."):
        assert own in said
    assert "Okafor" not in said


def test_what_cannot_be_signed_is_said_where_it_is(world):
    client, draft = signed_in("priya"), key("draft web")
    nobody = {**typed_steps()["actions"], "action-a-who": ""}
    step(client, world, draft, "actions", nobody)
    over = client.get(at("plan_sign", world, draft=draft))
    assert "Say who does this, by name." in words(over)
    mend = client.get(at("plan_write", world, draft=draft, step="actions") + "?mend=1")
    assert mend.status_code == 422
    assert 'href="#action-a"' in mend.content.decode()
    refused = client.post(at("plan_sign", world, draft=draft), {"go": "sign", "why": "x"})
    assert refused.status_code == 422
    assert not PlanVersion.objects.exists()


def test_two_who_write_at_once_are_shown_both_and_either_can_go_on(world):
    then = clock.now() - timedelta(days=2)
    first = signed_plan(world, "health_visiting", plan=lasting_plan(), now=then)
    ama, draft = signed_in("ama"), key("draft of ama")
    steps = typed_steps()
    for name, typed in steps.items():
        step(ama, world, draft, name, typed)
    signed_plan(world, "health_visiting", plan=lasting_plan(), name="two", written_from=first,
                now=then + timedelta(hours=1), why="Priya’s reason.")  # fmt: skip
    signing = {"go": "sign", "why": "Ama’s reason.", "owner": who("ama").code}

    both = ama.post(at("plan_sign", world, draft=draft), signing)
    said = words(both)
    assert both.status_code == 409
    assert "Priya Nair signed another version while you were writing" in said
    assert "Rings at nine each evening" in said and "Rings at nine" in said
    assert PlanVersion.objects.count() == 2

    on = ama.post(at("plan_sign", world, draft=draft), {"go": "mine"}, follow=True)
    assert "Ama’s reason." in on.content.decode()  # nothing typed is lost
    done = ama.post(at("plan_sign", world, draft=draft), signing, follow=True)
    assert "Why it was written Ama’s reason." in words(done)
    assert PlanVersion.objects.count() == 3


def test_an_answer_is_given_on_the_page_and_asked_for_what_it_lacks(world):
    version = signed_plan(
        world, "health_visiting", plan=lasting_plan(), now=clock.now() - timedelta(days=3)
    )
    hears(world, "priya", "social_care")
    client, here = signed_in("priya"), at("plan_answer", world, version=version)
    assert "Needs review because" in words(client.get(here))
    lacking = client.post(here, {"outcome": "still_right", "why": "x", "id": str(key("a"))})
    assert (lacking.status_code, "Say on which day" in words(lacking)) == (422, True)
    later = clock.today() + timedelta(days=14)
    told = {"outcome": "still_right", "why": "He has gone.", "id": str(key("a")), "review-day": later.day,
            "review-month": later.month, "review-year": later.year}  # fmt: skip
    done = client.post(here, told, follow=True)
    assert "Current by what your agency has been told" in words(done)
    assert "Found still right on" in words(done)


def test_everything_amiss_with_an_answer_is_said_at_once_and_nothing_typed_is_lost(world):
    version = signed_plan(world, plan=lasting_plan(), now=clock.now() - timedelta(days=3))
    client, here = signed_in("priya"), at("plan_answer", world, version=version)
    typed = {"outcome": "still_right", "why": " ", "id": str(key("a")), "review-day": "31",
             "review-month": "2", "review-year": "2027", "basis": "consent",
             "tell": str(world.agency("health_visiting"))}  # fmt: skip
    page = client.post(here, typed)
    said = page.content.decode()
    summary = said.partition("govuk-error-summary")[2].partition("<h1")[0]
    assert page.status_code == 422
    for anchor, problem in (("why", "Say in your own words why."), ("review-day", "31/2/2027")):
        assert f'href="#{anchor}"' in summary and problem in summary
        assert said.count(problem) == 2  # in the list, and beside the field
    for kept in ('value="31"', 'value="2027"', 'value="consent" selected'):
        assert kept in said
    assert re.search(r'name="tell"[^>]* checked', said)

    nothing = words(client.post(here, {"id": str(key("a"))}))
    assert all(said in nothing for said in ("Say whether the plan", "Say in your own words why."))


def test_what_was_written_goes_into_the_version_that_changes_it(world):
    version = signed_plan(world, plan=lasting_plan(), now=clock.now())
    client, here = signed_in("priya"), at("plan_answer", world, version=version)

    to = client.post(here, {"outcome": "changed", "why": "He moved in on Sunday."})
    draft = to.url.split("/drafts/")[1].split("/")[0]
    assert to.url == at("plan_write", world, draft=draft, step="worries")
    assert "He moved in on Sunday." in words(client.get(at("plan_sign", world, draft=draft)))

    again = client.post(here, {"outcome": "changed", "why": "Something else."})
    assert again.url == to.url  # one's own draft goes on, with what it says
    assert "He moved in on Sunday." in words(client.get(at("plan_sign", world, draft=draft)))


def test_ones_own_version_holds_nothing_of_anybody_else(world):
    version = signed_plan(world, "health_visiting", plan=lasting_plan(), now=clock.now())
    here = at("plan_own", world, version=version, sort="practitioner", who=who("ama").id)
    for layout in ("", "large", "easy", "odd"):
        page = signed_in("ama").get(here + f"?layout={layout}")
        said = words(page)
        assert "Ring Ruth at nine." in said
        for private in (
            "does not wake",
            "Ruth is well",
            "Puts Ada down",
            "Only Ruth",
            "cry unheard",
        ):
            assert private not in said
    assert signed_in("ama").get(here.replace("practitioner", "animal")).status_code == 404


def test_copies_and_agreement_are_kept_from_the_page(world):
    version = signed_plan(world, "health_visiting", plan=lasting_plan(), now=clock.now())
    client = signed_in("priya")
    today = clock.today()
    day = {"given-day": today.day, "given-month": today.month, "given-year": today.year}
    given = {"id": str(key("c")), "who": who("ruth").code, "form": "easy_read", **day}
    done = client.post(at("plan_copy", world, version=version), given, follow=True)
    assert "Ruth Okafor : in easy read, given on" in words(done)
    unsaid = {**given, "who": "", "given-day": "31x", "form": "paper"}
    wrong = client.post(at("plan_copy", world, version=version), unsaid)
    assert wrong.status_code == 422 and "Say who was given a copy." in words(wrong)
    said = wrong.content.decode()
    assert 'value="31x"' in said and '<option value="paper" selected>' in said
    copy = read_plan(world.actors["priya"], world.case, now=clock.now()).copies[0].id
    back = client.post(
        at("plan_copy_ended", world, copy=copy), {"outcome": "returned"}, follow=True
    )
    assert "Given back on" in words(back)
    said = {"id": str(key("s")), "who": who("ruth").code, "agreement": "agrees", "doable": "with_help",
            "words": "If somebody rings."}  # fmt: skip
    kept = client.post(at("plan_agree", world, version=version), said, follow=True)
    assert "“If somebody rings.”" in words(kept)
    assert client.post(at("plan_agree", world, version=version), {}).status_code == 422


def test_the_familys_page_can_say_it_in_one_line(world):
    assert plan_line(None, world.case, sees_everything=False) is None
    signed_plan(world, "health_visiting", plan=lasting_plan(), now=clock.now() - timedelta(days=3))
    hears(world)
    line = plan_currency_of(world.actors["ama"], world.case, now=clock.now())
    shown = plan_line(line, world.case, sees_everything=False)
    assert shown.badge == "Needs review"
    assert shown.sentence.startswith(
        "Needs review because a new relationship was recorded (entry of"
    )
    assert shown.sentence.endswith("It takes it that “Only Ruth and Ada live here”.")
    own = plan_currency_of(world.actors["priya"], world.case, now=clock.now())
    assert plan_line(own, world.case, sees_everything=False).sentence.startswith("Current by what")
