"""Writing, finishing, reading, comparing and giving a cumulative summary, page by page."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.records.chronology.models import Draft
from goldenthread.records.risk.models import Summary
from goldenthread.usecases.chronology.publish_chronology import publish_chronology
from goldenthread.web.kit import clock
from tests.families.answers import words_of
from tests.families.world import key
from tests.web.picture.conftest import at, signed_in
from tests.web.picture.test_page import words

WORDS = {"building": "Three appointments missed since May.", "holds": "Ruth rings back."}


@pytest.fixture
def ama(world, building):
    return signed_in(world, "ama")


def draft_of(client, world) -> str:
    return client.get(at(world, "summary_start"))["Location"]


def finished(client, world, **more) -> str:
    done = client.post(draft_of(client, world), {**WORDS, **more})
    assert done.status_code == 302
    return done["Location"]


def test_the_form_lists_entries_under_headings_and_writes_no_word(ama, world, building):
    page = ama.get(draft_of(ama, world)).content.decode()
    said = words(page)

    assert "Neglect (3)" in said
    assert "Not engaging (3)" in said
    for area in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL):
        assert area.strip() == ""
    ticked = re.findall(r'name="entry" value="([^"]+)"( checked)?', page)
    assert {id for id, _ in ticked} == {str(id) for id in building}


def test_what_is_typed_is_kept_as_typed_and_only_for_its_writer(ama, world, building):
    here = draft_of(ama, world)

    kept = ama.post(f"{here}save/", {"harm": "Half a sen", "entry": [str(building[0])], "give": []})

    assert kept.json()["saved"]
    page = ama.get(here).content.decode()
    assert "Half a sen" in page
    assert len(re.findall(r'name="entry" value="[^"]+" checked', page)) == 1
    picture = words(ama.get(at(world)).content.decode())
    assert "Carry on with your draft" in picture
    assert draft_of(ama, world) == here
    assert "Half a sen" in words(ama.get("/drafts/").content.decode())
    resumed = ama.get(f"/drafts/{Draft.objects.get().id}/")
    assert resumed["Location"] == here
    assert "Half a sen" not in signed_in(world, "grace").get(here, follow=True).content.decode()


def test_finish_later_keeps_it_and_says_so(ama, world):
    done = ama.post(draft_of(ama, world), {"harm": "Not yet", "go": "later"}, follow=True)

    assert "Your draft is kept. Only you can read it." in words(done.content.decode())
    assert Summary.objects.count() == 0


def test_a_finished_version_is_read_with_what_it_rests_on_and_does_not_change(ama, world, building):
    here = draft_of(ama, world)
    done = ama.post(here, {**WORDS, "entry": [str(building[0])]}, follow=True)
    said = words(done.content.decode())

    assert "The version is finished and in the record. It will not change." in said
    assert "Cumulative summary: version 1" in said
    assert "Finished by Ama Boateng, Fenwick Health Visiting" in said
    assert WORDS["building"] in said
    assert "It rests on 1 entry" in said
    assert "Its writer could read 3 entries then." in said
    # The form is done with: it leads to the version, and sending it again makes no second one.
    assert ama.get(here).status_code == 302
    assert ama.post(here, {"harm": "Other words"}).status_code == 302
    assert Summary.objects.count() == 1
    assert ama.post(f"{here}save/", {"harm": "Later words"}).status_code == 409
    assert WORDS["holds"] in words(ama.get(at(world)).content.decode())


def test_a_summary_without_words_is_refused_where_it_was_typed_and_stays(ama, world, building):
    answer = ama.post(draft_of(ama, world), {"entry": [str(building[1])]})

    assert answer.status_code == 422
    assert "Write under one of the headings at least." in words(answer.content.decode())
    assert re.findall(r'value="([^"]+)" checked', answer.content.decode()) == [str(building[1])]


def test_an_entry_that_is_not_theirs_is_refused_like_one_that_never_was(world, add, building):
    hidden = add("mental_health", "Ours alone.", 5)
    ama = signed_in(world, "ama")
    answers = [
        words(ama.post(draft_of(ama, world), {**WORDS, "entry": [id]}).content.decode())
        for id in (str(hidden), str(key("never")), "nonsense")
    ]

    assert all("is not" in one and "Choose again." in one for one in answers)
    assert answers[0] == answers[1]
    assert Summary.objects.count() == 0


def test_two_versions_are_compared_word_by_word(ama, world):
    first = finished(ama, world)
    second = finished(ama, world, building="Four appointments missed since May.")

    page = ama.get(f"{second}?compare={first.rstrip('/').split('/')[-1]}").content.decode()

    assert "What changed from version 1 to version 2" in words(page)
    assert re.search(r"<del[^>]*>.*?Three.*?</del><ins[^>]*>.*?Four.*?</ins>", page)
    assert "What holds Nothing changed." in words(page)
    listed = words(ama.get(at(world, "summaries")).content.decode())
    assert listed.index("Version 2") < listed.index("Version 1")


def test_entries_that_came_later_are_said_to_be_newer(ama, world, add):
    here = finished(ama, world)
    add("health_visiting", "Seen at home.", 1)

    for page in (here, at(world), at(world, "summaries")):
        assert "1 entry is newer than this summary." in words(ama.get(page).content.decode())


def test_to_a_chair_what_its_writer_never_knew_is_said_as_that(ama, world, add):
    add("mental_health", "Ours alone.", 3)
    here = finished(ama, world)

    said = words(signed_in(world, "grace").get(here).content.decode())

    assert (
        "2 entries that you may see were not known to Fenwick Health Visiting when it was finished."
        in said  # the other one is social care's referral
    )
    assert "newer than this summary" not in words(ama.get(here).content.decode())


def test_it_is_given_or_refused_in_a_plain_sentence(ama, world, building):
    social_care = str(world.agency("social_care"))
    alone = finished(ama, world, entry=[str(building[0])], give=[social_care])
    refused = words(ama.get(alone).content.decode())
    assert (
        "Fenwick Children's Services has not been told of the entry this summary rests on"
        in refused
    )

    free = finished(ama, world)
    given = words(ama.post(f"{free}give/", {"agency": social_care}, follow=True).content.decode())
    assert "Given. Its members can read this version from now on." in given
    assert "Fenwick Children's Services, by Ama Boateng on" in given
    priya = signed_in(world, "priya")
    assert "Cumulative summary of" in words(priya.get(free).content.decode())
    assert priya.get(alone).status_code == 404
    nobody = ama.post(f"{free}give/", {"agency": "nobody"}, follow=True)
    assert "Choose an agency of the team around this family." in words(nobody.content.decode())


def test_the_paper_says_the_same_and_names_who_made_it(ama, world, building):
    here = finished(ama, world, entry=[str(building[0])])
    id = UUID(here.rstrip("/").split("/")[-1])

    paper = words_of(ama.get(at(world, "summary_pdf", summary=id)))

    for said in ("Cumulative summary: version 1", WORDS["building"], "Ada was not brought", "Ama"):
        assert said in paper
    assert signed_in(world, "priya").get(at(world, "summary_pdf", summary=id)).status_code == 404


def test_a_meeting_is_given_the_summary_finished_by_then(ama, world, building):
    finished(ama, world)
    now = clock.now()
    publish_chronology(
        world.actors["ama"], world.case, id=key("published"), title="For the conference",
        purpose="", viewpoint=Viewpoint(now), entries=building, now=now,
    )  # fmt: skip
    finished(ama, world, building="Written after the meeting.")
    here = at(world, "publication", publication=key("published"))

    page = words(ama.get(here).content.decode())
    assert WORDS["building"] in page
    assert "Written after the meeting." not in page
    assert WORDS["building"] in words_of(ama.get(f"{here}?form=pdf"))
    assert WORDS["building"] not in words(signed_in(world, "priya").get(here).content.decode())


def test_only_members_of_the_team_write(world, building):
    for who in ("sam", "tom", "admin"):
        assert signed_in(world, who).get(at(world, "summary_start")).status_code == 404
    assert "Write a summary" not in words(signed_in(world, "sam").get(at(world)).content.decode())
