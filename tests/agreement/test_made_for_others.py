"""Every document of the register, made for everybody it could be for: none holds what they may not.

Its sender chairs the family and reads everything that is planted in it. Each document is asked for
at its own address, as on the page, for people who may have less; whatever then leaves is opened
layer by layer. A kind that is added later is asked here too, or the test names it. Skipping the
narrowing is seen to be caught.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from goldenthread.domain.addresses.output_kinds import OUTPUTS, Check, Others
from goldenthread.interop.chronology.bring_in import bring_in
from goldenthread.usecases._steps import giving, permission
from goldenthread.usecases.addresses.document_text import texts_of
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.agreement.test_hidden_layers import addresses, publish
from tests.agreement.test_no_second_surface import signed_in
from tests.conftest import PRISTINE, cloned
from tests.families import hidden, restricted
from tests.families.world import NOW, World, key
from tests.interop.chronology.files import HOME_VISIT, as_csv, with_cell

pytestmark = pytest.mark.timeout(1800)  # some hundreds of documents, papers among them

DOCUMENTS = {kind.key: kind for kind in OUTPUTS if kind.check is Check.FOR_WHOM}
SENDER = "grace"
RUTH, COURT = {"to": f"person:{key('person ruth')}"}, {"words": "Family Court, Fenwick"}


def colleague(who: str) -> dict[str, str]:
    return {"to": f"practitioner:{key(f'practitioner {who}')}"}


# Each planted in one entry, or of one: for whom it must be in nothing that leaves.
LABELLED, SEALED, WITHHELD, TOLD_BY, OTHERS_OWN, OF_ADA = (
    "Persimmon", "Clementine", "Mirabelle", "Greengage", "Medlar", "Damson",
)  # fmt: skip
# In a script that none of the typefaces of a paper has: a library would log it as it is.
SCRIPT = "\U000120c0\U000120c1\U000120c2"
RECORD = tuple(word for word in hidden.OF_THE_RECORD if "-" not in word)
ALWAYS = (LABELLED, SEALED, TOLD_BY)
MUST_NOT_HAVE = {
    "not told": (colleague("ama"), (*RECORD, *ALWAYS, WITHHELD, OF_ADA)),
    "of the family": (RUTH, (*RECORD, *ALWAYS, WITHHELD, OTHERS_OWN, OF_ADA)),
    "in words": (COURT, (*RECORD, *ALWAYS, WITHHELD, OTHERS_OWN)),
    "several": ({**colleague("ama"), **COURT}, (*RECORD, *ALWAYS, WITHHELD, OTHERS_OWN, OF_ADA)),
}
# Nobody may be told why: a conflict, a seal on the family and no tie are answered alike.
NOT_AT_ALL = {"in conflict": colleague("sam"), "without a tie": colleague("tom"),
              "an administrator": colleague("admin")}  # fmt: skip


def plant(world: World) -> None:
    restricted.add_leads(world)
    restricted.clear(world, "rosa", SENDER, "csa")
    restricted.clear(world, "rosa", SENDER, "source_protected")
    told = {"health_visiting": "2026-04-01"}

    def entry(words: str, by: str = "social_care", who: str = "priya", **more):
        new = world.entry(by, f"{words}.", about=more.pop("about", ("ruth",)), **more)
        record_entry(world.actors[who], world.case, new, now=NOW)
        return new.id

    restricted.label(world, "priya", entry(LABELLED, told=told), "csa")
    restricted.seal(world, "priya", SENDER, statement=entry(SEALED, told=told))
    kept = entry(WITHHELD, told=told)
    restricted.withhold(world, "priya", statement=kept, agency="health_visiting")
    source = entry("Heard by night", told=told, how_known="told", informant=TOLD_BY)
    restricted.label(world, "priya", source, "source_protected")
    entry(OTHERS_OWN, "health_visiting", "ama", told={"social_care": "2026-04-01"})
    entry(f"{OF_ADA} {SCRIPT}", about=("ada",))
    restricted.conflict(world, "sam")


@dataclass(frozen=True)
class Made:
    """What left for somebody: the answer, and every word in it and in its name."""

    status: int
    left: bool
    words: str
    page: str


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        world = hidden.build(with_it=True)
        plant(world)
        bad = with_cell(HOME_VISIT, "Date", "31/02/2026")
        world.file = bring_in(
            world.actors[SENDER], world.case, as_csv(bad), "rows.csv", id=uuid4(), now=NOW
        ).file
        publish(world)
        yield world


@pytest.fixture(scope="module")
def places(world) -> list[tuple[str, str]]:
    """Where each document of the register is made: its kind and address."""
    at = {"case": world.case}
    asked = [(kind, place) for kind, place in addresses(world) if kind in DOCUMENTS]
    asked += [
        ("summary_pdf", reverse("summary_pdf", kwargs={**at, "summary": hidden.SUMMARY})),
        ("decision_print", reverse("decision_print", kwargs={**at, "decision": hidden.DECISION})),
        ("needs_sheet", reverse("needs_sheet", kwargs={**at, "adult": key("person ruth")})),
        ("publication_pdf",
         reverse("publication", kwargs={**at, "publication": hidden.PUBLISHED}) + "?form=pdf"),
    ]  # fmt: skip
    # The day a drawing is of moves nobody into it; one of each kind and address is enough.
    first: dict[tuple[str, str], str] = {}
    for kind, place in asked:
        first.setdefault((kind, place.partition("?")[0]), place)
    return [(kind, place) for (kind, _), place in first.items()]


def of(answer: HttpResponse) -> Made:
    kind = answer.headers.get("Content-Type", "")
    text = answer.content.decode("utf-8", "replace")
    is_file = "Content-Disposition" in answer.headers
    paper = kind.startswith("text/html") and re.search(
        "Decision, on paper|How to work with me", text
    )
    left = answer.status_code == 200 and bool(is_file or paper)
    body = answer.content
    if kind.startswith("text/html"):
        found = re.findall(rb"<main\b.*?</main>|<div class=\"gt-made-by\".*?</div>", body, re.S)
        body = b" ".join(found)
    words = " ".join(one.text for one in texts_of(body, kind)) if left else ""
    name = answer.headers.get("Content-Disposition", "")
    return Made(answer.status_code, left, " ".join(f"{name} {words}".split()), text)


def made_for(client: Client, world: World, place: str, whom: dict[str, str]) -> Made:
    """Ask for a document as its sender does, and go on to it, past what is said before."""
    ask = str(uuid4())
    sent = {"id": ask, "of": place, "words": "", **whom}
    answer = client.post(reverse("document_for", kwargs={"case": world.case}), sent, follow=True)
    if "Before it leaves" in answer.content.decode("utf-8", "replace"):
        answer = client.get(f"{place}{'&' if '?' in place else '?'}for={ask}", follow=True)
    return of(answer)


class Logged(logging.Handler):
    """Every line that anything logs, as it would be written."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def logged() -> Iterator[Logged]:
    """What is logged from the first document on."""
    handler = Logged()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


