"""The table of labels, for everybody to read: it says nothing of any family."""

from __future__ import annotations

from dataclasses import dataclass

from goldenthread.records.access.labels import label_table

__all__ = ["LabelTold", "labels_told", "mask_words"]


@dataclass(frozen=True, slots=True)
class LabelTold:
    """One label: what it covers, what the uncleared are shown, and on whose word that is so."""

    key: str
    name: str
    covers: str
    does: str
    source: str


def labels_told() -> tuple[LabelTold, ...]:
    """Every label, in the order of the table."""
    return tuple(
        LabelTold(str(one.key), one.name, one.covers, one.uncleared.label, one.source)
        for one in label_table().labels.values()
    )


def mask_words() -> str:
    """The one sentence that stands in place of an entry which a label masks."""
    return label_table().mask_words
