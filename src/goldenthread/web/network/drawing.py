"""What the page draws: the genogram, the ecomap or the homes over time, as SVG from the server."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from goldenthread.drawing.genogram import Look, Style, picture, svg
from goldenthread.drawing.genogram.pieces import LegendEntry
from goldenthread.drawing.marks import Group, Sheet
from goldenthread.drawing.writing import write
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.kit.words import day_in_words, listed
from goldenthread.web.network.asked import Asked
from goldenthread.web.network.kin import arrows_of
from goldenthread.web.network.scene import Scene

STYLES = {"neutral": Style.NEUTRAL, "child-friendly": Style.CHILD_FRIENDLY}
ARROWS = (
    "In the drawing, the arrow keys lead to parents, children and along the row; Enter opens "
    "somebody. The table below says the same."
)


@dataclass(frozen=True, slots=True)
class Canvas:
    """One drawing with what the page says of it; `svg` is empty where there is nothing to draw."""

    svg: str
    label: str
    kin: str = ""
    first: str = ""
    hint: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    is_being_drawn: bool = False
    empty: str = ""


def canvas_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """The drawing asked for, on the day asked for, as known from the viewpoint."""
    if not scene.network.people:
        return Canvas("", "", empty="Nobody in this network was known from this viewpoint.")
    return genogram_of(shown, scene, asked)


def genogram_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """The genogram. Its layout is that of all time: no date and no viewpoint moves anybody."""
    if shown.laid_out is None:
        return Canvas("", "", is_being_drawn=True)
    drawn = picture(shown.laid_out, shown.network, scene.at, look_of(shown, scene, asked))
    everybody = {glyph.person for glyph in drawn.glyphs}
    children = [one.id for one in scene.network.people if one.is_child and one.id in everybody]
    return Canvas(
        svg=Markup(svg(drawn)),
        label=f"Genogram, as it was on {day_in_words(scene.day)}",
        kin=json.dumps(arrows_of(shown.laid_out, scene.network, everybody)),
        first=children[0] if children else "",
        hint=ARROWS,
        legend=tuple(legend_line(entry) for entry in drawn.legend),
        notes=drawn.notes,
    )


def look_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Look:
    """How it is drawn: the marks chosen, and without whoever the viewpoint did not know."""
    known = {one.id for one in scene.network.people}
    marks = asked.marks
    return Look(
        style=STYLES[asked.style],
        households="households" in marks,
        caring="caring" in marks,
        couples="couples" in marks,
        quality="quality" in marks,
        harm="harm" in marks,
        names="names" in marks,
        sensitive=shown.family.reader_role is not None,
        hidden=frozenset(one.id for one in shown.network.people if one.id not in known),
        known_claims=shown.known_claims,
        link_for=scene.person_at,
        of_whom=listed(one.name.split(" ")[0] for one in shown.family.children),
    )


def legend_line(entry: LegendEntry) -> tuple[str, str]:
    """One sign of the legend as a small drawing, and its words."""
    marks = (Group(entry.marks, hidden=True),)
    return Markup(write(Sheet(44, 24, entry.words, "", marks, "sign"))), entry.words
