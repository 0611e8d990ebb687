"""Add what I know: from the first word to the page that says who knows."""

from __future__ import annotations

import html
from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import resolve, reverse

from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.records.people.models import CaseMember
from goldenthread.records.provenance.models import Awareness, ShareEvent, Statement
from goldenthread.usecases.chronology.keep_draft import drafts_of, entry_of_draft
from goldenthread.web.kit.clock import now, today
from goldenthread.web.record.wording import KINDS
from tests.families.world import World
from tests.web.record.conftest import Form


def words(response) -> str:
    return html.unescape(response.content.decode())


def boxes(name: str, day) -> dict[str, str]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_opening_leads_to_the_first_screen_under_an_id_of_its_own(form: Form, world: World):
    address = reverse("add_entry", kwargs={"case": world.case})

    first, second = form.client.get(address), form.client.get(address)

    assert resolve(first.url).kwargs["screen"] == "who"
    assert first.url != second.url
    assert form.client.get(first.url).status_code == 200


def test_five_answers_on_three_screens_make_an_entry(form: Form, world: World):
    assert form.who().url == form.address("when")
    assert form.when().url == form.address("told")
    assert form.told().url == form.address("saved")

    row = Statement.objects.get(id=entry_of_draft(world.actors["ama"], form.draft))
    assert (row.text, row.kind, row.how_known) == ("Baby asleep in her cot.", "visit", "saw")
    assert row.happened == today().isoformat()
    assert row.asserted_by_id == world.actors["ama"].practitioner
    page = words(form.get("saved"))
    assert "Saved" in page
    assert "Baby asleep in her cot." in page
    assert "Does not know: <strong>Fenwick Children's Services, Harbour Adult" in page
    assert drafts_of(world.actors["ama"], now=now()) == []


def test_not_known_is_an_answer(form: Form, world: World):
    form.who(kind="")
    form.when(when="unknown", how_known="not_recorded")
    form.told()

    row = Statement.objects.get()
    assert (row.happened, row.how_known, row.kind) == ("XXXX-XX-XX", "not_recorded", "other")


@pytest.mark.parametrize(
    ("screen", "change", "sentence", "anchor"),
    [
        ("who", {"text": " "}, "Say what happened", "#text"),
        ("who", {"people": []}, "Say who this is about.", "#people"),
        ("who", {"unlisted": "x" * 301}, "Use 300 characters at most. You used 301.", "#unlisted"),
        ("who", {"text": "x" * 50_001}, "longer than 50,000 characters", "#text"),
        ("when", {"when": ""}, "Say when it happened", "#when"),
        ("when", {"how_known": ""}, "Say how you know it", "#how-known"),
        ("when", {"how_known": "inferred"}, "Say what makes you think so.", "#reasoning"),
        (
            "when",
            {"how_known": "told", "informant_told": "x" * 301},
            "Use 300 characters at most",
            "#informant-told",
        ),
        (
            "when",
            {"when": "other", "happened-day": "31", "happened-month": "2", "happened-year": "2026"},
            "31/2/2026 is not a date: February 2026 has 28 days.",
            "#happened-day",
        ),
        ("when", {"when": "other", "happened-day": "3"}, "Enter the year", "#happened-day"),
        (
            "when",
            {"when": "other", "happened-day": "3", "happened-year": "2026"},
            "Enter the month as well",
            "#happened-day",
        ),
        ("when", {"when": "other", "happened-year": "26"}, "is not a date", "#happened-day"),
        ("when", {"when": "other", "happened-year": "2149"}, "in the future", "#happened-day"),
        ("when", {"known": "other", "known_on-year": "2149"}, "cannot have known", "#known_on-day"),
        ("when", {"concerns": ["none", "neglect"]}, "not both", "#concerns"),
    ],
)
def test_what_is_amiss_is_said_beside_the_field_and_nothing_is_lost(
    form: Form, screen: str, change: dict, sentence: str, anchor: str
):
    if screen == "when":
        form.who()
    response = getattr(form, screen)(**change)

    assert response.url == form.address(screen) + "?check=1"
    page = words(form.client.get(response.url))
    assert page.count(sentence) == 2  # in the summary and beside the field
    assert f'href="{anchor}"' in page
    assert f'id="{anchor[1:]}"' in page
    assert "<title>Error: " in page
    for value in change.values():
        assert value == [] or str(value if isinstance(value, str) else value[-1]) in page
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("screen", "change", "sentence"),
    [
        ("who", {"people": ["somebody"]}, "Somebody you chose is no longer listed."),
        ("when", {"how_known": "guessed"}, "Say how you know it"),
    ],
)
def test_a_choice_that_was_never_offered_is_asked_again(form: Form, screen, change, sentence):
    response = getattr(form, screen)(**change)

    assert sentence in words(form.client.get(response.url))


