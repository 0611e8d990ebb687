"""What somebody typed or chose on a form, exactly as given, as it is kept in a draft.

It must never trim, correct or reorder what was typed: a draft gives back the author's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from goldenthread.web.kit.headers import IN_ITS_PLACE

NOT_ANSWERS = frozenset({"csrfmiddlewaretoken", "screen", "go"})


class Answers:
    """One screen's answers: for each field, its values in the order they were sent."""

    def __init__(self, given: Mapping[str, Sequence[str]] | None = None) -> None:
        self._given = {name: list(values) for name, values in (given or {}).items()}

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field, as browsers and Django take it."""
        values = self._given.get(name) or [default]
        return values[-1]

    def many(self, name: str) -> list[str]:
        """Every value of a field."""
        return list(self._given.get(name, ()))

    def names(self) -> Iterable[str]:
        """The fields that were sent."""
        return self._given.keys()

    def said(self, name: str) -> bool:
        """Whether the field holds anything but spaces."""
        return any(value.strip() for value in self._given.get(name, ()))

    def replaced(self) -> Iterable[str]:
        """The fields in which a character had to be replaced."""
        return [
            name
            for name, values in self._given.items()
            if any(IN_ITS_PLACE in value for value in values)
        ]

    def __bool__(self) -> bool:
        return bool(self._given)


def as_kept(posted: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """A form's fields as a draft keeps them; line ends as typed, not as browsers send them."""
    return {
        name: [_kept(value) for value in values]
        for name, values in posted.items()
        if name not in NOT_ANSWERS
    }


def _kept(value: str) -> str:
    return value.replace("\r\n", "\n")


def answers_in(fields: Mapping[str, object], screen: str) -> Answers:
    """One screen of a draft; empty where that screen has not been seen yet."""
    kept = fields.get(screen)
    if not isinstance(kept, dict):
        return Answers()
    return Answers({str(name): [str(v) for v in values] for name, values in kept.items()})
