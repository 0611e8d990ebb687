"""Where on the form a problem of a plan is mended: the step, and the id of the part."""

from __future__ import annotations

_STEPS = {
    "danger": "worries",
    "dangers": "worries",
    "child_view": "worries",
    "action": "actions",
    "actions": "actions",
    "men": "actions",
    "what_if": "what_ifs",
    "what_ifs": "what_ifs",
    "assumption": "assumptions",
    "assumptions": "assumptions",
    "review_on": "assumptions",
}
_ANCHORS = {
    "dangers": "rows",
    "actions": "rows",
    "what_ifs": "rows",
    "assumptions": "rows",
    "men": "no_men_because",
    "review_on": "review-day",
}


def place_of(place: str) -> tuple[str, str]:
    """The step a problem belongs to, and where on it; what belongs to no step is of the signing."""
    kind, _, key = place.partition(":")
    anchor = f"{kind}-{key}" if key else _ANCHORS.get(kind, kind)
    return _STEPS.get(kind, "sign"), anchor
