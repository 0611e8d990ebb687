"""Turns families, choices and problems into what these pages show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.chronology.admitting import LONGEST_TEXT, Problem
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import LONDON
from goldenthread.usecases.chronology.family_around import FamilyAround
from goldenthread.usecases.chronology.keep_draft import DraftRow
from goldenthread.usecases.chronology.shown import AgencyRow, History, MemberRow, ShownEntry
from goldenthread.web.kit.words import (
    date_in_words,
    day_in_words,
    how_known_in_words,
    instant_in_words,
    known_in_words,
    listed,
    told_in_words,
)
from goldenthread.web.record.answers import Answers, answers_in
from goldenthread.web.record.dates import question_values
from goldenthread.web.record.tellings import others_on_team
from goldenthread.web.record.wording import (
    BASES,
    CALLED,
    CHANNELS,
    CONCERNS,
    HOW_KNOWN,
    HOW_MUCH,
    IN_ROWS,
    KINDS,
)

# Where the error summary leads, for parts whose first field has another id.
ANCHORS = {
    "happened": "happened-day",
    "known": "known_on-day",
    "told_on": "told_on-day",
    "will_by": "will_by-day",
    "review_on": "review_on-day",
    "tellings": "told",
}
FIRST_WORDS = 80  # characters of a draft shown in a list


def clock_words(instant: datetime) -> str:
    """The time of day in England: "14:02"."""
    return f"{instant.astimezone(LONDON):%H:%M}"


def saved_words(draft: DraftRow | None, today: date) -> str:
    """The draft line: "Saved 14:02", with the day when it was not today."""
    if draft is None:
        return ""
    local = draft.saved_at.astimezone(LONDON)
    day = "" if local.date() == today else f"on {day_in_words(local.date())} at "
    return f"Saved {day}{local:%H:%M}"


def error_list(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """The error summary: each sentence with the field it is about."""
    return [
        {"text": p.sentence, "href": f"#{ANCHORS.get(p.part, p.part.replace('_', '-'))}"}
        for p in problems
    ]


def errors_by_part(problems: Iterable[Problem]) -> dict[str, str]:
    """Each part's sentence, for the message beside its field."""
    return {p.part: p.sentence for p in problems}


def people_options(around: FamilyAround, today: date, answers: Answers) -> list[dict[str, object]]:
    """The family as chips, in the order it lists its people."""
    chosen = answers.many("people")
    return [
        {
            "value": str(member.person),
            "text": member.name,
            "about": _about(member, today),
            "checked": str(member.person) in chosen,
        }
        for member in around.family.members
    ]


def _about(member: MemberRow, today: date) -> str:
    if member.is_child:
        return f"{member.role}, {member.age_on(today)}"
    return member.role if member.role.casefold() not in member.name.casefold() else ""


def kind_groups(answers: Answers) -> list[dict[str, object]]:
    """The kinds of entry in groups, with the one chosen."""
    chosen = answers.one("kind")
    return [
        {
            "label": label,
            "options": [
                {"value": str(kind), "text": kind.label, "selected": kind == chosen}
                for kind in kinds
            ],
        }
        for label, kinds in KINDS
    ]


def concern_options(answers: Answers) -> list[dict[str, object]]:
    """Strength first, then the concerns, then "no concern"."""
    chosen = answers.many("concerns")
    return [{"value": str(c), "text": c.label, "checked": c in chosen} for c in CONCERNS]


def agency_options(agencies: Iterable[AgencyRow], chosen: list[str]) -> list[dict[str, object]]:
    """Agencies as chips."""
    return [
        {"value": str(row.id), "text": row.name, "about": "", "checked": str(row.id) in chosen}
        for row in agencies
    ]


def question_page(
    around: FamilyAround, answers: Answers, problems: tuple[Problem, ...], today: date
) -> dict[str, object]:
    """What any of the forms needs to ask its questions and show what was answered."""
    return {
        "a": answers,
        "errors": error_list(problems),
        "wrong": errors_by_part(problems),
        "longest": LONGEST_TEXT,
        "people": people_options(around, today, answers),
        "kinds": kind_groups(answers),
        "how_known": [{"value": str(how), "text": text} for how, text in HOW_KNOWN],
        "concerns": concern_options(answers),
        "dates": {
            name: question_values(answers, name)
            for name in ("happened", "known_on", "told_on", "will_by", "review_on")
        },
        "today": day_in_words(today, weekday=True),
    }


