"""What Ruth Okafor needs, as the health visitor wrote it down with her, for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Agreement,
    Answer,
    Area,
    Demand,
    EffectAnswer,
    Setting,
)
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.needs.agree_adjustment import ProposedAdjustment, agree_adjustment
from goldenthread.usecases.needs.keep_profile import Kept, ProposedProfile, keep_profile
from tests.families.world import NOW, World, key

DAY = date(2026, 4, 20)
SUMMARY = "Ruth told me how letters are for her and what helps."
LETTERS = AreaAnswer(
    Area.READING, Answer.SAID, "The words swim when the page is full.", asked_on=DAY,
    makes_hard=(Demand.READING, Demand.WRITING),
)  # fmt: skip
MEMORY = AreaAnswer(Area.MEMORY, Answer.DECLINED)
ADVOCATE = Advocate.WOULD_LIKE_ONE
READ_ALOUD = "Read it aloud with her, then leave two points in large writing."


def ruths_profile(**said: object) -> Profile:
    """What Ruth said on 20 April."""
    whole = Profile(
        adult=key("person ruth"),
        answers=(MEMORY, LETTERS),
        strengths=(Strength("I always ring back."), Strength("Ada settles with me in a minute.")),
        effects=(
            Effect(
                EffectAnswer.AFFECTS, key("person ada"), "I miss what a letter about Ada asks.",
                "Unopened post", "Her neighbour", "Her neighbour rings Ama", "111", "With Ruth",
            ),
        ),
        how_to_work_with_me="Tell me one thing at a time.",
        advocate=ADVOCATE,
    )  # fmt: skip
    return replace(whole, **said)


def proposed(
    world: World, *, earlier: tuple[UUID, ...] = (), told: tuple[str, ...] = (), **said: object
) -> ProposedProfile:
    """A version of Ruth's profile to keep; `told` are agencies by their short names."""
    return ProposedProfile(
        ruths_profile(**said),
        SUMMARY,
        DAY,
        earlier=earlier,
        tellings=tuple(Telling(world.agency(name), told=on_day(DAY)) for name in told),
    )


def keep(world: World, who: str = "ama", name: str = "first", **more: object) -> Kept:
    """Keep a version of Ruth's profile as somebody, under the draft of a name."""
    return keep_profile(
        world.actors[who], world.case, key(f"needs draft {name}"), proposed(world, **more), now=NOW
    )


def adjustment(**said: object) -> Adjustment:
    """What is agreed with Ruth about letters."""
    whole = Adjustment(
        key("not yet minted"), key("person ruth"), READ_ALOUD, "Ruth and Ama Boateng", DAY,
        (Setting.LETTERS, Setting.VISITS), (Demand.READING,), date(2026, 9, 1),
    )  # fmt: skip
    return replace(whole, **said)


def agree(
    world: World,
    who: str = "ama",
    name: str = "first",
    *,
    agreement: Agreement = Agreement.NOT_ASKED,
    instead_of: UUID | None = None,
    ended: bool = False,
    now: datetime = NOW,
    **said: object,
) -> Kept:
    """Agree an adjustment with Ruth as somebody, under the draft of a name."""
    one = ProposedAdjustment(
        adjustment(**said),
        instead_of=instead_of,
        ended=ended,
        agreement=agreement,
        asked_on=None if agreement is Agreement.NOT_ASKED else DAY,
    )
    actor = world.actors[who]
    return agree_adjustment(actor, world.case, key(f"adjustment draft {name}"), one, now=now)
