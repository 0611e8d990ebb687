"""From a history to what a picture is drawn from: lanes, marks, stretches, rules and silences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.provenance.links import Standing
from goldenthread.domain.provenance.vocabulary import Concern
from goldenthread.domain.risk import lanes as placing
from goldenthread.domain.shared.partial_date import PartialDate
from goldenthread.drawing.picture import (
    Born,
    Given,
    Item,
    Lane,
    Quiet,
    Row,
    Rule,
    Sign,
    Stretch,
)
from goldenthread.usecases.chronology.quiet_stretches import quiet_stretches
from goldenthread.usecases.chronology.shown import History, MemberRow, ShownEntry
from goldenthread.web.case.history.bands import HOME
from goldenthread.web.case.history.lived import Lived, lived_of
from goldenthread.web.case.history.sentences import Sentences, mark_of
from goldenthread.web.kit.words import counted, date_in_words, day_in_words
from goldenthread.web.picture.asked import Asked, child_of
from goldenthread.web.picture.spans import fold_of, span_of

HELD_ELSEWHERE = "masked"
NEITHER, STRENGTHS = str(Concern.NONE), str(Concern.STRENGTH)
NAMES = {
    NEITHER: "Contact, no concern named",
    STRENGTHS: "Strengths, what holds",
    HELD_ELSEWHERE: "Held by other agencies",
}
LONGEST_LABEL = 44
# Rows of marks in a lane before the rest is gathered; what only sets the scene takes fewer.
MOST_ROWS, SIBLING_ROWS, HELD_ROWS = 7, 3, 2
PLANS, WORKERS = "plans", "workers"


@dataclass(frozen=True)
class Placed:
    """One entry with the lanes it stands in."""

    entry: ShownEntry
    lanes: tuple[str, ...]

    @property
    def happened(self) -> PartialDate:
        """When it was so."""
        return self.entry.happened


class Scene:
    """One history as the picture of one child: what is placed where, and the words of each mark."""

    def __init__(self, history: History, asked: Asked, address_of: Callable[[UUID], str]) -> None:
        self.history, self.asked, self.address_of = history, asked, address_of
        self.child: MemberRow | None = child_of(asked, history.family)
        self.say = Sentences(history)
        children = {one.person for one in history.family.children}
        whose = self.child.person if self.child else None
        self.placed = tuple(
            Placed(entry, placing.lanes_of(entry.statement, whose, children))
            for entry in history.entries
        )
        self.by_id = {one.entry.id: one for one in self.placed}
        born = self.child.born.from_min if self.child and self.child.born else None
        days = (born, *(_first(p.happened) for p in self.placed))
        self.span = span_of(filter(None, days), asked)
        self.fold = fold_of(
            (
                day
                for one in self.placed
                if any(subject.person == whose for subject in one.entry.statement.subjects)
                if (day := _first(one.happened))
            ),
            self.span,
            asked,
        )

    @property
    def siblings(self) -> list[MemberRow]:
        """The family's other children, in its order."""
        return [one for one in self.history.family.children if one != self.child]

    def names(self) -> dict[str, str]:
        """What each lane is called."""
        found = {str(lane): lane.label for lane in placing.LANES} | NAMES
        return found | {placing.sibling_lane(one.person): one.name for one in self.siblings}

    def order(self) -> list[str]:
        """Every lane that this history has: siblings first, then the vocabulary's own order."""
        used = {lane for one in self.placed for lane in one.lanes}
        siblings = [placing.sibling_lane(one.person) for one in self.siblings]
        always = {STRENGTHS}
        own = [str(lane) for lane in placing.LANES if str(lane) in used | always]
        return [lane for lane in siblings if lane in used] + own

    def of_lane(self, lane: str) -> list[Placed]:
        """The entries of one lane, oldest first."""
        return [one for one in self.placed if lane in one.lanes]

    def is_drawn(self, happened: PartialDate) -> bool:
        """Whether it can have been so on a drawn day."""
        first, last = days_of(happened, self.asked.on)
        return first is not None and first <= self.span[1] and (last or first) >= self.span[0]

    def whole(self, entry: ShownEntry) -> str:
        """The entry in a sentence, a long text cut."""
        return self.say.whole(entry, date_in_words(entry.happened))[1]


def given_of(scene: Scene, behind: frozenset[UUID], lane_at: Callable[[str], str]) -> Given:
    """What the picture is drawn from; `behind` are the entries of the question chosen."""
    first, last = scene.span
    lived = lived_of(scene.history, scene.asked.on)
    rows, stretches = _rows(scene, lived)
    return Given(
        first=first,
        last=last,
        title=f"Picture, {day_in_words(first)} to {day_in_words(last)}",
        lanes=tuple(_lanes(scene, lane_at)),
        items=(*_items(scene, behind), *_masked(scene)),
        rows=rows,
        stretches=stretches,
        rules=tuple(rules_of(scene)),
        births=tuple(_births(scene)),
        quiets=tuple(
            Quiet(gap.after, gap.until, f"{gap.days} days")
            for gap in quiet_stretches(scene.history)
        ),
        fold=scene.fold,
    )


def days_of(happened: PartialDate, on: date) -> tuple[date | None, date | None]:
    """The first and last day something was so; `last` is None for one certain day.

    What still goes on, or whose end nobody knows, is drawn to the day of the viewpoint.
    """
    first = _first(happened)
    if happened.is_exact or first is None:
        return first, None
    last = happened.to_max or max(on, first)
    if last <= first and happened.is_approximate:  # "about 3 March" is no certain day either
        last = first + timedelta(days=1)
    return first, last


def _first(happened: PartialDate) -> date | None:
    return happened.from_min or happened.from_max or happened.to_max


