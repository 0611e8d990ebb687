"""What one agency alone knows is on no page, in no file and behind no id, for anybody else.

Every address of the service is fetched by every sort of reader in two families that differ in one
hidden thing (`tests/families/hidden.py`). No word and no id of it may be anywhere, both families
must read alike to the last character, and an id of it must be answered like one that never was.
An address that is new is covered here or fails.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.chronology.models import Draft
from goldenthread.records.shared.models import Account
from goldenthread.usecases.risk.consider_families import consider_family
from tests.agreement.overheard import Overheard, overhears
from tests.agreement.surface_addresses import (
    BY_ID_ALONE,
    FULLY,
    READERS,
    WITHOUT_RECORD,
    looks,
    named_addresses,
)
from tests.agreement.surface_probes import HIDDEN_IDS, NEVER, WORDS, others_drafts, probed, probes
from tests.conftest import PRISTINE, cloned
from tests.families import glass, restricted
from tests.families.answers import lasting, words_of
from tests.families.hidden import (
    AMBROSE,
    ASK,
    OF_DR_LUND,
    OF_THE_RECORD,
    build,
    hidden_claims,
    hidden_gaps,
)
from tests.families.world import World, key

# Each stands in a draft of somebody who knows what is hidden, and nowhere else.
WORDS_OF_HIDDEN_DRAFTS = frozenset(
    {"foxglove", "carnelian", "periwinkle", "cerulean", "gamboge", "cinnabar"}
)

# Whoever looks after broken glass is refused an id that is none of theirs after their post was
# allowed the page, and that second refusal leaves no row.
NOT_KEPT = frozenset({"glass_review", "glass_agree"})
# They read all that stands in the record, and nothing of what is beside it.
READ_ALL = ("grace", "vera")

pytestmark = pytest.mark.timeout(1800)  # some hundreds of answers, papers among them

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


def with_posts(world: World) -> World:
    """The same, with agencies' leads and the posts beside them; Vera broke the glass today."""
    restricted.add_leads(world)
    glass.add_posts(world)
    glass.broke(world, "vera", now=the_present())
    return world


