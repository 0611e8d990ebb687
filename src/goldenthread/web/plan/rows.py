"""The parts of a plan as a page shows them: worries and goals, who does what, what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.plans.currency import PlanCurrency, Reason
from goldenthread.domain.plans.plan import Assumption, PlannedAction, SafetyPlan, WhatIf, Who
from goldenthread.domain.plans.vocabulary import (
    Agreement,
    CopyForm,
    CopyOutcome,
    Doable,
    Part,
    Situation,
)
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.plans.read_plan import has_own_copy
from goldenthread.usecases.plans.shown import (
    AnswerRow,
    CopyRow,
    EntryLine,
    Named,
    SignatureRow,
    VersionRow,
)
from goldenthread.web.kit.words import day_in_words, listed
from goldenthread.web.plan.currency import EntryLink, entry_link


@dataclass(frozen=True, slots=True)
class ActionShown:
    """One action: `parts` says for days, nights and weekends whether it is for them."""

    what: str
    parts: tuple[tuple[str, bool], ...]
    when: str
    red_flag: str
    until: str
    asks_of: str
    own_words: str
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoerShown:
    """One person with everything they do, and the address of their own version."""

    name: str
    about: str
    own_href: str
    actions: tuple[ActionShown, ...]


@dataclass(frozen=True, slots=True)
class AssumptionShown:
    """One thing taken to be so: holding, or with the sentences and entries that question it."""

    words: str
    nature: str
    people: str
    holds: str
    questions: tuple[str, ...]
    because: tuple[EntryLink, ...]
    rests_on: tuple[EntryLink, ...]


def doers(
    plan: SafetyPlan, named: Named, case: UUID, version: UUID,
    hints: Mapping[str, tuple[str, ...]],
) -> list[DoerShown]:  # fmt: skip
    """Who does what, by person in the order they are named, with what they need beside it."""
    own = {who: address_of_own(case, version, who) for who in has_own_copy(plan)}
    people = dict.fromkeys(one.who for one in plan.actions if one.who)
    return [
        DoerShown(
            name=named.of(who),
            about=about(who, named),
            own_href=own[who],
            actions=tuple(
                _action(one, hints.get(one.key, ())) for one in plan.actions if one.who == who
            ),
        )
        for who in people
    ]


def own_versions(plan: SafetyPlan, named: Named, case: UUID, version: UUID) -> list[dict[str, str]]:
    """Everybody's own version, one press away."""
    return [
        {"name": named.of(who), "href": address_of_own(case, version, who)}
        for who in has_own_copy(plan)
    ]


def address_of_own(case: UUID, version: UUID, who: Who) -> str:
    """The address of one person's own version."""
    kind = "practitioner" if who.is_practitioner else "person"
    at = {"case": case, "version": version, "sort": kind, "who": who.id}
    return reverse("plan_own", kwargs=at)


def about(who: Who, named: Named) -> str:
    """Of a practitioner: their post and agency. Of somebody of the family: nothing more."""
    row = named.practitioners.get(who.id) if who.is_practitioner else None
    return f"{row.role}, {row.agency_name}" if row else ""


def _action(one: PlannedAction, hints: tuple[str, ...]) -> ActionShown:
    parts = frozenset(one.parts) or frozenset(Part)
    return ActionShown(
        what=one.what,
        parts=tuple((part.label, part in parts) for part in Part),
        when=one.times,
        red_flag=one.red_flag,
        until=one.until,
        asks_of=listed([demand.label.lower() for demand in one.asks_of]),
        own_words=one.own_words,
        hints=hints,
    )


def when_words(parts: tuple[Part, ...], times: str) -> str:
    """When something is to be done, in words: "Nights and weekends, 9 pm to 7 am"."""
    said = listed([part.label.lower() for part in (parts or tuple(Part))])
    words = f"{said[:1].upper()}{said[1:]}"
    return f"{words}, {times}" if times else words


def if_words(words: str, about: Who | None, named: Named) -> str:
    """What a what-if is about; where nobody put it in words, with the name of whom it is of."""
    if about is not None and words == Situation.CARER_UNWELL.label:
        return f"{named.of(about)} is unwell or cannot do it"
    return words


def what_if_words(one: WhatIf, named: Named) -> dict[str, str]:
    """One what-if: what happens, and who then does what."""
    about = Who(one.about) if one.about else None
    words = if_words(one.if_words or one.situation.label, about, named)
    return {"if": words, "who": named.of(one.who) if one.who else "", "then": one.then_words}


