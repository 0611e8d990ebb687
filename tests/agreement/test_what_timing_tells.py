"""A family or an entry that is not there for a reader takes as long as one that never was.

Times differ from run to run; what the database is asked does not, and it is the same here. An answer made with a query less
is an answer that comes sooner, and tells that there is nothing to hide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.agreement.surface_addresses import looks
from tests.agreement.surface_probes import HIDDEN_IDS, NEVER, probes
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.hidden import build, hidden_claims, hidden_gaps
from tests.families.world import World

LITERAL = re.compile(r"'(?:[^']|'')*'(?:::\w+(?:\[\])?)?|\b\d+\b")


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=True)


def asked(client: Client, address: str, sent: dict | None = None) -> list[str]:
    """What the database is asked for one answer, without the words and numbers in it."""
    connections["default"].queries_log.clear()
    with CaptureQueriesContext(connections["default"]) as queries:
        if sent is None:
            client.get(address)
        else:
            client.post(address, sent)
    said = (LITERAL.sub("?", one["sql"]) for one in queries)
    # That somebody is still there is noted once a minute, whatever they look at.
    return [one for one in said if "django_session" not in one and "SAVEPOINT" not in one]


@pytest.mark.parametrize("who", ["tom", "admin"])
def test_a_family_that_is_not_theirs_and_one_that_never_was(world, who):
    client = signed_in(who)
    never = uuid4()
    differ = {}
    for (name, theirs), (_, nobodys) in zip(
        looks(world.case, fully=False), looks(never, fully=False), strict=True
    ):
        if theirs == nobodys:
            continue
        for first in (theirs, nobodys):  # a first look is counted
            asked(client, first)
        ours, none = asked(client, theirs), asked(client, nobodys)
        if ours != none:
            differ[name] = sorted(set(ours) ^ set(none))
    assert differ == {}


@pytest.mark.parametrize("who", ["priya", "sam"])
def test_what_is_hidden_within_a_family_and_what_never_was(world, who):
    """Entries, and people, homes, drafts, files, challenges, decisions, plans and papers."""
    hidden = HIDDEN_IDS | {
        "claim": str(hidden_claims(world)[0]), "gap": hidden_gaps(world)[0],
    }  # fmt: skip
    client = signed_in(who)
    asked(client, reverse("family", kwargs={"case": world.case}))  # the first look is counted
    differ, tried = {}, 0
    for (theirs, sent), (nobodys, _) in zip(
        probes(world.case, hidden), probes(world.case, NEVER), strict=True
    ):
        if sent is not None:
            continue  # what is sent leaves a draft behind, and the second time is another
        tried += 1
        for _ in range(2):  # a first look may leave something behind, such as where all stand
            ours, none = asked(client, theirs), asked(client, nobodys)
            if ours == none:
                break
        else:
            differ[theirs] = sorted(set(ours) ^ set(none))
    assert differ == {}
    assert tried > 100
