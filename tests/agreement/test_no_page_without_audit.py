"""Where the trail cannot be written, no page and no file is shown and nothing is recorded."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.chronology.models import Draft
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.agreement.surface_addresses import WITHOUT_RECORD, looks
from tests.families.answers import words_of
from tests.families.world import NOW, World, build_world, key

pytestmark = pytest.mark.timeout(900)

WORD = "Vermilion"
# Found nowhere but in the family.
WORDS = (WORD, "Okafor", "Ada", "Father of the baby")


@pytest.fixture
def world(record: str) -> World:
    world = build_world()
    entry = world.entry(
        "social_care", f"{WORD}: she fed well.", asserted_by=key("practitioner priya")
    )
    record_entry(world.actors["priya"], world.case, entry, now=NOW)
    return world


def without_the_trail() -> None:
    """The web role may add nothing to it, as where the table is locked or its disk is full."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_auditevent FROM gt_app")


def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key("account priya")))
    assert client.get("/").status_code == 200
    return client


def test_no_address_shows_a_word_of_the_record(world):
    client = signed_in()
    at = [pair for pair in looks(world.case, fully=False) if pair[0] not in WITHOUT_RECORD]
    pages = {"family", "history", "history_csv", "families", "network"}
    for name, address in at:  # otherwise nothing below could fail
        if name in pages:
            assert any(word in words_of(client.get(address)) for word in WORDS), name

    without_the_trail()

    told = {
        name: [word for word in WORDS if word in said]
        for name, address in at
        if any(word in (said := words_of(client.get(address))) for word in WORDS)
    }
    assert told == {}
    assert client.get(reverse("history", kwargs={"case": world.case})).status_code >= 500


def test_nothing_is_recorded(world):
    without_the_trail()
    before = Statement.objects.count()
    entry = world.entry("social_care", "It is not kept.", asserted_by=key("practitioner priya"))

    with pytest.raises(Exception, match="permission denied"):
        record_entry(world.actors["priya"], world.case, entry, now=the_present())

    assert Statement.objects.count() == before
    assert Draft.objects.count() == 0
