"""Signs the safety plan of a family's story, version by version, as its people did on its days.

A family's `plans.toml` says which rows each version has. Each is carried by an entry that is in the
agency's own spreadsheet already, and so is read by whoever was told that entry. What is there is
left as it is; a day that has not come yet is left for later.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
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
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.instants import LONDON
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.plans.answer_plan import AnswerSaid, answer_plan
from goldenthread.usecases.plans.copies import CopyGiven, give_copy
from goldenthread.usecases.plans.write_plan import (
    SignatureSaid,
    Signing,
    sign_plan,
    version_of_draft,
)

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]
OFFICE_CLOSES = time(17, 0)  # when a day's plan was signed, in England


def sign_versions(told: dict[str, Any], case: UUID, acts: Acts, key: Key, *, now: datetime) -> int:
    """Sign the versions that are not there yet and give the answers; returns how many are new.

    `told` is a plans.toml and `acts` who a practitioner acts as. Raises KeyError where it names a
    row that no spreadsheet holds.
    """
    new, before = 0, None
    for one in told["version"]:
        signed = _instant(one["signed"])
        if signed > now:
            break
        actor, draft = acts(one["by"]), key("plan", one["key"])
        rows = _rows(actor, case, signed)
        said = Signing(
            why="",
            owner=key("practitioner", one["owner"]),
            written_from=before,
            decision=rows[one["decision"]] if "decision" in one else None,
            carried_by=rows[one["row"]],
            signatures=tuple(_signature(s, one, key) for s in one.get("said", ())),
        )
        plan = _plan(told, one, rows, key)
        new += not sign_plan(actor, case, draft, plan, said, now=signed).already
        before = version_of_draft(actor, draft)
        for place, copy in enumerate(one.get("copy", ())):
            id = key("plan copy", f"{one['key']} {place}")
            day = date.fromisoformat(copy["on"])
            given = CopyGiven(id, _who(copy["to"], key), copy["form"], day)
            give_copy(actor, case, before, given, now=max(signed, _instant(copy["on"])))
        if "answer" in one:
            _answer(one["answer"], case, before, acts, key, now=now)
    return new


def _answer(
    told: dict[str, Any], case: UUID, version: UUID, acts: Acts, key: Key, *, now: datetime
) -> None:
    at = _instant(told["on"])
    if at > now:
        return
    actor = acts(told["by"])
    said = AnswerSaid(
        told["outcome"],
        "",
        date.fromisoformat(told["review_on"]) if "review_on" in told else None,
        carried_by=_rows(actor, case, at)[told["row"]],
    )
    answer_plan(actor, case, version, said, id=key("plan answer", told["row"]), now=at)


def _instant(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), OFFICE_CLOSES, LONDON).astimezone(UTC)


def _rows(actor: Actor, case: UUID, at: datetime) -> dict[str, UUID]:
    """The entries that somebody could read on that day, by the row they came from."""
    history = read_history(actor, case, Viewpoint(at), now=at)
    return {one.statement.reference: one.id for one in history.entries if one.statement.reference}


def _plan(
    told: dict[str, Any], version: dict[str, Any], rows: dict[str, UUID], key: Key
) -> SafetyPlan:
    def of(kind: str) -> list[dict[str, Any]]:
        return [row for row in told[kind] if version["key"] in row["in"]]

    return SafetyPlan(
        dangers=tuple(_danger(row, key) for row in of("danger")),
        actions=tuple(_action(row, key) for row in of("action")),
        what_ifs=tuple(_what_if(row, key) for row in of("what_if")),
        non_negotiables=tuple(version["non_negotiables"]),
        assumptions=tuple(_assumption(row, rows, key) for row in of("assumption")),
        ring=tuple(WhomToRing(r["name"], r["number"], r["when"]) for r in of("ring")),
        child_view=version["child_view"],
        review_on=date.fromisoformat(version["review_on"]),
    )


def _who(name: str, key: Key) -> Who:
    """A key of family.toml; a practitioner's is written with "@" before it."""
    if name.startswith("@"):
        return Who(key("practitioner", name[1:]), is_practitioner=True)
    return Who(key("person", name))


def _people(names: list[str], key: Key) -> tuple[UUID, ...]:
    return tuple(key("person", name) for name in names)


def _danger(row: dict[str, Any], key: Key) -> DangerAndGoal:
    said = {name: row.get(name, "") for name in DangerAndGoal.__slots__ if name != "about"}
    return DangerAndGoal(**said, about=_people(row.get("about", []), key))


def _action(row: dict[str, Any], key: Key) -> PlannedAction:
    texts = ("key", "what", "times", "red_flag", "until", "own_words")
    return PlannedAction(
        **{name: row.get(name, "") for name in texts},
        who=_who(row["who"], key),
        parts=tuple(map(Part, row.get("parts", ()))),
        asks_of=tuple(map(Demand, row.get("asks_of", ()))),
    )


def _what_if(row: dict[str, Any], key: Key) -> WhatIf:
    return WhatIf(
        row["key"],
        Situation(row["situation"]),
        key("person", row["about"]) if "about" in row else None,
        row.get("if_words", ""),
        row["then_words"],
        _who(row["who"], key),
    )


def _assumption(row: dict[str, Any], rows: dict[str, UUID], key: Key) -> Assumption:
    return Assumption(
        key=row["key"],
        nature=AssumptionNature(row["nature"]),
        words=row["words"],
        people=_people(row.get("people", []), key),
        practitioners=tuple(key("practitioner", one) for one in row.get("practitioners", ())),
        household=key("household", row["household"]) if "household" in row else None,
        parts=tuple(map(Part, row.get("parts", ()))),
        rests_on=tuple(Pin(rows[one], "") for one in row.get("rests_on", ())),
    )


def _signature(row: dict[str, Any], version: dict[str, Any], key: Key) -> SignatureSaid:
    return SignatureSaid(
        id=key("plan signature", f"{version['key']} {row['who']}"),
        who=_who(row["who"], key),
        agreement=row["agreement"],
        doable=row["doable"],
        words=row.get("words", ""),
        given_on=date.fromisoformat(row.get("on", version["signed"])),
    )
