"""Ecomaps: what surrounds a family on a day, and how strong each tie is."""

from goldenthread.drawing.ecomap.picture import EcoLook, Ecomap, EcoRow, ecomap, sheet_of, svg

__all__ = ["EcoLook", "EcoRow", "Ecomap", "ecomap", "sheet_of", "svg"]
