"""From a person of the network to the figure drawn of them, and the signs it uses."""

from __future__ import annotations

from dataclasses import replace

from goldenthread.domain.network.claim import Relative
from goldenthread.domain.network.vocabulary import ClaimKind, Gender, Loss, ParentNature
from goldenthread.drawing.genogram.glyphs import DASHED, DOTTED, Figure
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.laid_out import Placed

_SHAPES = {
    Gender.MAN: ("square", Sign.MAN),
    Gender.WOMAN: ("circle", Sign.WOMAN),
    Gender.NON_BINARY: ("diamond", Sign.NON_BINARY),
    Gender.NOT_KNOWN: ("diamond", Sign.GENDER_NOT_KNOWN),
}
_LOSSES = {
    Loss.MISCARRIAGE: Sign.MISCARRIAGE,
    Loss.STILLBIRTH: Sign.STILLBIRTH,
    Loss.TERMINATION: Sign.TERMINATION,
}
_SHORT_UNITS = {"day": "d", "week": "w", "month": "m", "year": ""}


def short_age(words: str) -> str:
    """An age as it stands inside a glyph: "34 years" is 34, "14 months" 14m, "about 80 years" ~80.

    Empty for the unborn and where it is not known.
    """
    parts = words.removeprefix("about ").split()
    unit = _SHORT_UNITS.get(parts[1].rstrip("s")) if len(parts) == 2 else None
    if unit is None or not parts[0].isdigit():
        return ""
    return f"{'~' if words.startswith('about ') else ''}{parts[0]}{unit}"


def figure_of(
    one: Relative, placed: Placed, moment: Moment, look: Look
) -> tuple[Figure, tuple[Sign, ...]]:
    """The figure of a person on the day, and the signs used in it."""
    shape, sign = _SHAPES[Gender(one.gender)]
    plain = Figure(shape, is_gentle=look.is_gentle)
    if one.loss:
        return _loss(one, plain, sign, look)
    presence = moment.presence(one.id)
    age = short_age(moment.age(one.id))
    signs = [sign]
    if presence == "unborn":
        plain, signs = replace(plain, shape="triangle", scale=0.8), [Sign.UNBORN]
    figure, signs = _outlined(one, plain, signs, age, placed, look)
    if one.is_child and not placed.aside:
        figure, signs = replace(figure, is_index=True), [*signs, Sign.INDEX_CHILD]
    if presence == "not_yet":
        return replace(figure, is_dim=True, inside=()), (*signs, Sign.DIMMED)
    if presence == "died":
        cross, word = ("leaf", Sign.REMEMBERED) if look.is_gentle else ("x", Sign.DECEASED)
        figure, signs = replace(figure, cross=cross), [*signs, word]
    if _is_adopted(one.id, moment):
        figure, signs = replace(figure, has_brackets=True), [*signs, Sign.ADOPTED]
    return figure, tuple(signs)


def unknown_figure(gender: str, look: Look, *, is_dim: bool) -> tuple[Figure, tuple[Sign, ...]]:
    """The figure of a parent nobody has recorded; dim while nobody is there yet to ask about."""
    shape, _ = _SHAPES[Gender(gender)]
    figure = Figure(shape, dash=DASHED, inside=("?",), is_gentle=look.is_gentle, is_dim=is_dim)
    return figure, (Sign.UNKNOWN_PERSON, Sign.DIMMED) if is_dim else (Sign.UNKNOWN_PERSON,)


def _outlined(
    one: Relative, figure: Figure, signs: list[Sign], age: str, placed: Placed, look: Look
) -> tuple[Figure, list[Sign]]:
    """With the outline and the inside its being known, withheld or outside the family asks for."""
    if one.id in look.withheld:
        return replace(figure, dash=DASHED, has_padlock=True), [Sign.WITHHELD]
    if not one.is_identified:
        inside = ("?", age) if age else ("?",)
        return replace(figure, dash=DASHED, inside=inside), [Sign.UNKNOWN_PERSON]
    if figure.shape == "triangle":
        return figure, signs
    question = ("?",) if one.gender == Gender.NOT_KNOWN else ()
    figure = replace(figure, inside=(*question, age) if age else question)
    if placed.aside:
        return replace(figure, dash=DOTTED), [*signs, Sign.NOT_FAMILY]
    return figure, signs


def _loss(one: Relative, plain: Figure, sign: Sign, look: Look) -> tuple[Figure, tuple[Sign, ...]]:
    """A pregnancy that ended, in its place among its brothers and sisters."""
    if look.is_gentle:
        return replace(plain, shape="circle", scale=0.5, cross="leaf"), (Sign.REMEMBERED,)
    if one.loss == Loss.STILLBIRTH:
        return replace(plain, scale=0.5, cross="x", is_loss=True), (sign, Sign.STILLBIRTH)
    bar = one.loss == Loss.TERMINATION
    figure = Figure("triangle", scale=0.5, cross="x", is_loss=True, has_bar=bar)
    return figure, (_LOSSES[Loss(one.loss)],)


def _is_adopted(person: str, moment: Moment) -> bool:
    return any(
        tie.other == person and tie.nature == ParentNature.ADOPTIVE
        for tie in moment.ties(ClaimKind.PARENT)
    )


def is_left_out(one: Relative, look: Look) -> bool:
    """Whether a person is not drawn at all for this reader or viewpoint."""
    return one.id in look.hidden or (one.loss == Loss.TERMINATION and not look.sensitive)