@pytest.mark.parametrize(
    ("fields", "edtf"),
    [
        ({"when": "yesterday"}, str(today() - timedelta(days=1))),
        ({"happened-month": "3", "happened-year": "2026"}, "2026-03"),
        ({"happened-year": "2024", "happened-precision": "about"}, "2024~"),
        ({"happened-day": "3", "happened-month": "March", "happened-year": "2026"}, "2026-03-03"),
        ({"happened-year": "2020", "happened-precision": "before"}, "[..2019-12-31]"),
        (
            {"happened-month": "1", "happened-year": "2026", "happened-precision": "ongoing"},
            "2026-01/..",
        ),
        (
            {
                "happened-year": "2024",
                "happened-precision": "between",
                "happened-end-year": "2025",
            },
            "[2024..2025]",
        ),
    ],
)
def test_a_date_is_kept_as_precisely_as_it_was_said(form: Form, fields: dict, edtf: str):
    form.who()
    assert form.when(**{"when": "other", **fields}).url == form.address("told")
    form.told()

    assert Statement.objects.get().happened == edtf


@pytest.mark.parametrize(
    ("fields", "known"),
    [({}, 0), ({"known": "then"}, 1), ({"known": "other"}, 2)],
)
def test_when_the_agency_knew_is_today_unless_said_otherwise(form: Form, fields: dict, known: int):
    form.who()
    day = today() - timedelta(days=known)
    form.when(when="yesterday", **fields, **(boxes("known_on", day) if known == 2 else {}))
    form.told()

    row = Statement.objects.get()
    assert day_of(row.known_at) == day
    assert row.known_basis == "day"


def test_somebody_not_listed_joins_the_family_only_with_the_entry(form: Form, world: World):
    form.who(people=[], unlisted="Man in a red van")
    form.when()
    assert CaseMember.objects.filter(case=world.case).count() == 3

    form.told()

    new = CaseMember.objects.select_related("person").get(case=world.case, position=3)
    assert (new.person.description, new.person.is_identified) == ("Man in a red van", False)
    assert "Man in a red van" in words(form.get("saved"))
    assert "Man in a red van" in words(Form(form.client, world).get("who"))


def test_who_was_told_who_will_be_and_who_is_not_are_three_things(form: Form, world: World):
    form.who()
    form.when()
    form.told(
        told=str(world.agency("social_care")),
        channel="By phone",
        basis="public_task",
        fidelity="summary",
        will=str(world.agency("mental_health")),
        told_beyond=str(world.agency("police")),
    )

    rows = {row.to_agency_id: row for row in ShareEvent.objects.all()}
    care, waiting = rows[world.agency("social_care")], rows[world.agency("mental_health")]
    assert (care.shared, care.channel, care.fidelity) == (True, "By phone", "summary")
    assert care.lawful_basis == "public_task"
    assert rows[world.agency("police")].shared
    assert (waiting.shared, waiting.review_on) == (False, today() + timedelta(days=1))
    know = set(Awareness.objects.values_list("agency_id", flat=True))
    assert know == {world.agency(n) for n in ("health_visiting", "social_care", "police")}
    page = words(form.get("saved"))
    assert "Fenwick Children's Services, since" in page
    assert "Harbour Adult Mental Health: Will be told." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"not_telling": "mental_health"}, "Say why they are not told yet."),
        ({"not_telling": "mental_health", "not_reason": "Wait."}, "looked at again"),
        ({"not_reason": "Wait."}, "Choose who is not told yet."),
        ({"told": "social_care", "will": "social_care"}, "more than once"),
        ({"told": "social_care", "told_when": "other"}, "Enter the year"),
        (
            {"told": "social_care", "told_when": "other", "told_on-year": "2149"},
            "told is in the future",
        ),
        (
            {"will": "social_care", "will_by-day": 1, "will_by-month": 2, "will_by-year": 2020},
            "has passed",
        ),
        ({"told": "nobody"}, "Choose agencies from the list."),
        ({"action": "x" * 50_001}, "longer than 50,000"),
    ],
)
def test_a_telling_that_cannot_be_so_is_said_in_a_sentence(
    form: Form, world: World, fields: dict, sentence: str
):
    names = ("told", "will", "not_telling")
    sent = {
        name: str(world.agency(value)) if name in names else value for name, value in fields.items()
    }
    form.who()
    form.when()
    response = form.told(**sent)

    assert response.url == form.address("told") + "?check=1"
    assert sentence in words(form.client.get(response.url))
    assert not Statement.objects.exists()


