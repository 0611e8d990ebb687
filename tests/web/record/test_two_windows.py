"""Two windows on one draft: nothing is put over, both texts are shown, and one window never waits."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

import goldenthread.web
from goldenthread.records.challenges.models import Challenge
from tests.families.world import World, build_world
from tests.usecases.challenging import decided
from tests.web.case.conftest import signed_in

__all__ = ["signed_in"]
FETCH = {"X-Requested-With": "fetch"}
SAID = {"immediate_risk": "no", "wanted": "Ask first.", "because": "The light was on."}


@pytest.fixture
def world(record: str) -> World:
    return build_world()


class Window:
    """One page that shows the form of a challenge, as a browser has it open."""

    def __init__(self, client: Client, world: World, decision, draft) -> None:
        at = {"case": world.case, "statement": decision, "draft": draft}
        self.client, self.here = client, reverse("challenge_raise", kwargs=at)
        self.save_at = reverse("challenge_raise_save", kwargs=at)
        self.opened(client.get(self.here))

    def opened(self, answer) -> None:
        (self.page,) = re.findall(r'name="page" value="([^"]+)"', answer.content.decode())

    def saves(self, words: str):
        return self.client.post(
            self.save_at, {**SAID, "issue": words, "page": self.page}, headers=FETCH
        )

    def sends(self, words: str):
        return self.client.post(self.here, {**SAID, "issue": words, "page": self.page})


@pytest.fixture
def windows(world: World, signed_in) -> tuple[Window, Window]:
    client, decision, draft = signed_in("ama"), decided(world), uuid4()
    return Window(client, world, decision, draft), Window(client, world, decision, draft)


def test_one_window_saves_and_sends_without_ever_being_refused(windows):
    one, _ = windows
    for words in ("Nobody", "Nobody asked", "Nobody asked."):
        assert one.saves(words).status_code == 200
    refused = one.client.post(one.here, {"issue": "Nobody asked.", "page": one.page})
    assert refused.status_code == 422  # for what it lacks
    one.opened(refused)
    assert one.saves("Nobody asked who.").status_code == 200
    assert one.sends("Nobody asked who.").status_code == 302
    assert Challenge.objects.count() == 1


def test_another_window_that_saves_as_one_types_is_told_and_puts_nothing_over(windows):
    one, other = windows
    assert one.saves("From the first.").status_code == 200

    answer = other.saves("From the second.")
    assert (answer.status_code, answer.json()) == (
        409, {"problem": "This draft was changed in another window."},
    )  # fmt: skip
    assert "From the first." in one.client.get(one.here).content.decode()
    assert one.saves("From the first, on.").status_code == 200


def test_another_window_that_is_sent_shows_both_texts_and_either_can_be_gone_on_with(windows):
    one, other = windows
    one.saves("From the first.")

    both = other.sends("From the <second>.")
    page = unescape(re.sub(r"<[^>]+>", " ", both.content.decode()))
    assert both.status_code == 409 and Challenge.objects.count() == 0
    assert "From the first." in page and "From the <second>." in page
    assert "The light was on." not in page  # what is the same in both is not repeated
    assert f'href="{other.here}">Go on with what is kept' in both.content.decode()

    shown = both.content.decode().partition(f'action="{other.here}"')[2].partition("</form>")[0]
    sent = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown))
    assert sent["page"] != other.page and "csrfmiddlewaretoken" in sent
    done = other.client.post(other.here, {name: unescape(value) for name, value in sent.items()})
    assert done.status_code == 302 and Challenge.objects.count() == 1
    entry = other.client.get(done.url).content.decode()
    assert "From the &lt;second&gt;." in entry


def test_two_windows_on_the_form_of_an_entry(world: World, signed_in):
    client, draft = signed_in("ama"), uuid4()
    here = reverse("add_screen", kwargs={"case": world.case, "draft": draft, "screen": "who"})
    save = reverse("save_draft", kwargs={"case": world.case, "draft": draft})
    pages = [
        re.findall(r'name="page" value="([^"]+)"', client.get(here).content.decode())
        for _ in range(2)
    ]
    first, second = (page for (page,) in pages)
    typed = {"screen": "who", "text": "She cried."}
    assert client.post(save, {**typed, "page": first}, headers=FETCH).status_code == 200
    typed["text"] = "He cried."
    assert client.post(save, {**typed, "page": second}, headers=FETCH).status_code == 409
    both = client.post(here, {**typed, "page": second}).content.decode()
    assert "She cried." in both and "He cried." in both and "What was written" in both


def test_every_form_that_saves_as_one_types_says_which_page_it_is():
    web = Path(goldenthread.web.__file__).parent
    forms = [
        form
        for template in web.rglob("*.jinja")
        for form in re.findall(r"<form[^>]*data-autosave-url.*?</form>", template.read_text(), re.S)
        if template.name != "components.jinja"
    ]
    assert len(forms) > 9
    assert [form[:90] for form in forms if "saved_at(" not in form] == []
