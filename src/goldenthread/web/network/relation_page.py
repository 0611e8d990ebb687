"""What the two steps of a relation show: the choices, and what was answered so far."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.chronology.admitting import LONGEST_TEXT, Problem
from goldenthread.domain.network.vocabulary import ClaimKind, Gender
from goldenthread.domain.people.age import age_in_words
from goldenthread.web.network import choices
from goldenthread.web.network.relation_form import NEW
from goldenthread.web.network.surroundings import Surroundings
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import question_values
from goldenthread.web.record.presenters import errors_by_part
from goldenthread.web.record.wording import HOW_KNOWN

# Where the error summary leads, for parts whose first field has another id.
ANCHORS = {
    "began_on": "began_on-day",
    "ended_on": "ended_on-day",
    "known": "known_on-day",
    "known_on": "known_on-day",
}


def question_page(
    around: Surroundings,
    what: Answers,
    answers: Answers,
    problems: tuple[Problem, ...],
    today: date,
) -> dict[str, object]:
    """The choices of both steps; `what` is the first step's answers, `answers` this step's."""
    kind = what.one("kind") or what.one("relation").partition(":")[0]
    only = what.one("kind") if what.one("kind") in ClaimKind._value2member_map_ else ""
    return {
        "a": answers,
        "errors": [
            {"text": p.sentence, "href": f"#{ANCHORS.get(p.part, p.part.replace('_', '-'))}"}
            for p in problems
        ],
        "wrong": errors_by_part(problems),
        "longest": LONGEST_TEXT,
        "kind": kind,
        "only": only,
        "second": choices.SECOND.get(kind, "all"),
        "relations": choices.relation_groups(what.one("relation"), only),
        "people": {name: _people(around, what.one(name), today) for name in ("person", "other")},
        "homes": _homes(around, what.one("household")),
        "home_natures": choices.home_natures(what.one("household_nature")),
        "agencies": [
            choices.Option(str(row.id), row.name, str(row.id) == what.one("agency"))
            for row in around.around.agencies.values()
        ],
        "genders": [
            choices.Option(str(word), word.label, word == what.one("person_gender"))
            for word in Gender
        ],
        "statuses": choices.statuses(what.one("status")),
        "polarities": choices.POLARITIES,
        "week": {name: choices.weekdays(what.many(name)) for name in ("days", "nights")},
        "how_known": [{"value": str(how), "text": text} for how, text in HOW_KNOWN],
        "dates": {
            name: question_values(answers, name) for name in ("began_on", "ended_on", "known_on")
        },
    }


def _people(around: Surroundings, chosen: str, today: date) -> list[choices.Option]:
    """The family's people, each with their part in it or their age; then somebody not listed."""
    found = []
    for one in around.people:
        name = one.name or one.description
        about = age_in_words(one.born, today, expected_on=one.expected_on) if one.is_child else ""
        about = about or (one.role if one.role.casefold() not in name.casefold() else "")
        found.append(
            choices.Option(one.id, f"{name} ({about})" if about else name, one.id == chosen)
        )
    return [*found, choices.Option(NEW, "Somebody not listed", chosen == NEW)]


def _homes(around: Surroundings, chosen: str) -> list[choices.Option]:
    listed = [
        choices.Option(home.id, home.name, home.id == chosen) for home in around.network.households
    ]
    return [*listed, choices.Option(NEW, "Another home", chosen == NEW)]
