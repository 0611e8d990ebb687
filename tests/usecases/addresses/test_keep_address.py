"""Keeping an address, being shown one, and giving it: allowed, refused, audited, asked twice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import LazySettings, settings
from django.db import connections

from goldenthread.records.audit.models import AuditEvent
from goldenthread.usecases.addresses import give_address, keep_address, read_addresses
from goldenthread.usecases.addresses.change_key import AddressKeyMissing, encrypt_again
from goldenthread.usecases.addresses.give_address import CannotGiveAddress, NotFoundHere
from goldenthread.usecases.addresses.keep_address import CannotKeepAddress
from goldenthread.usecases.addresses.protecting import AddressNotAsKept, protection_for
from goldenthread.usecases.chronology.keep_draft import keep_draft, read_draft
from tests.families import addresses as safe
from tests.families.network import claim, say
from tests.families.world import NOW, World, key

NEW_KEYS = f"new:{'B' * 43}=,tests:{'A' * 43}="


@pytest.fixture
def world(record) -> World:
    return safe.build_with_dean(tom="named_member")


@pytest.fixture
def keys() -> Iterator[LazySettings]:
    """The settings, whose keys are put back afterwards."""
    given = settings.ADDRESS_KEYS
    yield settings
    settings.ADDRESS_KEYS = given


def reveal(world: World, who: str, reason: str = "To visit on Friday", address=safe.ADDRESS):
    return give_address.reveal_address(world.actors[who], world.case, address, reason, now=NOW)


def shown(world: World, who: str) -> list[tuple[str, bool]]:
    page = read_addresses.read_addresses(world.actors[who], world.case, now=NOW)
    return [(str(one.decision.shown), one.row is not None) for one in page.addresses]


def trail(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.using("reader").filter(action=action).order_by("recorded_at"))


def rows(table: str) -> str:
    """Everything the tables of addresses hold, as text, as the owner may read it."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return repr([tuple(bytes(c) if isinstance(c, memoryview) else c for c in row)
                     for row in cursor.fetchall()])  # fmt: skip


def test_it_is_kept_once_and_shown_to_whoever_keeps_it(world):
    first = keep_address.keep_address(world.actors["priya"], world.case, safe.proposed(), now=NOW)
    again = keep_address.keep_address(world.actors["priya"], world.case, safe.proposed(), now=NOW)

    found = reveal(world, "priya")

    assert (first, again) == (True, False)
    assert found.postal.lines[0] == safe.STREET
    assert found.postal.postcode_as_written == safe.POSTCODE
    assert found.why == "He said that he will find them."
    assert len(trail("keep_address")) == 1


def test_no_table_and_no_audit_row_holds_a_word_of_it(world):
    safe.keep(world)
    reveal(world, "priya", f"To write to {safe.STREET}, {safe.POSTCODE}")
    give_address.tell_address(
        world.actors["priya"], world.case, key("told"), address=safe.ADDRESS,
        agency=world.agency("health_visiting"), practitioner=None,
        reason=f"visits at {safe.POSTCODE}", now=NOW,
    )  # fmt: skip
    tables = [t for t in connections["owner"].introspection.table_names()
              if not t.startswith(("django_", "procrastinate_"))]  # fmt: skip

    told = {table: found for table in tables if (found := safe.appears(rows(table)))}

    assert told == {}
    assert trail("reveal_address")[0].detail["reason"] == (
        "To write to [words withheld], [words withheld]"
    )


@pytest.mark.parametrize(
    ("who", "sees"),
    [("priya", "full"), ("grace", "full"), ("sam", "full"), ("ama", "withheld"),
     ("lund", "withheld"), ("tom", "withheld")],
)  # fmt: skip
def test_who_may_have_it(world, who, sees):
    safe.keep(world)

    assert shown(world, who) == [(sees, sees == "full")]
    if sees != "full":
        with pytest.raises(NotFoundHere):
            reveal(world, who)
        assert [one.rule for one in trail("reveal_address")] == ["address-not-told"]
        assert trail("reveal_address")[0].outcome == "deny"


@pytest.mark.parametrize("who", ["ama", "lund", "tom"])
def test_a_refuge_leaves_no_sign(world, who):
    safe.keep(world, is_hidden=True)

    assert shown(world, who) == []
    assert shown(world, "grace") == [("full", True)]
    assert not protection_for(world.actors[who], world.case, now=NOW).is_known_of


