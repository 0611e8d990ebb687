"""The words around a glyph: name, role and tags below it, dates above it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.network.vocabulary import CareNature, ClaimKind, Gender, Loss, NeedNature
from goldenthread.drawing import dates
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.signs import NEED_LETTERS, SIGN_OF_NEED, Sign
from goldenthread.drawing.laid_out import GLYPH
from goldenthread.drawing.lettering import width_of, wrapped
from goldenthread.drawing.marks import SMALLEST, Mark, Path, Tone, Words

WIDTH = 94.0  # px; neighbours stand 100 px apart
NAME, SMALL = 13.0, SMALLEST
LINE = 14.5  # px from baseline to baseline
GAP = 8.0  # px between glyph and words, an index child's second outline among them
DAY = timedelta(days=1)
DATES_CLEAR = 8.0  # px between glyph and dates
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TAGGED = (ClaimKind.CARES_FOR, ClaimKind.NEED)
_LOSS_WORDS = {
    Loss.MISCARRIAGE: "miscarriage",
    Loss.STILLBIRTH: "stillborn",
    Loss.TERMINATION: "termination",
}
_CARE_WORDS = {
    CareNature.MAIN: "main carer",
    CareNature.SHARED: "shares care",
    CareNature.NIGHTS: "",
    CareNature.HELPS: "helps",
    CareNature.SUPERVISED: "only supervised",
    CareNature.NONE: "must not care alone",
    CareNature.NOT_KNOWN: "cares, extent not known",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label; `mark` is "moon" before nights and "pr" before responsibility."""

    text: str
    bold: bool = False
    tone: Tone = Tone.INK
    mark: str = ""
    size: float = SMALL


@dataclass(frozen=True, slots=True)
class Label:
    """The words of one person, and the signs among them."""

    below: tuple[Line, ...]
    left: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    signs: tuple[Sign, ...] = ()

    @property
    def height(self) -> float:
        """How far the words reach below the glyph, in pixels."""
        return GAP + LINE * len(self.below) + 2 if self.below else 0.0

    @property
    def height_above(self) -> float:
        """How far the dates reach above the glyph."""
        lines = max(len(self.left), len(self.right))
        return DATES_CLEAR + LINE * lines if lines else 4.0


def _lines(text: str, **how: object) -> list[Line]:
    size = how.get("size", SMALL)
    mark = how.pop("mark", "")
    room = WIDTH - (14 if mark else 0)
    pieces = wrapped(text, size, room)
    return [
        Line(piece, mark=mark if not number else "", **how) for number, piece in enumerate(pieces)
    ]


def label_of(one: Relative, network: Network, moment: Moment, look: Look) -> Label:
    """The words of a person on the day."""
    if one.loss:
        words = "baby who died" if look.is_gentle else _LOSS_WORDS[Loss(one.loss)]
        return Label(tuple(_lines(one.name if look.names and one.name else words)))
    presence = moment.presence(one.id)
    tone = Tone.QUIET if presence == "not_yet" else Tone.INK
    below = _name(one, look, tone)
    below += _state(one, presence, moment)
    signs: list[Sign] = []
    if presence != "not_yet" and one.id not in look.withheld:
        for more, found in (_care(one, network, moment, look), _tags(one, network, moment, look)):
            below += more
            signs += found
    left = _born(one, presence) if one.id not in look.withheld else ()
    right = _died(one) if presence == "died" else ()
    return Label(tuple(below), left, right, tuple(signs))


def _name(one: Relative, look: Look, tone: Tone) -> list[Line]:
    if one.id in look.withheld:
        return _lines(one.role or "name withheld", bold=True)
    if not look.names:
        return _lines(one.role or "person", bold=one.is_child, tone=tone, size=NAME)
    lines = _lines(one.name, bold=one.is_child, tone=tone, size=NAME)
    if one.role and not one.is_child and one.role.lower() not in one.name.lower():
        lines += _lines(one.role, tone=Tone.QUIET)
    if not one.is_identified and one.description and one.description != one.name:
        lines += _lines(one.description, tone=Tone.QUIET)
    if one.gender == Gender.NON_BINARY:
        lines += _lines("non-binary", tone=Tone.QUIET)
    return lines


