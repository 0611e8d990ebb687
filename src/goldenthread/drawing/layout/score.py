"""Choosing among finished drawings: one number from the measures, the least is kept.

The weights were set once, before the wide run of the design study; none is tuned to one family.
"""

from __future__ import annotations

from goldenthread.drawing.layout.measures import Measures

CROSSING = 3.0


def score_of(measured: Measures, unions: int, people: int) -> float:
    """How far a drawing is from what a reader wishes; 0 would be no ink at all."""
    return (
        CROSSING * measured.crossings
        + 8.0 * measured.overlaps
        + 20.0 * measured.through
        + 4.0 * measured.line_overlaps
        + 1.0 * measured.partners_apart
        + 1.0 * measured.birth_order_errors
        + 0.5 * measured.off_span_drops
        + 0.8 * measured.centring * unions**0.5
        + 0.4 * measured.line_length_per_person * people**0.5
        + 0.1 * measured.width
    )


def is_perfect(measured: Measures) -> bool:
    """Whether no other start can do better in what matters most."""
    faults = (
        measured.crossings,
        measured.overlaps,
        measured.through,
        measured.line_overlaps,
        measured.partners_apart,
        measured.birth_order_errors,
    )
    return not any(faults)
