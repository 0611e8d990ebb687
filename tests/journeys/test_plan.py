"""A plan that turns the day somebody hears what it did not know, and is written, signed and handed out."""

from __future__ import annotations

from datetime import timedelta

from goldenthread.interop.demo.loader import key
from goldenthread.web.kit import clock
from tests.journeys.accessible import broken_at_every_width
from tests.journeys.conftest import Desk
from tests.journeys.story import of_family

THE_DAY = "plan/?on=2026-06-15"
CAUSE = "Needs review because a new relationship was recorded (entry of 15 June 2026"


def tells(desk: Desk, agency: str) -> None:
    """Tell another agency of the entry on whose page this is, as of 15 June 2026."""
    desk.page.locator(f"input[name=told][value='{key('agency', agency)}']").check()
    desk.page.locator("summary", has_text="When, how and on what basis").click()
    desk.page.get_by_label("Another day").check()
    for box, value in (("day", "15"), ("month", "6"), ("year", "2026")):
        desk.page.locator(f"#told_on-{box}").fill(value)
    desk.presses("Save")


def test_the_day_the_midwife_hears_whoever_is_told_sees_the_plan_turn(is_at_work):
    # Given the midwife's last visit, on which she heard of somebody new and told nobody
    midwife = is_at_work("midwife")
    midwife.goes_to(of_family("plan/?on=2026-06-14"))
    assert "a new relationship" not in midwife.text
    midwife.goes_to(of_family(THE_DAY))
    midwife.is_pictured("plan-the-day-the-midwife-hears")
    # Then the plan's first line says that it needs review, because of that entry, and of what it assumed
    first = " ".join(midwife.page.locator(".gt-plan__sentence").inner_text().split())
    assert first.startswith(CAUSE)
    assert "nobody else lives or stays there" in first
    # And that whoever looks after it does not know
    assert "has not been told of what questions it" in midwife.text
    # And to the others it reads no such thing
    for who in ("hv_2", "sw_3", "dsl"):
        other = is_at_work(who)
        other.goes_to(of_family(THE_DAY))
        assert "a new relationship" not in other.text
    # When she tells health visiting and social care, as of that day
    for agency in ("health_visiting", "children_social_care"):
        midwife.goes_to(of_family(THE_DAY))
        href = midwife.page.locator(".gt-plan__links a").first.get_attribute("href")
        midwife.goes_to(f"{href}share/")
        tells(midwife, agency)
    # Then both see the plan turn on that day with that as the reason, and the school does not
    for who, sees in (("hv_2", True), ("sw_3", True), ("dsl", False)):
        other = is_at_work(who)
        other.goes_to(of_family(THE_DAY))
        assert (CAUSE in other.text) is sees


def test_a_newcomer_reads_why_the_plan_changed_and_what_did(is_at_work):
    # Given a social worker who came to the family in August
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("plan/"))
    # Then each version stands there with why it was written
    assert "Safety plan agreed. It rests on Janet sleeping at Tannery Row" in desk.text
    # When she asks what changed
    desk.follows("What changed in the Version of 28 May 2026")
    # Then it says so row by row, what was and what is
    assert "What changed between this and the version of 31 March 2026" in desk.text
    changed = " ".join(desk.page.locator("#changed").inner_text().split())
    assert "Times to be set after the birth" in changed
    assert "Tuesdays and Thursdays, 10 am to 11.30 am" in changed
    assert broken_at_every_width(desk.page) == {}


def test_the_next_version_is_written_step_by_step_without_javascript_and_handed_out(is_at_work):
    # Given a social worker on a telephone, with no JavaScript
    desk = is_at_work("sw_3", "phone", java_script_enabled=False)
    desk.goes_to(of_family("plan/"))
    desk.presses("Write the next version")
    # When she goes through the steps, which begin with the plan as it was
    assert desk.page.locator("textarea").first.input_value()
    desk.presses("Save and go on", exact=True)
    desk.page.locator("textarea").first.fill("Sleeps at Tannery Row at weekends")
    desk.presses("Save and go on", exact=True)
    desk.presses("Save and go on", exact=True)
    review = clock.today() + timedelta(days=14)
    for box, value in (("day", review.day), ("month", review.month), ("year", review.year)):
        desk.page.locator(f"#review-{box}").fill(str(value))
    desk.presses("Save and go on", exact=True)
    # And signs it, saying why
    desk.page.locator("#why").fill(
        "Janet sleeps at her mother’s five nights a week. We agreed what holds."
    )
    desk.presses("Sign this version")
    # Then it is in the record, with her words, and each person's own version is one press away
    assert "The plan is signed and in the history" in desk.text
    assert "We agreed what holds." in desk.text
    desk.follows("Janet Rudland")
    desk.follows("Easy read")
    own = " ".join(desk.page.locator("main").inner_text().split())
    # And it holds what is Janet's, and nothing of anybody else's
    assert "You sleep at Gemma’s every night." in own
    assert "Nathan" not in own
    assert "takes her medication" not in own


def test_the_plans_pages_can_be_used_by_everybody(is_at_work):
    desk = is_at_work("sw_3")
    desk.goes_to(of_family("plan/new/?anew=1"))
    base = desk.path.rsplit("/", 2)[0]
    steps = [
        f"{base}/{step}/" for step in ("worries", "actions", "what_ifs", "assumptions", "sign")
    ]
    broken = {}
    for path in (of_family("plan/"), *steps):
        desk.goes_to(path)
        found = broken_at_every_width(desk.page)
        if found:
            broken[path.rsplit("/", 2)[1]] = found
    desk.page.set_viewport_size({"width": 1280, "height": 900})
    desk.goes_to(of_family("plan/"))
    links = desk.page.locator("main a").evaluate_all(
        "all => all.map(one => one.getAttribute('href'))"
    )
    answer = next(href for href in links if href.endswith("/answer/"))
    own = next(href for href in links if "/own/" in href)
    for path in (answer, answer.replace("/answer/", "/agree/"), own, f"{own}?layout=easy"):
        desk.goes_to(path)
        found = broken_at_every_width(desk.page)
        if found:
            broken[path[-12:]] = found
    assert broken == {}
