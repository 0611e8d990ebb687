"""What could not be drawn as the rules wish, in sentences for the reader."""

from __future__ import annotations

from goldenthread.drawing.layout.measures import Measures

LARGE = (
    "This is a large family: it is laid out branch by branch, "
    "and lines may cross more often than they need to."
)
_SENTENCES = (
    (
        "partners_two_rows",
        "One couple stands on two generations, because one of them belongs to another by descent.",
        "{} couples stand on two generations, because one of them belongs to another by descent.",
    ),
    (
        "siblings_two_rows",
        "Brothers and sisters of one couple stand on two generations, "
        "because a partner of one of them belongs to another.",
        "Brothers and sisters of {} couples stand on two generations, "
        "because a partner of one of them belongs to another.",
    ),
    (
        "partners_apart",
        "One couple could not be drawn side by side, because of other partners or parents.",
        "{} couples could not be drawn side by side, because of other partners or parents.",
    ),
    (
        "birth_order_errors",
        "Once a younger child stands left of an elder, so that fewer lines cross.",
        "In {} places a younger child stands left of an elder, so that fewer lines cross.",
    ),
    (
        "through",
        "One line passes behind somebody it is not about.",
        "{} lines pass behind somebody they are not about.",
    ),
)


def notes_of(measured: Measures) -> tuple[str, ...]:
    """A sentence for each rule that could not be kept everywhere; none where all were."""
    found = []
    for name, once, often in _SENTENCES:
        count = getattr(measured, name)
        if count:
            found.append(once if count == 1 else often.format(count))
    return tuple(found)
