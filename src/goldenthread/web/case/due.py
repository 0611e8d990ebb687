"""What is due and what there is to read, in words with their arithmetic, for the first page.

Each thing that is due is one line: what, why, by when, of which family, and a link to where it is
done. What was told, promised or owed, plans and challenges stand in one list by their days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.review_glass import AskSeen, BreakSeen, GlassWaiting
from goldenthread.usecases.audit.unusual_access import WeekWaiting
from goldenthread.usecases.challenges.waiting import Part, Waiting
from goldenthread.usecases.chronology.what_needs_me import CaseRow, Due, DueKind, ToRead
from goldenthread.usecases.plans.waiting import PlanWaiting
from goldenthread.web.challenges.words import address as challenge_at
from goldenthread.web.challenges.words import of_unit, shortened
from goldenthread.web.kit import words
from goldenthread.web.sharing.wording import WILL_TELL, in_days

# Things to read in one family before the reader is led to its Sharing page.
OF_ONE_FAMILY = 3
NOTHING_BROKEN = GlassWaiting((), ())


class DueLine(TypedDict):
    """One thing that is due. `words` are the record's; `why` and `when` are ours, with the day."""

    what: str
    words: str
    why: str
    family: str
    when: str
    href: str


def due_lines(
    needs: Iterable[Due],
    plans: Iterable[PlanWaiting],
    challenges: Iterable[Waiting],
    today: date,
    as_lead: Iterable[tuple[date, DueLine]] = (),
    glass: GlassWaiting = NOTHING_BROKEN,
) -> list[DueLine]:
    """Everything that is due, the soonest first; what is owed without a day before it."""
    lines = [(one.on, due_line(one, today)) for one in needs]
    lines += as_lead
    lines += [(one.on, plan_due(one, today)) for one in plans]
    lines += [
        (one.due, challenge_due(one, today))
        for one in challenges
        if one.is_theirs_now or (one.due and one.due < today)
    ]
    lines += [(one.due.on, break_due(one, today)) for one in glass.breaks]
    lines += [(day_of(one.row.asked_at), ask_due(one)) for one in glass.asks]
    return [line for _, line in sorted(lines, key=lambda pair: pair[0] or date.min)]


def lead_due(
    weeks: Iterable[WeekWaiting], matches: Sequence[date], today: date, late_seals: int = 0
) -> list[tuple[date, DueLine]]:
    """What waits for an agency's lead: lists of unusual access, and staff who may be in a record.

    `matches` says since when each question about staff waits, `late_seals` how many reviews of
    seals are late that do not name the lead.
    """
    lines = []
    for one in weeks:
        number = words.counted(one.lines, "line")
        week = words.day_in_words(one.week.begins)
        lines.append((one.week.due_on, _of_agency(
            "Ask about unusual access", f"{number} of the week of {week} without an answer",
            _by(one.week.due_on, today),
            f"{reverse('unusual_access')}?{urlencode({'week': one.week.begins.isoformat()})}",
        )))  # fmt: skip
    if matches:
        asked = words.counted(len(matches), "question")
        since = words.day_in_words(min(matches))
        lines.append((min(matches), _of_agency(
            "Say whether a colleague is in a family’s record", asked, f"Asked since {since}",
            f"{reverse('restricted_records')}#matches",
        )))  # fmt: skip
    if late_seals:
        lines.append((today, _of_agency(
            "Ask that seals are reviewed", f"{words.counted(late_seals, 'seal')} that you are not "
            "named on", "Past the day of review", f"{reverse('restricted_records')}#seals",
        )))  # fmt: skip
    return lines


def _of_agency(what: str, why: str, when: str, href: str) -> DueLine:
    return {
        "what": what, "words": "", "why": why, "family": "In your agency", "when": when,
        "href": href,
    }  # fmt: skip


def due_line(one: Due, today: date) -> DueLine:
    """One thing told, promised or owed."""
    agency = one.agency.name if one.agency else ""
    return {
        "what": _what(one, agency),
        "words": one.words if one.kind in (DueKind.FIND_OUT, DueKind.DO) else "",
        "why": "",
        "family": _family(one.family),
        "when": _when(one, today),
        "href": _address(one),
    }


def plan_due(one: PlanWaiting, today: date) -> DueLine:
    """A plan that waits for an answer, or that is to be looked at again by a day that was set."""
    at = {"case": one.case.id}
    when = _by(one.on, today)
    if one.reason is None:
        return {
            "what": "Look at the safety plan again",
            "words": "",
            "why": "",
            "family": _family(one.case),
            "when": f"{when}, the day that was set for it",
            "href": reverse("plan", kwargs=at),
        }
    since = words.day_in_words(one.seen.currency.since or one.on)
    days = words.counted(one.answer_within, "day")
    return {
        "what": "Say whether the safety plan is still right",
        "words": "",
        "why": f"because {one.reason.trigger.label}",
        "family": _family(one.case),
        "when": f"{when}: {days} after {since}",
        "href": reverse("plan_answer", kwargs={**at, "version": one.seen.version.id}),
    }


