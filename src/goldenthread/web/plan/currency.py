"""How a plan stands, as full sentences with their cause.

Every page that says how a plan stands takes its words from here, so that it never reads two ways.
It never says "current" more widely than by what this reader's own agency has been told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from goldenthread.domain.plans.currency import PlanCurrency, Reason
from goldenthread.domain.plans.plan import SafetyPlan
from goldenthread.domain.plans.vocabulary import CurrencyState
from goldenthread.domain.provenance.vocabulary import Kind
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.plans.shown import EntryLine, PlanLine, PlanPage
from goldenthread.usecases.plans.sight import PlanSeen
from goldenthread.web.kit.words import counted, date_in_words, day_in_words

LONGEST_WORDS = 140  # letters of an entry in a list; its page has the rest


@dataclass(frozen=True, slots=True)
class EntryLink:
    """One entry in a line, with the address of its page."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One reason for review: a sentence, and the entries behind it."""

    sentence: str
    entries: tuple[EntryLink, ...]


@dataclass(frozen=True, slots=True)
class CurrencyShown:
    """How a plan stands. `tone` is current, stale, not_yet_assessed or withdrawn: it only repeats
    what the sentence says."""

    tone: str
    badge: str
    sentence: str
    reasons: tuple[ReasonShown, ...]
    unconsidered: str
    entries: tuple[EntryLink, ...]
    asked: str
    tell: EntryLink | None


def currency_shown(page: PlanPage, case: UUID) -> CurrencyShown:
    """How the plan of a page stands. The page must have one."""
    seen = page.seen
    assert seen is not None
    found, everything = seen.currency, page.family.sees_everything
    if seen.withdrawn:
        return _withdrawn(seen)
    reasons = tuple(
        ReasonShown(
            _because(one, seen.plan, page.entries), tuple(_links(one.because, page.entries, case))
        )
        for one in found.reasons
    )
    return CurrencyShown(
        tone=str(found.state),
        badge=BADGES[found.state],
        sentence=_sentence(
            found, reasons[0].sentence if reasons else "", seen, everything, page.as_of
        ),
        reasons=reasons,
        unconsidered=_unconsidered(found, everything),
        entries=tuple(_links(found.unconsidered, page.entries, case)),
        asked=_asked(page, seen),
        tell=_to_tell(page, seen, case),
    )


BADGES = {
    CurrencyState.CURRENT: "Current",
    CurrencyState.STALE: "Needs review",
    CurrencyState.NOT_YET_ASSESSED: "Not yet considered",
}


@dataclass(frozen=True, slots=True)
class LineShown:
    """A plan's currency in one line, for a family's page."""

    href: str
    badge: str
    tone: str
    sentence: str


def plan_line(line: PlanLine | None, case: UUID, *, sees_everything: bool) -> LineShown | None:
    """How a family's plan stands, in one line; None where the reader may read no plan."""
    if line is None:
        return None
    href = reverse("plan", kwargs={"case": case})
    if line.withdrawn:
        when = day_in_words(day_of(line.withdrawn.answered_at))
        return LineShown(href, "Withdrawn", "withdrawn", f"The plan was withdrawn on {when}.")
    found = line.currency
    badge = BADGES[found.state]
    if found.state is CurrencyState.STALE:
        reason = found.reasons[0]
        cause = f" ({_entry_of(line.cause)})" if line.cause else ""
        rests = f" It takes it that “{line.assumption}”." if line.assumption else ""
        return LineShown(
            href,
            badge,
            str(found.state),
            f"Needs review because {reason.trigger.label}{cause}.{rests}",
        )
    if found.state is CurrencyState.NOT_YET_ASSESSED:
        return LineShown(href, badge, str(found.state), _unconsidered(found, sees_everything))
    return LineShown(
        href, badge, str(found.state), f"Current {_by_what(sees_everything)}: last looked at on "
        f"{day_in_words(found.confirmed_on)}.",
    )  # fmt: skip


def beginning_of(text: str) -> str:
    """An entry's words, or where it is long their beginning."""
    words = " ".join(text.split())
    if len(words) <= LONGEST_WORDS:
        return words
    return words[:LONGEST_WORDS].rsplit(" ", 1)[0] + " …"


def entry_link(line: EntryLine, case: UUID) -> EntryLink:
    """One entry in a line: when, whose, what sort, and how it begins."""
    when = date_in_words(line.happened, weekday=False)
    words = f"{when}, {line.agency_name}, {Kind.label_of(line.kind).lower()}: "
    href = reverse("entry", kwargs={"case": case, "statement": line.id})
    return EntryLink(href, words[:1].upper() + words[1:] + beginning_of(line.text))


