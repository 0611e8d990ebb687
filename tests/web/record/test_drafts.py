"""Drafts in the browser: kept through sign-out, offered again, private to their author."""

from __future__ import annotations

import html
from datetime import timedelta
from html.parser import HTMLParser
from uuid import uuid4

import pytest
from django.urls import reverse

from goldenthread.records.access.models import TeamMember
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.web.kit.clock import now, today
from tests.families import restricted
from tests.families.answers import lasting
from tests.families.world import World
from tests.web.record.conftest import Form


def words(response) -> str:
    return html.unescape(response.content.decode())


def leave_the_team(world: World, who: str) -> None:
    rows = TeamMember.objects.using("owner").filter(practitioner=world.actors[who].practitioner)
    rows.update(to_on=today() - timedelta(days=1))


def test_a_draft_outlives_signing_out(form: Form, as_, world: World):
    assert form.save_draft("who", text="Half a sent").status_code == 200
    form.client.logout()
    assert form.get("who").status_code == 302

    again = as_("ama")
    page = words(again.get(reverse("drafts")))
    assert "Half a sent" in page
    assert "GT-0001" in page
    resumed = again.get(reverse("resume_draft", args=[form.draft]))
    assert resumed.url == form.address("who")
    assert "Half a sent" in words(again.get(resumed.url))
    assert "Saved " in words(again.get(resumed.url))


def test_carrying_on_begins_where_one_left_off(form: Form):
    form.who()
    form.when(how_known="")

    resumed = form.client.get(reverse("resume_draft", args=[form.draft]))

    assert resumed.url == form.address("when")


def test_nobody_else_can_read_write_or_delete_a_draft(form: Form, as_, world: World):
    form.save_draft("who", text="Only mine")
    for who in ("sam", "lund", "tom"):
        other = Form(as_(who), world, form.draft)
        is_theirs = who != "tom"  # to whom the family itself is not there
        assert other.client.get(reverse("resume_draft", args=[form.draft])).status_code == 404
        assert other.client.post(reverse("discard_draft", args=[form.draft])).status_code == 404
        assert other.get("who").status_code == (200 if is_theirs else 404)
        assert other.save_draft("who", text="Mine").status_code == (200 if is_theirs else 404)
        assert "Only mine" not in words(other.get("who"))
        assert "Only mine" not in words(other.client.get(reverse("drafts")))

    assert [row.fields["who"]["text"] for row in drafts_of(world.actors["ama"], now=now())] == [
        ["Only mine"]
    ]


def test_in_conflict_a_draft_is_answered_as_one_that_never_was(form: Form, world: World):
    form.save_draft("who", text="My own words")
    restricted.conflict(world, "ama")
    mine, never = form.draft, uuid4()
    for name, way in (("resume_draft", "get"), ("discard_draft", "post")):
        said = [getattr(form.client, way)(reverse(name, args=[one])) for one in (mine, never)]
        assert [one.status_code for one in said] == [404, 404]
        mine_said, never_said = (words(one) for one in said)
        assert "My own words" not in mine_said
        assert lasting(mine_said).replace(str(mine), "") == lasting(never_said).replace(
            str(never), ""
        )


def test_a_deleted_draft_is_gone(form: Form, world: World):
    form.save_draft("who", text="Never mind")

    form.client.post(reverse("discard_draft", args=[form.draft]))

    assert drafts_of(world.actors["ama"], now=now()) == []
    assert "You have no drafts" in words(form.client.get(reverse("drafts")))


class Beginning(HTMLParser):
    """What a browser would send of a form that nobody has touched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._select = ""
        self.feed(page[page.index("<main") :])

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        name, value = has.get("name", ""), has.get("value", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in has or self._select not in self.fields:
                self.fields[self._select] = value
        elif tag == "textarea":
            self.fields[name] = ""
        elif tag == "input" and (has.get("type") not in ("radio", "checkbox") or "checked" in has):
            self.fields[name] = value

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = ""


@pytest.mark.parametrize("screen", ["who", "when", "told"])
def test_a_form_nobody_wrote_in_leaves_no_draft(form: Form, world: World, screen: str):
    untouched = Beginning(words(form.get(screen))).fields
    assert untouched.pop("screen") == screen
    assert len(untouched) > 3

    assert form.save_draft(screen, **untouched).status_code == 200
    form.send(screen, **untouched, go="later")

    assert drafts_of(world.actors["ama"], now=now()) == []
    assert form.client.get(reverse("resume_draft", args=[form.draft])).status_code == 404


def test_going_on_without_a_word_still_says_what_is_missing(form: Form, world: World):
    sent = form.send("who", text="", kind="")

    page = words(form.client.get(sent.url))
    assert "Say what happened" in page
    assert "Say who this is about" in page
    assert drafts_of(world.actors["ama"], now=now()) == []


def test_a_choice_alone_is_kept(form: Form, world: World):
    form.send("who", text="", people=str(world.person("ada")), go="later")

    assert len(drafts_of(world.actors["ama"], now=now())) == 1


def test_words_taken_out_again_leave_no_draft(form: Form, world: World):
    form.save_draft("who", text="Never mind")
    form.save_draft("who", text=" ")

    assert drafts_of(world.actors["ama"], now=now()) == []


def test_characters_are_counted_only_near_the_most_that_can_be_kept(form: Form):
    assert 'data-threshold="90"' in words(form.get("who"))


def test_only_forms_we_know_are_kept(form: Form):
    assert form.save_draft("elsewhere", text="x").status_code == 400
    assert form.save_draft("", text="x").status_code == 400


def test_leaving_the_team_with_a_form_open_keeps_the_words_for_their_author(
    form: Form, as_, world: World
):
    form.who(text="What I saw")
    form.when()
    leave_the_team(world, "ama")

    refused = form.told(action="What I did then")

    page = words(refused)
    assert refused.status_code == 403
    assert "This was not saved" in page
    assert "What I did then" in page
    assert "What I saw" in page
    assert "GT-0001" not in page
    assert "Okafor" not in page
    assert not Statement.objects.exists()
    assert "What I saw" in words(form.get("who"))
    assert "What I saw" not in words(Form(as_("sam"), world, form.draft).get("who"))
    listed = words(form.client.get(reverse("drafts")))
    assert "GT-0001" not in listed
    assert "What I saw" in listed


def test_a_refusal_reads_alike_whether_or_not_the_family_exists(as_, world: World):
    stranger = Form(as_("tom"), world)
    nowhere = Form(stranger.client, World(case=uuid4()))

    here, there = (words(one.send("who", text="x")) for one in (stranger, nowhere))

    assert here.split("<main")[1] == there.split("<main")[1]
