"""A drawing on paper or in a file of its own: who made it, when, from what viewpoint; its legend.

Words never shrink below 9 pt: a drawing too large for the paper is cut into sheets that overlap,
each with its place among them, the legend and the date of knowledge. This makes text (SVG, HTML);
other parts of the program make files of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil

from goldenthread.drawing.lettering import wrapped
from goldenthread.drawing.marks import Group, Mark, Path, Sheet, Tone, Words, path_through
from goldenthread.drawing.writing import Window, safe, write, write_part

PX_A_MM = 96 / 25.4
PAPERS = {"A4": (297.0, 210.0), "A3": (420.0, 297.0)}  # mm, across and down when laid across
MARGIN, FOOT, HEAD = 12.0, 16.0, 12.0  # mm: left, right and top; bottom; the title and cut notes
OVERLAP = 60.0  # px that neighbouring sheets share
LARGEST = 1.3  # a small drawing is not blown up further
ENTRY, ENTRY_HEIGHT = 228.0, 32.0  # px: one entry of the legend

Legend = tuple[tuple[str, tuple[Mark, ...]], ...]


@dataclass(frozen=True, slots=True)
class MadeBy:
    """What stands on every sheet: who made it and when, whose knowledge it shows, its marking."""

    who: str
    when: str
    viewpoint: str
    marking: str = ""
    key_version: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines printed under the title."""
        first = f"Made by {self.who} on {self.when}."
        key = f"Key: {self.key_version}." if self.key_version else ""
        return tuple(
            filter(None, (self.viewpoint, " ".join(filter(None, (first, key))), self.marking))
        )


@dataclass(frozen=True, slots=True)
class Cutting:
    """How a drawing lies on paper: which paper, lying or standing, at what scale, in what parts."""

    paper: str
    is_across: bool
    scale: float
    columns: int
    rows: int
    windows: tuple[Window, ...]


def standalone_svg(sheet: Sheet, legend: Legend, made_by: MadeBy) -> str:
    """The drawing with its title, legend and who made it, as one SVG file."""
    return write(_composed(sheet, legend, made_by), standalone=True)


