"""The words of a safe address are on no page and in no file of whoever may not have them.

Words that stand in a family's record, in entries, plans, decisions, needs, challenges, summaries,
relations and names of homes, are kept as the words of safe addresses. Every address of the service
is fetched before and after: where they stood, they stand no more, for a reader without right. For
whoever may have them they stand marked, so that no printed sheet holds them, and in no document
that leaves unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from goldenthread.domain.addresses.output_kinds import OUTPUTS, Check, kind_at
from goldenthread.usecases.addresses.keep_address import ProposedAddress, keep_address
from tests.agreement.surface_addresses import looks
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families.answers import words_of
from tests.families.hidden import build
from tests.families.world import NOW, World, key

pytestmark = pytest.mark.timeout(1500)  # some hundreds of answers, papers among them

# Each stands in the record's words of its sort, told to others than who keeps it safe.
PHRASES = {
    "Ruth asks": "a decision and a summary",
    "Ada is home": "an entry",
    "Ruth works Friday": "an entry",
    "The flat over the shop": "the name of a home",
    "Decided to go on": "an entry that was challenged",
    "Who is there at night": "a challenge",
    "We will ask": "an answer",
    "We wrote a plan": "the entry that carries a plan",
    "Seen at home": "a visit",
}
READERS = ("ama", "priya")


def said(text: str) -> str:
    """Plain words as they would be read, marks and all, in one line."""
    return " ".join(text.casefold().split())


def standing(text: str) -> set[str]:
    plain = said(text)
    return {phrase for phrase in PHRASES if said(phrase) in plain}


def keep_safe(world: World) -> None:
    """Dr Lund keeps a refuge for each phrase; nobody of another agency may have one."""
    for phrase in PHRASES:
        new = ProposedAddress(
            id=key(f"address {phrase}"), person=key("person ruth"), lines=f"{phrase}\nFenwick",
            how_known="told", unknown="A man in a blue car", why="He looks for them.",
            is_hidden=True,
        )  # fmt: skip
        keep_address(world.actors["lund"], world.case, new, now=NOW)


def walk(world: World, who: str) -> dict[str, tuple[str, str]]:
    """What somebody is answered: by address, its name and its words."""
    client = signed_in(who)
    return {
        address: (name, words_of(client.get(address)))
        for name, address in looks(world.case, fully=False)
    }


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        yield build(with_it=False)


@pytest.fixture(scope="module")
def before(world) -> dict[str, dict[str, tuple[str, str]]]:
    return {who: walk(world, who) for who in READERS}


@pytest.fixture(scope="module")
def after(world, before) -> dict[str, dict[str, tuple[str, str]]]:
    keep_safe(world)
    return {who: walk(world, who) for who in (*READERS, "grace")}


def test_they_stood_there_before(before):
    """Otherwise nothing below could fail."""
    everything = {
        p for shown in before.values() for _, words in shown.values() for p in standing(words)
    }
    names = {name for shown in before.values() for name, words in shown.values() if standing(words)}

    assert everything == set(PHRASES)
    assert {"family", "history", "network", "history_csv", "history_xlsx", "history_pdf", "families",
            "network_csv", "network_svg", "network_pdf", "plan", "decision", "decision_print",
            "summary", "summary_pdf"} <= names  # fmt: skip


@pytest.mark.parametrize("who", READERS)
def test_they_stand_nowhere_for_whoever_may_not_have_them(after, who):
    left = {
        address: found for address, (_, words) in after[who].items() if (found := standing(words))
    }
    assert left == {}


@pytest.mark.parametrize("who", READERS)
def test_no_page_is_lost_by_it(before, after, who):
    """What was shown is shown still; only a document that cannot be made without them is not."""
    lost = {
        name
        for address, (name, words) in after[who].items()
        if words.split("\n")[0] != before[who][address][1].split("\n")[0]
    }
    pictures = {kind.address for kind in OUTPUTS if kind.check is Check.FOR_WHOM} - {
        "history_csv", "history_xlsx", "history_pdf",
    }  # fmt: skip
    assert lost <= pictures


def test_whoever_may_have_them_is_asked_before_a_document_and_prints_none(after):
    marked, unmarked = 0, {}
    for address, (name, words) in after["grace"].items():
        query = dict(re.findall(r"[?&](\w+)=([^&]*)", address))
        kind = kind_at(name, query)
        if kind is not None:
            asked = "For whom is this?" in words
            named = kind.check is Check.NAMED and not standing(words)
            assert asked or named or words.startswith(("404", "302")), address
            continue
        body = re.sub(r'<span class="gt-safe-words"><span>.*?</span></span>', "", words)
        marked += body != words
        plain = re.sub(r"<textarea.*?</textarea>|<[^>]*>", " ", body, flags=re.DOTALL)
        if left := standing(plain):
            unmarked[address] = left
    assert marked > 5
    assert unmarked == {}
