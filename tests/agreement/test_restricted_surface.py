"""What a label, a seal or a conflict hides is on no page and in no file for whom it is hidden from.

As `test_no_second_surface`, of what the reader's own agency made or was told: every address is
fetched in two worlds that differ in what is withheld (`tests/families/withheld.py`). No word and no
id of it may be anywhere, and both worlds must read alike to the last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases.access.match_staff import match_everybody
from goldenthread.usecases.risk.consider_families import consider_family
from tests.agreement.overheard import Overheard, overhears
from tests.agreement.surface_addresses import NO_FAMILY, named_addresses
from tests.agreement.surface_probes import NEVER, probes
from tests.conftest import PRISTINE, cloned
from tests.families import glass, unusual, withheld
from tests.families.answers import lasting, words_of
from tests.families.world import World, key

pytestmark = pytest.mark.timeout(1800)  # some hundreds of answers, papers among them

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The chair and a member who were told, a colleague of the author, another agency's lead, somebody
# in conflict with his own family, whoever sets the partnership's patterns, information governance,
# and a lead of the police who broke the glass of the family.
READERS = ("grace", "ama", "sam", "ben", "tom", "mina", "ivy", "vera")
# What stands for each id in an address, of what both worlds hold.
BOTH = key("entry in both")
WITHIN: dict[str, object] = {
    "publication": withheld.PUBLISHED,
    "person": key("person ruth"),
    "adult": key("person ruth"),
    "who": key("person ruth"),
    "member": key("team ama"),
    "statement": BOTH,
    "decision": withheld.decision(),
    "draft": key("draft new"),
    "broken": key("break of vera"),
    "practitioner": key("practitioner sam"),
    "key": "new_adult_without_checks",
    "question": "man_or_woman_nobody_has_named",
    "part": "words",
    "stage": 1,
    "agency": key("agency social_care"),
}
KIND = "disputes"
# Part of an address, and no id.
STEPS = {
    "add_screen": {"screen": "who"},
    "network_add": {"step": "what"},
    "plan_write": {"step": "assumptions"},
}
# Ids that nothing here has, so that the addresses they stand in are not looked at in this walk.
EXCUSED = {
    "pack": "no request for access was made here: test_hidden_layers, test_no_second_surface",
    "redaction": "of a pack",
    "file": "no file was brought in here: test_no_second_surface",
    "version": "no plan and no adult's needs were written here: test_no_second_surface",
    "adjustment": "of an adult's needs",
    "copy": "of a plan",
    "summary": "no summary was finished here: test_no_second_surface",
    "challenge": "nothing was challenged here: test_no_second_surface",
    "address": "no address is kept here: test_addresses_withheld",
    "ask": "nobody asked for a document or for agreement here: test_no_second_surface",
    "seal": "what is sealed is hidden from all who look: tried by id, below",
    "withholding": "what is withheld is hidden from all who look: tried by id, below",
}
VIEWS = ({}, {"form": "lanes"}, {"known-to": str(key("agency social_care"))}, {"all": "1"})
ASKED = {
    "history": VIEWS,
    "picture": ({}, {"on": "2026-06-01"}, VIEWS[2]),
    "network": ({}, {"form": "homes"}, {"form": "ecomap"}, VIEWS[2]),
    "before_deciding": ({}, {"all": "1"}),
    "sharing": ({}, {"all": "1"}),
}


def looks(world: World) -> Iterator[str]:
    """Every address that can be looked at with no id but of what both worlds hold."""
    for name, ids in sorted(named_addresses().items()):
        if NO_FAMILY.match(name):
            continue
        if EXCUSED.keys() & ids:
            continue
        known = {**WITHIN, "case": world.case, "kind": KIND}
        assert ids <= known.keys(), f"say in this test what stands for {ids - known.keys()}"
        given = {id: known[id] for id in ids} | STEPS.get(name, {})
        for asked in ASKED.get(name, ({},)):
            query = "?" + "&".join(f"{k}={v}" for k, v in asked.items()) if asked else ""
            yield reverse(name, kwargs=given) + query


# A decision's seal is one number made of all that it says, each entry it turned on among it: nobody
# can read from it what it was made of, and whoever signed the same with one entry less has another.
SEAL = re.compile(r'(?<=gt-decision__seal">Sealed when it was signed: <code>)[0-9a-f]{64}')


def said_by(response) -> str:
    """What an answer says that lasts, but for the number of a decision's seal."""
    return SEAL.sub("(seal)", words_of(response))


