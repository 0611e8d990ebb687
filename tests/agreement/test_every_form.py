"""What no page of ours sends, in every form of every page, by somebody who may send it.

Words come back where they were refused and are kept where they were not; what no keyboard types
fails nowhere; a field that a form does not have changes nothing; what was typed runs nowhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from goldenthread.records.shared.models import Practitioner
from goldenthread.usecases.accounts import rates
from tests.agreement.every_form import (
    FORGED_DAY,
    FORGED_ID,
    FORGED_NUMBER,
    FORGED_WORD,
    Met,
    fields_of_addresses,
    forged_fields,
    kept_in_tables,
    meet,
    pages,
    something_of_everything,
)
from tests.agreement.surface_addresses import NO_FAMILY
from tests.agreement.test_policy_machine import ANY_NUMBER
from tests.conftest import PRISTINE, cloned
from tests.families.world import World
from tests.scan.offers import Walk, every_offer

pytestmark = pytest.mark.timeout(1800)

# Right to left, a null, a tabulator upright, tags, a formula and a template.
NASTY = "\u202e\x00\x0b<svg onload=alert(1)>'\";--{{{{7*7}}}}=cmd|'/c calc'!A1" + "a" * 70_000
TAGS = "<svg onload=alert({})>'\";--{{{{7*7}}}}${{{{7*7}}}}"
RUNS = re.compile(r"<svg onload=alert")
HOSTILE = {
    "picture.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload=wren(1)></svg>",
    "page.html": b"<!DOCTYPE html><html><body onload=wren(1)>Ruth</body></html>",
}
NOT_MET = frozenset(
    {
        "adjustment_tell",  # after a yes that an agency joined the team too late to be told of
        "confirm_posts",  # stands on its page when four months have gone by
        "accessibility",  # takes what is sent, and no notice of it
    }
)
PASSWORDS = re.compile("password")


@dataclass
class Sent:
    """What came of sending every form, in turns."""

    met: list[Met]
    walks: dict[str, Walk]
    failed: list[tuple[str, str, int]] = field(default_factory=list)
    ran: list[tuple[str, str]] = field(default_factory=list)
    lost: dict[str, tuple[str, str]] = field(default_factory=dict)  # by the word that was typed
    administrators: set[UUID] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    accepted: set[str] = field(default_factory=set)

    def note(self, one: Met, turn: str, answer) -> str:
        """Note whether it failed or ran; answers with what it says."""
        if answer.status_code >= 500:
            self.failed.append((one.name, turn, answer.status_code))
        if answer.redirect_chain and answer.status_code == 200:
            self.accepted.add(one.name)
        said = b"".join(answer) if answer.streaming else answer.content
        words = said.decode(errors="replace")
        if "html" in answer.headers.get("Content-Type", "") and RUNS.search(words):
            self.ran.append((one.name, turn))
        return words


@pytest.fixture(scope="module")
def world(postgres) -> Iterator[World]:
    for _ in cloned(postgres, PRISTINE):
        with patch.object(rates, "rates", lambda: ANY_NUMBER):
            yield something_of_everything()


@pytest.fixture(scope="module")
def sent(world) -> Sent:
    met, walks = meet(world)
    done = Sent(met, walks, administrators=administrators())
    known = fields_of_addresses(met, world.case)
    forged = forged_fields()
    for number, one in enumerate(met):
        if one.name == "discard_draft":  # what it takes away was kept until then
            done.kept |= words_kept()
        _typed_words(done, one, number)
    # Now, for a draft holds what its form was sent with last.
    done.kept |= words_kept()
    for one in met:
        done.note(one, "no keyboard", one.send(**one.filled(NASTY)))
    for one in met:
        theirs = {name: said for name, said in forged.items() if name not in known[one.name]}
        done.note(one, "forged", one.send(**{**theirs, **one.filled(TAGS)}))
    for who, address, answer in pages({who: walks[who] for who in ("priya", "rosa", "mina")}):
        shown = Met(address, who, met[0].form, met[0].client)
        done.note(shown, "shown again", answer)
    return done


def words_kept() -> set[str]:
    return set().union(*kept_in_tables(r"kestrel\d+x\d+").values())


def administrators() -> set[UUID]:
    found = Practitioner.objects.using("owner").filter(remit="administrator")
    return set(found.values_list("id", flat=True))


def _typed_words(done: Sent, one: Met, number: int) -> None:
    """Send words with nothing chosen, and note which of them are not on the page that follows."""
    typed = one.filled(f"kestrel{number}x{{}}", choose=False)
    said = html.unescape(done.note(one, "typed", one.send(**typed)))
    for name in one.form.typed:
        if one.is_on_a_page and typed[name] not in said and not PASSWORDS.search(name):
            done.lost[str(typed[name])] = (one.name, name)


def test_forms_of_most_kinds_were_met_and_many_were_accepted(sent):
    """Otherwise nothing below could fail."""
    assert len({one.name for one in sent.met}) > 50
    assert len(sent.accepted) > 20, sorted(sent.accepted)


def test_every_address_that_takes_a_form_was_met_or_is_named(sent):
    """An address that is new is met by somebody of `every_form`, or named with why it is not."""
    met = {one.name for one in sent.met}
    takes = {
        offer.name
        for walk in sent.walks.values()
        for offer in every_offer(walk)
        if offer.method == "POST" and offer.name not in met and not NO_FAMILY.match(offer.name)
        and walk.client.post(offer.address, {}).status_code != 405
    }  # fmt: skip
    assert " ".join(sorted(takes ^ NOT_MET)) == ""


def test_nothing_fails(sent):
    assert sent.failed == []


def test_what_was_typed_runs_nowhere(sent):
    assert sent.ran == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_picture_or_a_page_in_the_place_of_a_file_is_refused_in_words(sent, name):
    """At every form that takes a file, under its own name and under that of a file it takes."""
    taking = [one for one in sent.met if one.form.files]
    assert {one.name for one in taking} == {"imports", "network_read_file", "replay_file"}
    for one in taking:
        for called in (name, "list.csv", "list.xlsx", "tree.ged"):
            file = SimpleUploadedFile(called, HOSTILE[name])
            answer = one.send(**{**one.form.fields, one.form.files[0]: file})
            said = answer.content.decode()
            assert answer.status_code in (200, 400, 422), (one.name, called)
            assert not RUNS.search(said) and "onload=wren" not in html.unescape(said), one.name
            assert "There is a problem" in said or one.name == "imports", (one.name, called)
    assert kept_in_tables("onload=wren") == {}


def test_words_come_back_or_are_kept(sent):
    lost = {at for word, at in sent.lost.items() if word not in sent.kept}
    assert sorted(lost) == [], str(sorted(lost))


def test_a_field_that_a_form_does_not_have_changes_nothing(sent):
    marks = "|".join((FORGED_ID, FORGED_WORD, FORGED_DAY, FORGED_NUMBER))
    # The trail keeps every id that was tried; a draft, for its author, all that its form was sent with.
    assert kept_in_tables(marks, but="audit_|chronology_draft$") == {}
    assert administrators() == sent.administrators
