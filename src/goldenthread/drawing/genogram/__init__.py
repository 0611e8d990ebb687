"""Genograms: the signs, words and legend of a family on a day, drawn over a layout."""

from goldenthread.drawing.genogram.look import Look, Style
from goldenthread.drawing.genogram.picture import picture
from goldenthread.drawing.genogram.sheet import svg

__all__ = ["Look", "Style", "picture", "svg"]