def with_posts(world: World) -> World:
    """The same, with those who may break the glass and who look after it; Vera broke it today."""
    glass.add_posts(world)
    glass.broke(world, "vera", now=the_present(), id=WITHIN["broken"])
    return world


def everything_shown(world: World, readers: Iterable[str]) -> dict[tuple[str, str], str]:
    """What these readers are answered at each address, and on searching for what is withheld."""
    shown: dict[tuple[str, str], str] = {}
    consider_family(world.case, now=the_present())
    match_everybody(now=the_present())
    for who in ("sam", "ama", "lund"):  # looks that the lists of unusual access are made of
        signed_in(who).get(reverse("family", kwargs={"case": world.case}))
    for agency in ("social_care", "health_visiting", "mental_health"):
        unusual.list_now(world, agency)
    for who in readers:
        client = signed_in(who)
        for address in looks(world):
            shown[who, address] = said_by(client.get(address))
        for words in ("bartholomew", "amaranth", "larkspur", "heron", "ruth"):
            for at in (reverse("search"), reverse("history", kwargs={"case": world.case})):
                found = client.post(at, {"words": words}, follow=True)
                shown[who, f"{at} sought {words}"] = words_of(found).replace(words, "")
    return shown


def signed_in(who: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(id=key(f"account {who}")), backend=BACKEND)
    return client


@pytest.fixture(scope="module")
def without(postgres) -> Iterator[dict[tuple[str, str], str]]:
    """Everything that is shown in the world without it."""
    for _ in cloned(postgres, PRISTINE):
        shown = everything_shown(with_posts(withheld.build(with_it=False)), READERS)
    return shown


@pytest.fixture(scope="module")
def world(without, postgres) -> Iterator[World]:
    """The world with it, in the present database."""
    for _ in cloned(postgres, PRISTINE):
        yield with_posts(withheld.build(with_it=True))


@pytest.fixture(scope="module")
def looked(world) -> tuple[dict[tuple[str, str], str], Overheard, Overheard]:
    """Everything that is shown in the world with it, and what was said by the side.

    First to those who may not know of it, then to Priya, who may.
    """
    with overhears() as heard:
        shown = everything_shown(world, READERS)
    with overhears() as known:
        shown |= everything_shown(world, ["priya"])
    return shown, heard, known


@pytest.fixture(scope="module")
def shown(looked) -> dict[tuple[str, str], str]:
    return looked[0]


def hidden_from(who: str) -> dict[str, str]:
    return withheld.WORDS | (withheld.OF_TOM if who == "tom" else {})


@pytest.mark.parametrize("who", READERS)
def test_no_word_and_no_id_of_it_is_anywhere(shown, who):
    told = [
        f"{what} ({word}) at {address}"
        for (reader, address), said in shown.items()
        if reader == who
        for word, what in hidden_from(who).items()
        if word in said.casefold()
    ]
    assert told == []


@pytest.mark.parametrize("who", READERS)
def test_with_it_and_without_it_every_answer_is_the_same(shown, without, who):
    differ = {
        address: [
            pair
            for pair in zip(lasting(said).split("\n"), lasting(plain).split("\n"), strict=False)
            if pair[0] != pair[1]
        ][:2]
        for (reader, address), said in shown.items()
        if reader == who
        # Her colleague Tom is of the Heron family's team, and only one world has that family.
        and not (who == "vera" and str(key("case")) not in address)
        and not address.endswith(("/who/", "/access/"))  # they say who did what, and who may
        # Ama read and answered the entry while it was open to her: what she did herself stays hers.
        and not (who == "ama" and address.endswith("/looked/"))
        and lasting(said) != lasting(plain := without[reader, address])
    }
    assert differ == {}


def test_whoever_may_know_is_shown_it(shown):
    """Otherwise nothing above could fail."""
    of_priya = " ".join(said for (who, _), said in shown.items() if who == "priya").casefold()
    # On no page that is fetched here: said of a link, of a judgement and of one entry alone.
    elsewhere = {"saffron", "nightjar", str(withheld.OF_LARKSPUR)}
    # On the pages of access of those entries alone.
    elsewhere |= {str(withheld.SEAL), *map(str, withheld.WITHHOLDINGS)}
    assert {word for word in withheld.WORDS if word not in of_priya} <= elsewhere


