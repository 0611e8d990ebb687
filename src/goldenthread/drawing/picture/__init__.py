"""The picture: what builds up and what holds over a whole life, lane by lane, drawn from facts."""

from goldenthread.drawing.picture.given import (
    Born,
    Given,
    Item,
    Lane,
    Quiet,
    Row,
    Rule,
    Sign,
    Stretch,
)
from goldenthread.drawing.picture.paper import sheets_of
from goldenthread.drawing.picture.picture import Drawn, draw, legend_of, whole_sheet

__all__ = [
    "Born",
    "Drawn",
    "Given",
    "Item",
    "Lane",
    "Quiet",
    "Row",
    "Rule",
    "Sign",
    "Stretch",
    "draw",
    "legend_of",
    "sheets_of",
    "whole_sheet",
]
