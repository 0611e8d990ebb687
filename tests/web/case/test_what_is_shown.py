"""Each page shows what its reader may see, in words, with its source."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.records.audit.reading import events_of_case
from goldenthread.records.chronology.models import Look
from goldenthread.usecases.chronology.acknowledge_entry import acknowledge_entry
from goldenthread.usecases.chronology.answer_entry import answer_entry
from goldenthread.usecases.chronology.judge_significance import judge_significance
from goldenthread.usecases.chronology.keep_draft import keep_draft
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.chronology.share_entry import share_entry
from goldenthread.web.kit import clock
from tests.families.world import NOW, key, open_another_family
from tests.web.case.conftest import address, words

LONG_AGO = NOW.replace(year=2020)


def looked_long_ago(world, who: str) -> None:
    """Let a reader have looked before anything of this test was recorded."""
    Look.objects.using("owner").filter(account=world.actors[who].account).update(
        looked_at=LONG_AGO, previous_at=None
    )


def test_the_family_page_says_who_is_in_the_family_and_that_somebody_is_not_known(page):
    shown = page("priya", "family")

    for person in ("Ada Okafor", "Ruth Okafor", "Father of the baby, not identified"):
        assert person in shown
    assert "Child protection plan: neglect" in shown
    assert "Add what I know" in shown
    assert "Ama Boateng" in shown


def test_a_child_was_last_seen_only_when_somebody_saw_them(add, page):
    add("health_visiting", "Home visit, all well.", "2026-03-10", kind="visit")
    add("health_visiting", "Ruth rang.", "2026-05-10", kind="visit", how_known="told")
    add("health_visiting", "Ruth came alone.", "2026-05-20", kind="visit", about=("ruth",))

    seen = page("ama", "family").split('id="seen"', 1)[1].split("<h2", 1)[0]

    assert "Tuesday 10 March 2026" in seen
    assert "May 2026" not in seen


def test_who_is_caring_is_the_latest_carer_recorded_and_its_source(add, page):
    add("social_care", "Ada goes to stay.", "2026-03-05", kind="carer_change")

    caring = page("priya", "family").split('id="caring"', 1)[1].split("<h2", 1)[0]

    assert "Ruth Okafor named in the change of Thursday 5 March 2026" in caring
    assert "Fenwick Children" in caring


def test_what_is_new_is_what_was_recorded_or_told_since_the_last_look(world, add, page, signed_in):
    signed_in("priya").get(address(world, "family"))
    looked_long_ago(world, "priya")
    add("health_visiting", "Told to social care.", told={"social_care": "2026-03-20"})
    add("health_visiting", "Kept within health visiting.")

    assert "1 new entry" in page("priya", "families")
    shown = page("priya", "family")
    assert "Since you last looked (10 June 2020)" in shown
    since = shown.split("Since you last looked (10 June 2020)", 1)[1].split("If you are new", 1)[0]
    assert "Your agency was told" in since
    assert "Told to social care." in since
    assert "Kept within" not in since
    assert "Ama Boateng, Fenwick Health Visiting, joined the team as named member" in since
    assert "Nothing new since you looked" in page("priya", "families")


def test_what_several_people_did_with_one_entry_is_one_line_with_each_of_them_within(
    world, page, signed_in
):
    signed_in("ama").get(address(world, "family"))
    looked_long_ago(world, "ama")
    today = clock.today().isoformat()
    told = {"social_care": today, "mental_health": today}
    entry = world.entry("health_visiting", "She sleeps badly.", today, known=today, told=told)
    said = record_entry(world.actors["ama"], world.case, entry, now=clock.now()).statement
    for who, will_do in (("priya", "I will visit."), ("grace", ""), ("lund", "I will ring.")):
        acknowledge_entry(world.actors[who], world.case, said, will_do=will_do, now=clock.now())

    since = page("ama", "family").split("Since you last looked", 1)[1].split("If you are new", 1)[0]
    together = "Dr Inga Lund, Harbour Adult Mental Health, and 2 others acknowledged what you told."
    assert since.count("What your agency passed on") == 1
    assert since.count(together) == 2  # the line, and what its list is called
    within = since.partition("Each of them")[2].partition("</details>")[0]
    for name, words_ in (("Priya Nair", "I will visit."), ("Grace Obi", ""), ("Dr Inga", "ring.")):
        assert name in within and words_ in within
    assert page("priya", "family").count("acknowledged what you told") == 0


def test_what_i_wrote_myself_is_not_new_to_me(world, add, page, signed_in):
    signed_in("ama").get(address(world, "family"))
    looked_long_ago(world, "ama")
    add("health_visiting", "Mine.", asserted_by=world.actors["ama"].practitioner)

    assert "Nothing new since you looked" in page("ama", "families")
    since = page("ama", "family").split("Since you last looked", 1)[1].split("If you are new", 1)[0]
    assert "Mine." not in since


def test_search_finds_a_family_by_name_or_reference_without_putting_it_in_an_address(
    world, signed_in
):
    client = signed_in("priya")

    found = words(client.post(address(world, "search"), {"words": "okafor"}))
    none = words(client.post(address(world, "search"), {"words": "zebra"}))

    assert "Okafor family" in found
    assert "1 family and 0 entries found" in found
    assert "No family that you may open has these words" in none


def test_my_drafts_are_listed_for_me_alone(world, page):
    draft = {"form": "add", "who": {"text": ["Half a sentence about"]}}
    keep_draft(world.actors["sam"], world.case, key("draft"), draft, now=NOW)

    assert "Half a sentence about" in page("sam", "families")
    assert "Half a sentence about" not in page("priya", "families")


def test_my_draft_about_a_family_is_offered_on_its_page_for_me_alone(world, page):
    elsewhere = open_another_family(world, "elsewhere")
    for case, said in ((world.case, "Half a sentence about"), (elsewhere, "Of another family")):
        draft = {"form": "add", "who": {"text": [said]}}
        keep_draft(world.actors["ama"], case, key(f"draft {said}"), draft, now=NOW)

    mine = page("ama", "family")
    assert "Half a sentence about" in mine
    assert reverse("resume_draft", args=[key("draft Half a sentence about")]) in mine
    assert "Of another family" not in mine
    assert "Half a sentence about" not in page("priya", "family")


def test_the_entry_page_says_source_knowers_standing_and_why_it_can_be_seen(world, add, page):
    statement = add(
        "health_visiting", "Baby asleep in a bouncer.", known="2026-03-14",
        told={"social_care": "2026-03-20"}, impact="Not flat on her back.",
    )  # fmt: skip
    dispute = world.entry("social_care", "She was in her cot.")
    answer_entry(
        world.actors["priya"], world.case, statement, "disputes", dispute,
        reason="I saw the cot.", now=NOW,
    )  # fmt: skip

    shown = page("priya", "entry", statement=statement)

    for said in (
        "Baby asleep in a bouncer.", "Not flat on her back.", "Saturday 14 March 2026",
        "20 March 2026 (was told)", "Disputed by", "She was in her cot.",
        "Your agency was told this.", "Written in this record",
    ):  # fmt: skip
        assert said in shown, said


def test_the_entry_page_says_who_judged_it_and_why(world, add, page):
    statement = add("social_care", "Ruth asked for help.")
    judge_significance(
        world.actors["priya"], world.case, statement, "key", id=key("judgement"),
        reason="She asked herself.", now=NOW,
    )  # fmt: skip

    shown = page("priya", "entry", statement=statement)

    assert "Priya Nair" in shown.split("How much does it matter", 1)[1]
    assert "She asked herself." in shown


def test_reading_one_entry_leaves_its_own_audit_row(world, add, page):
    statement = add("social_care", "Seen.")

    page("priya", "entry", statement=statement)

    latest = events_of_case(world.case)[0]
    assert (latest.action, latest.resource) == ("view_entry", str(statement))


def test_who_can_open_lists_each_reader_with_the_reason(page):
    may = page("priya", "who_may_open")

    assert "Allocated worker" in may
    assert "Same agency as the team" in may
    assert "Ama Boateng" in may
    assert "Tom Hale" not in may


def test_a_newcomer_reads_how_key_events_and_strengths_begin(add, page):
    add("social_care", "Key. " + "A long account of it. " * 30, significance="key")
    add("social_care", "Ruth comes to every group.", kind="strength", concerns=("strength",))
    add("social_care", "We asked ourselves.", kind="supervision", concerns=("strength",))

    newcomer = page("priya", "family").split("If you are new", 1)[1].split("Latest entries", 1)[0]

    assert "Key. A long account of it." in newcomer
    assert "A long account of it. " * 10 not in newcomer
    assert "Ruth comes to every group." in newcomer.split("What is going well", 1)[1]
    assert "We asked ourselves." not in newcomer


def test_what_is_new_is_not_listed_twice_and_the_rest_are_counted(world, add, page, signed_in):
    add("social_care", "The oldest of nine.", "2026-02-01")
    signed_in("priya").get(address(world, "family"))
    Look.objects.using("owner").update(looked_at=clock.now() - timedelta(hours=1))
    for number in range(8):
        add("social_care", f"Word {number}.", f"2026-04-0{number + 1}")

    since = page("priya", "family").split("Since you last looked", 1)[1]

    assert "9 changes." in since
    assert "4 more are not listed here" in since
    assert since.count("Word 7.") == 1


def test_what_my_agency_is_told_later_is_new_to_me_though_it_was_written_long_before(
    world, add, page, signed_in
):
    statement = add("health_visiting", "Written long before.")
    signed_in("priya").get(address(world, "family"))
    since = clock.now()
    Look.objects.using("owner").update(looked_at=since, previous_at=since)
    telling = Telling(world.agency("social_care"))
    share_entry(world.actors["ama"], world.case, statement, [telling], now=clock.now())

    assert "1 new entry" in page("priya", "families")
    assert "1 change." in page("priya", "family").split("If you are new", 1)[0]
