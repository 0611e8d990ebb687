"""Whoever reads by a broken glass leaves no row anywhere but in the audit trail."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from goldenthread.records.grants import APPEND_ONLY
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account
from tests.agreement.surface_addresses import looks
from tests.families import glass, restricted
from tests.families.hidden import build
from tests.families.world import key
from tests.looking import past_the_wall

OF_AN_ENTRY = ("entry", "entry_access", "share_entry", "receive_entry", "came_of_entry")

pytestmark = pytest.mark.timeout(600)  # every address there is


def rows() -> dict[str, int]:
    """How many rows each append-only table holds."""
    found = {}
    with connections["owner"].cursor() as cursor:
        for table in APPEND_ONLY:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def test_no_look_by_glass_adds_a_row_to_anything_but_the_trail(record: str):
    world = build(with_it=True)
    if "rosa" not in world.actors:
        restricted.add_leads(world)
    glass.add_posts(world)
    glass.broke(world, now=glass.present(), reference=glass.reference_of(world))
    client = Client(raise_request_exception=False)
    client.force_login(
        Account.objects.get(id=key("account dora")),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    with past_the_wall():
        entries = list(Statement.objects.values_list("id", flat=True))
    before, shown = rows(), 0

    for _, address in looks(world.case, fully=True):
        shown += client.get(address).status_code == 200
    for entry in entries:
        for name in OF_AN_ENTRY:
            at = reverse(name, kwargs={"case": world.case, "statement": entry})
            shown += client.get(at).status_code == 200

    after = rows()
    assert {table: after[table] - before[table] for table in before} == dict.fromkeys(before, 0)
    assert len(entries) > 5 and shown > 30  # it was open
