"""A plan's form: from what is typed, step by step, to the plan it says, and back again.

Rows are named by a key that stays with them from version to version. An empty row says nothing and
is left out; what somebody typed is never trimmed in the draft, only in the plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from goldenthread.domain.needs.vocabulary import Demand
from goldenthread.domain.plans.document import who_of
from goldenthread.domain.plans.plan import (
    Assumption,
    DangerAndGoal,
    Pin,
    PlannedAction,
    SafetyPlan,
    WhatIf,
    WhomToRing,
)
from goldenthread.domain.plans.vocabulary import AssumptionNature, Part, Situation
from goldenthread.domain.shared.word import Word
from goldenthread.web.record.answers import Answers, answers_in

# The steps of the form, in their order, with what each asks.
STEPS = (
    ("worries", "What are we worried about, and what will be different?"),
    ("actions", "Who does what, and when?"),
    ("what_ifs", "What if?"),
    ("assumptions", "What does this plan take to be so?"),
)
DANGER = (
    "who_is_worried", "about_what", "if_nothing_changes", "adult_does", "child_experiences",
    "professionals_see",
)  # fmt: skip
ACTION = ("what", "times", "red_flag", "until", "own_words")
SAYS_SOMETHING = {
    "danger": (*DANGER, "about"),
    "action": ("what", "who", "own_words", "times", "red_flag"),
    "what_if": ("if_words", "then_words", "who", "about"),
    "ring": ("name", "number"),
    "assumption": ("words", "people", "practitioners"),
}
OF_STEP = {
    "worries": ("danger",),
    "actions": ("action",),
    "what_ifs": ("what_if", "ring"),
    "assumptions": ("assumption",),
}
Fields = dict[str, list[str]]
W = TypeVar("W", bound=Word)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: its kind, its key, and what is typed in it."""

    kind: str
    key: str
    answers: Answers

    def one(self, field: str) -> str:
        """What is typed in a field."""
        return self.answers.one(self.name(field))

    def many(self, field: str) -> list[str]:
        """Everything chosen in a field."""
        return self.answers.many(self.name(field))

    def name(self, field: str) -> str:
        """The name of a field of this row."""
        return f"{self.kind}-{self.key}-{field}"

    @property
    def says_something(self) -> bool:
        """Whether anything is typed or chosen in it."""
        return any(self.answers.said(self.name(field)) for field in SAYS_SOMETHING[self.kind])


def rows_of(answers: Answers, kind: str) -> list[Row]:
    """The rows of a kind on one step, in their order, each key once."""
    return [Row(kind, key, answers) for key in dict.fromkeys(answers.many(f"{kind}-row"))]


def plan_typed(fields: Mapping[str, object]) -> SafetyPlan:
    """The plan that a draft says, with whatever it lacks left out."""
    steps = {step: answers_in(fields, step) for step, _ in STEPS}
    actions, what_ifs, rests = steps["actions"], steps["what_ifs"], steps["assumptions"]
    rows = {
        kind: [row for row in rows_of(steps[step], kind) if row.says_something]
        for step, kinds in OF_STEP.items()
        for kind in kinds
    }
    lines = what_ifs.one("non_negotiables").splitlines()
    return SafetyPlan(
        dangers=tuple(_danger(row) for row in rows["danger"]),
        actions=tuple(_action(row) for row in rows["action"]),
        what_ifs=tuple(_what_if(row) for row in rows["what_if"]),
        non_negotiables=tuple(line.strip() for line in lines if line.strip()),
        assumptions=tuple(_assumption(row) for row in rows["assumption"]),
        ring=tuple(_ring(row) for row in rows["ring"]),
        child_view=steps["worries"].one("child_view").strip(),
        no_men_because=actions.one("no_men_because").strip(),
        review_on=day_typed(rests, "review"),
        is_immediate=actions.said("is_immediate"),
    )


def fields_of(plan: SafetyPlan) -> dict[str, Fields]:
    """What a draft that begins with a plan holds, by step."""
    return {
        "worries": _rows_typed("danger", plan.dangers) | {"child_view": [plan.child_view]},
        "actions": _rows_typed("action", plan.actions)
        | {"no_men_because": [plan.no_men_because]}
        | ({"is_immediate": ["yes"]} if plan.is_immediate else {}),
        "what_ifs": _rows_typed("what_if", plan.what_ifs)
        | {"non_negotiables": ["\n".join(plan.non_negotiables)]}
        | _ringing(plan),
        # When it is looked at again is asked anew: a day that has passed is no day to go on with.
        "assumptions": _rows_typed("assumption", plan.assumptions),
    }


