"""Writes a sheet of marks as SVG: escaped, without ids, without style attributes, byte for byte.

Presentation attributes carry the house's colours so that a file stands alone; the classes let a
page recolour every tone (dark themes, forced colours, print). Ink is `currentColor`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape

from goldenthread.drawing.links import apart
from goldenthread.drawing.marks import Group, Mark, Path, Sheet, Tone, Words, number

# The house's colours, as in its style sheet; each reads at 4.5 : 1 or more on paper.
COLOURS = {
    Tone.NONE: "none",
    Tone.INK: "currentColor",
    Tone.QUIET: "#5a6972",
    Tone.GOLD: "#7d5700",
    Tone.TINT: "#fdf7e8",
    Tone.PAPER: "#ffffff",
    Tone.WASH: "#edf2f2",
    Tone.TIE: "#0b5a70",
    Tone.HARM: "#a3230b",
    Tone.STRENGTH: "#17694a",
}
INK = "#13202a"
FONT = "Atkinson Hyperlegible Next, Noto Sans, Arial, DejaVu Sans, sans-serif"
_FOR_PAGES = re.compile(r' (?:class|role|aria-[a-z]+|data-[a-z]+)="[^"]*"')
_LEADS = ("/", "?", "#", "https://", "http://")  # a link may lead to a page and nowhere else
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def safe(text: str) -> str:
    """Text as it may stand in XML: escaped, and without the characters XML cannot hold."""
    return escape(_NOT_XML.sub("\ufffd", text), quote=True)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a sheet that is shown, in its pixels, and how wide and high it is on paper."""

    left: float
    top: float
    width: float
    height: float
    scale: float = 1.0


def write(sheet: Sheet, *, standalone: bool = False) -> str:
    """The whole drawing as one `<svg>` element; `standalone` for a file of its own.

    In a page it is a group named by its title, so that a reader can go through the people in it.
    """
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if standalone else ""
    whole = Window(0, 0, sheet.width, sheet.height)
    return f"{head}{_svg(sheet, whole, for_paper=standalone)}\n"


def write_part(sheet: Sheet, window: Window) -> str:
    """A part of a drawing, for one sheet of paper: in fixed colours, for other programs to draw.

    Words far outside are left out, and whatever only a page needs: setting them takes time.
    """
    sheet = replace(sheet, marks=_near(sheet.marks, window, (0.0, 0.0)))
    return _FOR_PAGES.sub("", _svg(sheet, window, for_paper=True))


def _near(marks: tuple[Mark, ...], window: Window, shift: tuple[float, float]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in marks:
        if isinstance(mark, Words):
            x, y = mark.x + shift[0] - window.left, mark.y + shift[1] - window.top
            if not (-400 < x < window.width + 400 and -40 < y < window.height + 40):
                continue
        if isinstance(mark, Group):
            x, y = mark.shift or (0.0, 0.0)
            inner = _near(mark.marks, window, (shift[0] + x, shift[1] + y))
            mark = replace(mark, marks=inner)
        kept.append(mark)
    return tuple(kept)


def _svg(sheet: Sheet, window: Window, *, for_paper: bool) -> str:
    width, height = (number(each * window.scale) for each in (window.width, window.height))
    shown = " ".join(map(number, (window.left, window.top, window.width, window.height)))
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="gt-drawing gt-drawing--{sheet.kind}"'
        f' width="{width}" height="{height}" viewBox="{shown}" role="group"'
        f' aria-label="{safe(sheet.title)}" color="{INK}" font-family="{FONT}">'
        f"<title>{safe(sheet.title)}</title><desc>{safe(sheet.description)}</desc>"
        f"{''.join(_mark(each, for_paper) for each in sheet.marks)}</svg>"
    )
    return text.replace("currentColor", INK) if for_paper else text


def _mark(mark: Mark, for_paper: bool) -> str:
    if isinstance(mark, Path):
        return _path(mark)
    if isinstance(mark, Words):
        return _words(mark, for_paper)
    return _group(mark, for_paper)


def _path(path: Path) -> str:
    tones = " ".join(f"gt-{part}-{tone}" for part, tone in _tones(path))
    dash = f' stroke-dasharray="{" ".join(number(d) for d in path.dash)}"' if path.dash else ""
    stroke = ""
    if path.stroke != Tone.NONE:
        stroke = (
            f' stroke="{COLOURS[path.stroke]}" stroke-width="{number(path.width)}"{dash}'
            ' stroke-linejoin="round"'
        )
    role = f' data-sign="{safe(path.role)}"' if path.role else ""
    return f'<path class="{tones}" d="{path.data}" fill="{COLOURS[path.fill]}"{stroke}{role}/>'


def _tones(path: Path) -> tuple[tuple[str, Tone], ...]:
    both = (("line", path.stroke), ("fill", path.fill))
    return tuple((part, tone) for part, tone in both if tone != Tone.NONE)


def _words(words: Words, for_paper: bool) -> str:
    """One line of text. Not every program paints a stroke beneath its letters: on paper the halo
    is a text of its own."""
    weight = ' font-weight="700"' if words.bold else ""
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    halo = 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round"'
    place = (
        f'<text x="{number(words.x)}" y="{number(words.y)}" font-size="{number(words.size)}"'
        f"{weight}{anchor}"
    )
    colour = f'fill="{COLOURS[words.tone]}">{safe(words.text)}</text>'
    tone = f'class="gt-words-{words.tone}"'
    if words.halo and for_paper:
        return f'{place} {halo} fill="#ffffff">{safe(words.text)}</text>{place} {tone} {colour}'
    if words.halo:
        return f'{place} class="gt-halo gt-words-{words.tone}" {halo} paint-order="stroke" {colour}'
    return f"{place} {tone} {colour}"


def _group(group: Group, for_paper: bool) -> str:
    if not group.href.startswith(_LEADS):
        return _written(replace(group, href=""), for_paper)
    return "".join(_written(one, for_paper) for one in apart(group))


def _written(group: Group, for_paper: bool) -> str:
    inner = "".join(_mark(each, for_paper) for each in group.marks)
    attributes = f' class="gt-{group.kind}"' if group.kind else ""
    attributes += "".join(f' data-{key}="{safe(value)}"' for key, value in group.keys)
    if group.role:
        attributes += f' role="{group.role}"'
    if group.name:
        attributes += f' aria-label="{safe(group.name)}"'
    if group.hidden:
        attributes += ' aria-hidden="true"'
    if group.shift:
        attributes += f' transform="translate({number(group.shift[0])} {number(group.shift[1])})"'
    if group.href:
        return f'<a href="{safe(group.href)}"{attributes}>{inner}</a>'
    return f"<g{attributes}>{inner}</g>"
