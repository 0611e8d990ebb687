"""Whoever opened a family by any of its addresses stands under "Who has looked", and on the lists.

Sam, a colleague on no team, opens every page and every file there is of a family. Each is a look
that the family's chair is told of, and the lead who asks of access; no page is opened unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.urls import resolve

from goldenthread.domain.access.decision import Action
from goldenthread.domain.audit.trail import Doing, Told, did, doing_of
from goldenthread.domain.audit.unusual import UnusualKind, unusual_in
from goldenthread.interop.clock import now as the_present
from goldenthread.records.access.models import UnusualLook
from goldenthread.records.audit import reading as trail
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.reading import agencies
from goldenthread.usecases._steps.permission import permitted
from goldenthread.usecases.audit import make_unusual
from goldenthread.usecases.audit.family_ledger import what_can_be_told
from goldenthread.usecases.audit.who_has_looked import Asked, happening, sight_of, who_has_looked
from tests.agreement.surface_addresses import looks
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.hidden import build
from tests.families.unusual import list_now, this_week
from tests.families.world import World, key
from tests.looking import past_the_wall

pytestmark = pytest.mark.timeout(900)  # some hundreds of answers, papers among them

SAM = key("practitioner sam")
# Pages of a family at which a colleague on no team leaves no look, each with the reason.
NO_LOOK: dict[str, str] = {}
COPY = re.compile(r"(_pdf|_png|_svg|_csv|_gedcom|_xlsx|_print|_own|_sheet|_copy)$")


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=True)


def events_of_sam(seen: set) -> list[AuditEvent]:
    rows = AuditEvent.objects.using("reader").filter(practitioner=SAM).order_by("recorded_at", "id")
    new = [row for row in rows if row.id not in seen]
    seen |= {row.id for row in new}
    return new


def told_to_the_chair(world: World, events: list[AuditEvent]) -> list[Told]:
    """What the chair may be told of these events."""
    now = the_present()
    with permitted(world.actors["grace"], world.case, Action.VIEW_FAMILY, now=now) as permission:
        sight = sight_of(permission, now=now)
    rows = {row.id for row in events}
    happened = [
        happening(trail.EventRow(*(getattr(row, name) for name in trail.EventRow.__slots__)))
        for row in events
        if row.id in rows and row.case == world.case
    ]
    return [told for one in happened if (told := doing_of(one, sight))]


@pytest.fixture(scope="module")
def walked(world) -> dict[str, tuple[list[Told], set]]:
    """Each page of the family Sam was given: what the chair is told of it, and its events."""
    client, seen, found = signed_in("sam"), set(), {}
    events_of_sam(seen)
    for name, address in looks(world.case, fully=True):
        status = client.get(address).status_code
        left = events_of_sam(seen)
        if status != 200 or "case" not in resolve(address.partition("?")[0]).kwargs:
            continue
        found[f"{name} {address.partition('?')[2]}"] = (
            told_to_the_chair(world, left),
            {one.id for one in left},
        )
    return found


def test_every_page_of_the_family_is_a_look_that_is_told(walked):
    untold = {at for at, (told, _) in walked.items() if not told and at.split()[0] not in NO_LOOK}

    assert untold == set()
    assert len(walked) > 70


def test_every_file_is_told_as_a_copy_that_was_taken(walked):
    files = {at: told for at, (told, _) in walked.items() if COPY.search(at.split()[0])}

    assert len(files) > 15
    assert {at for at, told in files.items() if Doing.TOOK_COPY not in {t.doing for t in told}} == (
        set()
    )


def test_the_chair_is_told_of_what_kind_they_were(world, walked):
    shown = who_has_looked(world.actors["grace"], world.case, Asked(SAM), now=the_present())

    (sam,) = shown.days  # one row for the day, however many pages
    opened, *_, copied = did(sam.day)
    for part in ("the network", "the Picture", "the safety plan", "decisions", "an adult’s needs"):
        assert part in opened
    for part in ("entries", "the network", "the safety plan", "decisions", "a summary"):
        assert part in copied


def test_another_agency_is_told_of_the_day_and_no_more(world, walked):
    shown = who_has_looked(world.actors["ama"], world.case, Asked(SAM), now=the_present())

    (sam,) = shown.days
    assert sam.day.first_at is None and sam.day.parts == {}
    assert did(sam.day)[0] == "Opened the record" and "Took a copy away" in did(sam.day)


def test_they_are_in_the_ledger_for_the_family(world, walked):
    whole = what_can_be_told(world.actors["ama"], world.case, now=the_present())

    assert world.agency("social_care") in {one.agency.id for one in whole.looked}


def test_the_weekly_list_has_them_on_one_line(world, walked, monkeypatch):
    figures = replace(make_unusual.unusual_figures(), days_without_a_part=1)
    monkeypatch.setattr(make_unusual, "unusual_figures", lambda: figures)
    list_now(world, "social_care")

    with past_the_wall():
        lines = list(UnusualLook.objects.filter(practitioner=SAM, case=world.case))
    assert [line.kind for line in lines] == [UnusualKind.NO_PART]
    counted = set(lines[0].because)
    by_id = {at: events for at, (_, events) in walked.items() if not events & counted}
    assert len(by_id) < len(walked) / 2
    # By its id alone something is looked at by nobody who opens a page too: each of them by itself.
    row, begins = agencies()[world.agency("social_care")], this_week()
    happened = make_unusual.events_of_week(row.id, begins)
    for at, events in by_id.items():
        alone = [one for one in happened if one.id in events]
        with past_the_wall():
            week = make_unusual.as_known(row, begins, alone, the_present())
        assert [line.kind for line in unusual_in(week, figures)] == [UnusualKind.NO_PART], at


@pytest.mark.parametrize(
    "resource", ["network", "decisions", "before_deciding", "who-can-see", "picture"]
)
def test_one_page_alone_is_a_look(world, walked, resource):
    """Otherwise what a page also opens could hide that the page itself is not told."""
    rows = AuditEvent.objects.using("reader").filter(practitioner=SAM, resource=resource)

    (told, *_) = told_to_the_chair(world, list(rows[:1]))
    assert told.doing is Doing.OPENED and told.part is not None
