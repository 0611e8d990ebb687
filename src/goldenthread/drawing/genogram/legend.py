"""The legend, derived from the drawing: the signs that occur, and no other."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.domain.network.vocabulary import HarmNature, ParentNature, QualityNature
from goldenthread.drawing.genogram import descents, glyphs, overlays, unions
from goldenthread.drawing.genogram.glyphs import DASHED, DOTTED, Figure
from goldenthread.drawing.genogram.labels import moon, triangle
from goldenthread.drawing.genogram.pieces import LegendEntry, Picture
from goldenthread.drawing.genogram.signs import (
    NEED_LETTERS,
    SELF_EVIDENT,
    SIGN_OF_HARM,
    SIGN_OF_NEED,
    SIGN_OF_QUALITY,
    Sign,
)
from goldenthread.drawing.marks import Mark, Path, Sheet, Tone, Words, path_through, rectangle
from goldenthread.drawing.writing import write

WIDTH, HEIGHT = 44.0, 24.0
_X, _Y = WIDTH / 2, HEIGHT / 2
_SMALL = 0.42  # of a glyph: a figure in a legend is 18 px
_RUN = ((2.0, _Y), (WIDTH - 2, _Y))
_FIGURES = {
    Sign.GENDER_NOT_KNOWN: Figure("diamond", _SMALL, inside=("?",)),
    Sign.NON_BINARY: Figure("diamond", _SMALL),
    Sign.UNBORN: Figure("triangle", _SMALL),
    Sign.MISCARRIAGE: Figure("triangle", 0.3, cross="x"),
    Sign.TERMINATION: Figure("triangle", 0.3, cross="x", has_bar=True),
    Sign.DECEASED: Figure("square", _SMALL, cross="x"),
    Sign.REMEMBERED: Figure("square", _SMALL, cross="leaf", is_gentle=True),
    Sign.UNKNOWN_PERSON: Figure("square", _SMALL, dash=DASHED, inside=("?",)),
    Sign.NOT_FAMILY: Figure("square", _SMALL, dash=DOTTED),
    Sign.DIMMED: Figure("square", _SMALL, is_dim=True),
}
_BARS = {Sign.SEPARATED: (1, False), Sign.DIVORCED: (2, False), Sign.REUNITED: (1, True)}
_LETTERS = {SIGN_OF_NEED[nature]: letters for nature, letters in NEED_LETTERS.items()}
_OVERLAYS = {SIGN_OF_QUALITY[q] for q in QualityNature} | {SIGN_OF_HARM[h] for h in HarmNature}


def legend_for(signs: Iterable[Sign]) -> tuple[LegendEntry, ...]:
    """An entry for each sign, in the order of the key; the self-evident ones left out."""
    used = set(signs) - SELF_EVIDENT
    return tuple(LegendEntry(sign, sign.label, sample(sign)) for sign in Sign if sign in used)


def legend_of(picture: Picture) -> tuple[LegendEntry, ...]:
    """The legend of a picture, from the signs of everything drawn in it."""
    pieces = (*picture.outlines, *picture.lines, *picture.overlays, *picture.glyphs)
    return legend_for(sign for piece in pieces for sign in piece.signs)


def sample_svg(entry: LegendEntry) -> str:
    """One sign of the legend as a small SVG of its own; the words stand beside it in the page."""
    return write(Sheet(WIDTH, HEIGHT, entry.words, "", entry.marks, "sign"))


def sample(sign: Sign) -> tuple[Mark, ...]:
    """How a sign looks, in a box of 44 by 24 px."""
    if sign in _FIGURES:
        return _figure(_FIGURES[sign])
    if sign in _LETTERS:
        return (Words(_X, _Y + 4, _LETTERS[sign], bold=True),)
    if sign in _OVERLAYS:
        return overlays.pattern(sign, _RUN)
    if sign in _BARS:
        count, joined = _BARS[sign]
        return (Path(path_through(_RUN)), *unions.bars(_X - 3, _Y - 2, count, joined=joined))
    if sign == Sign.RELATED:
        return Path(path_through(_RUN), width=6), Path(
            path_through(_RUN), stroke=Tone.PAPER, width=2.5
        )
    return _special(sign) or _line(sign)


def _figure(figure: Figure) -> tuple[Mark, ...]:
    """A small figure; what stands inside keeps the least size that can be read."""
    return tuple(
        Words(mark.x, _Y + 4, mark.text) if isinstance(mark, Words) else mark
        for mark in glyphs.drawn(figure, _X, _Y)
    )


def _line(sign: Sign) -> tuple[Mark, ...]:
    """The pattern of a union or a tie, with its letters where it has some."""
    dash = unions.DASHES.get(sign) or descents.DASHES.get(sign, ())
    letters = {
        Sign.COUPLE_NOT_KNOWN: "?",
        Sign.CLAIMED: "?",
        Sign.PARENT_KIND_NOT_KNOWN: "?",
        Sign.KINSHIP: "kin",
        Sign.GUARDIAN: "SGO",
        Sign.DONOR: descents.tag_of(ParentNature.DONOR, ()),
    }.get(sign)
    marks: list[Mark] = [Path(path_through(_RUN), dash=dash)]
    if letters:
        marks.append(Words(_X, _Y + 4, letters, halo=True))
    return tuple(marks)


def _special(sign: Sign) -> tuple[Mark, ...]:
    if sign == Sign.INDEX_CHILD:
        outer = Path(rectangle(_X - 11, _Y - 11, 22, 22), stroke=Tone.GOLD)
        return outer, Path(rectangle(_X - 7, _Y - 7, 14, 14))
    if sign == Sign.STILLBIRTH:
        square = Path(rectangle(_X - 5, _Y - 5, 10, 10), fill=Tone.PAPER)
        cross = (((_X - 10, _Y - 10), (_X + 10, _Y + 10)), ((_X - 10, _Y + 10), (_X + 10, _Y - 10)))
        return square, *(Path(path_through(each), width=1.5) for each in cross)
    if sign == Sign.WITHHELD:
        return glyphs.drawn(Figure("square", 0.5, dash=DASHED, has_padlock=True), _X, _Y)
    if sign == Sign.ADOPTED:
        return _adopted()
    if sign in (Sign.HOME, Sign.INDEX_HOME):
        fill = Tone.TINT if sign == Sign.INDEX_HOME else Tone.NONE
        frame = rectangle(3, 3, WIDTH - 6, HEIGHT - 6, corner=6)
        return (Path(frame, fill=fill, width=1.75, dash=(2.0, 3.0)),)
    if sign == Sign.NIGHTS:
        return (moon(_X, _Y),)
    if sign == Sign.RESPONSIBILITY:
        return triangle(_X - 12, _Y), Words(_X + 6, _Y + 4, "PR")
    if sign in (Sign.TWINS, Sign.IDENTICAL_TWINS):
        legs = path_through(((_X - 12, HEIGHT - 2), (_X, 3), (_X + 12, HEIGHT - 2)))
        tie = path_through(((_X - 6, _Y), (_X + 6, _Y)))
        return (Path(legs), *((Path(tie),) if sign == Sign.IDENTICAL_TWINS else ()))
    return ()


def _adopted() -> tuple[Mark, ...]:
    left = ((14.0, 2.0), (10.0, 2.0), (10.0, 22.0), (14.0, 22.0))
    right = tuple((WIDTH - x, y) for x, y in left)
    upright = Path(path_through(((_X, 2), (_X, 22))), dash=descents.DASHES[Sign.ADOPTED])
    return upright, Path(path_through(left), width=1.75), Path(path_through(right), width=1.75)
