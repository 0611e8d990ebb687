"""The name of every file that leaves is the service's own, whatever a family or its maker is called."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.domain.addresses.output_kinds import kind_at
from goldenthread.records.people.models import Case
from goldenthread.records.shared.models import Account, Practitioner
from tests.agreement.surface_addresses import looks
from tests.families.network import record_network
from tests.families.world import World, build_world, key

HOSTILE = 'GT"; filename=../../x.exe\u202e;é漢/'
NAMED = re.compile(r'attachment; filename="[A-Za-z0-9][A-Za-z0-9._-]*\.(pdf|csv|xlsx|svg|png|ged)"')


@pytest.fixture
def world(record: str) -> World:
    made = record_network(build_world())
    Case.objects.filter(id=made.case).update(reference=HOSTILE)
    Practitioner.objects.filter(id=key("practitioner priya")).update(name=f"Priya {HOSTILE}")
    return made


@pytest.fixture
def priya(world) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key("account priya")))
    return client


def test_each_file_that_leaves_has_a_plain_name_of_ours(world, priya):
    names = set()
    for name, address in looks(world.case, fully=False):
        if kind_at(name, dict(parse_qsl(urlsplit(address).query))) is None:
            continue
        more = "&" if "?" in address else "?"
        answer = priya.get(f"{address}{more}filename=../../evil.exe&name=evil")
        told = answer.headers.get("Content-Disposition", "")
        if told:
            assert NAMED.fullmatch(told), (name, told)
            assert "evil" not in told
            names.add(name)
    assert len(names) >= 4, names


def test_the_rows_of_an_import_that_were_not_kept_have_one_too(world, priya):
    """Whatever the file was called that they came in."""
    from tests.web.imports.test_import_journey import ROWS, follow, signed_in, workbook

    client = signed_in("ama")
    sent = {"file": workbook(ROWS, f"{HOSTILE}.xlsx")}
    begun = client.post(reverse("imports", kwargs={"case": world.case}), sent)
    where, _ = follow(client, begun.url)
    answer = client.get(where.replace("/columns/", "/not-kept.csv"))
    assert answer.status_code == 200
    assert NAMED.fullmatch(answer.headers["Content-Disposition"])
