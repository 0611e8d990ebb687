"""A knowledge gap in words: each fact, where it was known, how long that took, who had seen it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from markupsafe import Markup

from goldenthread.domain.decisions.gap import (
    Fact,
    Reach,
    Sight,
    days_between,
    is_held,
    is_said_afterwards,
)
from goldenthread.domain.provenance.awareness import Awareness
from goldenthread.domain.shared.instants import day_of
from goldenthread.drawing.way import Reached, scale_of, way
from goldenthread.drawing.writing import write
from goldenthread.usecases.decisions.before_deciding import ToAsk
from goldenthread.usecases.decisions.knowledge_gap import GapSeen
from goldenthread.web.kit.words import counted, date_in_words, day_of_instant, listed

# Characters of an entry shown in the grid; it is a link to the whole.
OPENING = 190
ELSEWHERE = "another agency"


class Rows:
    """The rows of one grid, all of them drawn to one scale."""

    def __init__(self, found: GapSeen, case: UUID, at_most: int | None = None) -> None:
        """Take the facts of one page, or the first of them."""
        self.found, self._case = found, case
        self.facts = found.facts[:at_most]
        self._names = {id: row.name for id, row in found.agencies.items()}
        self.deciding = [
            {"id": str(id), "name": self._name(id)}
            for id in sorted(found.deciding, key=lambda id: self._name(id))
        ]
        at = day_of(found.at)
        first = [day_of(fact.first.known_from) for fact in self.facts]
        last = [
            day_of(one.known_from)
            for fact in self.facts
            for one in fact.arrivals.values()
            if one.agency in found.deciding
        ]
        self._scale = scale_of(first, last, at)

    def fact(self, fact: Fact) -> dict[str, object]:
        """One fact, as the page says and draws it."""
        said = [one for id in fact.statements if (one := self.found.statements.get(id))]
        whole = said[0]
        return {
            "href": self._entry(whole.id),
            "text": textwrap.shorten(whole.text, OPENING, placeholder=" …"),
            "happened": date_in_words(whole.happened),
            "about": listed(
                name for s in whole.subjects if (name := self.found.names.get(s.person))
            ),
            "same": [
                {"href": self._entry(one.id), "text": f"also recorded by {self._name(one.agency)}"}
                for one in said[1:]
            ],
            "known": self._known(fact),
            "deciding": self._deciding(fact),
            "room": list(self._room(fact)),
            "drawing": self._drawn(fact),
            "afterwards": self._afterwards(fact),
        }  # fmt: skip

    def _known(self, fact: Fact) -> list[str]:
        """Which agencies knew by then, first to last, and since when."""
        by = sorted(fact.by(self.found.at).values(), key=lambda one: one.known_from)
        if not by:
            return [f"{self._name(fact.first.agency)} came to know it on {self._since(fact.first)}"]
        return [f"{self._name(one.agency)} {_way(one)} {self._since(one)}" for one in by]

    def _since(self, one: Awareness) -> str:
        day = day_of_instant(one.known_from)
        days = days_between(one.known_from, self.found.at)
        if self.found.decision is None:
            return f"{day}, {counted(days, 'day')} ago" if days else f"{day}, today"
        if days > 0:
            return f"{day}, {counted(days, 'day')} before"
        return f"{day}, {counted(-days, 'day')} after" if days else f"{day}, the same day"

    def _deciding(self, fact: Fact) -> list[dict[str, str]]:
        """How each agency that decided stood to a fact; those never told in one line."""
        found, never = [], []
        for one in self.deciding:
            arrival = fact.arrivals.get(UUID(one["id"]))
            if arrival is None:
                never.append(one["name"])
            else:
                found.append(self._cell(fact, arrival, one["name"]))
        if never:
            found.append({"state": "never", **self._never(never)})
        return found

    def _never(self, names: list[str]) -> dict[str, str]:
        until = " to this day" if self.found.decision else ""
        if len(names) == len(self.deciding) > 1:
            who = "those who decided" if self.found.decision else "those who will decide"
            return {"name": "", "words": f"None of {who} has been told{until}"}
        return {"name": listed(names), "words": f"not told{until}"}

    def _cell(self, fact: Fact, one: Awareness, name: str) -> dict[str, str]:
        if one.known_from > self.found.at:
            took = counted(fact.days_to(one.agency) or 0, "day")
            came = "recorded it itself" if is_held(one) else "was told"
            words = f"{came} on {day_of_instant(one.known_from)}, {took} after it was first known"
            return {"name": name, "state": "later", "words": words}
        state = "held" if is_held(one) else "told"
        return {"name": name, "state": state, "words": f"{_way(one)} {self._since(one)}"}

    def _room(self, fact: Fact) -> Iterator[str]:
        """How those in the room stood to it, where their agency had it."""
        for one in self.found.present:
            sight = (
                self.found.sights.get((fact.statements[0], one.practitioner))
                if one.practitioner
                else None
            )
            if sight is Sight.OWN:
                yield f"{one.name} wrote it"
            elif sight is Sight.SEEN:
                yield f"{one.name} had been told or had read it"
            elif sight is Sight.COULD_LOOK_UP:
                yield f"{one.name} could have looked it up: nothing shows that they had seen it"

    def _afterwards(self, fact: Fact) -> str:
        """Who of those deciding is said to have known by then, in words written only afterwards."""
        if self.found.decision is None:
            return ""
        late = [
            self._name(one.agency)
            for one in fact.by(self.found.at).values()
            if one.agency in self.found.deciding and is_said_afterwards(one, self.found.at)
        ]
        if not late:
            return ""
        return f"That {listed(late)} knew by then was written down only after the decision."

    def _drawn(self, fact: Fact) -> Markup:
        reached = [
            Reached(day_of(one.known_from), is_held(one), agency in self.found.deciding)
            for agency, one in fact.arrivals.items()
        ]
        before = day_of(fact.first.known_from)
        title = f"First known on {day_of_instant(fact.first.known_from)}"
        if fact.reach is Reach.NOBODY_DECIDING:
            days = (day_of(self.found.at) - before).days
            title += f", {counted(days, 'day')} without reaching anybody who decided"
        return Markup(write(way(reached, self._scale, title=title)))

    def _entry(self, statement: UUID) -> str:
        return reverse("entry", kwargs={"case": self._case, "statement": statement})

    def _name(self, agency: UUID) -> str:
        return self._names.get(agency, ELSEWHERE)


def _way(one: Awareness) -> str:
    return "held it from" if is_held(one) else "was told on"


def to_ask_of(one: ToAsk, case: UUID, now: datetime) -> dict[str, object]:
    """One agency to ask before a decision, with whom to ring and what was asked already."""
    asked = ""
    if one.asked:
        days = days_between(one.asked.asked_at, now)
        ago = f"{counted(days, 'day')} ago" if days else "today"
        asked = f"You asked them on {day_of_instant(one.asked.asked_at)}, {ago}."
        asked += (
            f" They last told you something on {day_of_instant(one.asked.told_since)}."
            if one.asked.told_since
            else " They have told you nothing since."
        )
    return {
        "name": one.name,
        "holds": one.holds,
        "about": f"about {listed(one.about)}" if one.about else "about this family",
        "people": [
            {"name": name, "post": post, "phone": phone} for name, post, phone in one.people
        ],
        "asked": asked,
        "asked_href": reverse("entry", kwargs={"case": case, "statement": one.asked.statement})
        if one.asked
        else "",
        "ask_href": reverse("add_entry", kwargs={"case": case}),
    }
