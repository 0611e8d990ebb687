"""Somebody is put on a core group for its dates, opens the family, and after them cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import override_settings

from goldenthread.web.kit import clock
from goldenthread.web.kit.words import day_in_words
from tests.conftest import cloned
from tests.journeys.accessible import broken_at_every_width, broken_rules
from tests.journeys.conftest import Desk, Service, signs_in
from tests.journeys.story import FAMILY, PEOPLE, of_family
from tests.serving import served

pytestmark = pytest.mark.timeout(900)
NAME = PEOPLE["dsl_elsewhere"]["name"]
AGENCY = "Aldersea Haven Academy"
WHY = "He knows the sister from her new school, and is asked to the core group."
NOTHING_HERE = "nothing here that you can open"


@pytest.fixture
def service(postgres, demonstration) -> Iterator[Service]:
    """A copy for each of them: whoever handed the family over in one is allocated in the other."""
    for _ in cloned(postgres, demonstration):
        with override_settings(DEMONSTRATION=True), served() as address:
            yield Service(address)


@pytest.fixture
def days_on(monkeypatch) -> Callable[[int], None]:
    """Let some days go by for the service."""
    present = clock.now

    def go_by(days: int) -> None:
        def later() -> datetime:
            return present() + timedelta(days=days)

        monkeypatch.setattr(clock, "now", later)

    return go_by


def pictured(desk: Desk, name: str) -> None:
    for width in (1280, 360):
        desk.page.set_viewport_size({"width": width, "height": 740})
        desk.is_pictured(name)
    desk.page.set_viewport_size({"width": 1280, "height": 900})


def opened_on(desk: Desk) -> str:
    signs_in(desk, "dsl_elsewhere")
    desk.may_answer.add(404)
    desk.goes_to(of_family())
    return desk.text


def test_a_core_group_member_opens_the_family_for_its_dates_and_no_longer(opens, days_on):
    worker = opens()
    # Given somebody of a school that has no part in this family
    assert NOTHING_HERE in opened_on(opens())
    # When the allocated worker looks at the team
    signs_in(worker, "sw_3")
    worker.goes_to(of_family())
    worker.follows("Who is, was and will be on the team")
    assert "Ruth Lindley" in worker.text and broken_at_every_width(worker.page) == {}
    pictured(worker, "team")
    # And chooses the school, without saying enough at first
    with worker.page.expect_navigation():
        worker.page.get_by_text("Put somebody on the team", exact=True).click()
    worker.page.get_by_label("Which agency do they work for?").select_option(label=AGENCY)
    assert broken_rules(worker.page) == {}
    worker.presses("Go on")
    worker.page.get_by_label("Member of the core group").check()
    worker.page.get_by_label("Why?").fill(WHY)
    worker.may_answer.add(422)
    worker.presses("Go on")
    assert "Choose who it is." in worker.text
    assert worker.page.get_by_label("Why?").input_value() == WHY
    assert broken_at_every_width(worker.page) == {}
    pictured(worker, "team-add-problems")
    last = clock.today() + timedelta(days=2)
    worker.page.get_by_label("Who?").select_option(label=f"{NAME}, Designated safeguarding lead")
    worker.page.get_by_label("Last day").fill(day_in_words(last))
    worker.presses("Go on")
    # Then what that opens is said before it is done
    assert f"Check before you open this record to {NAME}" in worker.text
    assert f"Their last day is {day_in_words(last)}" in worker.text
    assert broken_at_every_width(worker.page) == {}
    pictured(worker, "team-check")
    worker.presses("Put them on the team", exact=True)
    assert f"{NAME} is on the team from today" in worker.text and WHY in worker.text
    assert broken_at_every_width(worker.page) == {}
    pictured(worker, "team-joined")
    # And he was told, and nothing of it
    told = [one for one in mail.outbox if one.subject == "You are on the team around a family"]
    sent = [one for one in told if one.to == [PEOPLE["dsl_elsewhere"]["email"]]]
    assert len(sent) == 1 and FAMILY["case"]["reference"] not in sent[0].body + sent[0].subject
    # And opens the family today and on the last day, and says why he can
    for days in (0, 2):
        days_on(days)
        school = opens()
        assert FAMILY["case"]["reference"] in opened_on(school) or "Family summary" in school.text
        school.goes_to(of_family("access/"))
        assert "You are a member of this family's core group." in school.text
    # But the day after there is no such family for him
    days_on(3)
    assert NOTHING_HERE in opened_on(opens())


def test_an_allocated_worker_hands_over_and_no_day_is_left_without_one(opens, days_on):
    worker = opens()
    signs_in(worker, "sw_3")
    worker.goes_to(of_family("team/"))
    # When she ends her own place and says of nobody that they are next
    worker.follows("End this place on the team: Ruth Lindley, Allocated worker")
    assert broken_at_every_width(worker.page) == {}
    worker.may_answer.add(422)
    worker.page.get_by_label("At once").check()
    worker.page.get_by_label("Why?").fill("I move to another team.")
    worker.presses("Go on")
    # Then she is asked who is
    assert "Say who is allocated next." in worker.text and broken_rules(worker.page) == {}
    pictured(worker, "team-end-problems")
    worker.page.get_by_label("Who is allocated next?").select_option(label=OTHER)
    worker.presses("Go on")
    assert "is allocated" in worker.text and broken_at_every_width(worker.page) == {}
    pictured(worker, "team-end-check")
    worker.presses("End it")
    assert "Ruth Lindley is no longer on the team." in worker.text
    assert broken_at_every_width(worker.page) == {}
    pictured(worker, "team-handed-over")


OTHER = f"{PEOPLE['contact_officer']['name']}, {PEOPLE['contact_officer']['role_title']}"
