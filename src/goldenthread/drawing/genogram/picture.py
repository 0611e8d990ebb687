"""Puts a genogram together: a layout, a network and a day become a picture, a text and a table.

Positions come from the layout and the longest words of all time; the day only shows, hides and
restyles. Whoever is drawn stands at the same point on every date.
"""

from __future__ import annotations

from goldenthread.domain.network.at_date import NetworkAt
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import Loss
from goldenthread.drawing import dates
from goldenthread.drawing.genogram import glyphs, labels
from goldenthread.drawing.genogram.figures import figure_of, unknown_figure
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.households import outlines_of, room_below
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.legend import legend_for
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment, moment_of
from goldenthread.drawing.genogram.overlays import overlays_of
from goldenthread.drawing.genogram.pieces import Glyph, Picture, Piece
from goldenthread.drawing.genogram.plan import Plan, plan_of
from goldenthread.drawing.genogram.signs import KEY_VERSION, Sign
from goldenthread.drawing.genogram.structure import lines_of
from goldenthread.drawing.genogram.telling import Row, rows_of, sentence_of
from goldenthread.drawing.laid_out import GLYPH, LaidOut, Placed
from goldenthread.drawing.marks import Words

EDGE = 28.0  # px under the lowest words: the frame of a tab or an outline, and air
Drawn = tuple[Figure, Label, tuple[Sign, ...]]


def picture(laid_out: LaidOut, network: Network, at: NetworkAt, look: Look) -> Picture:
    """The genogram of a family on the day of `at`, as `look` asks for it.

    `network` is everything the reader may see, for all time; `at` the day as known from the
    viewpoint. Raises nothing: whoever the network does not hold stands as a question.
    """
    plan, moment = plan_of(laid_out, network, look), moment_of(at)
    states = {one.id: state_of(one, plan, moment) for one in plan.in_order}
    drawn = {one.id: _drawn(one, plan, network, moment, look, states) for one in plan.in_order}
    lines = lines_of(plan, network, moment, look, drawn, states)
    outlines, unlined = outlines_of(plan, network, moment, look, drawn)
    overlays = overlays_of(plan, moment, look, drawn)
    figures = tuple(
        _glyph(one, plan, network, moment, look, drawn[one.id], states[one.id])
        for one in plan.in_order
    )
    signs = [sign for piece in (*outlines, *lines, *overlays, *figures) for sign in piece.signs]
    height = plan.laid_out.height + room_below(network, look)
    return Picture(
        title=f"Genogram of {look.of_whom or 'this family'} on {dates.day(moment.on)}",
        description=_description(plan, states),
        width=laid_out.width,
        height=height,
        lowest=min(height, _lowest(plan, (*outlines, *lines, *overlays, *figures))),
        outlines=outlines,
        lines=lines,
        overlays=overlays,
        glyphs=figures,
        legend=legend_for(signs),
        key_version=KEY_VERSION,
        notes=(*laid_out.notes, *unlined),
    )


def sentences(
    laid_out: LaidOut, network: Network, at: NetworkAt, look: Look
) -> tuple[tuple[str, str], ...]:
    """The drawing as text: (person, sentence) for everybody drawn, in reading order."""
    plan, moment = plan_of(laid_out, network, look), moment_of(at)
    return tuple(
        (one.id, sentence_of(plan, one.id, network, moment, look)) for one in plan.in_order
    )


def table_rows(laid_out: LaidOut, network: Network, at: NetworkAt, look: Look) -> tuple[Row, ...]:
    """The drawing as a table: relationship, from, to, since, source, how known."""
    return rows_of(plan_of(laid_out, network, look), network, moment_of(at), look)


def state_of(one: Placed, plan: Plan, moment: Moment) -> str:
    """Present, died, unborn or not_yet; an unknown parent is there once a child or partner is."""
    if one.id in plan.questions:
        beside = plan.beside(one.id)
        away = (Presence.NOT_YET,)
        if beside and all(moment.presence(other) in away for other in beside):
            return Presence.NOT_YET
        return Presence.PRESENT
    if plan.one(one.id).loss != Loss.NONE and moment.presence(one.id) == Presence.PRESENT:
        return Presence.DIED
    return moment.presence(one.id)


def _lowest(plan: Plan, drawn: tuple[Piece | Glyph, ...]) -> float:
    """Where the words, the figures and the lines of a day end, with a margin, in pixels."""
    words = (mark.y for one in drawn for mark in one.marks if isinstance(mark, Words))
    figures = (one.y + GLYPH / 2 for one in plan.placed.values())
    lines = (y for line in plan.laid_out.lines if plan.is_drawn(line) for _, y in line.points)
    return max((*words, *figures, *lines), default=0.0) + EDGE


def _description(plan: Plan, states: dict[str, str]) -> str:
    rows = len({one.generation for one in plan.in_order if not one.aside})
    words = f"{len(plan.in_order)} people in {rows} generations, eldest at the top."
    away = sum(state == Presence.NOT_YET for state in states.values())
    if away:
        words += f" {away} not yet in the family on this date, drawn faintly."
    return f"{words} The table beside it says the same."


def _drawn(
    one: Placed,
    plan: Plan,
    network: Network,
    moment: Moment,
    look: Look,
    states: dict[str, str],
) -> Drawn:
    who = plan.one(one.id)
    is_question = one.id in plan.questions
    if is_question:
        is_dim = states[one.id] == Presence.NOT_YET
        figure, signs = unknown_figure(who.gender, look, is_dim=is_dim)
    else:
        figure, signs = figure_of(who, one, moment, look)
    label = labels.label_of(who, network, moment, look)
    return figure, label, (*signs, *label.signs)


def _glyph(
    one: Placed,
    plan: Plan,
    network: Network,
    moment: Moment,
    look: Look,
    drawn: Drawn,
    state: str,
) -> Glyph:
    figure, label, signs = drawn
    return Glyph(
        person=one.id,
        x=one.x,
        y=one.y,
        generation=one.generation,
        state=state,
        sentence=sentence_of(plan, one.id, network, moment, look),
        href=look.link_for(one.id) if one.id not in plan.questions else "",
        marks=(*glyphs.drawn(figure, one.x, one.y), *labels.drawn(label, one.x, one.y, figure)),
        signs=signs,
        aside=one.aside,
    )
