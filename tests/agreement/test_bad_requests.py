"""What no page of ours sends, sent to every address: refused quietly, and nothing is recorded."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.db import connections
from django.test import Client

from goldenthread.records.grants import APPEND_ONLY
from goldenthread.records.shared.models import Account
from tests.agreement.surface_addresses import looks
from tests.agreement.surface_probes import NEVER, probes
from tests.conftest import PRISTINE, cloned
from tests.families.network import record_network
from tests.families.world import World, build_world, key

# No sign-in page: what is sent there is counted, and pauses an address that others share.
OUTSIDE = ("/account/", "/static/")
# Right to left, a null, a tabulator upright, half a pair, tags, a formula and a template.
NASTY = "‮\x00\x0b<svg onload=alert(1)>'\";--{{7*7}}=cmd|'/c calc'!A1" + "a" * 70_000


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield record_network(build_world())


@pytest.fixture(scope="module")
def priya(world) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key("account priya")))
    return client


def addresses(world: World) -> list[str]:
    found = sorted({address for _, address in looks(world.case, fully=False)})
    inside = [address for address in found if not address.startswith(OUTSIDE)]
    assert len(inside) > 50
    return inside


def recorded() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        counts = {}
        for table in APPEND_ONLY:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    return counts


def test_json_where_a_form_is_expected_records_nothing(world, priya):
    before, failed = recorded(), []
    body = json.dumps({"text": "x", "reason": "x", "words": {"$ne": ""}, "is_superuser": True})
    for address in addresses(world):
        said = priya.post(address, data=body, content_type="application/json")
        if said.status_code >= 500:
            failed.append((address, said.status_code))

    assert failed == []
    assert recorded() == before


def test_another_hosts_name_is_answered_with_nothing_of_the_record(world, priya):
    for address in addresses(world):
        for header in ("HTTP_HOST", "HTTP_X_FORWARDED_HOST"):
            said = priya.get(address, **{header: "evil.example.org"})
            words = said.content.decode(errors="replace")
            if header == "HTTP_HOST":
                assert said.status_code == 400, address
                assert "Okafor" not in words
            assert "evil.example.org" not in words + repr(dict(said.items())), address


def test_words_that_no_keyboard_types_fail_nowhere(world, priya):
    failed = []
    for address, sent in probes(world.case, NEVER):
        if sent is None:
            continue
        worse = {name: NASTY if isinstance(value, str) else value for name, value in sent.items()}
        said = priya.post(address, {**worse, "not-a-field": NASTY})
        if said.status_code >= 500:
            failed.append((address, said.status_code))

    assert failed == []


def test_ids_that_are_none_are_not_there(world, priya):
    for bad in ("1", "..", "%00", "a" * 3_000, f"{world.case}'--", f"{world.case}/../../admin"):
        said = priya.get(f"/families/{bad}/history/")
        assert said.status_code in (400, 404), bad