def challenge_due(one: Waiting, today: date) -> DueLine:
    """A challenge that waits for its reader, or whose answer is late."""
    clock = one.seen.clock
    if one.part is Part.RAISED and one.is_theirs_now:
        what = "Say whether the answer to your challenge settles it"
        when = f"Answered on {words.day_in_words(one.seen.steps[-1].on)}"
    else:
        what = {
            Part.RAISED: "Nobody has answered your challenge yet; you can take it further",
            Part.STANDS_IN: "Answer a challenge, as deputy",
        }.get(one.part, "Answer a challenge")
        when = "No response time is set"
        if clock is not None and one.due is not None:
            start = words.day_in_words(clock.due.start)
            when = f"{_by(one.due, today)}: {of_unit(clock.due.days, clock.due)} after {start}"
    return {
        "what": what,
        "words": shortened(one.seen.issue),
        "why": "",
        "family": _family(one.case),
        "when": when,
        "href": challenge_at(one.case.id, one.seen.row.id),
    }


def break_due(one: BreakSeen, today: date) -> DueLine:
    """A broken glass that waits for review; its family is no part of the line."""
    opened = words.day_in_words(one.due.start)
    days = of_unit(one.due.days, one.due)
    return {
        "what": f"Review why {one.row.name} broke the glass",
        "words": "",
        "why": "which nobody has reviewed in time" if one.is_escalated else "",
        "family": one.row.agency_name,
        "when": f"{_by(one.due.on, today)}: {days} after {opened}",
        "href": reverse("glass_review", kwargs={"broken": one.row.id}),
    }


def ask_due(one: AskSeen) -> DueLine:
    """A colleague who asks for agreement to break the glass again."""
    return {
        "what": f"Say whether {one.row.name} may break the glass again",
        "words": "",
        "why": "",
        "family": one.row.agency_name,
        "when": f"Asked on {words.instant_in_words(one.row.asked_at)}",
        "href": reverse("glass_agree", kwargs={"ask": one.row.id}),
    }


def _family(family: CaseRow) -> str:
    return f"{family.family_label}, {family.reference}"


def _by(on: date, today: date) -> str:
    due = f"{words.day_in_words(on)}, {in_days(on, today)}"
    return f"Was due {due}" if on < today else f"Due {due}"


def _what(one: Due, agency: str) -> str:
    if one.kind is DueKind.CORRECTION:
        return f"{one.kind.label} to {agency}"
    if one.kind is DueKind.ACKNOWLEDGE:
        return f"Say that you have read what {agency} told you"
    if one.kind is DueKind.UNREAD:
        return f"{agency} has not acknowledged what you told it"
    if one.kind is DueKind.REVIEW and one.words == WILL_TELL:
        return f"You said you would tell {agency}"
    if one.kind is DueKind.REVIEW:
        return f"{one.kind.label} with {agency}"
    return one.kind.label


def _when(one: Due, today: date) -> str:
    if one.on is None:
        return "They were told what it changes, and not this"
    return _by(one.on, today)


def _address(one: Due) -> str:
    case = one.family.id
    if one.kind is DueKind.FIND_OUT:
        page = reverse("network_question", kwargs={"case": case})
        return f"{page}?{urlencode({'gap': one.key})}"
    if one.kind is DueKind.SEAL:
        at = {"case": case, **({"statement": one.statement} if one.statement else {})}
        return reverse("entry_access" if one.statement else "family_access", kwargs=at)
    if one.kind is DueKind.DO or one.statement is None:
        return f"{reverse('picture', kwargs={'case': case})}#questions"
    name = {
        DueKind.ACKNOWLEDGE: "receive_entry",
        DueKind.REVIEW: "share_entry",
    }.get(one.kind, "entry")
    return reverse(name, kwargs={"case": case, "statement": one.statement})


def to_read_by_family(found: Sequence[ToRead], today: date) -> dict[UUID, dict[str, object]]:
    """By family: that one was told something; what it is stands behind the link alone.

    What one was told in person comes first.
    """
    families: dict[UUID, list[ToRead]] = {}
    for one in sorted(found, key=lambda each: not each.in_person):
        families.setdefault(one.family.id, []).append(one)
    return {
        case: {
            "case": group[0].family,
            "told": [_to_read(one, today) for one in group[:OF_ONE_FAMILY]],
            "untold": words.more(len(group) - OF_ONE_FAMILY),
        }
        for case, group in families.items()
    }


def _to_read(one: ToRead, today: date) -> dict[str, str]:
    told = one.progress.told
    due = one.progress.due
    return {
        "by": f"{one.from_agency.name} told "
        + ("you in person" if one.in_person else "your agency")
        + f", {words.told_in_words(told.told_at, told.told)}",
        "due": f"Asked for by {words.day_in_words(due)}, {in_days(due, today)}" if due else "",
        "href": reverse(
            "receive_entry", kwargs={"case": one.family.id, "statement": told.statement}
        ),
    }