def day_typed(answers: Answers, name: str) -> date | None:
    """A day typed in three boxes; None where it is none."""
    boxes = [answers.one(f"{name}-{box}").strip() for box in ("year", "month", "day")]
    try:
        year, month, day = (int(box) for box in boxes)
        return date(year, month, day)
    except ValueError:
        return None


def without_row(fields: Fields, kind: str, key: str) -> Fields:
    """A step without one of its rows."""
    listed = f"{kind}-row"
    kept = {n: v for n, v in fields.items() if not n.startswith(f"{kind}-{key}-")}
    return {**kept, listed: [one for one in fields.get(listed, []) if one != key]}


def with_row(fields: Fields, kind: str, key: str) -> Fields:
    """A step with one more row, which is empty."""
    listed = f"{kind}-row"
    return {**fields, listed: [*fields.get(listed, []), key]}


def _danger(row: Row) -> DangerAndGoal:
    said = {field: row.one(field).strip() for field in DANGER}
    return DangerAndGoal(key=row.key, about=_ids(row.many("about")), **said)


def _action(row: Row) -> PlannedAction:
    said = {field: row.one(field).strip() for field in ACTION}
    return PlannedAction(
        key=row.key,
        who=who_of(row.one("who")),
        parts=_words(Part, row.many("parts")),
        asks_of=_words(Demand, row.many("asks_of")),
        **said,
    )


def _what_if(row: Row) -> WhatIf:
    return WhatIf(
        key=row.key,
        situation=next(iter(_words(Situation, row.many("situation"))), Situation.OTHER),
        about=next(iter(_ids(row.many("about"))), None),
        if_words=row.one("if_words").strip(),
        then_words=row.one("then_words").strip(),
        who=who_of(row.one("who")),
    )


def _assumption(row: Row) -> Assumption:
    nature = next(iter(_words(AssumptionNature, row.many("nature"))), AssumptionNature.OTHER)
    named = [who for code in row.many("people") if (who := who_of(code))]
    return Assumption(
        key=row.key,
        nature=nature,
        words=row.one("words").strip(),
        people=tuple(who.id for who in named if not who.is_practitioner),
        practitioners=tuple(who.id for who in named if who.is_practitioner),
        household=next(iter(_ids(row.many("household"))), None),
        parts=_words(Part, row.many("parts")),
        rests_on=tuple(Pin(id, "") for id in _ids(row.many("rests_on"))),
    )


def _ring(row: Row) -> WhomToRing:
    return WhomToRing(*(row.one(field).strip() for field in ("name", "number", "when")))


def _ids(values: Iterable[str]) -> tuple[UUID, ...]:
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))


def _words(vocabulary: type[W], values: Iterable[str]) -> tuple[W, ...]:
    chosen = set(values)
    return tuple(word for word in vocabulary if word.value in chosen)


def _rows_typed(kind: str, rows: Iterable[Any]) -> Fields:
    fields: Fields = {f"{kind}-row": []}
    for row in rows:
        fields[f"{kind}-row"].append(row.key)
        for name, values in _typed(kind, row).items():
            fields[f"{kind}-{row.key}-{name}"] = [value for value in values if value]
    return fields


def _typed(kind: str, row: Any) -> Fields:
    if kind == "danger":
        return {f: [getattr(row, f)] for f in DANGER} | {"about": [str(id) for id in row.about]}
    if kind == "action":
        return {f: [getattr(row, f)] for f in ACTION} | {
            "who": [row.who.code if row.who else ""],
            "parts": [str(part) for part in row.parts],
            "asks_of": [str(demand) for demand in row.asks_of],
        }
    if kind == "what_if":
        return {
            "situation": [str(row.situation)],
            "about": [str(row.about or "")],
            "if_words": [row.if_words],
            "then_words": [row.then_words],
            "who": [row.who.code if row.who else ""],
        }
    return {
        "nature": [str(row.nature)],
        "words": [row.words],
        "people": [
            *(f"person:{id}" for id in row.people),
            *(f"practitioner:{id}" for id in row.practitioners),
        ],
        "household": [str(row.household or "")],
        "parts": [str(part) for part in row.parts],
        "rests_on": [str(pin.statement) for pin in row.rests_on],
    }


def _ringing(plan: SafetyPlan) -> Fields:
    fields: Fields = {"ring-row": []}
    for place, one in enumerate(plan.ring, start=1):
        key = f"r{place}"
        fields["ring-row"].append(key)
        for name in ("name", "number", "when"):
            fields[f"ring-{key}-{name}"] = [getattr(one, name)]
    return fields