def telling_choices(
    around: FamilyAround, answers: Answers, tomorrow: date, *, know: frozenset[UUID] = frozenset()
) -> dict[str, object]:
    """Whom one can have told: the team's agencies that do not know it yet, then the others."""
    team = [row for row in around.others_on_team if row.id not in know]
    beyond = [row for row in around.others_beyond_team if row.id not in know]
    reader = around.family.reader
    return {
        "told": agency_options(team, answers.many("told")),
        "will": agency_options(team, answers.many("will")),
        "not_telling": agency_options(team, answers.many("not_telling")),
        "in_person": [
            {
                "value": str(one.practitioner),
                "text": one.name,
                "about": f"{one.post}, {one.agency_name}" if one.post else one.agency_name,
                "checked": str(one.practitioner) in answers.many("in_person"),
            }
            for one in others_on_team(around)
        ],
        "beyond": [{"value": "", "text": "No other agency"}]
        + [{"value": str(row.id), "text": row.name} for row in beyond],
        "channels": [{"value": "", "text": "Not said"}]
        + [{"value": words, "text": words} for words in CHANNELS],
        "bases": [{"value": "", "text": "Not said"}]
        + [{"value": str(basis), "text": words} for basis, words in BASES],
        "how_much": [{"value": str(much), "text": words} for much, words in HOW_MUCH],
        "by_whom": [{"value": str(reader.id), "text": f"I did ({reader.name})"}]
        + [
            {"value": str(row.id), "text": f"{row.name}, {row.role}" if row.role else row.name}
            for row in around.colleagues
            if row.id != reader.id
        ],
        "tomorrow": day_in_words(tomorrow, weekday=True),
    }


def own_words(*screens: Answers) -> list[dict[str, str]]:
    """What the author wrote, to read and copy, whatever became of their access."""
    return [
        {"key": called, "value": screen.one(name)}
        for screen in screens
        for name, called in (*CALLED.items(), *_in_rows(screen))
        if screen.said(name)
    ]


def _in_rows(screen: Answers) -> list[tuple[str, str]]:
    """The fields of a screen's rows that hold words, each with what it is called."""
    parts = ((name, name.rpartition("-")) for name in screen.names() if name not in CALLED)
    return [(name, IN_ROWS[field]) for name, (row, _, field) in parts if row and field in IN_ROWS]


def draft_screens(draft: DraftRow) -> list[Answers]:
    """The screens of a draft that hold something."""
    screens = ("who", "when", "told", "answer", "relation", "relation_when", "summary", "decision")
    others = (name for name in draft.fields if name not in (*screens, "form"))
    return [answers_in(draft.fields, name) for name in (*screens, *others)]


def first_words(draft: DraftRow) -> str:
    """The beginning of what was written, to tell one draft from another."""
    words = next((row["value"] for row in own_words(*draft_screens(draft))), "")
    words = " ".join(words.split())
    return words if len(words) <= FIRST_WORDS else f"{words[:FIRST_WORDS].rstrip()} …"


def draft_lines(drafts: Iterable[DraftRow]) -> list[dict[str, str]]:
    """What the reader is part way through writing, each with where to carry on; their own words."""
    return [
        {
            "saved": instant_in_words(draft.saved_at),
            "words": first_words(draft) or "Nothing written yet",
            "href": reverse("resume_draft", kwargs={"draft": draft.id}),
        }
        for draft in drafts
    ]


def entry_card(entry: ShownEntry) -> list[dict[str, str]]:
    """One entry as it stands in the record, for reading beside a form and after saving."""
    s = entry.statement
    rows = [
        ("What", s.text),
        ("Who", listed(subject.name for subject in entry.subjects)),
        ("When", date_in_words(s.happened)),
        ("Kind", Kind.label_of(s.kind)),
        ("Source", ", ".join(filter(None, (entry.asserted_by, entry.agency.name)))),
        ("How it is known", how_known_in_words(s.how_known, informant=s.informant)),
        ("Because", s.reasoning),
        ("What it was like for the child", s.impact),
        ("What was done", s.action),
        ("Known since", known_in_words(s.known_at, s.known_basis)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def who_knows(history: History, entry: ShownEntry) -> dict[str, list[str]]:
    """Who has been told an entry, who is not told yet and why, and who on the team is neither."""
    know = {knower.agency for knower in entry.knowers}
    reader = history.family.reader.agency
    waiting = {row.to_agency for row in entry.not_told}
    team = dict.fromkeys((m.agency, m.agency_name) for m in history.family.team)
    return {
        "told": [
            f"{k.name}, since {told_in_words(k.known_from, k.told)}"
            for k in entry.knowers
            if k.agency != reader
        ],
        "waiting": [
            f"{row.to_agency}: {row.reason}"
            + (f" To be looked at again on {day_in_words(row.review_on)}." if row.review_on else "")
            for row in entry.not_told
        ],
        "unaware": [name for id, name in team if id not in know and name not in waiting],
    }
