"""No page of a family without its row in the audit trail: every address, while none can be written."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.urls import reverse

from goldenthread.domain.audit.trail import TrailNotWritten
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import Draft
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.agreement.surface_addresses import WITHOUT_RECORD, looks
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.answers import words_of
from tests.families.hidden import build
from tests.families.world import NOW, World, key

pytestmark = pytest.mark.timeout(900)
ENOUGH = 25  # kinds of address
READERS = ("priya", "grace")  # of the team, and the chair, who reads everything


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        world = build(with_it=True)
        # Its own reference stands on pages as an example of one.
        Case.objects.filter(id=world.case).update(reference="GT-7041")
        yield world


@pytest.fixture(scope="module")
def names(world: World) -> re.Pattern[str]:
    """Every word the family is named by: its reference, its label and its people's names."""
    said = set(Case.objects.filter(id=world.case).values_list("reference", flat=True))
    said |= set(Case.objects.filter(id=world.case).values_list("family_label", flat=True))
    for given, family in Person.objects.values_list("given_name", "family_name"):
        said |= {given, family}
    return re.compile(r"\b(" + "|".join(map(re.escape, said - {""})) + r")\b", re.IGNORECASE)


@pytest.fixture
def unwritable(world: World) -> Iterator[None]:
    """The web role may add nothing to the trail."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("REVOKE INSERT ON audit_auditevent FROM gt_app")
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT INSERT ON audit_auditevent TO gt_app")


def test_the_same_walk_shows_the_family_while_the_trail_is_written(world: World, names):
    """What the next test looks for is there to be found."""
    client, shown = signed_in("priya"), set()
    for name, address in looks(world.case, fully=False):
        if len(shown) < ENOUGH and names.search(words_of(client.get(address))):
            shown.add(name)

    assert len(shown) == ENOUGH


def test_no_page_shows_a_word_of_the_family(world: World, names, unwritable):
    before = AuditEvent.objects.using("reader").count()
    told, others = [], []
    for who in READERS:
        client = signed_in(who)
        for name, address in looks(world.case, fully=False):
            answer = client.get(address)
            if found := names.search(words_of(answer)):
                told.append((who, address, found.group()))
            if answer.status_code not in (503, 405) and name not in WITHOUT_RECORD:
                others.append((who, name, answer.status_code))

    assert told == []
    assert others == []
    assert AuditEvent.objects.using("reader").count() == before


def test_it_is_said_in_plain_words_and_what_was_typed_is_kept(world: World, unwritable):
    client = signed_in("priya")
    page = client.get(reverse("history", kwargs={"case": world.case}))

    assert page.status_code == 503 and page.headers["Retry-After"]
    assert "written down before it is shown" in page.content.decode()
    assert "the audit trail cannot be written" in page.content.decode()
    sent = client.post(reverse("search"), {"words": "a periwinkle coat"})
    assert sent.status_code == 503 and "a periwinkle coat" in sent.content.decode()


def test_nothing_is_recorded(world: World, unwritable):
    before = Statement.objects.count(), Draft.objects.count()
    entry = world.entry("social_care", "It is not kept.", asserted_by=key("practitioner priya"))

    with pytest.raises(TrailNotWritten):
        record_entry(world.actors["priya"], world.case, entry, now=NOW)

    assert (Statement.objects.count(), Draft.objects.count()) == before
