"""What was told of the hidden entry, and decided not to be told, in words found nowhere else."""

from __future__ import annotations

from datetime import timedelta

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.chronology.share_entry import share_entry
from tests.families.world import NOW, World, key

WORDS = {
    "gentian": "what the family was told about a telling",
    "verdigris": "what something was told for",
    "orpiment": "why an agency was not told",
}


def with_it(world: World) -> None:
    """Mental health told the surgery, and decided not to tell children's social care yet."""
    today = day_of(NOW)
    told = Telling(
        world.agency("gp"), on_day(today), lawful_basis="public_task",
        reason="Verdigris: to ask after him.", subject_told="Gentian: Ruth knows.",
    )  # fmt: skip
    decided = Telling(
        world.agency("social_care"), shared=False, reason="Orpiment: he may come to harm.",
        review_on=today + timedelta(days=2),
    )  # fmt: skip
    tellings = [told, decided]
    share_entry(world.actors["lund"], world.case, key("entry hidden"), tellings, now=NOW)
