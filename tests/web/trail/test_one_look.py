"""One page of a family, opened once by a colleague on no team, is a look by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goldenthread.domain.audit.unusual import UnusualKind
from goldenthread.records.access.models import UnusualLook
from goldenthread.usecases.audit import make_unusual
from tests.families.unusual import list_now
from tests.families.world import key
from tests.looking import past_the_wall
from tests.web.trail.test_looked import rows

# Each with what the chair is told.
PAGES = {
    "network": "Opened the record: the network",
    "picture": "Opened the record: the Picture",
    "plan": "Opened the record: the safety plan",
    "needs": "Opened the record: an adult’s needs",
    "decisions": "Opened the record: decisions",
    "before_deciding": "Opened the record: whom to ask before deciding",
    "challenges": "Opened the record: challenges",
    "family_access": "Opened the record: who can open it",
    "history": "Opened the record",
    "addresses": "Opened the record",
    "network_svg": "Took a copy away: the network",
    "network_csv": "Took a copy away: the network",
    "history_csv": "Took a copy away: entries",
}


@pytest.mark.parametrize("name", PAGES)
def test_it_is_told_to_the_chair_to_the_family_and_to_the_lead(page, world, monkeypatch, name):
    figures = replace(make_unusual.unusual_figures(), days_without_a_part=1)
    monkeypatch.setattr(make_unusual, "unusual_figures", lambda: figures)
    page("sam", name)

    assert "Fenwick Children&#39;s Services, on" in page("ama", "family_ledger")
    (sam,) = (row for row in rows(page("grace", "who_has_looked")) if "Sam Reed" in row)
    assert PAGES[name] in sam and "first at" in sam
    (theirs,) = (row for row in rows(page("ama", "who_has_looked")) if "Sam Reed" in row)
    assert ":" not in theirs and "first at" not in theirs  # of another agency the day alone
    list_now(world, "social_care")
    with past_the_wall():
        kinds = UnusualLook.objects.filter(practitioner=key("practitioner sam"))
        assert list(kinds.values_list("kind", flat=True)) == [UnusualKind.NO_PART]