@dataclass
class Shown:
    """What each reader is answered at each address, and the addresses that left no audit."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    unaudited: list[tuple[str, str]] = field(default_factory=list)

    def add(self, more: Shown) -> None:
        """What others were answered."""
        self.answers |= more.answers
        self.unaudited += more.unaudited

    def look(self, who: str, client: Client, name: str, address: str) -> None:
        before = audited(who)
        answer = client.get(address)
        self.answers[who, address] = words_of(answer)
        only_acts = answer.status_code == 405  # there is nothing to look at
        lacks = name in NOT_KEPT and answer.status_code == 404
        if audited(who) == before and name not in WITHOUT_RECORD and not only_acts and not lacks:
            self.unaudited.append((who, address))


def audited(who: str) -> int:
    return AuditEvent.objects.using("reader").filter(account=key(f"account {who}")).count()


def everything_shown(world: World, readers: Iterable[str]) -> Shown:
    """What readers are answered at each address, and on a search for the hidden names.

    Questions are counted as they were last worked out: in both families today, whoever looks.
    """
    shown = Shown()
    consider_family(world.case, now=the_present())
    for who in readers:
        client = signed_in(who)
        for name, address in looks(world.case, fully=who in FULLY):
            shown.look(who, client, name, address)
        for words in ("quillfeather", "obsidian", "ruth"):
            for at in (reverse("search"), reverse("history", kwargs={"case": world.case})):
                found = client.post(at, {"words": words}, follow=True)
                shown.answers[who, f"{at} sought {words}"] = words_of(found).replace(words, "")
    return shown


@pytest.fixture(scope="module")
def without(postgres) -> Iterator[Shown]:
    """Everything that is shown in the family without the hidden thing."""
    for _ in cloned(postgres, PRISTINE):
        shown = everything_shown(
            with_posts(build(with_it=False)), [who for who in READERS if who not in READ_ALL]
        )
    return shown


@dataclass
class Heard:
    """What was written by the side while the family was made, and while it was looked at."""

    made: Overheard
    looked: Overheard | None = None  # by those who may not know of it
    known: Overheard | None = None  # by those who may


@pytest.fixture(scope="module")
def made(without, postgres) -> Iterator[tuple[World, Heard]]:
    """The family with the hidden thing, in the present database."""
    for _ in cloned(postgres, PRISTINE):
        with overhears() as heard:
            world = with_posts(build(with_it=True))
        yield world, Heard(heard)


@pytest.fixture(scope="module")
def world(made) -> World:
    return made[0]


@pytest.fixture(scope="module")
def shown(made) -> Shown:
    """Everything that is shown in the family with the hidden thing."""
    world, heard = made
    with overhears() as heard.looked:
        shown = everything_shown(world, [who for who in READERS if who not in READ_ALL])
    with overhears() as heard.known:
        shown.add(everything_shown(world, (*READ_ALL, "lund")))
    return shown


def hidden_from(who: str) -> dict[str, str]:
    return OF_DR_LUND if who in READ_ALL else OF_THE_RECORD | OF_DR_LUND


@pytest.mark.parametrize("who", READERS)
def test_no_word_and_no_id_of_it_is_anywhere(shown, who):
    told = [
        f"{what} ({word}) at {address}"
        for (reader, address), said in shown.answers.items()
        if reader == who
        for word, what in hidden_from(who).items()
        if word in said.casefold()
    ]
    assert told == []


def test_whoever_knows_it_is_shown_it(shown):
    """Otherwise nothing above could fail."""
    of_lund = " ".join(said for (who, _), said in shown.answers.items() if who == "lund").casefold()
    # On no page that is fetched here without an id: said of a link, and of the other family.
    elsewhere = {"sandalwood", "bramblewick", "foxglove", "ambrose", str(AMBROSE), str(ASK)}
    assert {word for word in OF_THE_RECORD | OF_DR_LUND if word not in of_lund} <= elsewhere


def test_no_word_and_no_id_of_it_is_in_a_mail_a_log_a_temporary_file_or_a_cache(made, shown):
    """Whoever the mail is to: while it was recorded, and while all looked.

    A workbook that is made for somebody who knows of it stands in a temporary file until it is
    sent, and no longer.
    """
    _, heard = made
    of_it = OF_THE_RECORD | OF_DR_LUND
    assert heard.made.mails, "those who were told of something are sent a notice"
    assert heard.looked.lines, "refusals are logged"
    assert heard.made.holding(of_it) == []
    assert heard.looked.holding(of_it) == []
    assert heard.known.holding(of_it, but="temporary file") == []
    assert heard.made.left + heard.looked.left + heard.known.left == []


def test_what_is_written_by_the_side_is_overheard():
    """Otherwise nothing above could fail."""
    with overhears() as heard:
        logging.getLogger("django.request").warning("an obsidian line")
        mail.send_mail("Obsidian", "An obsidian mail.", None, ["ama@example.org"])
        with tempfile.TemporaryFile() as gone:
            gone.write(b"an obsidian file")
        Path(tempfile.mkdtemp(), "kept.txt").write_text("an obsidian file that stays")
        cache.set("gem", "an obsidian value")
    cache.delete("gem")
    where = [where.partition(":")[0] for where, _ in heard.holding(["obsidian"])]
    assert where == ["log", "mail", "temporary file", "temporary file", "cache"]


def test_there_is_no_calendar(shown):
    assert not [name for name in named_addresses() if "ics" in name.split("_")]
    assert not [at for _, at in shown.answers if at.partition("?")[0].endswith(".ics")]
    assert not [at for at, said in shown.answers.items() if "text/calendar" in said]


@pytest.mark.parametrize("who", [who for who in READERS if who not in READ_ALL])
def test_with_it_and_without_it_every_answer_is_the_same(shown, without, who):
    differ = {
        address: [
            pair
            for pair in zip(lasting(said).split("\n"), lasting(plain).split("\n"), strict=False)
            if pair[0] != pair[1]
        ][:2]
        for (reader, address), said in shown.answers.items()
        if reader == who and lasting(said) != lasting(plain := without.answers[reader, address])
    }
    assert differ == {}


def test_every_look_is_in_the_audit_trail(shown):
    assert shown.unaudited == []


def test_what_the_walk_leaves_out_is_tried_by_id():
    """No address is excused from the walk that nothing else asks for."""
    assert named_addresses().keys() >= BY_ID_ALONE
    assert BY_ID_ALONE - probed(key("case")) == frozenset()


@pytest.mark.parametrize("who", ["priya", "ama", "sam", "tom", "admin", "rosa", "dora", "ivy"])
def test_an_id_of_it_is_answered_like_one_that_never_was(world, shown, who):
    hidden = HIDDEN_IDS | {
        "claim": str(hidden_claims(world)[0]), "gap": hidden_gaps(world)[0],
    }  # fmt: skip
    client = signed_in(who)
    differ = []
    for theirs, nobodys in zip(probes(world.case, hidden), probes(world.case, NEVER), strict=True):
        answers = []
        for (address, sent), ids in ((theirs, hidden), (nobodys, NEVER)):
            follow = {"follow": True}
            asked = (
                client.get(address, **follow)
                if sent is None
                else client.post(address, sent, **follow)
            )
            said = lasting(words_of(asked))
            for name, id in ids.items():
                said = said.replace(quote(id), name).replace(id, name)
            answers.append(said)
        if answers[0] != answers[1]:
            lines = zip(answers[0].split("\n"), answers[1].split("\n"), strict=False)
            differ.append((theirs, [pair for pair in lines if pair[0] != pair[1]][:2]))
    assert differ == []


@pytest.mark.parametrize("who", ["priya", "sam", "grace"])
def test_a_draft_of_another_account_answers_like_one_that_never_was(world, shown, who):
    """Whoever tries its id is shown an empty form of their own, and learns nothing by trying."""
    client, differ = signed_in(who), []
    for name, draft, within in others_drafts():
        said = []
        for id in (draft, key(f"never {draft}")):
            address = reverse(name, kwargs={"case": world.case, "draft": id, **within})
            answers = client.get(address, follow=True), client.post(address, {"screen": "who"})
            words = "".join(lasting(words_of(answer)) for answer in answers)
            assert not WORDS_OF_HIDDEN_DRAFTS & set(re.findall(r"\w+", words.casefold()))
            said.append(words.replace(str(id), "draft"))
            Draft.objects.using("owner").filter(id=id, account=key(f"account {who}")).delete()
        if said[0] != said[1]:
            lines = zip(said[0].split("\n"), said[1].split("\n"), strict=False)
            differ.append((name, draft, [pair for pair in lines if pair[0] != pair[1]][:2]))
    assert differ == []


def test_a_relation_of_a_file_names_nobody_whom_its_reader_may_not_know_of(world, shown):
    """Whom a file's people are is chosen by id: an id of somebody hidden is not one to choose."""
    client, case = signed_in("ama"), world.case
    said = {}
    for name, ids in (("hidden", HIDDEN_IDS), ("never", NEVER)):
        draft = key(f"draft file {name}")
        sent = {"file": SimpleUploadedFile("tree.ged", TREE)}
        at = {"case": case, "draft": draft}
        client.post(reverse("network_read_file", kwargs=at), sent)
        chosen = {**WORDS, "who-0": ids["man"], "who-1": str(key("person ruth")), "claim": ["0"]}
        answer = client.post(reverse("network_record_file", kwargs=at), chosen, follow=True)
        said[name] = lasting(words_of(answer)).replace(ids["man"], "man").replace(str(draft), "")
        assert "One of these people is not in this family" in said[name]
    assert said["hidden"] == said["never"]


TREE = b"""0 HEAD
1 GEDC
2 VERS 5.5.1
1 CHAR UTF-8
0 @I1@ INDI
1 NAME Somebody /Else/
0 @I2@ INDI
1 NAME Ruth /Okafor/
0 @F1@ FAM
1 HUSB @I1@
1 CHIL @I2@
0 TRLR
"""
