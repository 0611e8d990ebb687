"""Signs the decisions of a family's story, as its people would have done on its days.

A family's `decisions.toml` says them in order. Each is signed through the ordinary use case by the
practitioner who wrote it, and told as it says; what is there already is left as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from goldenthread.domain.access.decision import Actor
from goldenthread.domain.decisions.proposing import ProposedDecision, ProposedPin
from goldenthread.domain.decisions.reading_back import ReadBack
from goldenthread.domain.decisions.record import MustTell, Option, Party
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.instants import LONDON
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.decisions.read_back import read_back
from goldenthread.usecases.decisions.reading import read_decisions
from goldenthread.usecases.decisions.sign_decision import decision_of_draft, sign_decision

Key = Callable[[str, str], UUID]
Acts = Callable[[str], Actor]


def sign_all(told: dict[str, Any], case: UUID, acts: Acts, key: Key) -> int:
    """Sign what is not there yet; returns how many are new.

    `told` is a decisions.toml and `acts` who a practitioner acts as. Raises KeyError where it names
    a row that no spreadsheet holds.
    """
    if not any(_is_new(one, case, acts, key) for one in told["decision"]):
        return 0
    said: dict[str, tuple[Actor, ProposedDecision]] = {}
    new = 0
    for one in told["decision"]:
        actor, signed = acts(one["by"]), _instant(one["signed"])
        before = said.get(one.get("after", ""))
        proposed = _proposed(one, _rows(actor, case, signed), key)
        if before is not None:
            proposed = _after(before, proposed, one, key)
        said[one["key"]] = actor, proposed
        draft = key("decision", one["key"])
        done = sign_decision(actor, case, draft, proposed, now=signed)
        new += not done.already
        for place, back in enumerate(one.get("said_back", ())):
            reader, form = acts(back["by"]), key("said back", f"{one['key']} {place}")
            words = ReadBack(
                back["risk"], back["reason"], back["understood"], back.get("because", "")
            )
            read_back(reader, case, done.id, form, words, now=_instant(back["on"]))
    return new


def _is_new(one: dict[str, Any], case: UUID, acts: Acts, key: Key) -> bool:
    actor = acts(one["by"])
    found = read_decisions(actor, case, now=_instant(one["signed"])).decisions
    return decision_of_draft(actor, key("decision", one["key"])) not in {row.id for row in found}


def _rows(actor: Actor, case: UUID, at: datetime) -> dict[str, UUID]:
    """The entries that somebody could read on that day, by the row they came from."""
    history = read_history(actor, case, Viewpoint(at), now=at)
    return {one.statement.reference: one.id for one in history.entries if one.statement.reference}


def _proposed(one: dict[str, Any], rows: dict[str, UUID], key: Key) -> ProposedDecision:
    again = one.get("look_again_by")
    return ProposedDecision(
        question=one.get("question", ""),
        decided=one.get("decided", ""),
        rationale=one["rationale"],
        day=date.fromisoformat(one["day"]) if "day" in one else None,
        at=time.fromisoformat(one["time"]) if "time" in one else None,
        setting=one.get("setting", ""),
        threshold=one.get("threshold", ""),
        met=one.get("met", ""),
        asked=one.get("asked", ""),
        look_again_by=date.fromisoformat(again) if again else None,
        parts=one["parts"],
        about=tuple(key("person", name) for name in one.get("about", ())),
        options=tuple(
            Option(o["words"], o["why"], o.get("taken", False)) for o in one.get("option", ())
        ),
        parties=tuple(_party(p, key) for p in one.get("party", ())),
        pins=tuple(
            ProposedPin(rows[p["row"]], p.get("use", "relied_on"), p.get("why", ""))
            for p in one["pin"]
        ),
        must_tell=tuple(_must_tell(one, key)),
        lawful_basis=LawfulBasis.PUBLIC_TASK,
    )


def _party(one: dict[str, Any], key: Key) -> Party:
    named = {"practitioner": key("practitioner", one["who"])} if "who" in one else {}
    if "agency" in one:
        named["agency"] = key("agency", one["agency"])
    words = ("name", "role", "view", "said", "note", "sure", "missing")
    return Party(one["part"], **named, **{name: one[name] for name in words if name in one})


def _must_tell(one: dict[str, Any], key: Key) -> Iterable[MustTell]:
    for agency in one.get("told", ()):
        yield MustTell(key("agency", agency))
    for said in one.get("must_tell", ()):
        yield MustTell(key("agency", said["agency"]), said["how"], said["why"])


def _after(
    before: tuple[Actor, ProposedDecision],
    proposed: ProposedDecision,
    one: dict[str, Any],
    key: Key,
) -> ProposedDecision:
    """A later version: what is not said again stays as it was."""
    author, earlier = before
    changes = {key("practitioner", c["who"]): c for c in one.get("party_changes", ())}
    return replace(
        earlier,
        after=decision_of_draft(author, key("decision", one["after"])),
        why_again=one["why_again"],
        rationale=proposed.rationale,
        asked=proposed.asked or earlier.asked,
        parts={**earlier.parts, **proposed.parts},
        parties=tuple(
            replace(p, view=changes[p.practitioner]["view"], said=changes[p.practitioner]["said"])
            if p.practitioner in changes
            else p
            for p in earlier.parties
        ),
        pins=(*earlier.pins, *proposed.pins),
        must_tell=proposed.must_tell,
    )


def _instant(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=LONDON).astimezone(UTC)
