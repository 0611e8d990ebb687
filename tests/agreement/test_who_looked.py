"""Who has looked tells no more of a family than its other pages: alike with the hidden thing and without."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goldenthread.records.audit import store as audit
from tests.agreement.test_no_second_surface import hidden_from, signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.answers import lasting, words_of
from tests.families.hidden import HIDDEN, build
from tests.families.world import key

PAGES = ("who_has_looked", "family_ledger", "family_copy")
READERS = ("priya", "ama", "sam")


def lunds(action: str, resource: str) -> audit.Event:
    return audit.Event(
        key("account lund"), key("practitioner lund"), key("agency mental_health"), action,
        "allow", "named-member", key("case"), resource,
    )  # fmt: skip


def shown(*, with_it: bool) -> dict[tuple[str, str], str]:
    """What each reader is shown, after everybody has opened the record once on the day."""
    world = build(with_it=with_it)
    audit.append(lunds("view_family", ""))
    if with_it:
        audit.append(*(lunds("view_entry", str(HIDDEN)) for _ in range(3)))
    found = {}
    for who in (*READERS, "lund"):
        client = signed_in(who)
        for name in PAGES:
            whom = {"who": key("person ruth")} if name == "family_copy" else {}
            at = reverse(name, kwargs={"case": world.case, **whom})
            for query in ("", f"?person={key('practitioner lund')}&looks=yes"):
                found[who, f"{name}{query}"] = lasting(words_of(client.get(f"{at}{query}")))
    return found


@pytest.fixture(scope="module")
def both(postgres) -> tuple[dict, dict]:
    """The pages in the family with the hidden thing, and in the one without it."""
    answers = []
    for with_it in (True, False):
        for _ in cloned(postgres, PRISTINE):
            answers.append(shown(with_it=with_it))
    return answers[0], answers[1]


@pytest.mark.parametrize("who", READERS)
def test_it_reads_alike_with_the_hidden_thing_and_without(both, who: str):
    having, without = both
    differ = {
        page: [
            pair
            for pair in zip(lines, without[reader, page].split("\n"), strict=False)
            if pair[0] != pair[1]
        ][:3]
        for (reader, page), said in having.items()
        if reader == who and (lines := said.split("\n")) != without[reader, page].split("\n")
    }
    assert differ == {}


@pytest.mark.parametrize("who", READERS)
def test_no_word_and_no_id_of_it_is_there(both, who: str):
    told = [
        (word, page)
        for (reader, page), said in both[0].items()
        for word in hidden_from(who)
        if reader == who and word in said.casefold()
    ]
    assert told == []


def test_whoever_did_it_is_shown_it(both):
    """Otherwise nothing above could fail."""
    assert "read an entry" in both[0]["lund", "who_has_looked"].lower()
    assert "read an entry" not in both[1]["lund", "who_has_looked"].lower()
