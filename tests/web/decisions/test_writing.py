"""Writing a decision: kept as typed, looked over beside each field, signed once, nothing lost."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from django.urls import reverse

from goldenthread.domain.decisions.record import Party
from goldenthread.usecases.decisions.reading import read_decision, read_decisions
from goldenthread.usecases.decisions.sign_decision import decision_of_draft
from goldenthread.web.kit import clock
from tests.usecases.decisions.deciding import ALONE, LATER, SEEN, proposed, signed
from tests.web.decisions.typed import AMA, PRIYA, form


def at(world, draft, name="decision_write") -> str:
    return reverse(name, kwargs={"case": world.case, "draft": draft})


def said_beside(page: str, name: str) -> str:
    """The sentence of error or advice beside a field."""
    found = re.search(rf'id="{re.escape(name)}-(?:error|advice)">(.*?)</p>', page, re.S)
    return re.sub(r"<[^>]+>", "", found[1]).strip() if found else ""


def test_a_decision_is_begun_written_looked_over_and_signed(world, client_of):
    priya, actor = client_of("priya"), world.actors["priya"]
    begun = priya.get(reverse("decision_start", kwargs={"case": world.case}))
    draft = UUID(begun.url.rstrip("/").rpartition("/")[2])

    looked = priya.post(at(world, draft), {**form(world), "go": "check"})
    page = looked.content.decode()
    assert looked.status_code == 200 and "Nothing is left open." in page
    assert "Signing tells Fenwick Health Visiting and Fenwick Police." in page
    assert 'value="sign"' in page and "gt-advice" not in page

    done = priya.post(at(world, draft), {**form(world), "go": "sign"}, follow=True)

    assert "Signed, and in the record. It will not change." in done.content.decode()
    id = decision_of_draft(actor, draft)
    found = read_decision(actor, world.case, id, now=clock.now())
    assert found.record.time_is_known and found.is_as_sealed
    assert [(p.name, p.party.part, p.party.said) for p in found.parties][1] == (
        "Ama Boateng", "present", "A cot first.",
    )  # fmt: skip
    again = priya.post(at(world, draft), {**form(world), "go": "sign"})
    assert again.url == reverse("decision", kwargs={"case": world.case, "decision": id})
    assert len(read_decisions(actor, world.case, now=clock.now()).decisions) == 1


def test_what_is_missing_is_said_beside_its_field_and_everything_typed_stays(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    sent = form(
        world, rationale=" ", unknown="", strength="", asked="", decided_time="half past",
        **{"decided_on-day": "31"}, **{f"said-{AMA}": ""}, **{f"use-{SEEN}": "set_aside"},
        **{f"why-{SEEN}": ""},
    )  # fmt: skip

    refused = priya.post(at(world, draft), {**sent, "go": "sign"})

    page = refused.content.decode()
    assert refused.status_code == 422 and "There is a problem" in page
    for name, words in (
        ("rationale", "Give the reasons."), ("decided_time", "Write the time like 14:30"),
        ("decided_on", "June 2026 has 30 days"), (f"part-{AMA}", "Say what they said"),
        (f"pin-{SEEN}", "Say why this was set aside."), ("unknown", "Nothing is recorded as not"),
        ("strength", "Strengths are weighed too."), ("asked", "does anyone see it differently?"),
    ):  # fmt: skip
        assert words in said_beside(page, name), name
    for words in ("Ruth asks for help.", "half past", "On leave; the ward was rung.", "Nan"):
        assert words in page
    kept = priya.get(at(world, draft)).content.decode()
    assert "half past" in kept and "Is Ada safe at home tonight?" in kept


def test_a_character_that_cannot_be_kept_is_said_where_it_stood(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    sent = form(world, rationale="Ruth\x00 asks for help.", go="sign")
    refused = priya.post(at(world, draft), sent)
    assert refused.status_code == 422
    assert "A character here cannot be kept" in said_beside(refused.content.decode(), "rationale")
    done = signed(world)
    back = reverse("decision_read_back", kwargs={"case": world.case, "decision": done.id})
    said = {"id": str(uuid4()), "risk": "x\x00", "reason": "y", "understood": "yes"}
    answer = client_of("tom").post(back, said)
    assert "A character here cannot be kept" in said_beside(answer.content.decode(), "risk")


def test_advice_is_read_and_then_signed_over(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    sent = form(world, unknown="", plan="")

    looked = priya.post(at(world, draft), {**sent, "go": "check"}).content.decode()
    assert 'href="#unknown"' in looked and 'value="sign"' in looked

    done = priya.post(at(world, draft), {**sent, "go": "sign"})
    assert done.status_code == 302


def test_what_is_typed_is_kept_valid_or_not_and_only_for_its_writer(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    saved = priya.post(at(world, draft, "decision_save"), {"question": "Half a sen", "pin": "x"})
    assert saved.json()["saved"]
    assert "Half a sen" in priya.get(at(world, draft)).content.decode()
    listed = priya.get(reverse("decisions", kwargs={"case": world.case})).content.decode()
    assert "Carry on with what you began" in listed

    for who in ("ama", "grace"):
        theirs = client_of(who).get(at(world, draft))
        assert theirs.status_code == 200 and "Half a sen" not in theirs.content.decode()
        assert (
            client_of(who)
            .post(at(world, draft, "decision_save"), {"question": "?"})
            .json()["saved"]
        )
    assert "Half a sen" in priya.get(at(world, draft)).content.decode()
    resumed = priya.get(reverse("resume_draft", kwargs={"draft": draft}))
    assert resumed.url == at(world, draft)


def test_entries_are_picked_and_taken_out_again_without_a_script(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    sent = form(world, pin=[], **{"pick": [str(SEEN)], "go": "pick"})
    page = priya.post(at(world, draft), sent).content.decode()
    assert f'name="pin" value="{SEEN}"' in page and f'id="pick-{SEEN}"' not in page

    out = form(world, **{"go": "check", f"use-{SEEN}": "out"})
    page = priya.post(at(world, draft), out).content.decode()
    assert f'name="pin" value="{SEEN}"' not in page and f'id="pick-{SEEN}"' in page
    assert "No entry is named as what this rests on." in said_beside(page, "pins")


def test_an_entry_known_too_late_and_one_of_another_agency_are_refused_in_words(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    sent = form(world, pin=[str(LATER), str(ALONE), "x"], go="sign")
    page = priya.post(at(world, draft), sent).content.decode()
    assert "Nobody knew this before 5 June 2026" in said_beside(page, f"pin-{LATER}")
    assert said_beside(page, f"pin-{ALONE}") == (
        "Error: This entry is not in what you can read. Leave it out."
    )
    assert "afraid" not in page


def test_more_rows_are_given_without_losing_any(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    page = priya.post(at(world, draft), {**form(world), "go": "rows"}).content.decode()
    assert 'id="option-4"' in page and ">Care</textarea>" in page


def test_a_later_version_begins_with_the_words_of_the_one_before(world, client_of):
    priya, first = client_of("priya"), signed(world)
    again = reverse("decision_again", kwargs={"case": world.case, "decision": first.id})
    to = priya.get(again)
    page = priya.get(to.url).content.decode()
    assert "Why is there a new version?" in page and "It follows: Version 1" in page
    assert "Ruth asks for help and keeps appointments" in page
    assert re.search(rf'name="part-{PRIYA}".*?<option value="decided" selected', page, re.S)
    assert client_of("tom").get(again).status_code == 404


def test_how_sure_somebody_was_is_said_only_where_they_wish_and_stays_with_them(world, client_of):
    priya, draft = client_of("priya"), uuid4()
    typed = form(world, **{
        f"sure-{PRIYA}": "unsure", f"missing-{PRIYA}": "The hospital’s notes.",
        "other_sure-0": "sure", f"missing-{AMA}": "Nothing, I think.",
    })  # fmt: skip
    kept = priya.post(at(world, draft), {**typed, "go": "check"}).content.decode()
    assert "Nothing is left open." in kept and "The hospital’s notes." in kept
    assert re.search(rf'name="sure-{PRIYA}".*?<option value="unsure" selected', kept, re.S)

    done = priya.post(at(world, draft), {**typed, "go": "sign"}, follow=True)
    said = " ".join(done.content.decode().split())
    assert (
        "Not sure that everything that matters had been shared. "
        "Still missing, as they saw it: The hospital’s notes." in said
    )
    assert "Still missing, as they saw it: Nothing, I think." in said
    assert said.count("had been shared.") == 2  # of nobody who did not say

    id = decision_of_draft(world.actors["priya"], draft)
    assert read_decision(world.actors["priya"], world.case, id, now=clock.now()).is_as_sealed
    again = reverse("decision_again", kwargs={"case": world.case, "decision": id})
    page = priya.get(priya.get(again).url).content.decode()
    assert re.search(rf'name="sure-{PRIYA}".*?<option value="unsure" selected', page, re.S)


def test_two_people_writing_after_one_version_see_both_texts(world, client_of):
    first, draft = signed(world), uuid4()
    newer = signed(world, "grace", after=first.id, why_again="Heard more.", rationale="Of Grace.")
    sent = form(world, after=str(first.id), why_again="Mine.", rationale="Of Priya.")

    both = client_of("priya").post(at(world, draft), {**sent, "go": "sign"})

    page = both.content.decode()
    assert both.status_code == 409
    assert "Of Grace." in page and "Of Priya." in page and 'value="go_on"' in page
    gone_on = client_of("priya").post(
        at(world, draft), {**sent, "newer": str(newer.id), "go": "go_on"}
    )
    page = gone_on.content.decode()
    assert f'name="after" value="{newer.id}"' in page and "Of Priya." in page
    done = client_of("priya").post(
        at(world, draft), {**sent, "after": str(newer.id), "go": "sign"}, follow=True
    )
    assert "Version 3" in done.content.decode()
    old = reverse("decision", kwargs={"case": world.case, "decision": newer.id})
    assert "Of Grace." in client_of("priya").get(old).content.decode()


def test_whoever_is_not_of_the_team_may_not_begin(world, client_of):
    start = reverse("decision_start", kwargs={"case": world.case})
    assert client_of("sam").get(start).status_code == 404
    listed = client_of("sam").get(reverse("decisions", kwargs={"case": world.case}))
    assert "Record a decision" not in listed.content.decode()


def test_people_in_words_stand_in_rows_that_follow_each_other(world, client_of):
    nan = {"name": "Nan", "role": "grandmother", "part": "consulted"}
    parties = (*proposed(world).parties[:3], Party(**nan), Party(**{**nan, "name": "Joe"}))
    first = signed(world, parties=parties)
    again = reverse("decision_again", kwargs={"case": world.case, "decision": first.id})
    page = client_of("priya").get(client_of("priya").get(again).url).content.decode()
    named = re.findall(r'id="other_name-(\d)"[^>]* value="([^"]*)"', page)
    assert named == [("0", "Nan"), ("1", "Joe"), ("2", "")]