def _lanes(scene: Scene, lane_at: Callable[[str], str]) -> Iterable[Lane]:
    names = scene.names()
    for key in scene.order():
        shown = [one for one in scene.of_lane(key) if scene.is_drawn(one.happened)]
        note = counted(len(shown), "entry", "entries") if shown else "none recorded"
        is_sibling = key.startswith("sibling:")
        yield Lane(
            key=key,
            name=names[key],
            note=f"{note} of their own" if is_sibling and shown else note,
            is_faint=is_sibling,
            is_tinted=key == STRENGTHS,
            href=lane_at(key) if shown else "",
            label=f"{names[key]}: {note}. Lists them.",
            most_rows=SIBLING_ROWS if is_sibling else MOST_ROWS,
        )
    if scene.history.masked:
        note = f"{counted(len(scene.history.masked), 'entry', 'entries')}, not shown to you"
        yield Lane(HELD_ELSEWHERE, names[HELD_ELSEWHERE], note, most_rows=HELD_ROWS)


def _items(scene: Scene, behind: frozenset[UUID]) -> Iterable[Item]:
    for one in scene.placed:
        if not scene.is_drawn(one.happened):
            continue
        entry = one.entry
        first, last = days_of(entry.happened, scene.asked.on)
        yield Item(
            id=str(entry.id),
            lanes=one.lanes,
            first=first,
            last=last,
            sign=sign_of(entry),
            name=scene.whole(entry),
            href=scene.address_of(entry.id),
            is_asked_about=entry.id in behind,
        )


def sign_of(entry: ShownEntry) -> Sign:
    """How an entry is marked, here as everywhere."""
    shape, weight, *more = mark_of(entry).split("-")
    if entry.statement.bears_concern and entry.statement.bears_strength:
        weight = "both"
    return Sign(shape, weight, "ring" in more, "struck" in more)


def _masked(scene: Scene) -> Iterable[Item]:
    """That other agencies hold entries, and when: an id of one is no reader's to know."""
    for number, masked in enumerate(scene.history.masked):
        first, last = days_of(masked.happened, scene.asked.on)
        yield Item(
            f"masked-{number}", (HELD_ELSEWHERE,), first, last, Sign("masked"),
            f"An entry dated {date_in_words(masked.happened)}, held by another agency",
        )  # fmt: skip


def rules_of(scene: Scene) -> Iterable[Rule]:
    """The decisions, meetings and changes of plan that stand, on their days; one a day and kind."""
    told: set[tuple[date, str]] = set()
    for one in scene.placed:
        said, day = one.entry.statement, _first(one.happened)
        words = placing.TURNS.get(said.kind)
        if words and day and _stands(one.entry) and (day, words) not in told:
            told.add((day, words))
            yield Rule(day, words)


def _stands(entry: ShownEntry) -> bool:
    return entry.standing in (Standing.STANDS, Standing.DISPUTED)


def _births(scene: Scene) -> Iterable[Born]:
    for child in scene.history.family.children:
        born = child.born.from_min if child.born else None
        if born:
            yield Born(born, f"{child.name.split(' ')[0]} born")


def _rows(scene: Scene, lived: tuple[Lived, ...]) -> tuple[tuple[Row, ...], tuple[Stretch, ...]]:
    """Where the child lived, who looked after them, which plan stood and who the worker was."""
    name = scene.child.name.split(" ")[0] if scene.child else ""
    rows = (
        Row(HOME, name, "where they lived"),
        Row("care", name, "cared for by"),
        Row(PLANS, "Plans", "from one change to the next"),
        Row(WORKERS, "Workers", "each change of worker"),
    )
    own = [one for one in lived if scene.child and one.child == scene.child.person and one.band]
    stretches = [_lived(one, scene) for one in own]
    stretches += _courses(scene, PLANS, placing.PLAN_OPENS, placing.PLAN_CLOSES)
    stretches += _courses(scene, WORKERS, placing.WORKER_OPENS, frozenset())
    return rows, tuple(stretches)


def _lived(one: Lived, scene: Scene) -> Stretch:
    band = one.band
    assert band is not None
    return Stretch(
        row=band.sort,
        began=band.began,
        until=band.ended or max(scene.asked.on, band.began),
        words=band.words,
        name=one.whole,
        href=scene.address_of(one.because),
        surely=band.surely,
    )


def _courses(scene: Scene, row: str, opens, closes) -> list[Stretch]:
    standing = [one.entry for one in scene.placed if _stands(one.entry)]
    entries = {entry.id: entry for entry in standing}
    found = []
    for course in placing.courses((e.statement for e in standing), opens, closes):
        entry = entries[course.because]
        until = course.ended or max(scene.asked.on, course.began)
        ends = (
            f"until the next change on {day_in_words(course.ended)}"
            if course.ended
            else "and no later change is recorded"
        )
        found.append(
            Stretch(row, course.began, until, first_words(entry), f"{scene.whole(entry)} {ends}",
                    scene.address_of(entry.id))
        )  # fmt: skip
    return found


def beginning(entry: ShownEntry, longest: int) -> str:
    """What the entry says, as far as fits: enough to know which one is meant."""
    words = " ".join(entry.statement.text.split())
    return words if len(words) <= longest else f"{words[: longest - 1].rsplit(' ', 1)[0]} …"


def first_words(entry: ShownEntry, longest: int = LONGEST_LABEL) -> str:
    """The entry's own first words, as many as fit a label; never any that it does not say."""
    sentence = " ".join(entry.statement.text.split()).partition(". ")[0].rstrip(".")
    if len(sentence) <= longest:
        return sentence
    return f"{sentence[: longest - 1].rsplit(' ', 1)[0].rstrip(',;:')} …"