def test_somebody_it_must_not_reach_never_has_it_whatever_their_part(world):
    safe.keep(world, practitioners=frozenset({key("practitioner grace")}))

    assert shown(world, "grace") == []
    with pytest.raises(NotFoundHere):
        reveal(world, "grace")


def test_a_worker_of_theirs_never_has_it_by_their_agency(world):
    safe.keep(world, acting=frozenset({key("practitioner sam")}))

    assert shown(world, "sam") == [("withheld", False)]
    assert shown(world, "priya") == [("full", True)]


def test_an_agency_that_works_with_him_is_told_by_name_alone(world):
    say(
        world, "health_visiting", "Police watch Dean.",
        [claim(world, "involvement", "steady", "dean", agency=world.agency("police"))],
        known="2026-05-02", told={"social_care": "2026-05-02"},
    )  # fmt: skip
    safe.keep(world)

    def tell(practitioner) -> bool:
        return give_address.tell_address(
            world.actors["priya"], world.case, key("told police"), address=safe.ADDRESS,
            agency=world.agency("police"), practitioner=practitioner, reason="To patrol", now=NOW,
        )  # fmt: skip

    with pytest.raises(CannotGiveAddress, match="one person there by name"):
        tell(None)
    assert tell(key("practitioner tom"))
    assert not tell(key("practitioner tom"))
    assert shown(world, "tom") == [("full", True)]


def test_it_is_given_to_nobody_whom_it_must_not_reach(world):
    safe.keep(world, acting=frozenset({key("practitioner tom")}))

    with pytest.raises(CannotGiveAddress, match="must not reach"):
        give_address.tell_address(
            world.actors["priya"], world.case, key("told"), address=safe.ADDRESS,
            agency=world.agency("police"), practitioner=key("practitioner tom"), reason="x",
            now=NOW,
        )  # fmt: skip
    assert shown(world, "tom") == [("withheld", False)]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({"people": frozenset()}, "must_not_know"),
        ({"people": frozenset(), "is_hidden": True, "nobody": True}, "must_not_know"),
        ({"nobody": True}, "must_not_know"),
        ({"people": frozenset({key("person ruth")})}, "must_not_know"),
        ({"why": " "}, "why"),
        ({"why": "x" * 1001}, "why"),
        ({"person": None}, "whose"),
        ({"how_known": "guessed"}, "how_known"),
        ({"postcode": "nowhere"}, "postcode"),
        ({"lines": "", "postcode": "", "phone": ""}, "lines"),
        ({"to_on": date(2026, 5, 1)}, "to_on"),
        ({"from_on": date(2026, 7, 1)}, "from_on"),
        ({"said_by": f"a neighbour at {safe.STREET}"}, "said_by"),
        ({"unknown": "x" * 201}, "unknown"),
    ],
)
def test_what_is_not_answered_is_asked_again_and_nothing_is_kept(world, more, part):
    with pytest.raises(CannotKeepAddress) as refused:
        safe.keep(world, **more)

    assert refused.value.part == part
    assert shown(world, "priya") == []


def test_nobody_is_an_answer(world):
    safe.keep(world, people=frozenset(), acting_words="", nobody=True, why="")

    assert shown(world, "priya") == [("full", True)]
    assert shown(world, "ama") == [("withheld", False)]  # told as little as of one that protects
    assert not protection_for(world.actors["ama"], world.case, now=NOW).unseen


@pytest.mark.parametrize(
    "more",
    [
        {"person": key("person nobody")},
        {"people": frozenset({key("person nobody")})},
        {"acting": frozenset({key("practitioner nobody")})},
        {"source": key("entry nobody")},
        {"person": None, "household": key("household nobody")},
    ],
)
def test_whoever_and_whatever_is_not_in_the_readers_record_is_not_there(world, more):
    with pytest.raises(NotFoundHere):
        safe.keep(world, **more)


