"""Whoever tries ids within a family leaves a refusal in the trail for each answer of "no such page".

Asked by everybody to whom something of the family is hidden, for what is hidden and for what never
was: one refusal for each request, so that ten of them are ten for whoever asks of access.
"""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import reverse

from goldenthread.domain.audit.unusual import UnusualKind
from goldenthread.domain.shared.refusal import NOT_IN_WHAT_THEY_READ
from goldenthread.records.access.models import UnusualLook
from goldenthread.records.audit.models import AuditEvent
from tests.agreement.surface_probes import HIDDEN_IDS, NEVER, probes
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.hidden import build, hidden_claims, hidden_gaps
from tests.families.unusual import list_now
from tests.families.world import World, key
from tests.looking import past_the_wall

pytestmark = pytest.mark.timeout(900)  # some hundreds of answers

READERS = ("priya", "ama", "sam")


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=True)


def refusals(who: str) -> list[tuple[str, str, str]]:
    """What was refused to somebody so far: the action, the rule, and of which family."""
    rows = AuditEvent.objects.using("reader").filter(account=key(f"account {who}"), outcome="deny")
    return [
        (action, rule, str(case or ""))
        for action, rule, case in rows.order_by("recorded_at").values_list("action", "rule", "case")
    ]


@pytest.mark.parametrize("who", READERS)
def test_each_answer_of_no_such_page_leaves_one_refusal(world, who: str):
    hidden = HIDDEN_IDS | {"claim": str(hidden_claims(world)[0]), "gap": hidden_gaps(world)[0]}
    client, wrong, asked = signed_in(who), [], 0
    for ids in (hidden, NEVER):
        for address, sent in probes(world.case, ids):
            before = len(refusals(who))
            answer = client.get(address) if sent is None else client.post(address, sent)
            left = refusals(who)[before:]
            if answer.status_code != 404:
                continue
            asked += 1
            of_family = f"/{world.case}/" in address
            if len(left) != 1 or (of_family and left[0][2] != str(world.case)):
                wrong.append((address, sent is not None, left))
    assert wrong == []
    assert asked > 100


def test_the_week_lists_whoever_tried_them(world):
    """The rule of many refusals sees it."""
    client = signed_in("priya")
    for _ in range(20):
        client.get(reverse("entry", kwargs={"case": world.case, "statement": uuid4()}))
    kept = [rule for _, rule, _ in refusals("priya")]
    assert kept.count(NOT_IN_WHAT_THEY_READ) >= 20
    list_now(world, "social_care")

    with past_the_wall():
        lines = UnusualLook.objects.filter(kind=UnusualKind.REFUSED)
        listed = list(lines.values_list("practitioner", flat=True))
    assert key("practitioner priya") in listed