@pytest.fixture(scope="module")
def given(world, places, logged) -> dict[tuple[str, str], list[Made]]:
    """Every document, for everybody."""
    client = signed_in(SENDER)
    whom = {name: sent for name, (sent, _) in MUST_NOT_HAVE.items()} | NOT_AT_ALL
    return {
        (kind, name): [
            made_for(client, world, place, sent) for each, place in places if each == kind
        ]
        for kind in DOCUMENTS
        for name, sent in whom.items()
    }


@pytest.fixture(scope="module")
def own(world, places, logged) -> dict[str, list[Made]]:
    """Every document, for whoever takes it."""
    client = signed_in(SENDER)
    return {
        kind: [of(client.get(place)) for each, place in places if each == kind]
        for kind in DOCUMENTS
    }


def holding(made: list[Made], canaries: tuple[str, ...]) -> set[str]:
    return {
        word for one in made if one.left for word in canaries
        if word.casefold() in one.words.casefold()
    }  # fmt: skip


def test_every_kind_of_document_is_made(own):
    assert {kind for kind, made in own.items() if not any(one.left for one in made)} == set()


def test_its_sender_has_what_is_planted_in_each(own):
    """Otherwise nothing below could fail."""
    planted = (*RECORD, *ALWAYS, WITHHELD, OTHERS_OWN, OF_ADA)
    read = {kind for kind, made in own.items() if holding(made, planted)}
    pictures = {kind for kind in DOCUMENTS if kind.endswith("_png")}  # read as the same SVG
    assert set(DOCUMENTS) - read <= pictures | {"import_problem_rows"}
    assert holding(own["history_csv"], planted) >= {
        *ALWAYS, WITHHELD, OTHERS_OWN, OF_ADA, "obsidian",
    }  # fmt: skip


