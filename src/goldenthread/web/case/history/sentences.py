"""One entry in sentences: how it is known, who knows it and since when, how it stands.

The list and the lanes both speak through here, so that a mark and its row never disagree.
It must never say that an agency knew earlier than the record says.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from operator import itemgetter
from uuid import UUID

from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import AwarenessLevel, HowKnown, Kind, KnownBasis
from goldenthread.domain.shared.instants import day_of
from goldenthread.domain.shared.partial_date import parse_edtf
from goldenthread.usecases.chronology.shown import History, Knower, ShownEntry
from goldenthread.web.kit.words import date_in_words, day_in_words, how_known_in_words, listed

# When an entry was written down is said only where it was later than this: a note written up after
# a weekend is ordinary, and saying it on every row would hide the rows that were written up late.
BOTH_TIMES_AFTER = timedelta(days=3)

REACHED = {
    AwarenessLevel.TOLD: "told to {} {}",
    AwarenessLevel.DELIVERED: "sent to {} {}",
    AwarenessLevel.OPENED: "opened by {} {}",
}
KIND_LABELS = {str(kind): kind.label for kind in Kind}
STANDING_WORDS = {
    Standing.DISPUTED: "Disputed",
    Standing.CORRECTED: "Corrected",
    Standing.WITHDRAWN: "Withdrawn",
}
SHAPES = {
    HowKnown.SAW: "saw",
    HowKnown.TOLD: "told",
    HowKnown.RECORD: "record",
    HowKnown.INFERRED: "inferred",
    # Nothing is guessed: an entry that does not say how it is known came to us as a record.
    HowKnown.NOT_RECORDED: "record",
}
SHAPE_WORDS = {
    "saw": "Seen or heard first hand",
    "told": "Told by someone",
    "record": "From a record",
    "inferred": "Worked out",
}
RINGS = {Standing.DISPUTED: "-ring", Standing.STANDS: ""}
_BY_DAY = itemgetter(0, 1)
WEIGHT_WORDS = {"concern": ", a concern", "strength": ", a strength", "neutral": ""}


def day_words(day: date, year: int | None = None) -> str:
    """A day, without its year where that is the `year` being read about."""
    words = _long(day)
    return words[:-5] if day.year == year else words


@cache
def _long(day: date) -> str:
    return day_in_words(day)


def mark_of(entry: ShownEntry) -> str:
    """Which mark an entry bears: "saw-concern", "told-neutral-ring", "record-strength-struck"."""
    said = entry.statement
    weight = "concern" if said.bears_concern else "strength" if said.bears_strength else "neutral"
    return f"{SHAPES.get(said.how_known, 'record')}-{weight}{RINGS.get(entry.standing, '-struck')}"


@cache
def mark_words(mark: str) -> str:
    """What a mark says, for those who cannot see it."""
    shape, weight, *_ = mark.split("-")
    return f"{SHAPE_WORDS[shape]}{WEIGHT_WORDS[weight]}"


class Sentences:
    """The sentences of one history; what every entry needs is worked out once."""

    def __init__(self, history: History) -> None:
        self.history = history
        kinds = [row.kind for row in history.agencies.values()]
        self.short = {
            row.id: _lowered(row.kind_label) if kinds.count(row.kind) == 1 else row.name
            for row in history.agencies.values()
        }
        seen: dict[UUID, None] = dict.fromkeys(member.agency for member in history.family.team)
        self.team = tuple(seen)
        self.whom = {member.person: member.name for member in history.family.members}
        self._not_told: dict[frozenset[UUID], str] = {}

    def how(self, entry: ShownEntry) -> str:
        """How it is known and from whom: "Told by Ruth Okafor to Ama Boateng, Health visitor."."""
        said = entry.statement
        words = how_known_in_words(said.how_known, who=entry.asserted_by, informant=said.informant)
        if said.reasoning:
            words += f", because: {said.reasoning.rstrip('.')}"
        return words + "."

    def known(self, entry: ShownEntry) -> str:
        """Who knows it and since when: "Known to police from 12 March 2026; told to ..."."""
        parts, year = [], None
        # Whoever made it comes before those it told on the same day.
        dated = [(day_of(k.known_from), k.level in REACHED, k) for k in entry.knowers]
        if len(dated) > 1:
            dated.sort(key=_BY_DAY)
        for day, reached, knower in dated:
            name, words = self.short[knower.agency], day_words(day, year)
            if reached:
                parts.append(REACHED[knower.level].format(name, _reached(knower, words)))
            else:
                about, assumed = _about(entry, knower.agency)
                also = "known also to" if parts else "known to"
                parts.append(f"{also} {name} from {about}{words}{assumed}")
            year = day.year
        words = "; ".join(parts)
        return words[:1].upper() + words[1:]

    def not_told(self, entry: ShownEntry) -> str:
        """The team's agencies that had not been told, as a list; empty when all had."""
        knew = frozenset(knower.agency for knower in entry.knowers)
        words = self._not_told.get(knew)
        if words is None:  # few sets of agencies know the entries of one family
            words = listed(self.short[agency] for agency in self.team if agency not in knew)
            self._not_told[knew] = words
        return words

    def decided(self, entry: ShownEntry) -> list[str]:
        """The decisions not to tell an agency, each with its reason and its review date."""
        return [
            f"{one.from_agency} decided not to tell {one.to_agency}: {one.reason.rstrip('.')}."
            + (f" To be looked at again on {day_in_words(one.review_on)}." if one.review_on else "")
            for one in entry.not_told
        ]

    def written(self, entry: ShownEntry) -> str:
        """When it was written down, where that was days away from when it was known; else empty."""
        said = entry.statement
        if said.recorded_at is None or abs(said.recorded_at - said.known_at) <= BOTH_TIMES_AFTER:
            return ""
        return f"Written down {day_words(day_of(said.recorded_at))}."

    def whole(self, entry: ShownEntry, when: str) -> tuple[str, str]:
        """The whole entry as one sentence, and the same with a long text cut to name a mark by."""
        said = entry.statement
        standing = STANDING_WORDS.get(entry.standing)
        when = when[:1].upper() + when[1:]
        start = f"{standing}. {when}" if standing else when
        known = self.known(entry)
        before = (
            f"{start}: {entry.agency.name}, {_lowered(KIND_LABELS.get(said.kind, said.kind))}: "
        )
        after = f". {self.how(entry)} {known}{'.' if known else ''}"
        whole = f"{before}{said.text.rstrip('.')}{after}"
        if len(said.text) <= 160:
            return whole, whole
        return whole, f"{before}{said.text[:157].rstrip().rstrip('.')}{after}"


def _reached(knower: Knower, day: str) -> str:
    """When an agency was told, as it was stated: "on 20 March", "about March 2026"."""
    if knower.told is None:
        return f"on {day}"
    stated = parse_edtf(knower.told)
    if stated.is_exact:
        return f"on {day}"
    if not stated.is_known:
        return f"by {day} (day not stated)"
    words = date_in_words(stated, weekday=False)
    return f"in {words}" if re.fullmatch(r"\d{4}(-\d\d)?", stated.edtf) else words


def _about(entry: ShownEntry, agency: UUID) -> tuple[str, str]:
    """What stands before and after the day the source itself came to know."""
    if agency != entry.statement.agency:
        return "", ""
    basis = entry.statement.known_basis
    return ("about " if basis == KnownBasis.ABOUT else ""), (
        " (assumed)" if basis == KnownBasis.ASSUMED else ""
    )


def _lowered(words: str) -> str:
    """A label within a sentence: "police", but "GP practice" and "Cafcass"."""
    if words[1:2].isupper() or words == "Cafcass":
        return words
    return words[:1].lower() + words[1:]
