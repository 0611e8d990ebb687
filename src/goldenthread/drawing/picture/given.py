"""What a picture is drawn from: entries with their lanes, stretches of time, rules and silences.

Words and addresses come ready to show; nothing here knows what an entry says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sign:
    """How an entry is marked, by the one legend of all drawings.

    `shape` says how it is known (saw, told, record, inferred), `weight` whether it is a concern, a
    strength, both or neither (neutral).
    """

    shape: str
    weight: str = "neutral"
    is_disputed: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: the lanes it stands in, and its first and last day.

    `first` is None where no day is known; `last` is None where it is of one certain day. `name` is
    the whole entry in a sentence and `href` its page. `is_asked_about`: it is behind the question
    the reader chose.
    """

    id: str
    lanes: tuple[str, ...]
    first: date | None
    last: date | None
    sign: Sign
    name: str
    href: str = ""
    is_asked_about: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """One lane: its key, its name in words and a note beneath; faint ones are of a sibling.

    `href` leads to what stands in it, and `label` names that link. `most_rows` is how many rows of
    marks it may take: what only sets the scene takes less of the height.
    """

    key: str
    name: str
    note: str = ""
    is_faint: bool = False
    is_tinted: bool = False
    href: str = ""
    label: str = ""
    most_rows: int = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One row of stretches: whose it is, and what sort of stretches ("homes", "cared for by")."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was so over a time: a home, a carer, a plan, a worker.

    It is drawn from `began` to `until`, both inclusive; `surely` is the latest day it can have
    begun, where that is later.
    """

    row: str
    began: date
    until: date
    words: str
    name: str
    href: str = ""
    surely: date | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A decision, meeting or change of plan: a line through every lane on its day."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Born:
    """The day a child was born, drawn through every lane."""

    day: date
    words: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """A stretch without an entry: from the day after `after` to `until`; its length in words."""

    after: date
    until: date
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """Everything one picture is drawn from, over the days from `first` to `last`.

    What lies before `fold` is drawn more tightly; None where all days are drawn alike.
    """

    first: date
    last: date
    title: str
    lanes: tuple[Lane, ...]
    items: tuple[Item, ...]
    rows: tuple[Row, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    rules: tuple[Rule, ...] = ()
    births: tuple[Born, ...] = ()
    quiets: tuple[Quiet, ...] = ()
    fold: date | None = None
