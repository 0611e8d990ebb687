"""What of the Wetherills is restricted: each state of an entry once, for whom it is so.

Rows are those of `restricted.toml`.
"""

from __future__ import annotations

import pytest

from goldenthread.domain.access.labels import LabelKey
from goldenthread.domain.access.restrictions import SealKind
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown, Kind
from goldenthread.interop.clock import now
from goldenthread.interop.demo.loader import _acting, key, load
from goldenthread.interop.demo.story import read_partnership, read_story, read_toml
from goldenthread.usecases.access.conflicts import conflicts_to_look_after
from goldenthread.usecases.access.families import families_of
from goldenthread.usecases.chronology.read_history import read_history

WETHERILL = key("case", "GT-DEMO-002")
TOLD = read_toml("restricted.toml", "wetherill")
ENTRIES = {one["key"]: one for one in TOLD["entry"]}
PRACTITIONERS = {one["key"]: one for one in read_partnership()["practitioner"]}
FULL, MASKED, HIDDEN = "full", "masked", "hidden"
# Who finds which entry how; the order of the columns is that of ENTRIES.
TABLE = {
    "aldersea_health_visitor": (FULL, HIDDEN, FULL),  # her own; and what she was told
    "aldersea_worker": (MASKED, FULL, FULL),
    "aldersea_lead": (MASKED, FULL, FULL),
    "dsl_elsewhere": (MASKED, HIDDEN, HIDDEN),  # masked, since another agency holds it
    "ds_hockley": (MASKED, HIDDEN, MASKED),
}


def test_each_state_stands_in_the_story_once_and_in_its_own_words():
    assert [ENTRIES["AHV-R1"]["label"]] == ["parent_health"]
    assert {one["label"] for one in ENTRIES.values() if "label" in one} <= set(LabelKey)
    assert {one["seal"] for one in ENTRIES.values() if "seal" in one} <= set(SealKind)
    for part in ("label", "seal", "withheld_from"):
        assert sum(part in one for one in ENTRIES.values()) == 1
    assert len(TOLD["conflict"]) == 1


@pytest.mark.parametrize("row", ENTRIES)
def test_an_entry_uses_the_words_of_the_record_and_stands_within_the_story(row):
    one = ENTRIES[row]
    people = {person["key"] for person in read_toml("family.toml", "wetherill")["person"]}
    assert one["kind"] in set(Kind) and one["how_known"] in set(HowKnown)
    assert set(one["domain"]) <= set(Concern)
    assert set(one["people"]) <= people
    assert PRACTITIONERS[one["by"]]["agency"] not in one.get("shared_with", ())
    assert "Carl" not in one["what"]  # what the academy is told never names him
    assert one["on"] <= max(story.known for story in read_story("wetherill"))


@pytest.fixture(scope="module")
def loaded(shared_record) -> None:
    load(say=lambda words: None)


@pytest.mark.slow
@pytest.mark.parametrize("who", TABLE)
def test_each_reader_finds_each_entry_as_the_table_says(loaded, who):
    found = read_history(_acting(who)[0], WETHERILL, Viewpoint(now()), now=now())
    full = {one.id for one in found.entries}
    masked = {one.id for one in found.masked}

    states = tuple(
        FULL if (id := key("entry", row)) in full else MASKED if id in masked else HIDDEN
        for row in ENTRIES
    )

    assert states == TABLE[who]


@pytest.mark.slow
def test_for_whoever_is_in_conflict_there_is_no_such_family_and_the_lead_knows_why(loaded):
    callum = _acting("aldersea_duty")[0]
    assert families_of(callum, now=now()) == []
    (declared,) = conflicts_to_look_after(_acting("aldersea_lead")[0], now=now())
    assert (declared.name, declared.by_themselves) == ("Callum Teal", True)
