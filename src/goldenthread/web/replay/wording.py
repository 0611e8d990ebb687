"""What sharing would have changed, in words: what, whom and when; never who failed.

"Had B told A" is said only where the pattern itself, asked of A's knowledge with that in it, would
have raised the question on that day. Everything else says what was known and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from goldenthread.domain.thread.sharing import Difference, NotYetTold
from goldenthread.web.kit.words import counted, day_in_words, listed

# More tellers than this are counted; the entries below name each of them.
NAMED = 4


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose the two sights are, in words, and what each agency is called.

    `wide` is the sight beside the agency's own: all agencies together; or, where a reader sees
    their own agency alone, that agency told at once.
    """

    agency: str
    wide: str
    is_pooled: bool
    name_of: Callable[[str], str]


def sentence(one: Difference, voices: Voices, *, by: date | None = None) -> str:
    """How the two differ over one question; `by` is the last day that is looked at."""
    if one.together is None:
        return _alone_only(voices)
    days = one.days_earlier
    if days == 0:
        return f"{_own(voices)} raised it on the same day."
    if days is not None and days < 0:
        return f"{_own(voices)} raised it {counted(-days, 'day')} before."
    late = _late(one, voices, by)
    if not one.not_told:
        return f"{late} {_knew_all(voices)}"
    if one.would_be_asked:
        return f"{late} {_asked_had_it_been_told(one, voices)}"
    if one.would_be_settled:
        return f"{late} Had {_telling(one, voices)}, nobody would have had to ask."
    return f"{late} {_telling_is_not_enough(one, voices)}"


def short(one: Difference, voices: Voices) -> str:
    """The same in a few words, for the table."""
    if one.together is None:
        return "Asked of it alone"
    days = one.days_earlier
    if days == 0:
        return "The same day"
    if days is not None:
        return counted(abs(days), "day") + (" earlier" if days > 0 else " later")
    if one.would_be_asked:
        return "Only with sharing"
    if one.would_be_settled:
        return "Needless with sharing"
    return f"Not asked of {voices.agency}"


def _own(voices: Voices) -> str:
    return f"What {voices.agency} knew" if voices.is_pooled else "What you knew"


def _late(one: Difference, voices: Voices, by: date | None) -> str:
    if one.alone is not None:
        return f"{_own(voices)} raised it only on {day_in_words(one.alone.on)}."
    until = f" by {day_in_words(by)}" if by else ""
    return f"{_own(voices)} did not raise it{until}."


def _asked_had_it_been_told(one: Difference, voices: Voices) -> str:
    days = one.days_earlier
    telling = _telling(one, voices)
    if days is None:
        return f"It would have been asked that same day had {telling}."
    return f"Asked {counted(days, 'day')} earlier had {telling}."


def _telling(one: Difference, voices: Voices) -> str:
    """Who would have told whom, and on which day each knew."""
    whom = voices.agency if voices.is_pooled else "you"
    first: dict[str, date] = {}
    for each in one.not_told:
        first[each.held_by] = max(each.held_from, first.get(each.held_by, date.min))
    if len(first) > NAMED:
        return f"{len(first)} agencies told {whom} what each of them knew by then"
    told = sorted(first.items(), key=lambda pair: (pair[1], pair[0]))
    (agency, day), *others = told
    said = f"{voices.name_of(agency)} told {whom} on {day_in_words(day)}"
    more = [f"{voices.name_of(agency)} on {day_in_words(day)}" for agency, day in others]
    return listed([said, *more])


def _telling_is_not_enough(one: Difference, voices: Voices) -> str:
    number = counted(len(one.not_told), "entry", "entries")
    whom = voices.agency if voices.is_pooled else "you"
    said = (
        f"{_capital(whom)} did not know {number} behind it by then. With these alone it would not "
        "have been asked"
    )
    if voices.is_pooled:
        return f"{said}: it rests on what all entries together show was not there."
    return f"{said}: what else it takes you came to know later."


def _knew_all(voices: Voices) -> str:
    if voices.is_pooled:
        return (
            f"{_capital(voices.agency)} knew every entry behind it; that nothing had followed can "
            "be told only from what all agencies recorded."
        )
    return "You knew every entry behind it by then; what else it takes you came to know later."


def _alone_only(voices: Voices) -> str:
    if voices.is_pooled:
        return (
            f"Raised by what {voices.agency} knew alone; what all agencies recorded together did "
            "not raise it then."
        )
    return "Raised by what you knew; had you been told at once, it would not have been raised then."


def note(missing: NotYetTold, voices: Voices, *, by: date | None = None) -> str:
    """When its agency knew an entry, and when the other was told: nothing later than `by`."""
    whom = voices.agency if voices.is_pooled else "you"
    was = "was" if voices.is_pooled else "were"
    held = f"known to {voices.name_of(missing.held_by)} from {day_in_words(missing.held_from)}"
    if missing.told_on is None or (by is not None and missing.told_on > by):
        return f"{held}; {whom} {was} not told{' by then' if by else ''}"
    return f"{held}; {whom} {was} told on {day_in_words(missing.told_on)}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def questions(number: int) -> str:
    """So many questions, in words."""
    return counted(number, "question") if number else "no questions"


def summary(found: Sequence[Difference], voices: Voices) -> list[str]:
    """What it comes to, counted: sentences for the top of the page."""
    wide = [one for one in found if one.together]
    alone = [one for one in found if one.alone]
    same = sum(1 for one in wide if one.days_earlier is not None and one.days_earlier <= 0)
    later = [one.days_earlier for one in wide if one.days_earlier and one.days_earlier > 0]
    never = [one for one in wide if one.alone is None]
    asked = sum(1 for one in never if one.would_be_asked)
    needless = sum(1 for one in never if one.would_be_settled and not one.would_be_asked)
    own = _own(voices)
    said = [
        f"{voices.wide}: {questions(len(wide))}. "
        f"{own}{' by itself' if voices.is_pooled else ', when you knew it'}: "
        f"{questions(len(alone))}."
    ]
    parts = []
    if same:
        parts.append(f"{same} on the same day")
    if later:
        longest = counted(max(later), "day")
        parts.append(f"{len(later)} later ({'up to ' if len(later) > 1 else ''}{longest})")
    if never:
        parts.append(f"{len(never)} not at all")
    if len(wide) > 1 and parts:
        said.append(f"Of the {len(wide)}, {own[0].lower()}{own[1:]} raised {listed(parts)}.")
    if asked:
        whom = voices.agency if voices.is_pooled else "you"
        said.append(
            f"Had others told {whom} what they knew on the day they knew it, "
            f"{asked} more would have been asked on the same day."
        )
    if needless:
        said.append(f"And {needless} nobody would have had to ask.")
    return said
