"""The pages of an answer: started, worked on without JavaScript, checked by another, taken out."""

from __future__ import annotations

import html
import re

import pypdfium2
import pytest

from tests.families.packs import (
    OWN,
    PACK,
    SECRET,
    SOURCE,
    THEIRS,
    check,
    decide_all,
    protect_source,
    release,
    seen,
    start,
    withhold,
)
from tests.families.world import key
from tests.web.case.conftest import address

RUTH = key("person ruth")
NEW = {
    "asked_by": str(RUTH), "about": str(key("person ada")), "asked-day": "31", "asked-month": "5",
    "asked-year": "2026", "entitled": "I saw her passport.", "id": str(PACK),
}  # fmt: skip


def ready(world) -> None:
    start(world)
    decide_all(world)
    withhold(world, "Dean Carter")
    check(world)
    release(world)


def plain(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


def text_of(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in opened)


def test_a_request_is_started_on_one_page_and_leads_to_the_workspace(signed_in, world):
    sent = signed_in("priya").post(address(world, "subject_access"), NEW, follow=True)
    shown = plain(sent)
    assert "What is kept about Ada Okafor" in shown
    assert "Ruth Okafor asked on 31 May 2026" in shown and "by 30 June 2026" in shown


def test_what_is_missing_is_said_and_nothing_typed_is_lost(signed_in, world):
    sent = signed_in("priya").post(address(world, "subject_access"), {**NEW, "asked_by": ""})
    assert sent.status_code == 422
    assert "Choose who asked." in plain(sent) and "I saw her passport." in plain(sent)


def test_it_is_in_the_navigation_of_the_team_alone(page, world):
    at = address(world, "subject_access")
    assert at in page("priya", "family") and at in page("ama", "family")
    assert at not in page("sam", "family")


def test_a_member_of_another_agency_sees_no_request_and_no_form(page, world):
    start(world)
    shown = page("ama", "subject_access")
    assert "No request is open" in shown and "Somebody asked</h2>" not in shown


def test_the_workspace_says_what_waits_and_what_is_in(page, world):
    start(world)
    shown = page("priya", "pack", pack=PACK)
    assert "Left out until you decide: 1" in shown and "In the pack: 2" in shown
    assert "Not about Ada Okafor: 1" in shown


def test_all_that_waits_for_another_agency_is_left_out_with_one_press(signed_in, world):
    start(world)
    sent = signed_in("priya").post(address(world, "pack_waiting", pack=PACK), follow=True)
    assert "1 entry left out, because another agency wrote them." in plain(sent)


def test_an_entry_is_read_in_sentences_with_what_is_pointed_out_marked(page, world):
    start(world)
    shown = page("priya", "pack_entry", pack=PACK, statement=OWN)
    assert shown.count('name="place"') >= 5  # three sentences, and two names at least
    assert '<mark class="gt-pointed">Dean Carter</mark>' in shown


def test_a_ticked_place_is_withheld_and_can_be_given_back(signed_in, page, world):
    start(world)
    client = signed_in("priya")
    at = address(world, "pack_entry", pack=PACK, statement=OWN)
    place = f"text:{(begins := SAID_AT('Dean Carter'))}:{begins + 11}"
    sent = client.post(at, {"place": place, "reason": "third_party"}, follow=True)
    assert "1 place withheld." in plain(sent)
    assert "[withheld: third party]" in plain(sent)
    (undo,) = re.findall(r'action="([^"]+/undo/)"', sent.content.decode())
    given = client.post(undo, follow=True)
    assert "It is withheld no longer." in plain(given)
    assert seen(world).entry(OWN).redactions == ()


def SAID_AT(words: str) -> int:
    from tests.families.packs import SAID

    return SAID.index(words)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"words": "Dean Carter"}, "Choose why."),
        ({"reason": "third_party"}, "Choose a sentence, or give the words."),
        ({"words": "never said", "reason": "third_party"}, "do not stand there"),
        ({"place": "text:nine:ten", "reason": "third_party"}, "not as it was shown"),
        ({"place": "text:5:4", "reason": "third_party"}, "not as it was shown"),
    ],
)
def test_what_is_amiss_is_said_on_the_page_and_what_was_typed_stays(signed_in, world, sent, said):
    start(world)
    at = address(world, "pack_entry", pack=PACK, statement=OWN)
    answer = signed_in("priya").post(at, sent)
    assert answer.status_code == 422
    assert said in plain(answer)
    assert sent.get("words", "") in answer.content.decode()


