"""Lines from parents to children, and the other ties of a child to those who stand as parents."""

from __future__ import annotations

from collections.abc import Mapping

from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.vocabulary import ParentNature
from goldenthread.drawing import dates
from goldenthread.drawing.genogram.pieces import Piece
from goldenthread.drawing.genogram.signs import Sign
from goldenthread.drawing.genogram.unions import Point, from_below_words
from goldenthread.drawing.laid_out import Line, LineKind
from goldenthread.drawing.marks import Mark, Path, Tone, Words, path_through

SIGNS = {
    ParentNature.BIRTH: Sign.BIRTH_PARENT,
    ParentNature.ADOPTIVE: Sign.ADOPTED,
    ParentNature.STEP: Sign.STEP,
    ParentNature.FOSTER: Sign.FOSTERED,
    ParentNature.KINSHIP: Sign.KINSHIP,
    ParentNature.GUARDIAN: Sign.GUARDIAN,
    ParentNature.DONOR: Sign.DONOR,
    ParentNature.SURROGATE: Sign.DONOR,
    ParentNature.ALLEGED: Sign.CLAIMED,
    ParentNature.NOT_KNOWN: Sign.PARENT_KIND_NOT_KNOWN,
}
DASHES = {
    Sign.ADOPTED: (6.0, 4.0),
    Sign.FOSTERED: (2.0, 4.0),
    Sign.KINSHIP: (2.0, 4.0),
    Sign.GUARDIAN: (2.0, 4.0),
    Sign.DONOR: (2.0, 4.0),
    Sign.CLAIMED: (8.0, 3.0, 2.0, 3.0),
    Sign.PARENT_KIND_NOT_KNOWN: (8.0, 3.0, 2.0, 3.0),
}
_OF_LINE = {
    LineKind.CHILD: ParentNature.BIRTH,
    LineKind.ADOPTED: ParentNature.ADOPTIVE,
    LineKind.FOSTERED: ParentNature.FOSTER,
    LineKind.KINSHIP: ParentNature.KINSHIP,
    LineKind.CLAIMED: ParentNature.ALLEGED,
}


_OF_NATURE = {nature: kind for kind, nature in _OF_LINE.items()}


def tag_of(nature: str, claims: tuple[Claim, ...]) -> str:
    """The letters beside a tie that is not by birth: "kin", "SGO 2022", "D", "?"."""
    since = dates.year(claims[0].happened) if claims else ""
    words = {
        ParentNature.KINSHIP: "kin",
        ParentNature.GUARDIAN: f"SGO {since}".strip(),
        ParentNature.DONOR: "D",
        ParentNature.SURROGATE: "S",
        ParentNature.ALLEGED: "?",
        ParentNature.NOT_KNOWN: "?",
        ParentNature.FOSTER: since,
        ParentNature.ADOPTIVE: since,
    }
    return words.get(ParentNature(nature), "")


def descent_piece(
    line: Line,
    claims: tuple[Claim, ...],
    feet: Mapping[str, tuple[float, float, float]],
    top: float,
    *,
    is_dim: bool,
    has_trunk: bool,
    is_disputed: bool = False,
) -> Piece:
    """The line to one child; the part shared with its brothers and sisters (`has_trunk`) is plain,
    its own last stroke in its own pattern.

    `top` is where the child's figure begins, in pixels. A disputed birth is drawn as a claimed one.
    """
    claims = tuple(sorted(claims, key=lambda c: _OF_NATURE.get(c.nature) != line.kind))
    nature = claims[0].nature if claims else _OF_LINE[line.kind]
    if is_disputed and nature == ParentNature.BIRTH:
        nature = ParentNature.ALLEGED
    sign = SIGNS[ParentNature(nature)]
    points = from_below_words(line.points, line.people, feet)
    points = (*points[:-1], (points[-1][0], top))
    tone, width = (Tone.QUIET, 1.25) if is_dim or sign == Sign.STEP else (Tone.INK, 2.0)
    dash = DASHES.get(sign, ())
    marks: list[Mark] = []
    if has_trunk and dash and len(points) > 2:
        marks.append(Path(path_through(points[:-1]), stroke=tone, width=width, role="trunk"))
        points_of_tie = points[-2:]
    else:
        points_of_tie = points
    tie = Path(path_through(points_of_tie), stroke=tone, width=width, dash=dash, role="child")
    marks.append(tie)
    text = tag_of(nature, claims)
    if text:
        marks.append(_tag(text, points_of_tie))
    signs = (sign, Sign.DIMMED) if is_dim else (sign,)
    return Piece("child", line.people, tuple(marks), signs, tuple(c.id for c in claims))


def _tag(text: str, points: tuple[Point, ...]) -> Words:
    (x, y), (_, end) = points[-2], points[-1]
    return Words(x + 6, (y + end) / 2 + 4, text, anchor="start", halo=True)
