"""What checking the record against its log found, each in a sentence that names the row.

Nothing here guesses who did it or why: a row is as it was sealed, or it is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goldenthread.domain.shared.instants import LONDON
from goldenthread.domain.shared.word import Word


class Kind(Word):
    """What is not as it was sealed."""

    ALTERED = "altered", "Altered after it was sealed"
    REMOVED = "removed", "Sealed, and no longer there"
    INSERTED = "inserted", "There, and never sealed"
    REORDERED = "reordered", "Moved to another place"
    LEAF_LOST = "leaf_lost", "Taken out of the log"
    LOG_ALTERED = "log_altered", "A stretch of the log was rewritten"
    SALT_LOST = "salt_lost", "Cannot be checked: its salt is gone"
    CHECKPOINT = "checkpoint", "A checkpoint was altered"
    ROLLED_BACK = "rolled_back", "The log is older than one that was witnessed"
    REWRITTEN = "rewritten", "The log is not the one that was witnessed"
    NODE = "node", "A hash kept for proofs was altered"
    BY_HAND = "by_hand", "Changed in the database and not through the service"
    ERASED = "erased", "No longer there, and a sealed event says it was erased"
    ERASURE_NOT_DONE = "erasure_not_done", "Said to be erased, and still there"


# What may be right, and what nothing in the record can show to be: a person who has seen the order
# accepts each by its number, or it stands as a fault.
TO_ACCEPT = frozenset({Kind.ERASED, Kind.BY_HAND})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was sealed. `place` counts from 0; None where there is none."""

    kind: Kind
    sentence: str
    place: int | None = None
    table: str = ""
    row: str = ""


def number(place: int) -> str:
    """A leaf's place as people count: the first is 1."""
    return f"{place + 1:,}"


def moment(when: datetime) -> str:
    """A moment in England: "3 March 2026, 14:02"."""
    there = when.astimezone(LONDON)
    return f"{there.day} {there:%B %Y, %H:%M}"


def altered(named: str, place: int) -> str:
    """The sentence of a row that is not as it was sealed."""
    return f"Number {number(place)}, {named}, does not match what was sealed."


def removed(named: str, place: int, sealed_at: str) -> str:
    """The sentence of a row that is there no more."""
    return f"Number {number(place)}, {named}, sealed {sealed_at}, has been removed."


def erased(named: str, place: int, event: str, event_place: int) -> str:
    """The sentence of a row that is gone and that a sealed event says was erased.

    The event proves nothing but itself: whoever can delete a row can write one.
    """
    return (
        f"Number {number(place)}, {named}, is gone, and number {number(event_place)}, {event}, "
        "says that it was erased. The service erases nothing by itself: whoever has seen the order "
        f"accepts it with --accept {place + 1}."
    )


def erasure_not_done(event: str, event_place: int, resource: str) -> str:
    """The sentence of an event that says something was erased, of which it is not so."""
    return (
        f"Number {number(event_place)}, {event}, says that {resource or 'something'} was erased, "
        "and nothing of that name is gone. The service writes no such event by itself."
    )


def without_salt(named: str, place: int) -> str:
    """The sentence of a row that can be compared with nothing."""
    return f"Number {number(place)}, {named}, cannot be checked: its salt is gone."


def inserted(named: str) -> str:
    """The sentence of a row that was put in past the sealer."""
    stands = f"{named[:1].upper()}{named[1:]}"
    return f"{stands}, stands in the record and was never sealed: it was put in behind the seal."


NO_HISTORY = (
    "The history of what is corrected in place is not there, so that nothing shows whether people, "
    "teams, posts and accounts are as they were left."
)


def unlike_its_history(named: str, columns: Sequence[str]) -> str:
    """The sentence of a row corrected in place that its history leaves otherwise."""
    return (
        f"{named[:1].upper()}{named[1:]}, does not stand as its history leaves it: it was altered "
        f"behind the history, in {' and '.join(columns)}."
    )


def gone_from_its_history(named: str) -> str:
    """The sentence of a row corrected in place that is gone without its history saying so."""
    begins = f"{named[:1].upper()}{named[1:]}"
    return f"{begins}, is gone, and its history does not say that it was removed."


def without_history(named: str, *, is_back: bool) -> str:
    """The sentence of a row corrected in place that its history does not account for."""
    why = "its history says that it was removed" if is_back else "it has no history"
    return (
        f"{named[:1].upper()}{named[1:]}, stands in the record and {why}: it was put in behind "
        "the history."
    )


def by_hand(named: str, done: str, when: str, role: str, place: int) -> str:
    """The sentence of a change that the service did not make: added, changed or removed."""
    return (
        f"Number {number(place)}: {named} was {done} on {when} by the database's role {role}, and "
        f"not through the service. Whoever knows why accepts it with --accept {place + 1}."
    )


def unlike_node(begins: int, ends: int) -> str:
    """The sentence of a hash over whole leaves that is not theirs, or is not there."""
    return (
        f"The hash kept over numbers {number(begins)} to {number(ends - 1)} of the log is not "
        "theirs. The log itself may well hold, and every proof made with this hash would fail."
    )


def reordered(named: str, place: int, was: int) -> str:
    """The sentence of a leaf that was moved."""
    return (
        f"{named[:1].upper()}{named[1:]}, was sealed as number {number(was)} and now stands as "
        f"number {number(place)}."
    )


def stretch(begins: int, ends: int, made: str, named: list[str], more: int) -> str:
    """The sentence of leaves that are not those a checkpoint was signed over."""
    whole = "; ".join(named) + (f"; and {more:,} more" if more else "")
    numbers = (
        f"number {number(begins)}"
        if ends - begins == 1
        else f"numbers {number(begins)} to {number(ends - 1)}"
    )
    return (
        f"The log at {numbers}, sealed {made}, is not what was signed then: one or more of these "
        f"were rewritten in the log itself: {whole}."
    )
