"""A safety plan as a plain document and back, and the digest of what a signed version says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.domain.needs.vocabulary import Demand
from goldenthread.domain.plans.plan import (
    Assumption,
    DangerAndGoal,
    Pin,
    PlannedAction,
    SafetyPlan,
    WhatIf,
    Who,
    WhomToRing,
)
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation


def who_of(code: str) -> Who | None:
    """Who a code names; None for an empty code or one that is none."""
    kind, _, id = code.partition(":")
    try:
        return Who(UUID(id), kind == "practitioner") if kind in ("person", "practitioner") else None
    except ValueError:
        return None


def document_of(plan: SafetyPlan) -> dict[str, Any]:
    """The plan as a document of texts, lists and tables alone."""
    return {
        "dangers": [_danger(one) for one in plan.dangers],
        "actions": [_action(one) for one in plan.actions],
        "what_ifs": [_what_if(one) for one in plan.what_ifs],
        "non_negotiables": list(plan.non_negotiables),
        "assumptions": [_assumption(one) for one in plan.assumptions],
        "ring": [{"name": r.name, "number": r.number, "when": r.when} for r in plan.ring],
        "child_view": plan.child_view,
        "no_men_because": plan.no_men_because,
        "review_on": plan.review_on.isoformat() if plan.review_on else "",
        "is_immediate": plan.is_immediate,
    }


def plan_of(said: Mapping[str, Any]) -> SafetyPlan:
    """The plan of a document that `document_of` made."""
    review = said["review_on"]
    return SafetyPlan(
        dangers=tuple(
            DangerAndGoal(**{**one, "about": _ids(one["about"])}) for one in said["dangers"]
        ),
        actions=tuple(_read_action(one) for one in said["actions"]),
        what_ifs=tuple(_read_what_if(one) for one in said["what_ifs"]),
        non_negotiables=tuple(said["non_negotiables"]),
        assumptions=tuple(_read_assumption(one) for one in said["assumptions"]),
        ring=tuple(WhomToRing(**one) for one in said["ring"]),
        child_view=said["child_view"],
        no_men_because=said["no_men_because"],
        review_on=date.fromisoformat(review) if review else None,
        is_immediate=said["is_immediate"],
    )


def digest_of_version(
    said: Mapping[str, Any], *, id: UUID, statement: UUID, decision: UUID | None,
    written_from: UUID | None, owner: UUID, considered: Iterable[UUID], signed_at: str,
) -> str:  # fmt: skip
    """The SHA-256, in hexadecimal, of all that a signed version says and rests on.

    `signed_at` is the instant in ISO 8601, in UTC.
    """
    whole = {
        "said": said,
        "id": str(id),
        "statement": str(statement),
        "decision": str(decision or ""),
        "written_from": str(written_from or ""),
        "owner": str(owner),
        "considered": sorted(map(str, considered)),
        "signed_at": signed_at,
    }
    canonical = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _danger(one: DangerAndGoal) -> dict[str, Any]:
    return {
        "key": one.key,
        "who_is_worried": one.who_is_worried,
        "about_what": one.about_what,
        "if_nothing_changes": one.if_nothing_changes,
        "adult_does": one.adult_does,
        "child_experiences": one.child_experiences,
        "professionals_see": one.professionals_see,
        "about": [str(id) for id in one.about],
    }


def _action(one: PlannedAction) -> dict[str, Any]:
    return {
        "key": one.key,
        "what": one.what,
        "who": one.who.code if one.who else "",
        "parts": [str(part) for part in one.parts],
        "times": one.times,
        "red_flag": one.red_flag,
        "until": one.until,
        "own_words": one.own_words,
        "asks_of": [str(demand) for demand in one.asks_of],
    }


def _read_action(one: Mapping[str, Any]) -> PlannedAction:
    return PlannedAction(
        **{
            **one,
            "who": who_of(one["who"]),
            "parts": tuple(map(Part, one["parts"])),
            "asks_of": tuple(map(Demand, one["asks_of"])),
        }
    )


def _what_if(one: WhatIf) -> dict[str, Any]:
    return {
        "key": one.key,
        "situation": str(one.situation),
        "about": str(one.about or ""),
        "if_words": one.if_words,
        "then_words": one.then_words,
        "who": one.who.code if one.who else "",
    }


def _read_what_if(one: Mapping[str, Any]) -> WhatIf:
    return WhatIf(
        **{
            **one,
            "situation": Situation(one["situation"]),
            "about": UUID(one["about"]) if one["about"] else None,
            "who": who_of(one["who"]),
        }
    )


def _assumption(one: Assumption) -> dict[str, Any]:
    return {
        "key": one.key,
        "nature": str(one.nature),
        "words": one.words,
        "people": [str(id) for id in one.people],
        "practitioners": [str(id) for id in one.practitioners],
        "household": str(one.household or ""),
        "parts": [str(part) for part in one.parts],
        "rests_on": [[str(pin.statement), pin.digest] for pin in one.rests_on],
    }


def _read_assumption(one: Mapping[str, Any]) -> Assumption:
    return Assumption(
        key=one["key"],
        nature=AssumptionNature(one["nature"]),
        words=one["words"],
        people=_ids(one["people"]),
        practitioners=_ids(one["practitioners"]),
        household=UUID(one["household"]) if one["household"] else None,
        parts=tuple(map(Part, one["parts"])),
        rests_on=tuple(Pin(UUID(id), digest) for id, digest in one["rests_on"]),
    )


def _ids(texts: Iterable[str]) -> tuple[UUID, ...]:
    return tuple(map(UUID, texts))