def test_no_word_and_no_id_of_it_is_in_a_mail_a_log_a_temporary_file_or_a_cache(looked):
    """A workbook that is made for Priya stands in a temporary file until it is sent, no longer."""
    _, heard, known = looked
    assert heard.lines, "refusals are logged"
    assert heard.holding(withheld.WORDS) == []
    assert known.holding(withheld.WORDS, but="temporary file") == []
    assert heard.left + known.left == []


RESTRICTED = {
    "labelled": withheld.LABELLED, "sealed": withheld.SEALED, "withheld": withheld.WITHHELD
}  # fmt: skip


def naming(case: UUID, entry: UUID, ids: dict[str, str]) -> list[tuple[str, dict | None]]:
    """Every request that names an entry: each of its addresses by GET and POST, and each probe."""
    found: list[tuple[str, dict | None]] = []
    at = {**WITHIN, "case": case, "statement": entry, "pack": key("never pack")}
    for name, parts in sorted(named_addresses().items()):
        if "statement" in parts:
            given = {id: at.get(id, KIND) for id in parts}
            found += [(reverse(name, kwargs=given), None), (reverse(name, kwargs=given), {})]
    of_it = {"entry": str(entry), "challenged": str(entry), "contact": str(entry), **ids}
    named = (str(entry), *ids.values())
    for address, sent in probes(case, NEVER | of_it):
        if any(one in f"{address} {sent}" for one in named):
            found.append((address, sent))
    return found


def answered(client: Client, address: str, sent: dict | None, ids: Iterable[str]) -> str:
    """What is answered to one of them, with the ids taken out."""
    asked = (
        client.get(address, follow=True)
        if sent is None
        else client.post(address, sent, follow=True)
    )
    said = lasting(words_of(asked))
    for id in ids:
        said = said.replace(id, "id")
    return said.replace("(new id)", "id")


@pytest.mark.parametrize("who", ["grace", "ama", "sam", "ben", "tom", "vera"])
@pytest.mark.parametrize("what", RESTRICTED)
def test_an_id_of_it_is_answered_like_one_that_never_was(world, shown, who, what):
    client, entry, never, differ = signed_in(who), RESTRICTED[what], uuid4(), []
    real = {"seal": str(withheld.SEAL), "withholding": str(withheld.WITHHOLDINGS[0])}
    none = {"seal": str(uuid4()), "withholding": str(uuid4())}
    theirs = naming(world.case, entry, real)
    nobodys = naming(world.case, never, none)
    assert len(theirs) > 60
    for (address, sent), other in zip(theirs, nobodys, strict=True):
        told = answered(client, address, sent, (str(entry), *real.values()))
        plain = answered(client, *other, (str(never), *none.values()))
        if told != plain:
            lines = zip(told.split("\n"), plain.split("\n"), strict=False)
            differ.append((address, sent, [pair for pair in lines if pair[0] != pair[1]][:2]))
    assert differ == []


@pytest.mark.parametrize("who", ["grace", "ama", "sam", "tom", "vera"])
def test_an_id_of_a_family_that_is_hidden_is_answered_like_one_that_never_was(world, shown, who):
    client, never = signed_in(who), uuid4()
    for case in (withheld.LARKSPUR, *([withheld.HERON] if who == "tom" else [])):
        for name in ("family", "history", "network", "picture", "sharing", "family_access"):
            told = [
                lasting(words_of(client.get(reverse(name, kwargs={"case": id}))))
                .replace(str(id), "id")
                .replace("(new id)", "id")
                for id in (case, never)
            ]
            assert told[0] == told[1], (name, who)


def test_a_refusal_is_kept_with_its_rule(world, shown):
    signed_in("tom").get(reverse("family", kwargs={"case": withheld.HERON}))
    signed_in("ama").get(reverse("family", kwargs={"case": withheld.LARKSPUR}))
    rules = {
        (event.practitioner, event.rule)
        for event in AuditEvent.objects.using("reader").filter(outcome="deny")
    }
    assert (key("practitioner tom"), "conflict-of-interest") in rules
    assert (key("practitioner ama"), "family-sealed") in rules