def _sentence(
    found: PlanCurrency, because: str, seen: PlanSeen, everything: bool, as_of: datetime
) -> str:
    if found.state is CurrencyState.STALE:
        return because
    if found.state is CurrencyState.NOT_YET_ASSESSED:
        return _unconsidered(found, everything)
    review = seen.confirmed.review_on if seen.confirmed else seen.plan.review_on
    again = f" It is to be looked at again on {day_in_words(review)}." if review else ""
    considered = f"considered up to {day_in_words(found.confirmed_on)}"
    return f"Current {_by_what(everything)}: {considered}, and nothing is known since.{again}"


def _by_what(everything: bool) -> str:
    return "by everything in the record" if everything else "by what your agency has been told"


def _unconsidered(found: PlanCurrency, everything: bool) -> str:
    number = len(found.unconsidered)
    if not number:
        return ""
    entries = counted(number, "entry", "entries")
    whose = "in the record" if everything else "that your agency knows"
    looked = day_in_words(found.confirmed_on)
    return f"Not yet considered against {entries} {whose}. It was last looked at on {looked}."


def _because(reason: Reason, plan: SafetyPlan, entries: Mapping[UUID, EntryLine]) -> str:
    known = [entries[one] for one in reason.because if one in entries]
    cause = f" ({_entry_of(known[0])})" if len(known) == 1 else ""
    if len(known) > 1:
        cause = f" ({counted(len(known), 'entry', 'entries')})"
    said = [one.words for one in plan.assumptions if one.key in reason.assumptions]
    takes = f" This plan takes it that “{said[0]}”." if said else ""
    return f"Needs review because {reason.trigger.label}{cause}.{takes}"


def _entry_of(line: EntryLine) -> str:
    if not line.happened.is_known:
        return f"entry by {line.agency_name}"
    return f"entry of {date_in_words(line.happened, weekday=False)}, {line.agency_name}"


def _links(
    ids: tuple[UUID, ...], entries: Mapping[UUID, EntryLine], case: UUID
) -> Iterator[EntryLink]:
    return (entry_link(entries[id], case) for id in ids if id in entries)


def _asked(page: PlanPage, seen: PlanSeen) -> str:
    """Who is asked, and by when; or that they know of no reason to be, and need to be told."""
    found, asked = seen.currency, seen.asked
    if asked is None:
        return ""
    who = f"{asked.name} ({asked.agency_name})"
    because = {one for reason in found.reasons for one in reason.because}
    if because and because <= page.untold:
        return f"{who} looks after this plan and has not been told of what questions it."
    by = found.answer_by(page.rules)
    if by is not None and by < day_of(page.as_of):
        say = f"was asked to say by {day_in_words(by)} whether it is still right"
        return f"{who} {say}, changed or withdrawn. Nobody has answered yet."
    if by is not None:
        say = f"is asked to say by {day_in_words(by)} whether it is still right"
        return f"{who} {say}, changed or withdrawn."
    untold = len(page.untold)
    if not untold:
        return ""
    them = "this entry" if len(found.unconsidered) == 1 else f"{untold:,} of these entries"
    return f"{who} looks after this plan and has not been told of {them}."


def _to_tell(page: PlanPage, seen: PlanSeen, case: UUID) -> EntryLink | None:
    """Where the reader can tell whoever looks after the plan of what they do not know."""
    if seen.asked is None or seen.asked.agency == page.family.reader.agency:
        return None
    because = [one for reason in seen.currency.reasons for one in reason.because]
    first = next((one for one in (*because, *page.untold) if one in page.untold), None)
    if first is None or first not in page.entries:
        return None
    href = reverse("share_entry", kwargs={"case": case, "statement": first})
    return EntryLink(href, f"Tell {seen.asked.agency_name}")


def _withdrawn(seen: PlanSeen) -> CurrencyShown:
    assert seen.withdrawn is not None
    when = day_in_words(day_of(seen.withdrawn.answered_at))
    by = seen.withdrawn.answered_by_name
    words = f"This plan was withdrawn by {by} on {when}. No plan is in force."
    return CurrencyShown("withdrawn", "Withdrawn", words, (), "", (), "", None)


def held_words(seen: PlanSeen) -> str:
    """Since when nothing has questioned what the plan takes to be so: last confirmed, by whom."""
    if seen.confirmed:
        day: date = day_of(seen.confirmed.answered_at)
        return f"Holds: last confirmed on {day_in_words(day)} by {seen.confirmed.answered_by_name}"
    day = day_of(seen.version.signed_at)
    return f"Holds: last confirmed on {day_in_words(day)} by {seen.version.signed_by_name}"