def _state(one: Relative, presence: str, moment: Moment) -> list[Line]:
    if presence == "unborn":
        due = f"due {dates.day(one.expected_on)}" if one.expected_on else "unborn"
        return _lines(due)
    if presence == "not_yet":
        born = one.born.from_min if one.born else one.expected_on
        later = born is not None and born > moment.on
        return _lines("not yet born" if later else "not yet here", tone=Tone.QUIET)
    return []


def _care(
    one: Relative, network: Network, moment: Moment, look: Look
) -> tuple[list[Line], list[Sign]]:
    """Whom this person looks after, and on which nights: a tag under the carer."""
    if not look.caring:
        return [], []
    return care_lines(
        (child, care.nature, care.nights, not care.certain or care.is_disputed)
        for child, care in moment.care.get(one.id, ())
        if child not in look.hidden
        for child in (first_name(network, child),)
    )


def first_name(network: Network, person: str) -> str:
    """The first word of somebody's name."""
    return next((p.name.split()[0] for p in network.people if p.id == person and p.name), "child")


def care_lines(
    cares: Iterable[tuple[str, str, tuple[int, ...], bool]],
) -> tuple[list[Line], list[Sign]]:
    """The tags for what one person does: (child, nature, nights, not certain) each."""
    grouped: dict[tuple[str, tuple[int, ...], bool], list[str]] = defaultdict(list)
    for child, nature, nights, unsure in cares:
        grouped[nature, nights, unsure].append(child)
    lines: list[Line] = []
    signs: list[Sign] = []
    for (nature, nights, unsure), children in sorted(grouped.items()):
        at_night = bool(nights) or nature == CareNature.NIGHTS
        when = nights_in_words(nights) if at_night else ""
        text = ", ".join(filter(None, (_CARE_WORDS[CareNature(nature)], when)))
        text = f"{text}: {', '.join(sorted(set(children)))}{' (not certain)' if unsure else ''}"
        lines += _lines(text, mark="moon" if at_night else "")
        signs += [Sign.NIGHTS] if at_night else []
    return lines, signs


def most_room(one: Relative, network: Network, look: Look) -> tuple[float, float]:
    """The height in pixels the words of a person can ever need, below and above their glyph."""
    if one.loss:
        return Label((Line(""), Line(""))).height, 4.0
    name = _name(one, look, Tone.INK)
    claims = [c for c in network.claims if c.person == one.id and c.says_so and c.kind in _TAGGED]
    days = {date.min, date.max}
    for claim in claims:
        when = claim.happened
        bounds = (when.from_min, when.from_max, when.to_min, when.to_max)
        days |= {each for bound in bounds if bound for each in (bound, bound + DAY)}
    more = [0]
    for on in sorted(days):
        held = [c for c in claims if c.held_on(on) is not False]
        lines, _ = care_lines(
            (
                first_name(network, c.other),
                c.nature,
                c.nights,
                c.held_on(on) is None or c.is_disputed,
            )
            for c in held
            if c.kind == ClaimKind.CARES_FOR and look.caring
        )
        needs = {c.nature for c in held if c.kind == ClaimKind.NEED}
        lines += _need_lines([n for n in NEED_LETTERS if n in needs], look)
        more.append(len(lines))
    held = [c for c in network.of(ClaimKind.RESPONSIBILITY) if c.other == one.id and c.says_so]
    names = ", ".join(dict.fromkeys(first_name(network, c.person) for c in held))
    tied = len(_lines(f"PR: {names}", mark="pr")) if held and look.responsibility else 0
    most = max(1, max(more) + tied)
    lines_above = 2 if one.is_child else 1 if one.born or one.died else 0
    above = DATES_CLEAR + LINE * lines_above
    return GAP + LINE * (len(name) + most) + 2, above


