"""Search: families by name, words in entries of one's own families, and nothing that tells more."""

from __future__ import annotations

import pytest

from goldenthread.records.audit.models import AuditEvent
from tests.families import restricted
from tests.web.case.conftest import address, words


@pytest.fixture
def sought(world, signed_in):
    """What somebody is shown who searches for words."""

    def shows(who: str, typed: str) -> str:
        answer = signed_in(who).post(address(world, "search"), {"words": typed})
        assert answer.status_code == 200
        return words(answer)

    return shows


def test_before_anything_is_sought_it_says_what_is_looked_through(page):
    shown = page("priya", "search")

    assert "A family, or words in an entry" in shown
    assert "found for" not in shown


@pytest.mark.parametrize("typed", ["bruises", "bruised arm", '"bruise on"', "BRUISE", "arm -leg"])
def test_an_entry_is_found_by_the_stem_of_a_word_or_as_it_stands(add, sought, typed):
    one = add("social_care", "Ada has a bruise on her left arm.")

    shown = sought("priya", typed)

    assert "0 families and 1 entry found" in shown
    assert f"/entries/{one}/" in shown
    assert "<mark>" in shown


def test_of_a_long_entry_the_words_round_it_are_shown(add, sought):
    before, after = "She came late. " * 30, "He left early. " * 30
    add("social_care", f"{before}Ada has a bruise on her arm. {after}")

    shown = sought("priya", "bruise")

    excerpt = shown.split('gt-found__words" dir="auto">')[1].split("</p>")[0]
    assert excerpt.startswith("… ") and excerpt.endswith(" …")
    assert "Ada has a <mark>bruise</mark> on her arm." in excerpt
    assert len(excerpt) < 400


@pytest.mark.parametrize("typed", ["leg", '"arm left"', "arm -bruise", "bruise zebra"])
def test_other_words_do_not_find_it(add, sought, typed):
    add("social_care", "Ada has a bruise on her left arm.")

    assert "These words stand in no entry that you may read." in sought("priya", typed)


def test_an_agency_that_was_not_told_finds_nothing(add, sought):
    add("health_visiting", "Ada has a bruise on her arm.")
    told = {"social_care": "2026-03-15"}
    add("health_visiting", "Ada’s arm is better.", told=told)

    assert "2 entries found" in sought("ama", "arm")
    assert "1 entry found" in sought("priya", "arm")
    assert "0 entries found" in sought("lund", "arm")
    assert "2 entries found" in sought("grace", "arm")  # who chairs its conferences


def test_a_colleague_who_is_not_on_the_team_finds_the_family_and_looks_in_its_history(add, sought):
    add("social_care", "Ruth asked for help.")

    shown = sought("sam", "ruth")

    assert "1 family and 0 entries found" in shown
    assert "in any other family that you may open, search in its history" in shown


def test_whoever_may_not_know_the_source_does_not_find_the_entry_by_it(world, add, sought):
    one = add(
        "social_care", "Shouting at night.", told={"health_visiting": "2026-03-15"},
        how_known="told", informant="Mrs Quillfeather next door", reasoning="She hears it.",
        asserted_by=world.actors["priya"].practitioner,
    )  # fmt: skip
    before = sought("ama", "quillfeather")
    restricted.label(world, "priya", one, "source_protected")

    assert "1 entry found" in before
    assert "0 entries found" in sought("ama", "quillfeather")
    assert "1 entry found" in sought("ama", "shouting")
    assert "Quillfeather" not in sought("ama", "shouting")
    assert "1 entry found" in sought("priya", "quillfeather")


def test_that_somebody_looked_is_kept_with_each_family_and_not_what_they_typed(world, add, sought):
    add("social_care", "Ada has a bruise on her arm.")

    sought("priya", "bruise")
    sought("priya", "amaranth")

    of_family = AuditEvent.objects.using("reader").get(resource="search")
    assert (of_family.case, of_family.rule, of_family.detail["entries"]) == (
        world.case, "allocated-worker", 1,
    )  # fmt: skip
    found_nothing = AuditEvent.objects.using("reader").get(action="search_entries")
    assert (found_nothing.case, found_nothing.outcome) == (None, "allow")
    everything = str(list(AuditEvent.objects.using("reader").values()))
    assert "bruise" not in everything and "amaranth" not in everything


def test_whoever_found_something_of_a_family_is_among_those_who_looked(add, sought, page):
    add("health_visiting", "Ada has a bruise on her arm.", told={"social_care": "2026-03-15"})
    page("grace", "who_has_looked")  # her own look stands there from the second time
    before = page("grace", "who_has_looked")

    sought("priya", "bruise")

    assert page("grace", "who_has_looked").count("Opened the record") == 1 + before.count(
        "Opened the record"
    )


def test_signs_in_what_somebody_wrote_are_no_part_of_the_page(add, sought):
    add("social_care", 'He wrote "never" & <script>alert(1)</script> 3 < 4 on the wall.')

    shown = sought("priya", "wrote wall")

    assert "<script>alert(1)" not in shown
    assert "&#34;never&#34; &amp;" in shown and "3 &lt; 4" in shown


@pytest.mark.parametrize(
    "typed", ["'", '"', "-", "a" * 5000, "\x00", "%", "_", "\\", "<->", "!&|", "🙂", "ب", ":*"]
)
def test_signs_and_long_words_find_nothing_and_fail_nowhere(add, sought, typed):
    add("social_care", "Ada has a bruise on her arm.")

    assert "bruise" not in sought("priya", typed)


def test_with_nothing_typed_it_asks_for_something(sought):
    assert "Type a name, a reference or a word." in sought("priya", "   ")


def test_the_newest_come_first_and_that_there_are_older_ones_is_said(add, sought):
    for month in range(1, 6):
        add("social_care", f"Visit number {month}.", f"2026-0{month}-01")
    for day in range(1, 29):
        add("social_care", f"A visit of February, {day}.", f"2025-02-{day:02}")

    shown = sought("priya", "visit")

    assert "More than 30 entries found" in shown
    assert shown.index("1 May 2026") < shown.index("1 January 2026") < shown.index("28 February")
    assert "There are older ones." in shown