def test_sending_twice_and_from_two_tabs_makes_one_entry(form: Form):
    form.who()
    form.when()
    form.told()

    again = form.told(action="A second tab")

    assert again.url == form.address("saved") + "?again=1"
    assert "Already saved at" in words(form.client.get(again.url))
    assert form.who().url == again.url
    assert form.get("who").url == form.address("saved")
    assert form.save_draft("who", text="late").status_code == 409
    assert Statement.objects.count() == 1


def test_the_last_screen_sent_alone_leads_back_to_what_is_missing(form: Form):
    response = form.told()

    assert response.url == form.address("who") + "?check=1"
    page = words(form.client.get(response.url))
    assert "Say what happened" in page
    assert "Say who this is about." in page


def test_back_and_finish_later_keep_even_what_is_amiss(form: Form, world: World):
    form.who()
    assert form.when(when="other", **{"happened-day": "31"}, go="back").url == form.address("who")
    assert 'value="31"' in words(form.get("when"))

    later = form.who(text="", go="later")
    assert later.url == reverse("family", kwargs={"case": world.case})


@pytest.mark.parametrize(
    "typed",
    [
        "Zoë’s café, 3 o’clock",
        "Zoe\u0308 and Zo\u00eb",
        "😀 👨‍👩‍👧 O'Brien",
        "قالت الأم إنها متعبة",
        "=1+1 and <script>alert(1)</script>",
        "first line\nsecond line",
    ],
)
def test_every_script_is_kept_as_typed(form: Form, typed: str):
    form.who(text=typed.replace("\n", "\r\n"))
    assert typed in words(form.get("who")).replace("&#39;", "'")
    form.when()
    form.told()

    assert Statement.objects.get().text == typed
    assert "<script>alert" not in form.get("saved").content.decode()


def test_a_character_that_cannot_be_kept_is_shown_and_said(form: Form):
    page = words(form.client.get(form.who(text="Seen\x00 at home").url))

    assert "A character here cannot be kept" in page
    assert "Seen\ufffd at home" in page
    assert form.who(text="Seen at home").url == form.address("when")


def test_a_note_of_two_megabytes_is_refused_and_kept(form: Form):
    note = "word " * 400_000

    page = words(form.client.get(form.who(text=note).url))

    assert "This is longer than 50,000 characters." in page
    assert note.strip() in page
    assert "You can enter up to 50000 characters" in words(form.get("who"))
    assert note.strip() in words(form.get("who"))


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_a_stranger_to_the_family_finds_nothing(as_, world: World, who: str):
    stranger = Form(as_(who), world)

    assert stranger.client.get(reverse("add_entry", args=[world.case])).status_code == 404
    assert stranger.get("who").status_code == 404
    assert stranger.send("who", people="x").status_code == 404
    assert stranger.save_draft("who", text="x").status_code == 404
    assert stranger.get("saved").status_code == 404


def test_no_name_is_in_a_title_or_an_address(form: Form):
    for screen in ("who", "when", "told"):
        page = words(form.get(screen))
        title = page.split("<title>")[1].split("</title>")[0]
        assert "Ada" not in title + form.address(screen)


def test_every_kind_is_offered_once():
    offered = [kind for _, kinds in KINDS for kind in kinds]

    assert sorted(offered) == sorted(Kind)


def test_the_entry_has_another_id_than_the_draft(form: Form, world: World):
    ids = {entry_of_draft(world.actors[who], form.draft) for who in ("ama", "sam")}

    assert len(ids | {form.draft}) == 3
    assert all(isinstance(one, UUID) for one in ids)
