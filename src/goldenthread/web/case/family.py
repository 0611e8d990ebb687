"""The family page: who is this family, and what is different since I last looked?"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.network.at_date import network_at
from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import HowKnown, Kind, Significance
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.usecases.chronology.read_summary import Summary, read_summary
from goldenthread.usecases.chronology.shown import History, MemberRow, ShownEntry
from goldenthread.usecases.decisions.reading import read_decision, read_decisions
from goldenthread.usecases.plans.read_plan import plan_currency_of
from goldenthread.web.addresses.views import noted
from goldenthread.web.case.cards import address, card
from goldenthread.web.case.feed import feed_shown
from goldenthread.web.case.homes import Around, Home, homes_of, housed
from goldenthread.web.case.open_questions import open_questions_of
from goldenthread.web.case.weeks import Week, weeks_of
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.plan.currency import LineShown, plan_line
from goldenthread.web.record.presenters import draft_lines

LATEST_SHOWN, KEY_SHOWN, STRENGTHS_SHOWN = 5, 4, 3
# Kinds of entry at which somebody may have been with the child.
SEEN_AT = {
    Kind.VISIT,
    Kind.HEALTH_CONTACT,
    Kind.OBSERVATION,
    Kind.HOME_ASSESSMENT,
    Kind.CHILD_VOICE,
}


# What professionals did among themselves: good practice, but not what is going well at home.
BETWEEN_PROFESSIONALS = {
    Kind.SUPERVISION,
    Kind.CHALLENGE,
    Kind.STRATEGY_MEETING,
    Kind.INFORMATION_REQUEST,
    Kind.INFORMATION_REFUSED,
    Kind.ALLOCATION_CHANGE,
}
# Characters of an entry shown to a newcomer; the date beside it leads to the whole of it.
OPENING = 170


@require_GET
def family(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show the family, what changed for this reader, and what is not known."""
    now = clock.now()
    summary = read_summary(request.actor, case, now=now)
    history = summary.history
    newest = tuple(reversed(history.entries))
    since = history.looked_before
    return render(
        request,
        "case/family.jinja",
        {
            "frame": family_frame(history, current="family", today=day_of(now)),
            "since": words.day_of_instant(since) if since else "",
            "plan": _plan(request, history, now),
            "decision": _last_decision(request, history, now),
            "feed": feed_shown(summary.feed) if summary.feed else None,
            "latest": [card(e, history) for e in _first_seen(newest)],
            "key_words": "Key events"
            if any(e.significance == Significance.KEY for e in newest)
            else "Significant entries",
            "key": _openings(_matters(newest), history, KEY_SHOWN),
            "strengths": _openings(_going_well(newest), history, STRENGTHS_SHOWN),
            "around": _around_in_words(summary, day_of(now)),
            "addresses": noted(request, case),
            "questions": open_questions_of(summary.questions, history, day_of(now)),
            "seen": _last_seen(history, newest),
            "team": history.family.team,
            "drafts": draft_lines(drafts_of(request.actor, case, now=now)),
            "alone": _held_alone(history),
            "opened": words.day_in_words(history.family.case.opened_on),
            "status": history.family.case.legal_status,
            "reason": history.family.reason,
            "history_href": reverse("history", kwargs={"case": case}),
            "made_by": made_by(history, now=now),
            "case": case,
        },
    )


def _plan(request: HttpRequest, history: History, now: datetime) -> LineShown | None:
    """How the safety plan stands, as far as this reader's agency has been told."""
    case, everything = history.family.case.id, history.family.sees_everything
    found = plan_currency_of(request.actor, case, now=now)
    return plan_line(found, case, sees_everything=everything)


def _last_decision(
    request: HttpRequest, history: History, now: datetime
) -> dict[str, object] | None:
    """The latest decision this reader may read: what was decided, and why."""
    case = history.family.case.id
    found = read_decisions(request.actor, case, now=now).decisions
    standing = [one for one in found if one.newer is None]
    if not standing:
        return None
    last = max(standing, key=lambda one: (one.decided_at, str(one.id)))
    read = read_decision(request.actor, case, last.id, now=now)
    return {
        "href": reverse("decision", kwargs={"case": case, "decision": last.id}),
        "when": words.day_of_instant(last.decided_at),
        "agency": last.agency_name,
        "decided": textwrap.shorten(read.decided.text, OPENING, placeholder=" …"),
        "because": textwrap.shorten(read.record.rationale, OPENING, placeholder=" …"),
    }


def _first_seen(newest: tuple[ShownEntry, ...]) -> list[ShownEntry]:
    """The newest of the entries that are not new to this reader."""
    return list(islice((entry for entry in newest if not entry.is_new), LATEST_SHOWN))


def _matters(newest: tuple[ShownEntry, ...]) -> list[ShownEntry]:
    """The key events; where nobody has called any so, the significant ones."""
    return [e for e in newest if e.significance == Significance.KEY] or [
        e for e in newest if e.significance == Significance.SIGNIFICANT
    ]


