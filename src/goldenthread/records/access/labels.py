"""The table of labels that ships with the product (`labels.toml`), read once and checked whole."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from goldenthread.domain.access.labels import Label, LabelKey, Uncleared
from goldenthread.domain.shared.refusal import Refusal


class LabelsNotUnderstood(Refusal):
    """The table of labels is not what it must be."""


@dataclass(frozen=True, slots=True)
class LabelTable:
    """Every label by its key, and the one sentence that stands in place of a masked entry."""

    labels: Mapping[str, Label]
    mask_words: str


@cache
def label_table() -> LabelTable:
    """The shipped table. Raises LabelsNotUnderstood."""
    return read_labels((files("goldenthread.records.access") / "labels.toml").read_text("utf-8"))


def read_labels(text: str) -> LabelTable:
    """A table of labels from TOML. Raises LabelsNotUnderstood where a label is missing or told.

    The words of a mask may name no label and nothing that a label covers.
    """
    told = tomllib.loads(text)
    given = told["label"]
    if set(given) != {key.value for key in LabelKey}:
        raise LabelsNotUnderstood("The table has to say something of every label and of no other.")
    labels = {
        key.value: Label(
            key, given[key]["covers"], Uncleared(given[key]["uncleared"]), given[key]["source"]
        )
        for key in LabelKey
    }
    words = told["mask_words"]
    for word in _telling(labels):
        if word in words.casefold():
            raise LabelsNotUnderstood(f"The words of a mask would tell of the label: “{word}”.")
    return LabelTable(labels, words)


# Words of names and descriptions that tell nothing of what is behind a mask.
_PLAIN = frozenset(
    {"the", "what", "that", "this", "with", "before", "after", "whom", "they", "there", "where",
     "part", "use", "its", "own", "not", "and", "who", "for", "may", "said", "one", "lead",
     "belongs", "their", "them", "outside", "about", "somebody"}
)  # fmt: skip


def _telling(labels: Mapping[str, Label]) -> set[str]:
    said = " ".join(f"{one.name} {one.covers}" for one in labels.values()).casefold()
    words = {word.strip("'’,.;()") for word in said.split()}
    return {word for word in words if len(word) > 2 and word not in _PLAIN}
