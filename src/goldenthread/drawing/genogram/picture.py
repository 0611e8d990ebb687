"""Puts a genogram together: a layout, a network and a day become a picture.

Positions come from the layout and the longest words of all time; the day only shows, hides and
restyles. Whoever is drawn stands at the same point on every date.
"""

from __future__ import annotations

from goldenthread.domain.network.at_date import NetworkAt
from goldenthread.domain.network.claim import Network
from goldenthread.domain.network.vocabulary import Loss
from goldenthread.drawing import dates
from goldenthread.drawing.genogram import glyphs, labels
from goldenthread.drawing.genogram.figures import figure_of, unknown_figure
from goldenthread.drawing.genogram.glyphs import Figure
from goldenthread.drawing.genogram.households import outlines_of
from goldenthread.drawing.genogram.labels import Label
from goldenthread.drawing.genogram.legend import legend_for
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment, moment_of
from goldenthread.drawing.genogram.overlays import overlays_of
from goldenthread.drawing.genogram.pieces import Glyph, Picture
from goldenthread.drawing.genogram.plan import Plan, plan_of
from goldenthread.drawing.genogram.signs import KEY_VERSION, Sign
from goldenthread.drawing.genogram.structure import lines_of
from goldenthread.drawing.genogram.telling import sentence_of
from goldenthread.drawing.laid_out import LaidOut, Placed

Drawn = tuple[Figure, Label, tuple[Sign, ...]]


def picture(laid_out: LaidOut, network: Network, at: NetworkAt, look: Look) -> Picture:
    """The genogram of a family on the day of `at`, as `look` asks for it."""
    plan = plan_of(laid_out, network, look)
    moment = moment_of(at)
    drawn = {one.id: _drawn(one, plan, network, moment, look) for one in plan.in_order}
    lines = lines_of(plan, network, moment, look, drawn)
    figures = tuple(
        _glyph(one, plan, network, moment, look, drawn[one.id]) for one in plan.in_order
    )
    outlines, unlined = outlines_of(plan, network, moment, look, drawn)
    overlays = overlays_of(plan, moment, look, drawn)
    pieces = (*outlines, *lines, *overlays)
    signs = [sign for piece in (*pieces, *figures) for sign in piece.signs]
    rows = len({one.generation for one in plan.in_order})
    whom = look.of_whom or "this family"
    return Picture(
        title=f"Genogram of {whom} on {dates.day(moment.on)}",
        description=f"{len(figures)} people in {rows} generations.",
        width=laid_out.width,
        height=plan.laid_out.height,
        outlines=outlines,
        lines=lines,
        overlays=overlays,
        glyphs=figures,
        legend=legend_for(signs),
        key_version=KEY_VERSION,
        notes=(*laid_out.notes, *unlined),
    )


def _drawn(one: Placed, plan: Plan, network: Network, moment: Moment, look: Look) -> Drawn:
    who = plan.one(one.id)
    if one.id in plan.questions:
        figure, signs = unknown_figure(who.gender, look)
    else:
        figure, signs = figure_of(who, one, moment, look)
    label = labels.label_of(who, network, moment, look)
    return figure, label, (*signs, *label.signs)


def _glyph(
    one: Placed, plan: Plan, network: Network, moment: Moment, look: Look, drawn: Drawn
) -> Glyph:
    figure, label, signs = drawn
    state = moment.presence(one.id)
    if plan.one(one.id).loss != Loss.NONE:
        state = "died"
    marks = (*glyphs.drawn(figure, one.x, one.y), *labels.drawn(label, one.x, one.y, figure))
    return Glyph(
        person=one.id,
        x=one.x,
        y=one.y,
        generation=one.generation,
        state=state,
        sentence=sentence_of(plan.one(one.id), network, moment, look),
        href=look.link_for(one.id) if one.id not in plan.questions else "",
        marks=marks,
        signs=signs,
    )
