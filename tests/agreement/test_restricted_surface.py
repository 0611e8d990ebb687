"""What a label, a seal or a conflict hides is on no page and in no file for whom it is hidden from.

As `test_no_second_surface`, of what the reader's own agency made or was told: every address is
fetched in two worlds that differ in what is withheld (`tests/families/withheld.py`). No word and no
id of it may be anywhere, and both worlds must read alike to the last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.interop.clock import now as the_present
from goldenthread.records.audit.models import AuditEvent
from goldenthread.records.shared.models import Account
from goldenthread.usecases.access.match_staff import match_everybody
from goldenthread.usecases.risk.consider_families import consider_family
from tests.agreement.surface_addresses import NO_FAMILY, named_addresses
from tests.conftest import PRISTINE, cloned
from tests.families import unusual, withheld
from tests.families.answers import lasting, words_of
from tests.families.world import World, key

pytestmark = pytest.mark.timeout(900)  # some hundreds of answers, papers among them

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# The chair and a member who were told, a colleague of the author, another agency's lead, and
# somebody in conflict with his own family.
READERS = ("grace", "ama", "sam", "ben", "tom", "mina")
# Each page with an id in it that both worlds hold.
WITHIN = {
    "team_end": {"member": key("team ama")},
    "publication": {"publication": withheld.PUBLISHED},
    "network_beyond": {"person": key("person ruth")},
    "entry": {"statement": key("entry in both")},
    "entry_access": {"statement": key("entry in both")},
    "share_entry": {"statement": key("entry in both")},
    "decision": {"decision": withheld.decision()},
    "decision_gap": {"decision": withheld.decision()},
    "decision_print": {"decision": withheld.decision()},
    "needs_adult": {"adult": key("person ruth")},
    "summary_write": {"draft": key("draft new")},
    "decision_write": {"draft": key("draft new")},
    "add_screen": {"draft": key("draft new"), "screen": "who"},
    "network_add": {"draft": key("draft new"), "step": "what"},
    "plan_write": {"draft": key("draft new"), "step": "assumptions"},
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
        given = {"case": world.case} if "case" in ids else {}
        within = WITHIN.get(name, {})
        if set(ids) - {*given, *within}:
            continue
        for asked in ASKED.get(name, ({},)):
            query = "?" + "&".join(f"{k}={v}" for k, v in asked.items()) if asked else ""
            yield reverse(name, kwargs={**given, **within}) + query


# A decision's seal is one number made of all that it says, each entry it turned on among it: nobody
# can read from it what it was made of, and whoever signed the same with one entry less has another.
SEAL = re.compile(r'(?<=gt-decision__seal">Sealed when it was signed: <code>)[0-9a-f]{64}')


def said_by(response) -> str:
    """What an answer says that lasts, but for the number of a decision's seal."""
    return SEAL.sub("(seal)", words_of(response))


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
        shown = everything_shown(withheld.build(with_it=False), READERS)
    return shown


@pytest.fixture(scope="module")
def world(without, postgres) -> Iterator[World]:
    """The world with it, in the present database."""
    for _ in cloned(postgres, PRISTINE):
        yield withheld.build(with_it=True)


@pytest.fixture(scope="module")
def shown(world) -> dict[tuple[str, str], str]:
    """Everything that is shown in the world with it, to Priya too."""
    return everything_shown(world, (*READERS, "priya"))


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
    assert {word for word in withheld.WORDS if word not in of_priya} <= elsewhere


@pytest.mark.parametrize("who", ["grace", "ama", "sam", "tom"])
def test_an_id_of_it_is_answered_like_one_that_never_was(world, shown, who):
    client, never = signed_in(who), uuid4()
    for name, one in (
        ("entry", withheld.LABELLED),
        ("entry", withheld.SEALED),
        ("entry_access", withheld.LABELLED),
        ("share_entry", withheld.SEALED),
    ):
        told = [
            lasting(
                words_of(
                    client.get(reverse(name, kwargs={"case": world.case, "statement": statement}))
                )
            )
            .replace(str(statement), "id")
            .replace("(new id)", "id")
            for statement in (one, never)
        ]
        assert told[0] == told[1], (name, who)
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