def assumptions(
    plan: SafetyPlan, named: Named, entries: Mapping[UUID, EntryLine], case: UUID, *,
    currency: PlanCurrency | None = None, holds: str = "",
) -> list[AssumptionShown]:  # fmt: skip
    """What a plan takes to be so; with a currency, each as it stands."""
    return [_assumption(one, named, entries, case, currency, holds) for one in plan.assumptions]


def _assumption(
    one: Assumption, named: Named, entries: Mapping[UUID, EntryLine], case: UUID,
    currency: PlanCurrency | None, holds: str,
) -> AssumptionShown:  # fmt: skip
    reasons = currency.questions(one.key) if currency else ()
    because = [id for reason in reasons for id in reason.because if id in entries]
    everybody = [Who(id) for id in one.people]
    everybody += [Who(id, is_practitioner=True) for id in one.practitioners]
    people = listed([named.of(who) for who in everybody])
    home = named.households.get(one.household) if one.household else None
    parts = f", {listed([part.label.lower() for part in one.parts])}" if one.parts else ""
    return AssumptionShown(
        words=one.words,
        nature=one.nature.label,
        people=people + (f" at {home.name}" if home else "") + parts,
        holds="" if reasons or not currency else holds,
        questions=_questions(reasons),
        because=tuple(entry_link(entries[id], case) for id in because),
        rests_on=tuple(
            entry_link(entries[pin.statement], case)
            for pin in one.rests_on
            if pin.statement in entries
        ),
    )


def _questions(reasons: Iterable[Reason]) -> tuple[str, ...]:
    labels = dict.fromkeys(reason.trigger.label for reason in reasons)
    return (f"May no longer hold: {'; '.join(labels)}.",) if labels else ()


def signature_words(rows: tuple[SignatureRow, ...], named: Named) -> list[dict[str, str]]:
    """Who agrees and can do it, each in their own words."""
    return [
        {
            "name": named.of(one.who),
            "agreement": Agreement.label_of(one.agreement),
            "doable": "" if one.doable == Doable.NOT_ASKED else Doable.label_of(one.doable),
            "words": one.words,
            "when": f"{day_in_words(one.given_on)}, written down by {one.recorded_by_name}",
        }
        for one in rows
    ]


def copy_words(rows: tuple[CopyRow, ...], newest: UUID, named: Named) -> list[dict[str, object]]:
    """Who has a copy, in which form, and what became of it."""
    return [
        {
            "id": one.id,
            "name": named.of(one.who),
            "form": CopyForm.label_of(one.form),
            "when": f"given on {day_in_words(one.given_on)} by {one.given_by_name}",
            "is_out": not one.outcome,
            "is_older": one.version != newest,
            "became": f"{CopyOutcome.label_of(one.outcome)} on {day_in_words(one.ended_on)}"
            if one.ended_on
            else "",
        }
        for one in rows
    ]


def version_lines(
    rows: tuple[VersionRow, ...], answers: tuple[AnswerRow, ...], case: UUID, *, here: UUID | None
) -> list[dict[str, object]]:
    """Every version with why it is as it is, the newest first, and what was answered about it."""
    lines = []
    for row, before in zip(rows, (*rows[1:], None), strict=True):
        at = {"case": case, "version": row.id}
        href = reverse("plan_version", kwargs=at)
        lines.append(
            {
                "title": called(row),
                "href": href,
                "is_here": row.id == here,
                "by": f"{row.signed_by_name}, {row.agency_name}",
                "why": row.why,
                "changed": f"{href}?compare={before.id}#changed" if before else "",
                "answers": [answer_words(one, case) for one in answers if one.version == row.id],
            }
        )
    return lines


def called(row: VersionRow) -> str:
    """What a version goes by: the day it was signed. A number would tell of others."""
    return f"Version of {day_in_words(day_of(row.signed_at))}"


def answer_words(one: AnswerRow, case: UUID) -> dict[str, str]:
    """One answer about a version, and the entry that carries it."""
    what = "Found still right" if one.outcome == "still_right" else "Withdrawn"
    until = f"; to be looked at again on {day_in_words(one.review_on)}" if one.review_on else ""
    when = day_in_words(day_of(one.answered_at))
    return {
        "title": f"{what} on {when} by {one.answered_by_name}{until}",
        "why": one.why,
        "entry": reverse("entry", kwargs={"case": case, "statement": one.statement}),
    }
