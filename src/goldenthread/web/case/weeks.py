"""Who has each child this week by night and by day, in words, account beside account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.network.caring import ChildWeek, Turn, week_of
from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import CareNature
from goldenthread.web.case.homes import Around, night_words
from goldenthread.web.case.opposing import against_caring
from goldenthread.web.case.sources import Said, accounts_of, dated, marks_of
from goldenthread.web.kit.words import WEEKDAYS, listed

DIFFER = "Not settled: agencies name different people."
WHICH = "Which days and nights each has is not recorded."
PLAIN = {
    CareNature.MAIN: "main carer",
    CareNature.SHARED: "shares the care",
    CareNature.HELPS: "helps",
    CareNature.SUPERVISED: "only with somebody else there",
    CareNature.NONE: "must not care alone",
    CareNature.NOT_KNOWN: "looks after them, how far is not known",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One carer's part: "Janet Rudland", and by each account "every night, since 28 May 2026"."""

    name: str
    accounts: tuple[Said, ...]
    against: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """The nights, or the days, or both of a week, with everybody who is said to have them."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """One child's week; `against` is what agencies say that does not go with it."""

    child: str
    shares: tuple[Share, ...]
    against: tuple[Said, ...]


def weeks_of(around: Around, children: Sequence[tuple[str, str]]) -> tuple[Week, ...]:
    """The week of each child, given as id and name; without shares where nobody is recorded."""
    return tuple(
        _week(around, week_of(around.at, child, around.claims), name) for child, name in children
    )


def _week(around: Around, week: ChildWeek, name: str) -> Week:
    say = _Words(around, week)
    unnamed = [turn for turn in week.days if not turn.is_named]
    nights = [turn for turn in week.nights if turn.is_named or turn not in unnamed]
    days = [turn for turn in week.days if turn.is_named]
    shares = [
        say.share("Day and night", unnamed, WHICH if _is_shared(unnamed) else ""),
        say.share("Nights", nights, DIFFER if week.nights_differ else ""),
        say.share("Days", days, DIFFER if week.days_differ else ""),
        say.share("Also", sorted(week.others, key=_place)),
    ]
    if not week.is_empty and not unnamed:
        shares += [
            Share(title, (), f"Nobody is recorded for the {title.lower()}.")
            for title, turns in (("Nights", nights), ("Days", days))
            if not turns
        ]
    return Week(name, tuple(one for one in shares if one), say.left_over())


def _is_shared(turns: Sequence[Turn]) -> bool:
    """Whether it matters that nobody said which nights: where several people divide them."""
    return len({turn.carer for turn in turns}) > 1


def _place(turn: Turn) -> tuple[bool, int]:
    """Who must not care alone first, then in the order of the vocabulary."""
    nature = CareNature(turn.nature)
    return nature != CareNature.NONE, list(CareNature).index(nature)


class _Words:
    """The words of one child's week; each account that does not fit is said once."""

    def __init__(self, around: Around, week: ChildWeek) -> None:
        self.around = around
        turns = (*week.nights, *week.days, *week.others)
        shown = {claim.id for turn in turns for claim in turn.claims}
        self.opposed = {
            claim.id: claim
            for found in week.contradictions
            for claim in found.claims
            if claim.id not in shown
        }

    def share(self, title: str, turns: Sequence[Turn], note: str = "") -> Share | None:
        """One part of the week; None where nobody has it."""
        if not turns:
            return None
        return Share(title, tuple(self._part(turn, title) for turn in turns), note)

    def left_over(self) -> tuple[Said, ...]:
        """What speaks against somebody whose part is not shown."""
        return self._against(list(self.opposed.values()))

    def _part(self, turn: Turn, title: str) -> Part:
        opposed = [claim for claim in self.opposed.values() if claim.person == turn.carer]
        on = self.around.at.on
        return Part(
            name=self.around.name(turn.carer),
            accounts=accounts_of(
                turn.claims, lambda claim: _words(claim, turn, title, on), self.around.address
            ),
            against=self._against(opposed),
        )

    def _against(self, claims: list[Claim]) -> tuple[Said, ...]:
        """What agencies say against a part: that it is not so, or until when it was."""
        for claim in claims:
            self.opposed.pop(claim.id)
        return tuple(self._opposing(claim) for claim in claims)

    def _opposing(self, claim: Claim) -> Said:
        words = against_caring(claim, self.around.name(claim.person))
        return Said(words, marks_of([claim], self.around.address))


def _words(claim: Claim, turn: Turn, title: str, on: date) -> str:
    """How and since when, as one claim has it: "helps (evenings), since 15 June 2026"."""
    told = claim.words.strip()
    how = _times(turn, title) or PLAIN.get(CareNature(turn.nature), "")
    if not turn.times and turn.nature == CareNature.NIGHTS:
        how = "" if told else "which nights is not recorded"
    if turn.times and turn.nature == CareNature.SUPERVISED:
        how += f", {PLAIN[CareNature.SUPERVISED]}"
    said = f"{how} ({told})" if told and how else told or how
    return f"{said}, {dated(claim, on)}" if said else dated(claim, on)


def _times(turn: Turn, title: str) -> str:
    if title == "Nights":
        return night_words(turn.times)
    if len(turn.times) == len(WEEKDAYS):
        return "every day"
    return listed(WEEKDAYS[day - 1] for day in turn.times)
