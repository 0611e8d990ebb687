"""A request that is answered in the family with something hidden, and in the one without alike."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.access.decision import Actor
from goldenthread.usecases.chronology.record_entry import record_entry
from goldenthread.usecases.subject_access.prepare_pack import Request, start_pack
from tests.families.world import NOW, World, key

PRIYAS_PACK = key("pack of priya")
PRIYA = Actor(key("account priya"), key("practitioner priya"), key("agency social_care"))
# An entry that Priya wrote or was told, and so one of the pack's.
OF_PACK = key("entry of pack")


def in_common(world: World) -> None:
    """Ruth asked what is kept about herself, and Priya began to answer."""
    entry = world.entry("social_care", "Ruth rang about the pram.", about=("ruth",), id=OF_PACK)
    record_entry(PRIYA, world.case, entry, now=NOW)
    ruth = key("person ruth")
    start_pack(
        PRIYA, world.case, PRIYAS_PACK, Request(ruth, ruth, date(2026, 6, 1), "Known to me."),
        now=NOW,
    )  # fmt: skip