@pytest.mark.parametrize("name", MUST_NOT_HAVE)
def test_nothing_that_they_may_not_have_leaves_for_them(given, name):
    _, canaries = MUST_NOT_HAVE[name]
    found = {kind: holding(given[kind, name], canaries) for kind in DOCUMENTS}
    assert {kind: words for kind, words in found.items() if words} == {}


@pytest.mark.parametrize("name", MUST_NOT_HAVE)
def test_something_is_made_for_them_of_every_kind_that_can_be_narrowed(given, name):
    """A guard that let nothing out would pass the test above."""
    narrowed = {key for key, kind in DOCUMENTS.items() if kind.others is Others.NARROWED}
    assert {key for key in narrowed if not all(one.left for one in given[key, name])} == set()
    assert "Ruth" in given["history_csv", name][0].words or "mother" in (
        given["history_csv", name][0].words
    )


@pytest.mark.parametrize("name", NOT_AT_ALL)
def test_nothing_at_all_leaves_for_whoever_may_not_open_the_family(given, name):
    for kind in DOCUMENTS:
        for one in given[kind, name]:
            assert (one.left, one.status) == (False, 409), kind


def test_why_nothing_leaves_is_the_same_whatever_keeps_them_out(given):
    said = set()
    for name in NOT_AT_ALL:
        page = given["history_csv", name][0].page
        (card,) = re.findall(r'<div class="gt-interruption">.*?</div>', page, re.S)
        called = re.sub(r"for [A-Z][a-z]+ [A-Z][a-z]+, [^.]+\.", "for somebody.", card)
        said.add(re.sub("[0-9a-f-]{36}", "", called))
    assert len(said) == 1
    assert giving.NOT_OF_THIS_FAMILY in said.pop()


def test_a_kind_that_cannot_be_narrowed_is_for_nobody_else(given):
    never = {key for key, kind in DOCUMENTS.items() if kind.others is Others.NEVER}
    assert never == {"import_problem_rows"}
    for name in MUST_NOT_HAVE:
        for kind in never:
            assert not any(one.left for one in given[kind, name])


@pytest.mark.parametrize("name", MUST_NOT_HAVE)
def test_what_leaves_for_them_does_not_say_that_anything_was_left_out(given, name):
    for kind in DOCUMENTS:
        for one in given[kind, name]:
            assert not re.search(r"left out|withheld|narrowed|restricted", one.words), kind


WHOM = {"not told": "Ama Boateng, Fenwick Health Visiting", "of the family": "Ruth Okafor",
        "in words": "Family Court, Fenwick",
        "several": "Ama Boateng, Fenwick Health Visiting; Family Court, Fenwick"}  # fmt: skip


@pytest.mark.parametrize("name", ["own", *MUST_NOT_HAVE])
def test_every_document_says_by_whom_when_and_for_whom(given, own, name):
    whom = WHOM.get(name, "Grace Obi, Fenwick Children's Services")
    unsaid = {}
    for key_of_kind in DOCUMENTS:
        for one in own[key_of_kind] if name == "own" else given[key_of_kind, name]:
            if not one.left or key_of_kind.endswith("_png"):
                continue
            by_name = re.search(r"by-grace-obi-for-(ama-boateng|somebody-else)", one.words)
            for_self = re.search(r"by-and-for-grace-obi", one.words)
            in_words = f"For {whom}" in one.words.replace("’", "'") and "Grace Obi" in one.words
            if not re.search(r"\b20\d\d\b", one.words) or not (
                in_words or (for_self if name == "own" else by_name)
            ):
                unsaid.setdefault(key_of_kind, one.words[:200])
    assert unsaid == {}


def test_nothing_that_is_logged_says_a_word_of_the_family(given, own, logged):
    assert SCRIPT in own["history_csv"][0].words
    words = (*RECORD, *ALWAYS, WITHHELD, OTHERS_OWN, OF_ADA, *SCRIPT, "Okafor")
    assert [line for line in logged.lines if any(word in line for word in words)] == []


@pytest.mark.parametrize("kind", ["history_csv", "genogram_svg", "network_gedcom"])
def test_to_skip_the_narrowing_is_caught(world, places, monkeypatch, kind):
    def forgotten(one, now):
        given = giving.given_by(one.actor, one.family.id, one.ties, now=now)
        return permission.replace(one, given=given)

    monkeypatch.setattr(permission, "_narrowed", forgotten)
    client = signed_in(SENDER)
    made = [
        made_for(client, world, place, colleague("ama")) for each, place in places if each == kind
    ]
    assert holding(made, MUST_NOT_HAVE["not told"][1])
