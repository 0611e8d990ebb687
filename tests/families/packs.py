"""A pack in the small world: Ruth asks for what is kept about Ada, and Priya answers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.access.step_up import StepShown
from goldenthread.records.access.models import TeamMember
from goldenthread.records.shared.models import Account, Practitioner
from goldenthread.usecases.access.label_entry import put_label
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.subject_access.check_pack import (
    ask_for_check,
    check_pack,
    release_pack,
)
from goldenthread.usecases.subject_access.prepare_pack import (
    Request,
    choose_entry,
    leave_out_waiting,
    redact,
    start_pack,
)
from goldenthread.usecases.subject_access.read_packs import SeenPack, read_for_check, read_pack
from tests.families.world import NOW, World, build_world, key

PACK = key("pack ruth")
ENTITLED = "Known to me; she has parental responsibility."
OWN, THEIRS, SOURCE, BESIDE = (key(f"entry {n}") for n in ("own", "theirs", "source", "beside"))
SAID = (
    "Ada was weighed at home. Dean Carter was there and said that Mrs Bell next door had rung. "
    "Ruth fed her well."
)
SECRET = "saffron kettle"


def build() -> World:
    """The world with four entries: Priya's own, one told to her, one of a source, one of others."""
    world = build_world()
    say = [
        ("priya", world.entry("social_care", SAID, "2026-03-14", id=OWN)),
        ("ama", world.entry("health_visiting", "Ama weighed Ada again.", "2026-03-20", id=THEIRS,
                            told={"social_care": "2026-03-21"})),
        ("priya", world.entry("social_care", "Shouting was heard at night.", "2026-04-01", id=SOURCE,
                              how_known="told", informant=f"The neighbour with the {SECRET}")),
        ("priya", world.entry("social_care", "Ruth saw her own doctor.", "2026-04-05", id=BESIDE,
                              about=("ruth",))),
    ]  # fmt: skip
    for who, entry in say:
        record_entry(world.actors[who], world.case, entry, now=NOW)
    return world


def protect_source(world: World) -> None:
    """Keep the source of the third entry."""
    put_label(
        world.actors["priya"], world.case, SOURCE, label="source_protected",
        reason="They are afraid.", id=key("label source"), now=NOW,
    )  # fmt: skip


def asked(**more) -> Request:
    """What Ruth asked, unless a test says otherwise."""
    given = {"asked_by": key("person ruth"), "about": key("person ada"),
             "asked_on": date(2026, 5, 31), "entitled": ENTITLED}  # fmt: skip
    return Request(**{**given, **more})


def start(world: World, who: str = "priya", **more) -> UUID:
    start_pack(world.actors[who], world.case, PACK, asked(**more), now=NOW)
    return PACK


def seen(world: World, who: str = "priya") -> SeenPack:
    return read_pack(world.actors[who], world.case, PACK, now=NOW)


def decide_all(world: World) -> None:
    """Leave out what another agency wrote, and what comes from a protected source."""
    priya = world.actors["priya"]
    leave_out_waiting(priya, world.case, PACK, now=NOW)
    for one in seen(world).waiting:
        choose_entry(priya, world.case, PACK, one.id, is_in=False, reason="serious_harm", now=NOW)


def withhold(world: World, words: str, reason: str = "third_party", **more) -> int:
    """Withhold exact words of Priya's entry."""
    given = {"statement": OWN, "id": key(f"withhold {words}"), "who": "priya"} | more
    statement, id, who = given.pop("statement"), given.pop("id"), given.pop("who")
    return redact(
        world.actors[who], world.case, PACK, statement, id=id, words=words, reason=reason,
        now=NOW, **given,
    )  # fmt: skip


def check(world: World, who: str = "grace", *, agrees: bool = True, reason: str = "") -> None:
    """Ask for a check as Priya, and answer it as somebody."""
    ask_for_check(world.actors["priya"], world.case, PACK, id=key("ask"), now=NOW)
    answer(world, who, agrees=agrees, reason=reason)


def answer(world: World, who: str, *, agrees: bool = True, reason: str = "") -> None:
    digest = read_for_check(world.actors[who], world.case, PACK, now=NOW).pack.digest
    check_pack(
        world.actors[who], world.case, PACK, digest=digest, agrees=agrees, reason=reason, now=NOW
    )


JUST_NOW = StepShown(NOW, timedelta(minutes=15))


def release(world: World, who: str = "priya", shown: StepShown = JUST_NOW) -> None:
    release_pack(world.actors[who], world.case, PACK, shown=shown, now=NOW)


def add_lead(world: World) -> Actor:
    """Lena, the lead of children's social care, on no team."""
    agency = world.agency("social_care")
    Practitioner.objects.create(
        id=key("practitioner lena"), agency_id=agency, name="Lena Frost", role="Service manager",
        remit="agency_lead",
    )  # fmt: skip
    Account.objects.create(
        id=key("account lena"), practitioner_id=key("practitioner lena"), email="lena@example.org"
    )
    world.actors["lena"] = Actor(
        key("account lena"), key("practitioner lena"), agency, "agency_lead"
    )
    assert not TeamMember.objects.filter(practitioner=key("practitioner lena")).exists()
    return world.actors["lena"]
