"""The children's homes and care over time in words: a band for each stretch, and a list of all.

From what agencies claim, as known from the viewpoint; for a child nobody claims to look after, from
the changes of carer that entries record. Nothing is in the bands only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from goldenthread.domain.chronology.history import CarerBand
from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.over_time import Stretch, care_over_time, homes_over_time
from goldenthread.domain.network.vocabulary import CareNature, StayNature
from goldenthread.domain.shared.partial_date import PartialDate, parse_edtf
from goldenthread.usecases.chronology.shown import History
from goldenthread.web.case.history.bands import CARE, HOME, Care
from goldenthread.web.kit.words import WEEKDAYS, date_in_words, day_in_words, listed

# As it is said while it goes on, and once it is over.
STAYS = {
    StayNature.LIVES: ("lives at", "lived at"),
    StayNature.STAYS: ("stays at", "stayed at"),
    StayNature.VISITS: ("is often at", "was often at"),
}
BY = {
    CareNature.MAIN: ("main carer", "main carer"),
    CareNature.SHARED: ("shares the care", "shared the care"),
    CareNature.NIGHTS: ("cares at night", "cared at night"),
    CareNature.HELPS: ("helps", "helped"),
    CareNature.SUPERVISED: ("only with somebody else there", "only with somebody else there"),
    CareNature.NONE: ("must not care alone", "was not to care alone"),
    CareNature.NOT_KNOWN: ("looks after them, how far is not known",) * 2,
}
# Where the page of an entry is.
Address = Callable[[UUID], str]
# Who has the child for a time is drawn; who helps, or may not be alone with them, is told in words.
DRAWN = (CareNature.MAIN, CareNature.SHARED, CareNature.NIGHTS)


@dataclass(frozen=True, slots=True)
class Lived:
    """One stretch of a child's life: in words, its entry, and its band where one is drawn."""

    child: UUID
    name: str
    words: str
    because: UUID
    band: Care | None
    began: date | None
    ended: date | None

    @property
    def whole(self) -> str:
        """The words with whose life it is."""
        return f"{self.name}: {self.words}"

    def overlaps(self, first: date, last: date) -> bool:
        """Whether it can have been so on a day of a period; without a date, on any."""
        return (self.began or date.min) <= last and (self.ended or date.max) >= first


def lived_of(history: History, on: date) -> tuple[Lived, ...]:
    """Every stretch known of the children: child by child, homes before care, oldest first."""
    found: list[Lived] = []
    for child in history.family.children:
        homes = homes_over_time(history.lived, str(child.person)) if history.lived else ()
        care = care_over_time(history.lived, str(child.person)) if history.lived else ()
        found += (_stay(one, history, on) for one in homes)
        if care:
            found += (_care(one, history, on) for one in care)
        else:
            bands = (band for band in history.bands if band.child == child.person)
            found += (_recorded(band, history, on) for band in bands)
    return tuple(found)


def _stay(one: Stretch, history: History, on: date) -> Lived:
    homes = {home.id: home.name for home in history.lived.households} if history.lived else {}
    where = homes.get(one.whom, "a home")
    nature = StayNature(one.nature)
    nights = _nights(one.nights)
    words = f"{STAYS[nature][_is_over(one, on)]} {where}{f', {nights}' if nights else ''}"
    label = f"{where}, {nights}" if nights else where
    return _lived(one, history, on, words, HOME, label)


def _care(one: Stretch, history: History, on: date) -> Lived:
    carer = _name(history, one.whom)
    nature = CareNature(one.nature)
    times = [_nights(one.nights), _days(one.days)]
    how = "" if nature == CareNature.NIGHTS and one.nights else BY[nature][_is_over(one, on)]
    said = [part for part in (how, *times) if part]
    words = f"{carer}, {', '.join(said)}"
    # What stands on a band stands in its name as well, for whoever speaks to the page.
    first = "" if nature == CareNature.MAIN else f", {said[0].partition(':')[0]}"
    label = f"{carer}{first}" if nature in DRAWN else ""
    return _lived(one, history, on, words, CARE, label)


