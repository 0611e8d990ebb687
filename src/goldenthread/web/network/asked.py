"""What one request asks of the Network page: whose knowledge, as it was on which day, drawn how.

Two questions share one control and are never mixed. *As known to A on K* leaves out what A did not
know on K; *as it was on D* shows how things stood on D, by what was known on K. So D is never
later than K: what was known in March cannot say how things were in April.

    known-to=AGENCY  on=DATE      as for the history, read by the same rules
    at=DATE                       as it was on that day; the day of knowledge where it is not given
    step=NUMBER                   the slider's own answer: the place of a day in the list of changes
    form=ecomap|homes   style=child-friendly   marks=households (repeated; empty for none)
    person=ID           whose panel is open
    table=all           the table of everything over time; else of what holds on the day
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlencode
from uuid import UUID

from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.usecases.chronology.history_request import Problem, read_request
from goldenthread.web.kit.words import day_in_words

FORMS = (
    ("genogram", "Genogram"),
    ("ecomap", "Ecomap"),
    ("homes", "Homes over time"),
)
STYLES = (("neutral", "Usual signs"), ("child-friendly", "Child-friendly"))
# What can be shown or hidden on the genogram. Harm is never shown unasked.
MARKS = (
    ("households", "Households"),
    ("caring", "Care"),
    ("couples", "Couples"),
    ("names", "Names"),
    ("quality", "How people get on"),
    ("harm", "Harm"),
)
USUAL_MARKS = frozenset({"households", "caring", "couples", "names"})
# What stands in the box, and may be typed there, where the day is the day of knowledge itself.
SAME_DAY = "the same day"
TOO_LATE = (
    "What was known on {known} cannot say how things were on {at}. "
    "The network is shown as it was on {known}."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of the page. `at` is None where the day of knowledge itself is meant."""

    viewpoint: Viewpoint
    today: date
    on: date
    at: date | None = None
    form: str = "genogram"
    style: str = "neutral"
    marks: frozenset[str] = USUAL_MARKS
    person: str = ""
    table: str = ""
    step: int | None = None
    problems: tuple[Problem, ...] = ()
    typed_on: str = ""
    typed_at: str = ""

    @property
    def day(self) -> date:
        """The day the picture is of."""
        return self.at or self.on

    def because(self, asked: str) -> str:
        """Why one part could not be read; empty where it could."""
        return next((p.reason for p in self.problems if p.asked == asked), "")


def asked_of(given: Mapping[str, Sequence[str]], *, now: datetime) -> Asked:
    """Read an address. Never raises: what cannot be read is a problem, in words, of the answer."""
    whose = {name: given[name] for name in ("known-to", "on") if name in given}
    known = read_request(whose, now=now)
    problems = list(known.problems)
    typed_at = _one(given, "at")
    at = _day(typed_at, known.on, problems)
    return Asked(
        viewpoint=known.viewpoint,
        today=known.today,
        on=known.on,
        at=None if at == known.on else at,
        form=_of(FORMS, _one(given, "form")),
        style=_of(STYLES, _one(given, "style")),
        marks=_marks(given),
        person=_one(given, "person")[:100],
        table="all" if _one(given, "table") == "all" else "",
        step=_step(_one(given, "step")),
        problems=tuple(problems),
        typed_on=known.typed_on,
        typed_at=typed_at,
    )


def known_agencies_only(asked: Asked, agencies: Mapping[UUID, object]) -> Asked:
    """What is asked, without an agency that this partnership does not have; which is said."""
    whose = asked.viewpoint.agency
    if whose is None or whose in agencies:
        return asked
    problem = Problem(
        "known-to", "That agency is not in this partnership. Choose one from the list."
    )
    viewpoint = Viewpoint(asked.viewpoint.as_of)
    return replace(asked, viewpoint=viewpoint, problems=(*asked.problems, problem))


def pairs_of(asked: Asked) -> tuple[tuple[str, str], ...]:
    """What is asked as the names and values of an address, in a stable order."""
    pairs: list[tuple[str, str]] = []
    if asked.viewpoint.agency:
        pairs.append(("known-to", str(asked.viewpoint.agency)))
    if asked.on != asked.today:
        pairs.append(("on", asked.on.isoformat()))
    if asked.at is not None:
        pairs.append(("at", asked.at.isoformat()))
    if asked.form != FORMS[0][0]:
        pairs.append(("form", asked.form))
    if asked.style != STYLES[0][0]:
        pairs.append(("style", asked.style))
    if asked.marks != USUAL_MARKS:
        pairs += [("marks", name) for name, _ in MARKS if name in asked.marks] or [("marks", "")]
    if asked.person:
        pairs.append(("person", asked.person))
    if asked.table:
        pairs.append(("table", asked.table))
    return tuple(pairs)


def query_of(asked: Asked, **changes: object) -> str:
    """What is asked, with some parts changed, as the end of an address: "?at=..." or ""."""
    query = urlencode(pairs_of(replace(asked, **changes)))
    return f"?{query}" if query else ""


def kept_fields(asked: Asked, *without: str) -> list[tuple[str, str]]:
    """The hidden fields of a form that changes only the parts named."""
    return [(name, value) for name, value in pairs_of(asked) if name not in without]


def _one(given: Mapping[str, Sequence[str]], name: str) -> str:
    values = ("".join(filter(str.isprintable, value)).strip() for value in given.get(name, ()))
    return next((value for value in values if value), "")


def _of(choices: tuple[tuple[str, str], ...], value: str) -> str:
    """One of the choices; the first where the address names none of them."""
    return value if value in dict(choices) else choices[0][0]


def _marks(given: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The marks chosen. A form sends an empty one along, so that none at all can be chosen."""
    if "marks" not in given:
        return USUAL_MARKS
    return frozenset(given["marks"]) & frozenset(name for name, _ in MARKS)


def _step(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else None


def _day(typed: str, known_on: date, problems: list[Problem]) -> date:
    """The day asked for; the day of knowledge where it is later, cannot be read or is not given."""
    if typed.casefold() in ("", SAME_DAY, "same day", "that day"):
        return known_on
    try:
        read = parse_as_typed(typed[:100])
    except DateNotUnderstood as refusal:
        problems.append(Problem("at", refusal.reason))
        return known_on
    day = read.from_min
    if not read.is_exact or day is None:
        problems.append(
            Problem("at", f"“{typed[:100]}” is not one day. Write it like 3 March 2026.")
        )
        return known_on
    if day > known_on:
        problems.append(
            Problem("at", TOO_LATE.format(known=day_in_words(known_on), at=day_in_words(day)))
        )
        return known_on
    return day