def _going_well(newest: tuple[ShownEntry, ...]) -> list[ShownEntry]:
    """The strengths of the family, newest first."""
    return [
        e
        for e in newest
        if e.statement.bears_strength
        and not e.statement.bears_concern
        and e.statement.kind not in BETWEEN_PROFESSIONALS
    ]


def _openings(entries: list[ShownEntry], history: History, at_most: int) -> list[dict[str, object]]:
    """How the first of these entries begin; one account of an event, and none that fell away."""
    told: set[UUID] = set()
    shown: list[dict[str, object]] = []
    for entry in entries:
        if entry.id in told or entry.standing in (Standing.CORRECTED, Standing.WITHDRAWN):
            continue
        told.update(entry.same_event)
        one = card(entry, history)
        shown.append(one | {"text": textwrap.shorten(str(one["text"]), OPENING, placeholder=" …")})
        if len(shown) == at_most:
            break
    return shown


@dataclass(frozen=True, slots=True)
class AroundInWords:
    """Who lives where, who has each child by night and day, and the family's other people.

    `homes` are empty where nobody has said who lives where, and a week has no shares where nobody
    has said who has the child; then `carers` holds what the entries say.
    """

    homes: tuple[Home, ...]
    weeks: tuple[Week, ...]
    carers: dict[str, dict[str, str]]
    others: tuple[dict[str, object], ...]
    # The children of whom nobody has said where they live, while of others somebody has.
    without_home: str
    is_one_without: bool


def _around_in_words(summary: Summary, today: date) -> AroundInWords:
    history, network = summary.history, summary.network
    around = Around(
        network=network,
        at=network_at(network, today),
        claims={claim.id: claim for claim in network.claims},
        names={str(member.person): member.name for member in history.family.members},
        roles={str(member.person): member.role for member in history.family.members},
        address=lambda statement: address(history, statement),
    )
    children = [(str(child.person), child.name) for child in history.family.children]
    weeks = weeks_of(around, children)
    placed = housed(around)
    homes = homes_of(around)
    without = [name for one, name in children if homes and one not in placed]
    return AroundInWords(
        homes=homes,
        weeks=weeks,
        carers=_carers(history, {week.child for week in weeks if not week.shares}),
        others=tuple(
            _person(member, today)
            for member in history.family.members
            if str(member.person) not in placed and not (homes and member.is_child)
        ),
        without_home=words.listed(without),
        is_one_without=len(without) == 1,
    )


def _person(member: MemberRow, today: date) -> dict[str, object]:
    age = member.age_on(today)
    return {
        "name": member.name,
        "role": member.role,
        "age": "" if age == "age not known" else age,
        "unknown": not member.is_identified and "not identified" not in member.name.casefold(),
        "died": member.died is not None,
    }


def _carers(history: History, wanted: set[str]) -> dict[str, dict[str, str]]:
    """For each of these children, the last change of carer that any entry names."""
    by_id = {entry.id: entry for entry in history.entries}
    found = {}
    for child in history.family.children:
        bands = [band for band in history.bands if band.child == child.person]
        if child.name in wanted and bands:
            band = max(bands, key=lambda one: one.began)
            source = by_id[band.because]
            carers = words.listed(history.names.get(p, "somebody else") for p in band.carers)
            found[child.name] = {
                "words": f"{carers or 'Nobody'} named in the change of "
                f"{words.date_in_words(source.happened)} ({source.agency.name})",
                "href": address(history, source.id),
            }
    return found


def _last_seen(history: History, newest: tuple[ShownEntry, ...]) -> list[dict[str, str]]:
    """For each child, the latest entry in which somebody saw or heard them at first hand."""
    return [_seen(child, history, newest) for child in history.family.children]


def _seen(child: MemberRow, history: History, newest: tuple[ShownEntry, ...]) -> dict[str, str]:
    for entry in newest:
        said = entry.statement
        named = any(subject.person == child.person for subject in entry.subjects)
        if named and said.how_known == HowKnown.SAW and said.kind in SEEN_AT:
            by = entry.asserted_by or entry.agency.name
            return {
                "child": child.name,
                "words": f"{words.date_in_words(entry.happened)}, by {by}",
                "href": address(history, entry.id),
            }
    return {"child": child.name, "words": "Nobody has recorded seeing them.", "href": ""}


def _held_alone(history: History) -> list[dict[str, object]]:
    """How many entries each agency alone knows, of those this reader may see."""
    counts: dict[str, list[object]] = {}
    for entry in history.entries:
        if entry.is_held_alone:
            row = counts.setdefault(entry.agency.name, [0, str(entry.agency.id)])
            row[0] = int(str(row[0])) + 1
    return [
        {"agency": name, "count": count, "query": f"?held=alone&agency={agency}"}
        for name, (count, agency) in sorted(counts.items())
    ]
