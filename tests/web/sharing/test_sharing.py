"""The pages of telling and receiving: what each side sees, and what a stranger is answered."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.contrib.messages import get_messages
from django.core import mail

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.provenance.vocabulary import LinkKind
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.records.provenance.models import ShareEvent, ShareReceipt
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.web.kit import clock
from tests.families.answers import lasting, words_of
from tests.families.world import World, key
from tests.web.case.conftest import address, words

TEXT = "Ruth has stopped her olanzapine tablets."


@pytest.fixture
def told(world: World) -> UUID:
    """Dr Lund wrote it and told children's social care today."""
    entry = world.entry("mental_health", TEXT, asserted_by=world.actors["lund"].practitioner)
    record_entry(world.actors["lund"], world.case, entry, now=clock.now())
    tell(world, entry.id)
    return entry.id


def tell(world: World, statement: UUID, **more) -> None:
    telling = Telling(
        world.agency("social_care"), on_day(clock.today()), lawful_basis="public_task", **more
    )
    share_entry(world.actors["lund"], world.case, statement, [telling], now=clock.now())


def test_home_says_that_one_was_told_and_nothing_of_what(told, page):
    home = page("priya", "families")
    assert "You have been told something about a family you work with" in home
    assert f"/entries/{told}/receive/" in home
    assert "olanzapine" not in home
    assert "You have been told" not in page("ama", "families")


def test_it_is_read_whole_acknowledged_in_one_press_and_seen_by_whoever_told(
    told,
    world,
    page,
    signed_in,
):
    before = page("lund", "sharing")
    assert "Nobody there has opened it." in before

    reading = page("priya", "receive_entry", statement=told)
    assert TEXT in reading
    assert "Opened by Priya Nair" in page("lund", "sharing")

    client = signed_in("priya")
    sent = {"will_do": "I will visit at four.", "asks": "Since when?"}
    response = client.post(address(world, "receive_entry", statement=told), sent)
    assert response.status_code == 302
    assert [str(m) for m in get_messages(response.wsgi_request)] == [
        "Acknowledged. Whoever told you sees it."
    ]

    after = page("lund", "sharing")
    for said in ("Acknowledged by Priya Nair", "I will visit at four.", "Since when?"):
        assert said in after
    assert "I will visit at four." in page("lund", "entry", statement=told)
    assert "You have been told something" not in page("priya", "families")
    assert "You have acknowledged this." in page("priya", "receive_entry", statement=told)


def test_what_came_of_it_needs_words_and_keeps_what_was_typed(told, world, signed_in):
    client, at = signed_in("priya"), address(world, "came_of_entry", statement=told)
    empty = client.post(at, {"came_of_it": " "})
    assert empty.status_code == 422
    assert "Say what came of it." in words(empty)

    long = "x" * 4_001
    refused = client.post(at, {"came_of_it": long})
    assert refused.status_code == 422
    assert long in words(refused)

    assert client.post(at, {"came_of_it": "She is well."}).status_code == 302
    assert ShareReceipt.objects.filter(step="came_of_it", words="She is well.").exists()


@pytest.mark.parametrize("who", ["ama", "tom", "admin", "mina"])
@pytest.mark.parametrize("name", ["receive_entry", "came_of_entry", "tell_correction"])
def test_a_stranger_to_it_is_told_there_is_no_such_page(
    told,
    world,
    signed_in,
    who: str,
    name: str,
):
    client = signed_in(who)
    hidden = client.post(address(world, name, statement=told), {"came_of_it": "x"})
    never = client.post(address(world, name, statement=uuid4()), {"came_of_it": "x"})
    assert hidden.status_code == never.status_code == 404
    assert lasting(words_of(hidden)) == lasting(words_of(never))
    assert not ShareReceipt.objects.exists()


def test_reading_lists_of_it_opens_nothing(told, page):
    for name in ("families", "family", "history", "sharing"):
        page("priya", name)
    assert not ShareReceipt.objects.exists()


def test_a_correction_is_told_in_one_press_from_any_page_it_is_owed_on(
    told,
    world,
    page,
    signed_in,
):
    entry = world.entry("mental_health", "It was her sister.")
    lund = world.actors["lund"]
    answer_entry(
        lund, world.case, told, LinkKind.CORRECTS, entry, reason="I rang.", now=clock.now()
    )
    owed = "has not been told that it was corrected"
    pages = [("sharing", {}), ("entry", {"statement": told}), ("entry", {"statement": entry.id})]
    assert all(owed in page("lund", name, **where) for name, where in pages)
    assert "Tell the correction" in page("lund", "families")
    assert not any(owed in page("priya", name, **where) for name, where in pages[:2])
    mail.outbox.clear()

    at = address(world, "tell_correction", statement=entry.id)
    response = signed_in("lund").post(at, {"from": "sharing"})

    assert response.url == address(world, "sharing")
    assert not any(owed in page("lund", name, **where) for name, where in pages)
    assert ShareEvent.objects.get(statement=entry.id).to_agency_id == world.agency("social_care")
    assert len(mail.outbox) == 2  # Priya and the chair, who are on the team


def test_a_decision_not_to_tell_stands_with_its_reason_and_day(world, page, add):
    statement = add("mental_health", "She asked us to wait.")
    review = clock.today() + timedelta(days=5)
    decided = Telling(
        world.agency("social_care"), shared=False, reason="She will tell her.", review_on=review
    )
    share_entry(world.actors["lund"], world.case, statement, [decided], now=clock.now())

    shown = page("lund", "sharing")
    assert "Not told, and why" in shown
    assert "She will tell her." in shown
    assert "in 5 days" in shown
    assert "Look again at a decision not to share" in page("lund", "families")
    assert "She will tell her." not in page("priya", "sharing")


def test_who_was_told_in_person_is_named(world, page, add):
    statement = add("mental_health", "She rang.")
    tell(world, statement, to_person=key("practitioner priya"))
    told = "<strong>Priya Nair, Fenwick Children&#39;s Services, in person</strong>"
    assert told in page("lund", "sharing")
    assert "told Priya Nair in person" in page("priya", "receive_entry", statement=statement)
