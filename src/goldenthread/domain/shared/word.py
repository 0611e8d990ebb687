"""Words with a stored value and a label: the base of every closed vocabulary."""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A member of a closed vocabulary: the stored value is permanent, the label is for people."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        if not label:  # left out only in looking a word up by its stored value
            raise TypeError(f"“{value}” needs a label, for people.")
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """The (value, label) pairs in the order they are declared."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def label_of(cls, value: str) -> str:
        """The label of a stored value; the value itself where it is not one of ours."""
        member = cls._value2member_map_.get(value)
        return member.label if isinstance(member, cls) else value
