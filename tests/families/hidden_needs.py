"""What adults need in the hidden family: some that several agencies know, some that one alone does.

Health visiting wrote a profile of Ruth, told social care, and agreed an adjustment that the whole
team may know. Adult mental health alone holds another profile of hers, an adjustment, a contact at
which the team's adjustment was not used, and a draft. Without the hidden thing the same masked
entries stand at the same ids, and carry nothing.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from goldenthread.domain.needs.profile import AreaAnswer
from goldenthread.domain.needs.vocabulary import (
    Agreement,
    Answer,
    Area,
    Delivered,
    Demand,
    Setting,
)
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.needs.keep_profile import keep_needs_draft
from goldenthread.usecases.needs.was_it_used import Said, say_used
from tests.families.needs import agree, keep
from tests.families.world import NOW, World, key

RUTH = key("person ruth")
CONTACT, VISIT = key("contact hidden"), key("contact of ama")
NEEDS_DRAFT = key("needs draft hidden 2")


def _made_of(draft: str, who: str) -> UUID:
    return uuid5(key(draft), f"needs:{key(f'account {who}')}")


VERSION = _made_of("needs draft hidden", "lund")
ADJUSTMENT = _made_of("adjustment draft hidden", "lund")
AMAS_VERSION = _made_of("needs draft first", "ama")
AMAS_ADJUSTMENT = _made_of("adjustment draft first", "ama")
WORDS = {
    "saffron": "words of a profile",
    "viridian": "words of an adjustment",
    "amaranth": "why an adjustment was not used",
    str(VERSION): "a version's id",
    str(ADJUSTMENT): "an adjustment's id",
    str(CONTACT): "a contact's id",
}
DRAFTED = {"gamboge": "a draft of a profile", str(NEEDS_DRAFT): "the id of that draft"}


def in_common(world: World) -> None:
    """What stands in the family with the hidden thing and in the one without it."""
    keep(world, told=("social_care",))
    agree(world, agreement=Agreement.SAID_YES)
    visit = world.entry("health_visiting", "Seen at home.", kind=Kind.VISIT, id=VISIT,
                        happened="2026-05-04", told={"social_care": "2026-05-05"})  # fmt: skip
    record_entry(world.actors["ama"], world.case, visit, now=NOW)


def without(world: World) -> None:
    """The same masked entries, which carry nothing."""
    for entry in (uuid5(VERSION, "entry"), uuid5(ADJUSTMENT, "entry"), CONTACT):
        plain = world.entry("mental_health", "Ruth slept.", "2026-04-20", about=("ruth",), id=entry)
        record_entry(world.actors["lund"], world.case, plain, now=NOW)


def with_it(world: World) -> None:
    """What adult mental health alone knows of Ruth's needs."""
    lund = world.actors["lund"]
    night = AreaAnswer(Area.NIGHT, Answer.SAID, "Saffron.", makes_hard=(Demand.AWAKE_AT_NIGHT,))
    keep(world, "lund", "hidden", answers=(night,), effects=(), how_to_work_with_me="Saffron.")
    agree(
        world, "lund", "hidden", what="Viridian.", agreed_by="Viridian",
        settings=(Setting.APPOINTMENTS,), helps_with=(Demand.TRAVELLING,),
    )  # fmt: skip
    met = world.entry("mental_health", "Ruth came.", "2026-04-20", about=("ruth",), id=CONTACT,
                      kind=Kind.HEALTH_CONTACT)  # fmt: skip
    record_entry(lund, world.case, met, now=NOW)
    for adjustment in (AMAS_ADJUSTMENT, ADJUSTMENT):
        said = {adjustment: Said(Delivered.NO, "Amaranth.")}
        say_used(lund, world.case, CONTACT, said, now=NOW)
    keep_needs_draft(
        lund, world.case, NEEDS_DRAFT,
        {"begun": {"adult": [str(RUTH)], "from": []}, "words": {"how_to_work_with_me": ["Gamboge."]}},
        now=NOW,
    )  # fmt: skip
