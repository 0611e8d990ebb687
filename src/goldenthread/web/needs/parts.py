"""The parts of a profile in hand: what stands in each, what each asks, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest

from goldenthread.domain.chronology.admitting import Problem
from goldenthread.domain.needs.checking import part_of_child
from goldenthread.domain.needs.profile import Profile, as_one, together
from goldenthread.domain.needs.vocabulary import (
    SHOWN_BY,
    Advocate,
    Answer,
    Area,
    Demand,
    EffectAnswer,
    Voice,
)
from goldenthread.domain.provenance.vocabulary import Concern, HowKnown
from goldenthread.usecases.chronology.family_around import family_around
from goldenthread.usecases.chronology.keep_draft import DraftRow
from goldenthread.usecases.needs.read_needs import AdultNeeds, FamilyNeeds
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame
from goldenthread.web.kit.words import day_in_words, listed
from goldenthread.web.needs import wording
from goldenthread.web.needs.forms import (
    ABOUT,
    KEEP,
    WORDS,
    Read,
    as_typed,
    chips,
    of_part,
    part_of_area,
    parts,
    read_profile,
    rows_of_strengths,
)
from goldenthread.web.record.answers import Answers, answers_in
from goldenthread.web.record.dates import question_values
from goldenthread.web.record.presenters import question_page, saved_words, telling_choices

CONCERNS = (
    Concern.STRENGTH, Concern.PARENTAL_MENTAL_HEALTH, Concern.PARENTAL_PHYSICAL_HEALTH,
    Concern.NEURODIVERGENCE, Concern.SUBSTANCE_MISUSE,
)  # fmt: skip
HOW_KNOWN = (
    (HowKnown.TOLD, "Somebody told me"),
    (HowKnown.SAW, "I saw or heard it"),
    (HowKnown.RECORD, "I read it in a record"),
)


@dataclass(frozen=True)
class Writing:
    """A profile in hand: whose, the draft as kept, and the versions it began from."""

    found: FamilyNeeds
    one: AdultNeeds
    draft: UUID
    row: DraftRow | None
    begun: tuple[UUID, ...]

    @property
    def base(self) -> Profile:
        """What stood in the versions it began from, as one."""
        rows = [row for row in self.one.versions if row.id in self.begun]
        gone = {id for row in rows for id in row.earlier}
        stands = [row.profile for row in rows if row.id not in gone]
        return as_one(together(stands)) if stands else Profile(self.one.member.person)

    @property
    def children(self) -> tuple[UUID | None, ...]:
        """The children asked about; all together too where a version spoke of all."""
        named = tuple(child.person for child in self.found.family.children if not child.loss)
        of_all = any(effect.child is None for effect in self.base.effects)
        return (*named, None) if of_all else named

    def on(self, part: str) -> Answers:
        """What is typed in a part, or stands there."""
        kept = answers_in(self.row.fields, part) if self.row else Answers()
        return kept or Answers(as_typed(self.base).get(part, {}))

    def read(self) -> Read:
        """The profile as it is typed."""
        return read_profile(self.one.member.person, self.children, self.on)


def part_page(
    request: HttpRequest,
    writing: Writing,
    case: UUID,
    part: str,
    wrong: dict[str, str],
    problems: list[Problem],
) -> dict[str, object]:
    """What the page of one part shows; `problems` are those of every part, `wrong` those here."""
    typed = writing.on(part)
    return {
        **around_of(writing, case),
        "a": typed,
        "wrong": wrong,
        "errors": _errors(writing, case, part, wrong, problems),
        "part": part,
        "title": _title(writing, part),
        "begun": [str(id) for id in writing.begun],
        "here": address_of(writing, case, part),
        "save_at": wording.at(
            "needs_save", case, adult=writing.one.member.person, draft=writing.draft, part=part
        ),
        "dates": {
            name: question_values(typed, name)
            for name in ("asked_on", "source_on", "review_on", "happened")
        },
        "saved": saved_words(writing.row, clock.today()),
        **_asked(request, writing, case, part, typed),
    }


def template_of(part: str) -> str:
    """The name of the template that asks a part."""
    return part.split("-", 1)[0]


def _errors(
    writing: Writing, case: UUID, part: str, wrong: dict[str, str], problems: list[Problem]
) -> list[dict[str, str]]:
    """This page's problems with their fields, then those of other pages with the way there."""
    here = [
        {"text": sentence, "href": f"#{field.replace('_', '-')}"}
        for field, sentence in wrong.items()
    ]
    order = parts(writing.children)
    elsewhere = [
        {"text": problem.sentence, "href": f"{address_of(writing, case, other)}?check=1"}
        for problem in problems
        if of_part(part, problem) is None
        for other in order
        if of_part(other, problem) is not None
    ]
    return here + elsewhere


