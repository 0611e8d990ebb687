"""What the page draws: the genogram, the ecomap or the homes over time, as SVG from the server."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from markupsafe import Markup

from goldenthread.domain.shared.refusal import Refusal
from goldenthread.drawing import ecomap as ecomaps
from goldenthread.drawing import residence as residences
from goldenthread.drawing.genogram import Look, Style, picture, svg
from goldenthread.drawing.genogram import sheet_of as genogram_sheet
from goldenthread.drawing.genogram.look import no_link
from goldenthread.drawing.marks import Group, Mark, Sheet
from goldenthread.drawing.paper import Legend
from goldenthread.drawing.printing import parts_of
from goldenthread.drawing.writing import FONT, Window, write
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.kit.words import day_in_words, listed
from goldenthread.web.network.asked import Asked
from goldenthread.web.network.kin import arrows_of
from goldenthread.web.network.scene import Scene

STYLES = {"neutral": Style.NEUTRAL, "child-friendly": Style.CHILD_FRIENDLY}
SOURCE = "Source, and how it is known"
WIDE = 415  # px: what is left beside a printed table, at full size
DRAWN = "drawn"  # the id by which its printed parts refer to the drawing of a page
ARROWS = (
    "In the drawing, the arrow keys lead to parents, children and along the row; Enter opens "
    "somebody. The table below says the same."
)
NARROW = (
    "Drawn here from {first} to {last}. Another day shows other months; the table below and the "
    "PDF have all of them."
)


class NotDrawnYet(Refusal):
    """A drawing was asked for that is still being made."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """One drawing with what the page says of it; `svg` is empty where there is nothing to draw.

    - `narrow` is the same for a screen as wide as a phone, and `narrow_hint` what it leaves out;
      where it is empty, every screen has the one.
    - `rows` are a table of the drawing's own, under `headings`, where it shows what the table of
      relations does not.
    - A wide drawing has the whole width of a printed sheet, a narrow one shares it with the table.
      `parts` are what is printed of it, in px, each on one sheet.
    """

    svg: str
    label: str
    narrow: str = ""
    narrow_hint: str = ""
    kin: str = ""
    first: str = ""
    hint: str = ""
    legend: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    is_being_drawn: bool = False
    empty: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    caption: str = ""
    is_wide: bool = False
    parts: tuple[Window, ...] = ()


def canvas_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """The drawing asked for, on the day asked for, as known from the viewpoint."""
    if not scene.network.people:
        return Canvas("", "", empty="Nobody in this network was known from this viewpoint.")
    draw = {"ecomap": ecomap_of, "homes": homes_of}.get(asked.form, genogram_of)
    return draw(shown, scene, asked)


def sheet_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> tuple[Sheet, Legend, str]:
    """The drawing to take away, without links: its sheet, its legend and the version of its key.

    Raises NotDrawnYet while a large family is still being laid out.
    """
    if asked.form == "ecomap":
        around = _ecomap(shown, scene, no_link)
        return ecomaps.sheet_of(around), tuple(e[1:] for e in around.legend), ""
    if asked.form == "homes":
        homes = _homes(shown, scene, asked, no_link)
        return residences.sheet_of(homes), tuple(e[1:] for e in homes.legend), ""
    if shown.laid_out is None:
        raise NotDrawnYet("This family is large, and is still being drawn.")
    look = replace(look_of(shown, scene, asked), link_for=no_link)
    drawn = picture(shown.laid_out, shown.drawable, scene.at, look)
    legend = tuple((entry.words, entry.marks) for entry in drawn.legend)
    # On paper a day stands alone: the room that other days need under it would be an empty sheet.
    return replace(genogram_sheet(drawn), height=drawn.lowest), legend, drawn.key_version


def _ecomap(shown: ShownNetwork, scene: Scene, link_for: Callable[[str], str]) -> ecomaps.Ecomap:
    contacts = {}
    for agency in shown.agencies:
        last = shown.last_contact(agency, on=scene.day)
        if last is not None:
            contacts[str(agency)] = last.happened
    look = ecomaps.EcoLook(
        hidden=_hidden(shown, scene),
        known_claims=shown.believed_claims,
        link_for=link_for,
        of_whom=_of_whom(shown),
    )
    return ecomaps.ecomap(shown.network, scene.at, look, contacts)


def _homes(
    shown: ShownNetwork, scene: Scene, asked: Asked, link_for: Callable[[str], str]
) -> residences.Residence:
    look = residences.LanesLook(
        hidden=_hidden(shown, scene),
        known_claims=shown.believed_claims,
        link_for=link_for,
        of_whom=_of_whom(shown),
    )
    return residences.residence(shown.network, scene.at, look, until=asked.on)


def ecomap_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """The household in the middle, and around it every agency and everybody outside the family."""
    drawn = _ecomap(shown, scene, _people_only(scene))
    return Canvas(
        svg=_named(ecomaps.svg(drawn)),
        is_wide=drawn.width > WIDE,
        parts=parts_of(drawn.width, drawn.height),
        label=f"Ecomap, as it was on {day_in_words(scene.day)}",
        hint="Every circle keeps its place from day to day. The table below says the same.",
        legend=tuple(sign_line(words, marks) for _, words, marks in drawn.legend),
        caption=f"Who is around the family on {day_in_words(scene.day)}",
        headings=("Who", "With whom", "Tie", "Since", "Last contact", SOURCE),
        rows=tuple(
            (f"{one.system} ({one.what})" if one.what else one.system, one.with_whom, one.tie,
             one.since, one.last_contact, ". ".join(filter(None, (one.source, one.known))))
            for one in drawn.rows
        ),
    )  # fmt: skip


def homes_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """Who lived where, day by day up to the day of knowledge, with a line on the day shown."""
    drawn = _homes(shown, scene, asked, scene.person_at)
    return Canvas(
        svg=_named(residences.svg(drawn)),
        narrow=Markup(residences.narrow_svg(drawn)),
        narrow_hint=NARROW.format(
            first=day_in_words(drawn.narrow_lanes.span.first),
            last=day_in_words(drawn.narrow_lanes.span.last),
        ),
        is_wide=drawn.width > WIDE,
        parts=parts_of(drawn.width, drawn.height),
        label=f"Homes over time, with a line on {day_in_words(scene.day)}",
        hint=drawn.sentence,
        legend=tuple(sign_line(words, marks) for _, words, marks in drawn.legend),
        caption="Every stay, and every stretch in which nobody knows where somebody was",
        headings=("Who", "Where", "When", "How", "Nights", SOURCE),
        rows=tuple(
            (one.who, one.where, one.when, one.how, one.nights,
             ". ".join(filter(None, (one.source, one.known))))
            for one in drawn.rows
        ),
    )  # fmt: skip


def genogram_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Canvas:
    """The genogram. Its layout is that of all time: no date and no viewpoint moves anybody."""
    if shown.laid_out is None:
        return Canvas("", "", is_being_drawn=True)
    drawn = picture(shown.laid_out, shown.drawable, scene.at, look_of(shown, scene, asked))
    everybody = {glyph.person for glyph in drawn.glyphs}
    return Canvas(
        svg=_named(svg(drawn)),
        is_wide=drawn.width > WIDE,
        parts=parts_of(drawn.width, drawn.lowest),
        label=f"Genogram, as it was on {day_in_words(scene.day)}",
        kin=json.dumps(arrows_of(shown.laid_out, scene.network, everybody)),
        first=_youngest(scene, everybody),
        hint=ARROWS,
        legend=tuple(sign_line(entry.words, entry.marks) for entry in drawn.legend),
        notes=drawn.notes,
    )


def _named(svg: str) -> str:
    """A drawing of ours as it stands in a page, its marks under the one id there.

    Its printed parts show the same marks, whatever size the drawing has on the screen.
    """
    head, said, rest = svg.partition("</desc>")
    marks, end, after = rest.rpartition("</svg>")
    return Markup(f'{head}{said}<g id="{DRAWN}" font-family="{FONT}">{marks}</g>{end}{after}')


def _youngest(scene: Scene, drawn: set[str]) -> str:
    """The youngest of the children drawn, at whom a drawing larger than its frame begins."""
    children = [one for one in scene.network.people if one.is_child and one.id in drawn]
    born = {one.id: (one.born.from_min if one.born else None) or date.min for one in children}
    return max(born, key=lambda one: (born[one], one), default="")


def look_of(shown: ShownNetwork, scene: Scene, asked: Asked) -> Look:
    """How it is drawn: the marks chosen, and without whoever the viewpoint did not know."""
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
        hidden=_hidden(shown, scene),
        known_claims=shown.believed_claims,
        link_for=scene.person_at,
        of_whom=_of_whom(shown),
    )


def _hidden(shown: ShownNetwork, scene: Scene) -> frozenset[str]:
    """Those the reader may see and the viewpoint did not know: left out, and nobody moves."""
    return frozenset(one.id for one in shown.network.people if one.id not in scene.people)


def _of_whom(shown: ShownNetwork) -> str:
    return listed(one.name.split(" ")[0] for one in shown.family.children)


def _people_only(scene: Scene):
    """A person leads to their panel; an agency has no page of its own."""
    return lambda id: scene.person_at(id) if id in scene.people else ""


def sign_line(words: str, marks: tuple[Mark, ...]) -> tuple[str, str]:
    """One sign of the legend as a small drawing, and its words."""
    drawn = (Group(marks, hidden=True),)
    return Markup(write(Sheet(44, 24, words, "", drawn, "sign"))), words
