"""Household lanes: who lived where, and when; and the stretches in which nobody knows."""

from goldenthread.drawing.residence.picture import (
    Residence,
    narrow_svg,
    residence,
    sheet_of,
    svg,
)
from goldenthread.drawing.residence.stays import LanesLook

__all__ = ["LanesLook", "Residence", "narrow_svg", "residence", "sheet_of", "svg"]