def _asked(
    request: HttpRequest, writing: Writing, case: UUID, part: str, typed: Answers
) -> dict[str, object]:
    """What one part asks, beside what every part has."""
    if part == WORDS:
        return {"rows": rows_of_strengths(typed)}
    if part == ABOUT:
        return {"advocates": [{"value": str(a), "text": a.label} for a in Advocate]}
    if part.startswith("area-"):
        return {
            "answers": [{"value": str(a), "text": a.label} for a in Answer],
            "voices": [{"value": str(v), "text": v.label} for v in Voice],
            "how_known": [{"value": "", "text": "Not said"}]
            + [{"value": str(how), "text": how.label} for how in HowKnown],
            "hard": _hard(part, typed),
        }
    if part.startswith("child-"):
        return {"answers": [{"value": str(a), "text": a.label} for a in EffectAnswer]}
    return _asked_at_keeping(request, writing, case, typed)


def _hard(part: str, typed: Answers):
    area = next((area for area in Area if part_of_area(area) == part), None)
    return chips(
        Demand,
        typed.many("makes_hard"),
        first=[demand for demand in Demand if SHOWN_BY[demand] is area],
    )


def _asked_at_keeping(
    request: HttpRequest, writing: Writing, case: UUID, typed: Answers
) -> dict[str, object]:
    around = family_around(request.actor, case, now=clock.now())
    today = clock.today()
    before = [row for row in writing.one.versions if row.id in writing.begun]
    knew = {name for row in before for name in writing.one.knows[row.id]}
    whole = question_page(around, typed, (), today)
    return {
        "longest": whole["longest"],
        "dates": {**whole["dates"], "happened": question_values(typed, "happened")},
        "concerns": chips(CONCERNS, typed.many("concerns")),
        "how_known": [{"value": str(how), "text": text} for how, text in HOW_KNOWN],
        "telling": telling_choices(around, typed, today + timedelta(days=1)),
        "own": around.family.reader.agency_name,
        "chairs": listed(m.name for m in around.family.team if m.role == "chair"),
        "knew": listed(sorted(knew - {around.family.reader.agency_name})),
        "today": day_in_words(today, weekday=True),
    }


def around_of(writing: Writing, case: UUID) -> dict[str, object]:
    """What every page of a version in hand shows around it."""
    return {
        "frame": family_frame(
            writing.found.family, current="needs", today=clock.today(), can_add=False
        ),
        "case": case,
        "name": writing.one.member.name,
        "called": wording.called(writing.one),
        "back_link": {"text": "All parts", "href": overview_of(writing, case)},
    }


def overview_of(writing: Writing, case: UUID) -> str:
    """The address of the list of parts."""
    return wording.at("needs_draft", case, adult=writing.one.member.person, draft=writing.draft)


def address_of(writing: Writing, case: UUID, part: str) -> str:
    """The address of one part."""
    return wording.at(
        "needs_part", case, adult=writing.one.member.person, draft=writing.draft, part=part
    )


def _title(writing: Writing, part: str) -> str:
    name = wording.called(writing.one)
    called = {part_of_area(area): area.label for area in Area}
    for child in writing.found.family.children:
        called[part_of_child(child.person)] = f"What it means for {child.name}"
    called |= {
        part_of_child(None): "What it means for the children",
        WORDS: f"How to work with {name}, and what {name} is good at",
        ABOUT: "Advocate, diagnosis and review",
        KEEP: "Your sentence, and who may know",
    }
    return called[part]


def groups_of(writing: Writing, case: UUID) -> list[dict[str, object]]:
    """The parts in groups, each with what it says so far."""
    said = writing.read().profile
    states = dict(_states(writing, said))

    def row(part: str) -> dict[str, str]:
        href = address_of(writing, case, part)
        return {"href": href, "title": _title(writing, part), "state": states[part]}

    return [
        {"title": "Their words", "rows": [row(WORDS)]},
        {"title": "One area at a time", "rows": [row(part_of_area(area)) for area in Area]},
        {"title": "The children", "rows": [row(part_of_child(c)) for c in writing.children]},
        {"title": "And", "rows": [row(ABOUT)]},
    ]


def _states(writing: Writing, said: Profile) -> Iterator[tuple[str, str]]:
    some = bool(said.how_to_work_with_me or said.strengths)
    yield WORDS, "Written" if some else "Nothing yet"
    for area in Area:
        yield part_of_area(area), said.on(area).answer.label
    of = {effect.child: effect.answer.label for effect in said.effects}
    for child in writing.children:
        yield part_of_child(child), of.get(child, EffectAnswer.NOT_ASKED.label)
    asked = said.advocate is not Advocate.NOT_ASKED or said.diagnosis or said.review_on
    yield ABOUT, "Written" if asked else "Nothing yet"