def test_a_change_asks_again_is_a_further_row_and_the_old_stays_safe(world):
    safe.keep(world)
    moved = key("address moved")
    change = {"id": moved, "instead_of": safe.ADDRESS, "change": "moved",
              "lines": "9 Privet Way", "postcode": "ZZ1 1ZZ", "phone": "",
              "from_on": date(2026, 6, 1)}  # fmt: skip

    with pytest.raises(CannotKeepAddress) as unasked:
        safe.keep(world, **change, people=frozenset())
    safe.keep(world, **change)

    assert unasked.value.part == "must_not_know"
    assert reveal(world, "priya", address=moved).postal.lines == ("9 Privet Way",)
    unseen = protection_for(world.actors["ama"], world.case, now=NOW)
    assert unseen.shown(f"{safe.IN_WORDS} Or 9 Privet Way.").count("[words withheld]") == 4
    with pytest.raises(CannotKeepAddress, match="already"):
        safe.keep(world, **{**change, "id": key("address again")})


def test_an_end_keeps_what_was_and_one_written_wrongly_stands_no_more(world):
    safe.keep(world)
    ended, right = key("address ended"), key("address right")
    safe.keep(world, id=ended, instead_of=safe.ADDRESS, change="ended", lines="", postcode="",
              phone="", to_on=date(2026, 6, 5))  # fmt: skip

    assert reveal(world, "priya", address=ended).postal.lines[0] == safe.STREET
    safe.keep(world, id=right, instead_of=ended, change="corrected", lines="74 Larkspur Rise",
              postcode="", phone="")  # fmt: skip
    assert len(shown(world, "priya")) == 1
    unseen = protection_for(world.actors["ama"], world.case, now=NOW)
    assert unseen.shown("47 or 74 Larkspur Rise") == "47 or [words withheld]"


def test_only_who_may_have_it_changes_it(world):
    safe.keep(world)

    with pytest.raises(NotFoundHere):
        safe.keep(world, "ama", id=key("x"), instead_of=safe.ADDRESS, change="moved")


@pytest.mark.parametrize(("reason", "words"), [(" ", "Say what it is for."), ("x" * 501, "500")])
def test_it_is_shown_for_a_reason_alone(world, reason, words):
    safe.keep(world)

    with pytest.raises(CannotGiveAddress, match=words):
        reveal(world, "priya", reason)


def test_without_the_key_none_is_kept_or_read(world, keys):
    safe.keep(world)
    for given in ("", "other:" + "C" * 43 + "=", "tests:short"):
        keys.ADDRESS_KEYS = given
        with pytest.raises(AddressKeyMissing, match="GOLDENTHREAD_ADDRESS_KEYS"):
            reveal(world, "priya")
    keys.ADDRESS_KEYS = ""
    with pytest.raises(AddressKeyMissing):
        safe.keep(world, id=key("another"))


def test_the_key_is_changed_and_the_old_one_may_go(world, keys):
    safe.keep(world)
    before = rows("addresses_address")
    keys.ADDRESS_KEYS = NEW_KEYS

    assert encrypt_again() == 1
    assert encrypt_again() == 0
    keys.ADDRESS_KEYS = NEW_KEYS.partition(",")[0]
    assert reveal(world, "priya").postal.lines[0] == safe.STREET
    assert rows("addresses_address") == before


def test_what_is_encrypted_cannot_be_put_in_anothers_place_or_changed(world):
    safe.keep(world)
    other = safe.keep(world, id=key("address other"), lines="9 Privet Way", person=safe.DEAN,
                      people=frozenset({key("person ruth")}))  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE addresses_addresscontent SET sealed ="
            " (SELECT sealed FROM addresses_addresscontent WHERE address_id = %s)"
            " WHERE address_id = %s", [other, safe.ADDRESS],
        )  # fmt: skip

    with pytest.raises(AddressNotAsKept):
        reveal(world, "priya")


def test_a_draft_that_holds_it_is_encrypted_and_its_key_is_changed_too(world, keys):
    safe.keep(world)
    draft = key("draft of words")
    fields = {"form": "add", "who": {"text": [safe.IN_WORDS]}}
    keep_draft(world.actors["ama"], world.case, draft, fields, now=NOW)
    more = {"when": {"when": ["today"]}}
    keep_draft(world.actors["ama"], world.case, draft, {"form": "add", **more}, now=NOW)

    assert safe.appears(rows("chronology_draft")) == []
    keys.ADDRESS_KEYS = NEW_KEYS
    assert (encrypt_again(), encrypt_again()) == (2, 0)
    keys.ADDRESS_KEYS = NEW_KEYS.partition(",")[0]
    assert read_draft(world.actors["ama"], draft, now=NOW).fields == {**fields, **more}
