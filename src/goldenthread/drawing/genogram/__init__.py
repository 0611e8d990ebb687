"""Genograms: the signs, words and legend of a family on a day, drawn over a layout."""

from goldenthread.drawing.genogram.legend import legend_of, sample_svg
from goldenthread.drawing.genogram.look import Look, Style
from goldenthread.drawing.genogram.picture import picture, sentences, table_rows
from goldenthread.drawing.genogram.sheet import sheet_of, svg

__all__ = [
    "Look",
    "Style",
    "legend_of",
    "picture",
    "sample_svg",
    "sentences",
    "sheet_of",
    "svg",
    "table_rows",
]