def test_an_entry_of_another_agency_is_put_in_only_with_who_agreed(signed_in, world):
    start(world)
    client, at = signed_in("priya"), address(world, "pack_choose", pack=PACK, statement=THEIRS)
    refused = client.post(at, {"stands": "in"})
    assert refused.status_code == 422 and "Say who there agreed" in plain(refused)
    assert "Decided." in plain(client.post(at, {"stands": "in", "note": "By letter."}, follow=True))


def test_a_protected_source_is_not_on_the_page(page, world):
    start(world)
    protect_source(world)
    shown = page("priya", "pack_entry", pack=PACK, statement=SOURCE)
    assert "Its source is protected" in shown and SECRET not in shown


def test_the_second_person_sees_it_as_it_leaves_and_agrees(signed_in, world):
    start(world)
    decide_all(world)
    withhold(world, "Dean Carter")
    at = address(world, "pack_check", pack=PACK)
    own = signed_in("priya").post(at, {"go": "ask"}, follow=True)
    assert "Agree that it leaves" not in plain(own)
    grace = signed_in("grace")
    shown = grace.get(at)
    assert "[withheld: third party]" in plain(shown) and "Dean Carter" not in plain(shown)
    (digest,) = re.findall(r'name="digest" value="([0-9a-f]{64})"', shown.content.decode())
    wrong = grace.post(at, {"go": "agree", "digest": "0" * 64})
    assert wrong.status_code == 422 and "not as it was" in plain(wrong)
    assert "Agreed." in plain(grace.post(at, {"go": "agree", "digest": digest}, follow=True))
    released = signed_in("priya").post(address(world, "pack_release", pack=PACK), follow=True)
    assert "as a PDF" in plain(released)


def test_no_file_leaves_before_it_is_released(signed_in, world):
    start(world)
    for name in ("pack_pdf", "pack_text"):
        answer = signed_in("priya").get(address(world, name, pack=PACK, who=RUTH))
        assert answer.status_code == 409
        assert "weighed" not in answer.content.decode()


def test_the_pdf_is_set_anew_with_a_cover_and_a_foot_on_every_sheet(signed_in, world):
    ready(world)
    answer = signed_in("priya").get(address(world, "pack_pdf", pack=PACK, who=RUTH))
    assert answer["Content-Type"] == "application/pdf"
    assert "Okafor" not in answer["Content-Disposition"]
    said = " ".join(text_of(answer.content).split())
    assert "Asked by Ruth Okafor on 31 May 2026" in said
    assert "1 place withheld in an entry: Somebody else’s information" in said
    assert "1 entry left out whole: Another agency’s information" in said
    assert "Information Commissioner" in said
    assert "[withheld: third party] was there" in said and "Carter" not in said
    for page in pypdfium2.PdfDocument(answer.content):
        foot = " ".join(page.get_textpage().get_text_bounded().split())
        assert "For Ruth Okafor. By Priya Nair" in foot and f"SA-{PACK.hex[:8].upper()}" in foot


def test_the_text_says_the_same(signed_in, world):
    ready(world)
    answer = signed_in("priya").get(address(world, "pack_text", pack=PACK, who=RUTH))
    said = " ".join(answer.content.decode().split())
    assert "[withheld: third party] was there" in said and "Carter" not in said
    assert said.endswith("(London time)") or "For Ruth Okafor. By Priya Nair" in said


def test_a_file_is_for_whoever_asked_alone(signed_in, world):
    ready(world)
    other = address(world, "pack_pdf", pack=PACK, who=key("person ada"))
    assert signed_in("priya").get(other).status_code == 404


@pytest.mark.parametrize("who", ["ama", "sam", "tom", "admin"])
def test_for_everybody_else_nothing_of_it_is_there(signed_in, world, who):
    ready(world)
    one = {"pack": PACK}
    client = signed_in(who)
    for name, more in (
        ("pack", {}), ("pack_entry", {"statement": OWN}), ("pack_check", {}),
        ("pack_pdf", {"who": RUTH}), ("pack_text", {"who": RUTH}),
    ):  # fmt: skip
        assert client.get(address(world, name, **one, **more)).status_code == 404, name
    for name, more in (("pack_waiting", {}), ("pack_arrived", {}), ("pack_release", {}),
                       ("pack_choose", {"statement": OWN})):  # fmt: skip
        answer = client.post(address(world, name, **one, **more), {"stands": "in"})
        assert answer.status_code == 404, name
