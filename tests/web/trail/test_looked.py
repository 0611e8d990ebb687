"""The page "Who has looked": what it shows to whom, filtered, paged, refused, and audited."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import OperationalError

from goldenthread.records.audit import reading as trail
from goldenthread.records.audit import store as audit
from goldenthread.usecases.audit import who_has_looked as looking
from tests.families.world import key
from tests.web.case.conftest import address


def rows(shown: str) -> list[str]:
    """Each row of the table, in words."""
    found = re.findall(r"<tr class=\"govuk-table__row\">\s*<th scope=\"row\".*?</tr>", shown, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def an_event(who: str, action: str, resource: str = "", rule: str = "named-member", **more):
    agency = {"ama": "health_visiting", "lund": "mental_health"}.get(who, "social_care")
    return audit.Event(
        key(f"account {who}"), key(f"practitioner {who}"), key(f"agency {agency}"), action,
        more.get("outcome", "allow"), rule, key("case"), resource,
    )  # fmt: skip


def test_each_person_stands_once_a_day_with_why_they_were_let_in(page):
    page("ama", "sharing")
    page("ama", "sharing")
    page("sam", "sharing")

    shown = rows(page("priya", "who_has_looked"))
    ama, sam = (next(row for row in shown if name in row) for name in ("Ama Boateng", "Sam Reed"))
    assert "Opened the record" in ama and "Named member of the team" in ama
    assert "A colleague is part of the team" in sam
    assert not re.search(r"\d\d:\d\d", ama)  # of another agency, the day alone
    assert re.search(r"first at \d\d:\d\d", sam)
    assert not any("Tom Hale" in row for row in shown)


def test_what_another_agency_holds_is_not_told_of(add, page):
    add("mental_health", "Ruth told us.")
    add("health_visiting", "Seen.", told={"social_care": "2026-03-20"})

    shown = rows(page("priya", "who_has_looked"))
    assert any("Ama Boateng" in row and "added an entry" in row.lower() for row in shown)
    assert not any("Inga Lund" in row for row in shown)
    everything = rows(page("grace", "who_has_looked"))
    assert any("Inga Lund" in row and "added an entry" in row.lower() for row in everything)


def test_that_a_third_agency_read_what_it_was_told_is_between_the_two(add, page):
    told = {"social_care": "2026-03-20", "mental_health": "2026-03-20"}
    entry = add("health_visiting", "Seen.", told=told)
    page("lund", "entry", statement=entry)

    of_lund = {
        who: next(row.lower() for row in rows(page(who, "who_has_looked")) if "Inga Lund" in row)
        for who in ("priya", "ama", "grace")
    }
    assert "read an entry" not in of_lund["priya"].lower()
    assert "read an entry" in of_lund["ama"] and "read an entry" in of_lund["grace"]


def test_no_refusal_and_no_link_to_another_family_is_told_of(page):
    audit.append(
        an_event("sam", "view_family", outcome="deny"),
        an_event("sam", "follow_link"),
        an_event("sam", "seal_record"),
        an_event("lund", "reveal_address"),
    )

    assert not any(
        "Sam Reed" in one or "Lund" in one for one in rows(page("priya", "who_has_looked"))
    )


def test_one_person_can_be_chosen_and_others_are_still_offered(page, signed_in, world):
    page("ama", "sharing")
    page("sam", "sharing")
    address_of = address(world, "who_has_looked")

    chosen = (
        signed_in("priya").get(f"{address_of}?person={key('practitioner ama')}").content.decode()
    )
    assert len(rows(chosen)) == 1 and "Ama Boateng" in rows(chosen)[0]
    assert "Sam Reed, Fenwick" in chosen
    for odd in (uuid4(), "x"):
        found = signed_in("priya").get(f"{address_of}?person={odd}")
        assert found.status_code == 200


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("first-day=31&first-month=2&first-year=2026", "For the first day, give a day"),
        ("last-day=x&last-month=2&last-year=2026", "For the last day, give a day"),
        ("first-day=9&first-month=6&first-year=2026&last-day=1&last-month=6&last-year=2026",
         "The last day must not be before the first."),
        ("last-day=1&last-month=1&last-year=99999999999999999999", "For the last day, give a day"),
    ],
)  # fmt: skip
def test_bad_days_are_said_plainly_and_stay_typed(signed_in, world, asked: str, says: str):
    found = signed_in("priya").get(f"{address(world, 'who_has_looked')}?{asked}")

    shown = found.content.decode()
    assert found.status_code == 200 and says in shown
    assert 'value="x"' in shown if "day=x" in asked else True


def test_days_without_a_look_say_so(signed_in, world):
    asked = "first-day=1&first-month=1&first-year=2020&last-day=2&last-month=1&last-year=2020"

    shown = signed_in("priya").get(f"{address(world, 'who_has_looked')}?{asked}").content.decode()
    assert "Nobody has looked in these days" in shown and "from 1 January 2020" in shown


def test_many_rows_are_paged_and_can_be_printed_whole(signed_in, world, monkeypatch, page):
    from goldenthread.web.trail import looked

    monkeypatch.setattr(looked, "ON_A_PAGE", 2)
    for who in ("ama", "sam", "lund", "grace"):
        page(who, "sharing")
    client, at = signed_in("priya"), address(world, "who_has_looked")

    seen = []
    for number in (1, 2, 3):
        shown = client.get(f"{at}?page={number}").content.decode()
        assert len(rows(shown)) <= 2
        seen += rows(shown)
    assert len({re.sub(r"first at \d\d:\d\d", "", row) for row in seen}) == 5
    assert len(rows(client.get(f"{at}?all=1").content.decode())) == 5
    for odd in ("0", "-1", "99", "x", "²", "9" * 20):
        assert client.get(f"{at}?page={odd}").status_code == 200


def test_where_too_much_is_there_it_says_where_it_stopped(page, monkeypatch):
    monkeypatch.setattr(looking, "AT_MOST", 2)
    for who in ("ama", "sam", "lund"):
        page(who, "sharing")

    assert "Only the latest" in page("priya", "who_has_looked")


@pytest.mark.parametrize("who", ["tom", "admin", "mina"])
def test_whoever_may_not_open_the_family_finds_no_such_page(signed_in, world, who: str):
    there = signed_in(who).get(address(world, "who_has_looked"))
    never = signed_in(who).get(
        address(world, "who_has_looked").replace(str(world.case), str(uuid4()))
    )

    assert (there.status_code, never.status_code) == (404, 404)


def test_reading_it_is_itself_in_the_trail(page, world):
    page("priya", "who_has_looked")

    latest = trail.events_of_case(world.case)[0]
    assert (latest.action, latest.resource) == ("view_family", "who-has-looked")


def test_without_the_readers_connection_nothing_is_shown(signed_in, world, monkeypatch):
    def gone(*given, **more):
        raise OperationalError("no connection")

    monkeypatch.setattr(trail, "events_between", gone)
    client = signed_in("priya")
    client.raise_request_exception = False
    found = client.get(address(world, "who_has_looked"))

    assert found.status_code == 503
    assert rows(found.content.decode()) == [] and b"Opened the record" not in found.content