def _lived(one: Stretch, history: History, on: date, words: str, sort: str, label: str) -> Lived:
    child, because = UUID(one.child), _statement(one.claims[-1])
    told = next((c.words.strip() for c in reversed(one.claims) if c.words.strip()), "")
    when = {_when(claim.happened) for claim in one.claims if claim.happened.is_known}
    said = [
        f"{words} ({told})" if told else words,
        when.pop() if len(when) == 1 else _span(one),
    ]
    by = f"; {listed(_agencies(one.claims))}"
    if one.against:
        by += f"; {listed(_agencies(one.against))} says it is not so"
    if any(claim.is_disputed for claim in one.claims):
        by += "; disputed"
    name = history.names.get(child, "The child")
    band = None
    if label and one.began:
        band = Care(
            child, one.began, one.ended, because, label,
            seen_to=on, sort=sort, surely=one.surely_began,
        )  # fmt: skip
    return Lived(child, name, f"{', '.join(said)}{by}", because, band, one.began, one.ended)


def _recorded(band: CarerBand, history: History, on: date) -> Lived:
    """A band from one change of carer recorded to the next."""
    carers = [history.names.get(person, "somebody else") for person in band.carers]
    words = listed(carers) or "Carer not named"
    until = f"to {day_in_words(band.ended)}" if band.ended else "and nothing later is recorded"
    child = history.names.get(band.child, "The child")
    whole = f"cared for by {words} from {day_in_words(band.began)} {until}"
    care = Care(band.child, band.began, band.ended, band.because, words, seen_to=on)
    return Lived(band.child, child, whole, band.because, care, band.began, band.ended)


def _span(one: Stretch) -> str:
    """From the first that any account has it to the last, where they differ or have no date."""
    if one.began is None:
        return f"until {day_in_words(one.ended)}" if one.ended else "since when is not recorded"
    began = day_in_words(one.began)
    return f"from {began} to {day_in_words(one.ended)}" if one.ended else f"since {began}"


def _is_over(one: Stretch, on: date) -> bool:
    return one.ended is not None and one.ended < on


def _nights(nights: Iterable[int]) -> str:
    told = set(nights)
    if len(told) == len(WEEKDAYS):
        return "every night"
    return f"nights: {_weekdays(told)}" if told else ""


def _days(days: Iterable[int]) -> str:
    told = set(days)
    if len(told) == len(WEEKDAYS):
        return "every day"
    return f"days: {_weekdays(told)}" if told else ""


def _weekdays(days: Iterable[int]) -> str:
    return listed(WEEKDAYS[day - 1] for day in sorted(days))


def _when(happened: PartialDate) -> str:
    """The time of a claim: "since July 2022"; "December 2022" for one that began and ended then."""
    start, _, end = happened.edtf.partition("/")
    when = parse_edtf(start) if start == end else happened
    return date_in_words(when, weekday=False).removesuffix(", still going on")


def _name(history: History, person: str) -> str:
    return history.names.get(UUID(person), "somebody else")


def _statement(claim: Claim) -> UUID:
    return UUID(claim.source.statement) if claim.source else UUID(int=0)


def _agencies(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(c.source.agency_name for c in claims if c.source))


def lines_of(
    lived: Iterable[Lived], period: tuple[date, date], address: Address
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """The list under the lanes, child by child: what falls into the drawn period."""
    found: dict[UUID, tuple[str, list[tuple[str, str]]]] = {}
    for one in lived:
        if one.overlaps(*period):
            words = one.words[:1].upper() + one.words[1:]
            found.setdefault(one.child, (one.name, []))[1].append((words, address(one.because)))
    return tuple((name, tuple(lines)) for name, lines in found.values())
