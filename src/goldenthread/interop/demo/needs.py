"""Writes down what the adults of a family's story need, as its people did on its days.

A family's `needs.toml` says the profiles, the adjustments and whether each contact used them, each
kept through the ordinary use case by the practitioner who said it. What is there is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.chronology.admitting import Telling
from goldenthread.domain.needs.adjustment import Adjustment
from goldenthread.domain.needs.profile import AreaAnswer, Effect, Profile, Strength
from goldenthread.domain.needs.vocabulary import (
    Advocate,
    Agreement,
    Answer,
    Area,
    Delivered,
    Demand,
    EffectAnswer,
    Setting,
    Voice,
)
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.instants import LONDON
from goldenthread.domain.shared.partial_date import on_day
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.needs.agree_adjustment import (
    ProposedAdjustment,
    agree_adjustment,
    tell_the_team,
)
from goldenthread.usecases.needs.keep_profile import (
    ProposedProfile,
    keep_profile,
    version_of_draft,
)
from goldenthread.usecases.needs.was_it_used import Said, say_used

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]
OFFICE_CLOSES = time(17, 0)  # when a day's work was written down, in England


def write_down(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    """Keep what is not there yet; returns how many profiles and adjustments are new.

    `told` is a needs.toml and `acts` who a practitioner acts as. A day that has not come yet is
    left for later, and a row whose spreadsheet was not brought in is left out.
    """
    new = 0
    for one in told.get("profile", ()):
        if _instant(one["on"]) <= now:
            new += _profile(one, case, acts, key)
    ids: dict[str, UUID] = {}
    fresh: set[str] = set()
    for one in told.get("adjustment", ()):
        if _instant(one["on"]) <= now:
            ids[one["key"]], is_new = _adjustment(one, case, acts, key)
            fresh |= {one["key"]} if is_new else set()
    for one in told.get("used", ()):
        if one["adjustment"] in fresh and _instant(one["on"]) <= now:
            _use(one, case, acts, ids)
    return new + len(fresh)


def _profile(one: dict[str, Any], case: UUID, acts: Acts, key: Key) -> int:
    actor, day = acts(one["by"]), date.fromisoformat(one["on"])
    proposed = ProposedProfile(
        profile=Profile(
            adult=key("person", one["adult"]),
            answers=tuple(_answer(a) for a in one.get("area", ())),
            strengths=tuple(_strength(s) for s in one.get("strength", ())),
            effects=tuple(_effect(e, key) for e in one.get("effect", ())),
            how_to_work_with_me=one.get("how_to_work_with_me", ""),
            diagnosis=one.get("diagnosis", ""),
            wishes_diagnosis="diagnosis" in one,
            advocate=Advocate(one.get("advocate", "not_asked")),
            advocate_words=one.get("advocate_words", ""),
            review_on=_day(one, "review_on"),
        ),
        summary=one["summary"],
        talked_on=day,
        informant=one.get("informant", ""),
        concerns=tuple(one.get("concerns", ("none",))),
        earlier=tuple(
            version_of_draft(acts(author), key("needs", earlier))
            for author, earlier in one.get("after", ())
        ),
        tellings=tuple(_tellings(one, day, actor, key)),
    )
    draft = key("needs", one["key"])
    return int(not keep_profile(actor, case, draft, proposed, now=_instant(one["on"])).already)


def _answer(one: dict[str, Any]) -> AreaAnswer:
    return AreaAnswer(
        area=Area(one["area"]),
        answer=Answer(one.get("answer", "said")),
        words=one.get("words", ""),
        voice=Voice.ANOTHER if "said_by" in one else Voice.OWN,
        said_by=one.get("said_by", ""),
        how_known=one.get("how_known", ""),
        asked_on=_day(one, "asked_on"),
        makes_hard=tuple(map(Demand, one.get("hard", ()))),
    )


def _strength(one: dict[str, Any]) -> Strength:
    said_by = one.get("said_by", "")
    return Strength(one["words"], Voice.ANOTHER if said_by else Voice.OWN, said_by)


def _effect(one: dict[str, Any], key: Key) -> Effect:
    texts = (
        "words", "sign_of_worsening", "who_notices", "who_acts", "crisis_contact",
        "children_then", "source",
    )  # fmt: skip
    return Effect(
        answer=EffectAnswer(one.get("answer", "affects")),
        child=key("person", one["child"]),
        source_on=_day(one, "source_on"),
        **{name: one.get(name, "") for name in texts},
    )


def _tellings(one: dict[str, Any], day: date, actor: Actor, key: Key) -> Iterable[Telling]:
    for agency in one.get("told", ()):
        yield Telling(
            key("agency", agency),
            told=on_day(day),
            lawful_basis=LawfulBasis.CONSENT,
            shared_by=actor.practitioner,
            subject_told=one["subject_told"],
        )


def _adjustment(one: dict[str, Any], case: UUID, acts: Acts, key: Key) -> tuple[UUID, bool]:
    actor, agreement = acts(one["by"]), Agreement(one.get("agreement", "not_asked"))
    proposed = ProposedAdjustment(
        Adjustment(
            id=key("adjustment", one["key"]),
            adult=key("person", one["adult"]),
            what=one["what"],
            agreed_by=one["agreed_by"],
            from_on=date.fromisoformat(one["on"]),
            settings=tuple(map(Setting, one["settings"])),
            helps_with=tuple(map(Demand, one.get("helps_with", ()))),
            review_on=_day(one, "review_on"),
        ),
        agreement=agreement,
        asked_on=None if agreement is Agreement.NOT_ASKED else date.fromisoformat(one["on"]),
    )
    draft = key("adjustment", one["key"])
    done = agree_adjustment(actor, case, draft, proposed, now=_instant(one["on"]))
    if not done.already:
        for day in one.get("team_told_again", ()):
            tell_the_team(actor, case, done.id, now=_instant(day))
    return done.id, not done.already


def _use(one: dict[str, Any], case: UUID, acts: Acts, ids: dict[str, UUID]) -> None:
    actor, at = acts(one["by"]), _instant(one["on"])
    history = read_history(actor, case, Viewpoint(at), now=at)
    rows = {entry.statement.reference: entry.id for entry in history.entries}
    if one["row"] in rows:
        said = Said(Delivered(one["answer"]), one.get("words", ""))
        say_used(actor, case, rows[one["row"]], {ids[one["adjustment"]]: said}, now=at)


def _day(one: dict[str, Any], name: str) -> date | None:
    return date.fromisoformat(one[name]) if name in one else None


def _instant(day: str) -> datetime:
    closes = datetime.combine(date.fromisoformat(day), OFFICE_CLOSES, tzinfo=LONDON)
    return closes.astimezone(UTC)
