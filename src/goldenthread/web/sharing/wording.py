"""Tellings, receipts, corrections owed and days, in the words people say them in."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.chronology.receiving import Progress, Reached, Receipt
from goldenthread.domain.provenance.vocabulary import Fidelity, Kind, LawfulBasis, LinkKind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.read_sharing import EntryOf, Owed, Passed
from goldenthread.usecases.chronology.shown import PractitionerRow
from goldenthread.web.kit import words

# Characters of an entry shown in a line that leads to the whole of it.
OPENING = 130
WILL_TELL = "Will be told."

People = Mapping[UUID, PractitionerRow]


def in_days(on: date, today: date) -> str:
    """How far off a day is: "today", "tomorrow", "in 5 days", "2 days ago"."""
    off = (on - today).days
    if off == 0:
        return "today"
    if off == 1:
        return "tomorrow"
    if off == -1:
        return "yesterday"
    return f"in {off:,} days" if off > 0 else f"{-off:,} days ago"


def opening(text: str) -> str:
    """How an entry begins."""
    return textwrap.shorten(text, OPENING, placeholder=" …")


def entry_line(entry: EntryOf, case: UUID) -> dict[str, str]:
    """What names an entry in a line: its kind, day, agency, opening and address."""
    return {
        "kind": Kind.label_of(entry.kind),
        "when": words.date_in_words(entry.happened, weekday=False),
        "agency": entry.agency.name,
        "text": opening(entry.text),
        "href": reverse("entry", kwargs={"case": case, "statement": entry.statement}),
    }


def passed_line(one: Passed, people: People, case: UUID, today: date) -> dict[str, object]:
    """One telling: who told whom when, on what basis, and how far it has come."""
    told = one.told
    return {
        "entry": entry_line(one.entry, case),
        "from_agency": one.from_agency.name,
        "to_agency": one.to_agency.name,
        "in_person": one.to_person.name if one.to_person else "",
        "when": words.told_in_words(told.told_at, told.told),
        "particulars": _particulars(one),
        "why": told.reason,
        "subject_told": told.subject_told,
        "state": state_words(one.progress, people) if one.progress else "",
        "waiting": waiting_words(one.progress, today) if one.progress else "",
        "said": _said(one.progress, people) if one.progress else [],
        "receive": reverse("receive_entry", kwargs={"case": case, "statement": told.statement}),
    }


def by_entry(
    rows: Iterable[Passed], people: People, case: UUID, today: date
) -> list[dict[str, object]]:
    """Tellings of one entry together, in the order its latest was told."""
    grouped: dict[UUID, list[Passed]] = {}
    for one in rows:
        grouped.setdefault(one.told.statement, []).append(one)
    return [
        {
            "entry": entry_line(group[0].entry, case),
            "told": _alike_together([passed_line(one, people, case, today) for one in group]),
        }
        for group in grouped.values()
    ]


def _alike_together(lines: list[dict[str, object]]) -> list[dict[str, object]]:
    """Agencies told on one day in one way, of whom nothing more is known, in one line."""
    found: list[dict[str, object]] = []
    alike: dict[tuple[object, ...], dict[str, object]] = {}
    for line in lines:
        followed = line["state"] or line["waiting"] or line["said"] or line["in_person"]
        how = tuple(line[name] for name in ("from_agency", "when", "particulars", "why"))
        if followed or how not in alike:
            found.append(line)
            if not followed:
                alike[how] = line
        else:
            alike[how]["to_agency"] = f"{alike[how]['to_agency']}; {line['to_agency']}"
    return found


def _particulars(one: Passed) -> str:
    told = one.told
    basis = told.lawful_basis
    parts = [
        f"by {one.shared_by.name}" if one.shared_by else "",
        told.channel.lower(),
        LawfulBasis.label_of(basis).lower()
        if basis != LawfulBasis.NOT_RECORDED
        else "basis in law not recorded",
        Fidelity.label_of(told.fidelity).lower() if told.fidelity != Fidelity.VERBATIM else "",
    ]
    said = "; ".join(part for part in parts if part)
    return said[:1].upper() + said[1:]


def state_words(progress: Progress, people: People) -> str:
    """How far a telling has come: who acknowledged it, or opened it, and when."""
    if progress.reached is Reached.ACKNOWLEDGED:
        return (
            f"Acknowledged by {words.listed(_named(one, people) for one in progress.acknowledged)}."
        )
    person = progress.told.to_person
    # Of somebody told in person, that a colleague opened it says nothing.
    opened = [one for one in progress.opened if person in (None, one.practitioner)]
    if opened:
        by = words.listed(_named(one, people) for one in opened)
        return f"Opened by {by}. Nobody has acknowledged it."
    if not progress.told.receipt_asked:
        return ""
    return "They have not opened it." if person else "Nobody there has opened it."


def waiting_words(progress: Progress, today: date) -> str:
    """By when it was to be acknowledged, with the arithmetic; empty where nothing is awaited."""
    if not progress.is_awaited or progress.due is None:
        return ""
    due = f"{words.day_in_words(progress.due)}, {in_days(progress.due, today)}"
    if progress.is_late(today):
        return f"To be acknowledged by {due}."
    return f"Asked for by {due}."


def _named(one: Receipt, people: People) -> str:
    who = people.get(one.practitioner)
    return f"{who.name if who else 'somebody'} on {words.day_in_words(day_of(one.given_at))}"


def _said(progress: Progress, people: People) -> list[dict[str, str]]:
    """What they will do, asked and say came of it, in that order."""
    rows: list[tuple[str, Iterable[Receipt]]] = [
        ("Will do", progress.acknowledged),
        ("Asks", progress.asked_back),
        ("Came of it", progress.came_of_it),
    ]
    return [
        {"what": what, "by": _named(one, people), "words": one.words}
        for what, receipts in rows
        for one in receipts
        if one.words
    ]


def against_line(one: Passed, case: UUID, today: date) -> dict[str, object]:
    """One decision not to tell that holds: whom, why, and when it is looked at again."""
    told = one.told
    review = told.review_on
    promised = told.reason == WILL_TELL
    return {
        "entry": entry_line(one.entry, case),
        "who": f"{one.from_agency.name} "
        + ("will tell" if promised else "decided not to tell")
        + f" {one.to_agency.name}",
        "why": "" if promised else told.reason,
        "review": (
            f"{'By' if promised else 'To be looked at again on'} {words.day_in_words(review)}, "
            f"{in_days(review, today)}."
            if review
            else ""
        ),
        "decided": words.day_in_words(day_of(told.recorded_at)),
        "share": reverse("share_entry", kwargs={"case": case, "statement": told.statement}),
    }


def owed_lines(owed: Iterable[Owed], case: UUID) -> list[dict[str, object]]:
    """Each correction with everybody who was told the original and not it; ours can be told."""
    by_correction: dict[tuple[UUID, UUID], list[Owed]] = {}
    for one in owed:
        by_correction.setdefault((one.debt.correction, one.by_agency.id), []).append(one)
    return [
        {
            "entry": entry_line(group[0].correction, case),
            "did": "withdrawn" if group[0].debt.kind == LinkKind.WITHDRAWS else "corrected",
            "who": words.listed(one.to_agency.name for one in group),
            "were": "was" if len(group) == 1 else "were",
            "by": group[0].by_agency.name,
            "is_ours": group[0].is_ours,
            "since": words.listed(
                dict.fromkeys(
                    words.told_in_words(one.debt.because.told_at, one.debt.because.told)
                    for one in group
                )
            ),
            "tell": reverse(
                "tell_correction", kwargs={"case": case, "statement": group[0].debt.correction}
            ),
            "decide": reverse(
                "share_entry", kwargs={"case": case, "statement": group[0].debt.correction}
            ),
        }
        for group in by_correction.values()
    ]
