"""What the form of a decision offers and shows: people, entries, agencies, and what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from goldenthread.domain.access.decision import Action, Actor
from goldenthread.domain.decisions.proposing import Remark
from goldenthread.domain.decisions.vocabulary import (
    Asked,
    Heading,
    Met,
    Part,
    Setting,
    Sure,
    Tell,
    Threshold,
    Use,
    View,
)
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.provenance.vocabulary import LawfulBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import MONTHS
from goldenthread.domain.shared.word import Word
from goldenthread.usecases.chronology.family_around import FamilyAround, family_around
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History, ShownEntry
from goldenthread.usecases.decisions.reading import read_decision
from goldenthread.usecases.decisions.seen import DecisionRead
from goldenthread.usecases.decisions.sign_decision import LookedOver
from goldenthread.web.challenges.panel import INVITATION
from goldenthread.web.decisions import presenter as words
from goldenthread.web.decisions.form import OF_ANOTHER, Read, as_id, pinned, rows_said
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import counted, date_in_words, listed
from goldenthread.web.record.answers import Answers

LONGEST_LINE = 140  # characters of an entry shown to choose it by
FIRST_BOX = {name: f"{name}-day" for name in ("decided_on", "look_again_by")}
FEWEST_OPTIONS, FEWEST_OTHERS, MORE_ROWS = 2, 1, 2
TAKE_OUT = {"value": "out", "text": "Take it out", "chosen": False}
WITHOUT = (
    "The version before turned on further entries that your agency has not been told. They are not "
    "in this one. Ask {}."
)
# What each part in prose asks of its writer; in two groups, before and after the grounds.
HINTS = {
    Heading.RISK: "For each child: what might happen, how likely you take it to be, and why.",
    Heading.STRENGTH: "Who and what keeps the child well. What was done to keep the child safe.",
    Heading.ACCUMULATION: "What adds up over time, whose facts, and how care and home changed.",
    Heading.ACCUMULATION_CHANGED: "What you decide otherwise than on the latest event alone.",
    Heading.UNKNOWN: "What nobody could say, who was not asked, what has not been seen.",
    Heading.PLAN: "What is added, changed or taken out. Say so if nothing is.",
    Heading.FAMILY_TOLD: "Parents, children and carers. If somebody is not told, say why.",
    Heading.LOOK_AGAIN: "What would have to happen, or come to light.",
}
WEIGHED = (Heading.RISK, Heading.STRENGTH, Heading.ACCUMULATION, Heading.ACCUMULATION_CHANGED,
           Heading.UNKNOWN)  # fmt: skip
FOLLOWS = (Heading.PLAN, Heading.FAMILY_TOLD)


@dataclass(frozen=True)
class Offered:
    """Everything the form offers to choose from; `earlier` is the version gone on from."""

    around: FamilyAround
    history: History
    earlier: DecisionRead | None

    @classmethod
    def read(cls, actor: Actor, case: UUID, typed: Answers, *, now: datetime) -> Offered:
        """Read it for somebody who may sign. Raises NotFoundHere."""
        around = family_around(actor, case, now=now, action=Action.SIGN_DECISION)
        history = read_history(actor, case, Viewpoint(now), now=now)
        after = typed.one("after")
        earlier = read_decision(actor, case, as_id(after), now=now) if after else None
        return cls(around, history, earlier)

    @property
    def team(self) -> tuple[tuple[UUID, str, str], ...]:
        """Id, name and post of the team and of whoever had a part in the version before."""
        rows = {
            one.practitioner: (one.practitioner, one.name, f"{one.post}, {one.agency_name}")
            for one in self.around.family.team
        }
        for one in self.earlier.parties if self.earlier else ():
            who = one.party.practitioner
            if who is not None:
                rows.setdefault(who, (who, one.name, f"{one.role}, {one.agency_name}"))
        return tuple(rows.values())

    @property
    def team_ids(self) -> tuple[UUID, ...]:
        """Those of the team by id, in the order they are shown."""
        return tuple(who for who, _, _ in self.team)

    @property
    def agencies(self) -> tuple[tuple[UUID, str], ...]:
        """The agencies that can be told: of the team, then any other of the partnership."""
        rows = (*self.around.others_on_team, *self.around.others_beyond_team)
        return tuple((one.id, one.name) for one in rows)

    @property
    def agency_ids(self) -> tuple[UUID, ...]:
        """Those agencies by id."""
        return tuple(id for id, _ in self.agencies)


def with_picked(typed: dict[str, list[str]], go: str) -> dict[str, list[str]]:
    """What was typed, with the entries just picked among those pinned."""
    kept = {name: values for name, values in typed.items() if name != "pick"}
    out = {f"use-{value}" for value in typed.get("pin", ())}
    pins = [v for v in typed.get("pin", ()) if kept.get(f"use-{v}") != [TAKE_OUT["value"]]]
    picked = [value for value in typed.get("pick", ()) if value not in pins]
    for name in out:
        if kept.get(name) == [TAKE_OUT["value"]]:
            del kept[name]
    if go == "go_on" and typed.get("newer"):
        kept["after"] = typed["newer"]
    kept.pop("newer", None)
    return kept | ({"pin": [*pins, *picked]} if pins or picked else {"pin": []})


def form_page(
    offered: Offered, typed: Answers, read: Read | None, remarks: tuple[Remark, ...], *,
    look: LookedOver | None = None, go: str = "", newer: DecisionRead | None = None,
) -> dict[str, object]:  # fmt: skip
    """The context of the form: choices, what was typed, and each remark beside its field."""
    family = offered.around.family
    today = day_of(offered.history.viewpoint.as_of)
    wrong, advice = _beside(remarks, read)
    more = MORE_ROWS if go == "rows" else 0
    return {
        "frame": family_frame(family, current="decisions", today=today),
        "a": typed,
        "wrong": wrong,
        "advice": advice,
        "errors": [
            {"text": text, "href": f"#{FIRST_BOX.get(part, part)}"} for part, text in wrong.items()
        ],
        "earlier": words.called(offered.earlier.seen) if offered.earlier else "",
        "settings": _choices(Setting, typed.one("setting")),
        "thresholds": _choices(Threshold, typed.one("threshold")),
        "mets": _choices(Met, typed.one("met")),
        "askeds": _choices(Asked, typed.one("asked")),
        "invitation": INVITATION,
        "bases": _choices(LawfulBasis, typed.one("basis") or LawfulBasis.NOT_RECORDED),
        "about": _about(offered, typed, today),
        "options": _rows(rows_said(typed, "option", "option_why"), FEWEST_OPTIONS, more),
        "weighed": [_prose(heading) for heading in WEIGHED],
        "follows": [_prose(heading) for heading in FOLLOWS],
        "look_again": _prose(Heading.LOOK_AGAIN),
        "people": [_person(one, typed) for one in offered.team],
        "others": [_other(n, offered, typed) for n in _others(typed, more)],
        "pins": list(_pins(offered, typed)),
        "without": WITHOUT.format(offered.earlier.seen.agency_name)
        if offered.earlier and offered.earlier.has_more
        else "",
        "picker": list(_picker(offered, typed)),
        "entries": counted(len(offered.history.entries), "entry", "entries"),
        "telling": [_telling(one, offered, typed) for one in offered.agencies],
        "look": _look(look) if look else None,
        "may_sign": look is not None and not wrong,
        "newer": _newer(newer) if newer else None,
    }


def _beside(remarks: Iterable[Remark], read: Read | None) -> tuple[dict[str, str], dict[str, str]]:
    """What must be mended and what is asked, each beside its field; one sentence for each."""
    wrong: dict[str, str] = {}
    advice: dict[str, str] = {}
    for one in remarks:
        at = read.field_of(one.part) if read else one.part
        (wrong if one.refuses else advice).setdefault(at, one.sentence)
    return wrong, {at: said for at, said in advice.items() if at not in wrong}


def _choices(vocabulary: type[Word], chosen: str) -> list[dict[str, object]]:
    return [{"value": v, "text": text, "chosen": v == chosen} for v, text in vocabulary.choices()]


def _about(offered: Offered, typed: Answers, today) -> list[dict[str, object]]:
    chosen = set(typed.many("about"))
    return [
        {
            "value": str(one.person),
            "text": one.name,
            "about": one.age_on(today) if one.is_child else one.role,
            # Chosen beforehand on an empty form: a decision is about the children.
            "checked": str(one.person) in chosen if typed else one.is_child,
        }
        for one in offered.around.family.members
    ]


def _rows(said: list[int], fewest: int, more: int) -> list[int]:
    """The rows to show: those that say something, one empty one, and as many more as asked for."""
    last = max(said, default=-1)
    return list(range(max(last + 2, fewest) + more))


def _others(typed: Answers, more: int) -> list[int]:
    return _rows(rows_said(typed, *OF_ANOTHER), FEWEST_OTHERS, more)


def _prose(heading: Heading) -> dict[str, str]:
    return {"name": str(heading), "title": heading.label, "hint": HINTS[heading]}


def _person(one: tuple[UUID, str, str], typed: Answers) -> dict[str, object]:
    who, name, post = one
    return {
        "id": str(who),
        "name": name,
        "post": post,
        "parts": _choices(Part, typed.one(f"part-{who}")),
        "views": _choices(View, typed.one(f"view-{who}")),
        "sures": _choices(Sure, typed.one(f"sure-{who}")),
        "is_open": bool(typed.one(f"part-{who}")),
    }


def _other(number: int, offered: Offered, typed: Answers) -> dict[str, object]:
    chosen = typed.one(f"other_agency-{number}")
    return {
        "number": number,
        "parts": _choices(Part, typed.one(f"other_part-{number}")),
        "views": _choices(View, typed.one(f"other_view-{number}")),
        "sures": _choices(Sure, typed.one(f"other_sure-{number}")),
        "agencies": [
            {"value": str(row.id), "text": row.name, "chosen": str(row.id) == chosen}
            for row in offered.around.agencies.values()
        ],
    }


def _pins(offered: Offered, typed: Answers) -> Iterator[dict[str, object]]:
    by_id: Mapping[UUID, ShownEntry] = {one.id: one for one in offered.history.entries}
    for id in pinned(typed):
        use = typed.one(f"use-{id}", Use.RELIED_ON)
        entry = by_id.get(id)
        yield {
            "id": str(id),
            "text": _line(entry) if entry else "An entry that is not in what you can read",
            "uses": [
                *_choices(Use, use),
                TAKE_OUT,
            ],
        }


def _picker(offered: Offered, typed: Answers) -> Iterator[dict[str, object]]:
    """The entries to choose from by month, latest first; those pinned already are left out."""
    taken = set(pinned(typed))
    rows = [one for one in reversed(offered.history.entries) if one.id not in taken]
    for month, entries in groupby(rows, key=_month):
        lines = [{"id": str(one.id), "text": _line(one)} for one in entries]
        yield {"title": f"{month} ({len(lines)})", "lines": lines}


def _month(entry: ShownEntry) -> str:
    day = entry.happened.sort_day
    return f"{MONTHS[day.month - 1].title()} {day.year}" if entry.happened.is_known else "Not known"


def _line(entry: ShownEntry) -> str:
    said = " ".join(entry.statement.text.split())
    said = said if len(said) <= LONGEST_LINE else f"{said[: LONGEST_LINE - 1].rsplit(' ', 1)[0]} …"
    return f"{date_in_words(entry.happened)}, {entry.agency.name}: {said}"


def _telling(one: tuple[UUID, str], offered: Offered, typed: Answers) -> dict[str, object]:
    id, name = one
    chosen = typed.one(f"tell-{id}")
    near = {row.id for row in offered.around.others_on_team}
    return {
        "id": str(id),
        "name": name,
        "hows": _choices(Tell, chosen),
        "is_near": id in near or bool(chosen),
    }


def _look(look: LookedOver) -> dict[str, object]:
    return {
        "told": listed(look.told),
        "lacking": [
            f"{name}: {counted(number, 'entry', 'entries')}" for name, number in look.lacking
        ],
    }


def _newer(newer: DecisionRead) -> dict[str, object]:
    return {
        "id": str(newer.seen.id),
        "called": words.called(newer.seen),
        "by": words.signed_words(newer.seen),
        "sections": [s for s in words.sections(newer) if s.plain],
    }
