"""The legend, derived from the drawing: the signs that occur, and no other."""

from __future__ import annotations

from collections.abc import Iterable

from goldenthread.drawing.genogram.pieces import LegendEntry
from goldenthread.drawing.genogram.signs import SELF_EVIDENT, Sign


def legend_for(signs: Iterable[Sign]) -> tuple[LegendEntry, ...]:
    """An entry for each sign, in the order of the key; the self-evident ones left out."""
    used = set(signs) - SELF_EVIDENT
    return tuple(LegendEntry(sign, sign.label, ()) for sign in Sign if sign in used)