def _composed(sheet: Sheet, legend: Legend, made_by: MadeBy) -> Sheet:
    width = max(sheet.width, 480.0)
    marks: list[Mark] = []
    y = 30.0
    for text in wrapped(sheet.title, 19, width - 32):
        marks.append(Words(16, y, text, size=19, bold=True, anchor="start"))
        y += 24
    for line in made_by.lines:
        for text in wrapped(line, 13, width - 32):
            marks.append(Words(16, y, text, size=13, anchor="start"))
            y += 18
    marks.append(Path(path_through(((16, y), (width - 16, y))), stroke=Tone.GOLD, width=2))
    left = (width - sheet.width) / 2
    marks.append(Group(sheet.marks, kind="drawing", shift=(left, y + 8)))
    y += sheet.height + 16
    key = list(_key(legend, width - 32))
    marks.append(Group(tuple(key), kind="legend", shift=(16, y)))
    columns = max(1, int((width - 32) // ENTRY))
    height = y + ceil(len(legend) / columns) * ENTRY_HEIGHT + 24
    return Sheet(width, height, sheet.title, sheet.description, tuple(marks), sheet.kind)


def _key(legend: Legend, width: float) -> Iterator[Mark]:
    columns = max(1, int(width // ENTRY))
    rows = ceil(len(legend) / columns)
    for place, (words, marks) in enumerate(legend):
        column, row = divmod(place, rows)
        x, y = column * ENTRY, row * ENTRY_HEIGHT
        yield Group(marks, hidden=True, shift=(x, y))
        lines = wrapped(words, 12, ENTRY - 60, most=2)
        for number, text in enumerate(lines):
            at = y + 16 - 7 * (len(lines) - 1) + 14 * number
            yield Words(x + 52, at, text, anchor="start")


def cutting_of(sheet: Sheet, legend: Legend, paper: str) -> Cutting:
    """How a drawing lies on A4 or A3: whole where its words stay 9 pt, else in the fewest parts.

    Raises KeyError for a paper that is neither.
    """
    rooms = {across: _room(paper, across, len(legend)) for across in (True, False)}
    scales = {
        across: min(wide / sheet.width, high / sheet.height, LARGEST)
        for across, (wide, high) in rooms.items()
    }
    best = max(scales, key=lambda across: (scales[across], across))
    if scales[best] >= 1:
        whole = Window(0, 0, sheet.width, sheet.height, round(scales[best], 3))
        return Cutting(paper, best, whole.scale, 1, 1, (whole,))
    grids = {across: _grid(sheet, room) for across, room in rooms.items()}
    best = min(grids, key=lambda across: (grids[across][0] * grids[across][1], not across))
    columns, rows = grids[best]
    wide, high = rooms[best]
    windows = tuple(
        Window(
            column * (wide - OVERLAP),
            row * (high - OVERLAP),
            min(wide, sheet.width - column * (wide - OVERLAP)),
            min(high, sheet.height - row * (high - OVERLAP)),
        )
        for row, column in product(range(rows), range(columns))
    )
    return Cutting(paper, best, 1.0, columns, rows, windows)


def _room(paper: str, across: bool, entries: int) -> tuple[float, float]:
    """The pixels a drawing has on one sheet, beside the title and the legend."""
    wide, high = PAPERS[paper] if across else PAPERS[paper][::-1]
    width = (wide - 2 * MARGIN) * PX_A_MM
    rows = ceil(entries / max(1, int(width // ENTRY)))
    height = (high - MARGIN - FOOT - HEAD) * PX_A_MM - rows * ENTRY_HEIGHT - 12
    return width - 1, height - 1


def _grid(sheet: Sheet, room: tuple[float, float]) -> tuple[int, int]:
    columns = ceil((sheet.width - OVERLAP) / (room[0] - OVERLAP))
    rows = ceil((sheet.height - OVERLAP) / (room[1] - OVERLAP))
    return max(1, columns), max(1, rows)


def document(sheet: Sheet, legend: Legend, made_by: MadeBy, *, paper: str = "A4") -> str:
    """An HTML document of the drawing, ready for a program that makes PDF.

    `paper` is A4 or A3. Raises KeyError for any other.
    """
    cutting = cutting_of(sheet, legend, paper)
    side = "landscape" if cutting.is_across else "portrait"
    width, _ = _room(paper, cutting.is_across, len(legend))
    parts = []
    for place, window in enumerate(cutting.windows):
        row, column = divmod(place, cutting.columns)
        parts.append(
            f'<section><p class="head">{safe(sheet.title)}</p>'
            f'<p class="cut">{safe(_cut_words(cutting, row, column))}</p>'
            f"<div>{write_part(sheet, window)}</div>{_legend_html(legend, width)}</section>"
        )
    return _html(sheet, made_by, f"{paper} {side}", "".join(parts))


def picture_document(sheet: Sheet, legend: Legend, made_by: MadeBy) -> str:
    """An HTML document of one page as large as the drawing, for a program that makes pictures."""
    whole = _composed(sheet, legend, made_by)
    window = Window(0, 0, whole.width, whole.height)
    size = f"{ceil(whole.width)}px {ceil(whole.height) + 4}px"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><style>'
        f"@page{{size:{size};margin:0}}body,div{{margin:0;line-height:0}}</style></head>"
        f"<body><div>{write_part(whole, window)}</div></body></html>"
    )


def _cut_words(cutting: Cutting, row: int, column: int) -> str:
    """Which part of the whole a sheet is: "Sheet B2 of 3 across and 2 down; joins A2 and C2."."""
    if len(cutting.windows) == 1:
        return ""
    near = [
        _cell(row + down, column + along)
        for down, along in ((0, -1), (0, 1), (-1, 0), (1, 0))
        if 0 <= row + down < cutting.rows and 0 <= column + along < cutting.columns
    ]
    return (
        f"Sheet {_cell(row, column)} of {cutting.columns} across and {cutting.rows} down; "
        f"joins {', '.join(near)}."
    )


def _cell(row: int, column: int) -> str:
    return f"{chr(ord('A') + column) if column < 26 else column + 1}{row + 1}"


def _legend_html(legend: Legend, width: float) -> str:
    """The legend as one picture as wide as the paper; nothing where nothing needs explaining."""
    if not legend:
        return ""
    rows = ceil(len(legend) / max(1, int(width // ENTRY)))
    sheet = Sheet(width, rows * ENTRY_HEIGHT, "Key", "", tuple(_key(legend, width)), "key")
    window = Window(0, 0, sheet.width, sheet.height)
    return f'<div class="key">{write_part(sheet, window)}</div>'


def _html(sheet: Sheet, made_by: MadeBy, size: str, body: str) -> str:
    said = " ".join(made_by.lines)
    style = (
        f"@page{{size:{size};margin:{MARGIN}mm {MARGIN}mm {FOOT}mm;"
        "@bottom-left{content:string(made-by);font:9pt sans-serif;width:82%}"
        '@bottom-right{content:"Page " counter(page) " of " counter(pages);font:9pt sans-serif}}'
        "html{font:9pt/1.2 'Atkinson Hyperlegible Next','Noto Sans','DejaVu Sans',sans-serif}"
        "body{margin:0;string-set:made-by attr(data-made-by)}"
        "section{break-after:page}section:last-child{break-after:auto}p{margin:0}"
        ".head{font-size:12pt;font-weight:700;height:6mm}.cut{height:5mm}div{line-height:0;text-align:center}"
        ".key{margin-top:2mm;text-align:left}"
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{safe(sheet.title)}</title><style>{style}</style></head>"
        f'<body data-made-by="{safe(said)}">{body}</body></html>'
    )