def nights_in_words(nights: tuple[int, ...]) -> str:
    """ISO weekdays as people say them: "Mon–Fri nights", "Sat, Sun nights", "every night"."""
    if not nights:
        return "nights"
    days = sorted(set(nights))
    if len(days) == 7:
        return "every night"
    runs: list[list[int]] = []
    for each in days:
        if runs and each == runs[-1][-1] + 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    named = [
        f"{DAYS[run[0] - 1]}–{DAYS[run[-1] - 1]}"
        if len(run) > 2
        else ", ".join(DAYS[d - 1] for d in run)
        for run in runs
    ]
    return f"{', '.join(named)} {'nights' if len(days) > 1 else 'night'}"


def _tags(
    one: Relative, network: Network, moment: Moment, look: Look
) -> tuple[list[Line], list[Sign]]:
    """Lettered needs and strengths, and who has parental responsibility."""
    natures = {tie.nature for tie in moment.ties(ClaimKind.NEED) if tie.person == one.id}
    needs = [nature for nature in NEED_LETTERS if nature in natures]
    lines = _need_lines(needs, look)
    signs = [SIGN_OF_NEED[each] for each in needs] if lines else []
    held = [
        first_name(network, tie.person)
        for tie in moment.ties(ClaimKind.RESPONSIBILITY)
        if tie.other == one.id and tie.person not in look.hidden
    ]
    if look.responsibility and held:
        lines += _lines(f"PR: {', '.join(dict.fromkeys(held))}", mark="pr")
        signs.append(Sign.RESPONSIBILITY)
    return lines, signs


def _need_lines(needs: list[NeedNature], look: Look) -> list[Line]:
    if not look.needs or look.is_gentle or not needs:
        return []
    return _lines(" · ".join(NEED_LETTERS[each] for each in needs), bold=True)


def _born(one: Relative, presence: str) -> tuple[str, ...]:
    if presence in ("unborn", "not_yet") or one.born is None or not one.born.is_known:
        return ()
    if one.is_child and one.born.is_exact and one.born.from_min:
        day_month, year = dates.short(one.born).rsplit(" ", 1)
        return day_month, year
    year = dates.year(one.born)
    return (year if year.startswith("c") else f"b {year}",)


def _died(one: Relative) -> tuple[str, ...]:
    return (f"d {dates.year(one.died)}",) if one.died and one.died.is_known else ("died",)


def drawn(label: Label, x: float, y: float, figure: Figure) -> tuple[Mark, ...]:
    """The marks of a label whose figure stands at a place."""
    marks: list[Mark] = []
    base = y + GLYPH / 2 + GAP + 11
    for row, line in enumerate(label.below):
        at = base + row * LINE
        shift = 7 if line.mark else 0
        marks.append(
            Words(x + shift, at, line.text, size=line.size, bold=line.bold, tone=line.tone)
        )
        if line.mark:
            marks.append(_mark(line, x + shift, at))
    for texts, anchor, side in ((label.left, "end", -6), (label.right, "start", 6)):
        top = y - max(figure.top, GLYPH / 2) - 5 - LINE * (len(texts) - 1)
        marks += [
            Words(x + side, top + row * LINE, text, anchor=anchor, tone=Tone.QUIET, halo=True)
            for row, text in enumerate(texts)
        ]
    return tuple(marks)


def _mark(line: Line, x: float, y: float) -> Mark:
    """A moon before nights, a small triangle before parental responsibility."""
    left = x - width_of(line.text, line.size) / 2 - 14
    if line.mark == "moon":
        return moon(left + 5, y - 4)
    return triangle(left + 5, y - 4)


def moon(x: float, y: float) -> Path:
    """A crescent, 10 px tall, about a centre."""
    return Path(
        f"M{x + 1.5:.1f} {y - 5:.1f}a5 5 0 1 0 3.5 7.5a4.2 4.2 0 0 1 -3.5 -7.5Z",
        fill=Tone.INK,
        stroke=Tone.NONE,
        role="nights",
    )


def triangle(x: float, y: float) -> Path:
    """The small solid triangle of parental responsibility."""
    return Path(
        f"M{x:.1f} {y - 5:.1f}l5 9h-10Z", fill=Tone.INK, stroke=Tone.NONE, role="responsibility"
    )
