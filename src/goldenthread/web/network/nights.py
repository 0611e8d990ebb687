"""Who has each child on one night and day, in one sentence, and what does not go with it.

The sentence says what is recorded and no more: who has named nights first, then the main carer.
That nobody said which nights matters only where several divide them. Where an account does not go
with who is named, it stands beside, in a plain sentence with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goldenthread.domain.network.caring import ChildWeek, Turn, against_night, week_of
from goldenthread.domain.network.claim import Claim
from goldenthread.domain.network.presence import Presence
from goldenthread.domain.network.vocabulary import CareNature, ClaimKind, StayNature
from goldenthread.web.case.homes import night_words
from goldenthread.web.case.opposing import against_caring, against_living, elsewhere
from goldenthread.web.case.sources import SourceMark, marks_of
from goldenthread.web.kit.words import WEEKDAYS, listed
from goldenthread.web.network.scene import Scene

WHOLE = (CareNature.MAIN, CareNature.SHARED)
PLAIN = {CareNature.MAIN: "main carer", CareNature.SHARED: "shares the care"}
WHICH = "which nights is not recorded"
DIFFER = "Accounts differ:"
# Somebody may stay in two homes in turn; without named nights neither account is against the other.
MAY_DIFFER = "Accounts may not agree:"


@dataclass(frozen=True, slots=True)
class Against:
    """An account that does not go with who has the child, in a sentence, and whose word it is."""

    how: str
    words: str
    sources: tuple[SourceMark, ...]


@dataclass(frozen=True, slots=True)
class Night:
    """Who has one child on one night and day, in one sentence; whose word; and what differs."""

    child: str
    href: str
    words: str
    sources: tuple[SourceMark, ...]
    against: tuple[Against, ...]


def nights_of(scene: Scene) -> tuple[Night, ...]:
    """For every child who is there on the day: who has them."""
    return tuple(
        _night(scene, week_of(scene.at, one.id, scene.claims))
        for one in scene.network.people
        if one.is_child and scene.presences[one.id].presence == Presence.PRESENT
    )


def _night(scene: Scene, week: ChildWeek) -> Night:
    weekday = scene.day.isoweekday()
    nights = [turn for turn in week.nights if not turn.times or weekday in turn.times]
    days = [turn for turn in week.days if not turn.times or weekday in turn.times]
    return Night(
        child=scene.name(week.child),
        href=scene.person_at(week.child),
        words="; ".join(_parts(scene, nights, days)),
        sources=_marks(scene, [claim for turn in (*nights, *days) for claim in turn.claims]),
        against=tuple(
            sorted(_against(scene, week.child, nights), key=lambda one: one.how != DIFFER)
        ),
    )


def _parts(scene: Scene, nights: Sequence[Turn], days: Sequence[Turn]) -> Iterable[str]:
    """The sentence: named nights, unnamed ones, named days, then those who have all of it."""
    whole = [turn for turn in (*nights, *days) if turn.nature in WHOLE and not turn.times]
    yield from (_said(scene, turn, night_words(turn.times)) for turn in nights if turn.times)
    for turn in nights:
        if not turn.times and turn.nature not in WHOLE:
            yield _said(scene, turn, "at night", WHICH)
    yield from (_said(scene, turn, _day_words(turn.times)) for turn in days if turn.times)
    who = dict.fromkeys((turn.carer, turn.nature) for turn in whole)
    for carer, nature in who:
        turn = next(one for one in whole if (one.carer, one.nature) == (carer, nature))
        divided = len({one.carer for one in whole}) > 1
        yield _said(scene, turn, PLAIN[CareNature(nature)], WHICH if divided else "")
    if not nights:
        yield "nobody is recorded for the night" if days else "nobody is recorded"
    elif not days:
        yield "nobody is recorded by day"


def _said(scene: Scene, turn: Turn, how: str, more: str = "") -> str:
    """Somebody and their part: "Janet Rudland every night"; what is unsure in brackets."""
    told = dict.fromkeys(claim.words.strip() for claim in turn.claims if claim.words.strip())
    dated = [claim for claim in turn.claims if claim.happened.is_known]
    sure = any(claim.held_on(scene.day) for claim in dated)
    notes = [
        *told,
        more,
        "" if dated else "since when is not known",
        "by its dates this may be over" if dated and not sure else "",
        "disputed" if any(claim.is_disputed for claim in turn.claims) else "",
    ]
    said = "; ".join(note for note in notes if note)
    words = f"{scene.name(turn.carer)} {how}".rstrip()
    return f"{words} ({said})" if said else words


def _day_words(days: Iterable[int]) -> str:
    told = sorted(set(days))
    if len(told) == len(WEEKDAYS):
        return "every day"
    return f"by day on {listed(WEEKDAYS[day - 1] for day in told)}"


def _marks(scene: Scene, claims: Sequence[Claim]) -> tuple[SourceMark, ...]:
    """Whose word these are, once for each agency, in the order they were known."""
    return marks_of(claims, lambda statement: scene.entry_at(str(statement)))


def _against(scene: Scene, child: str, nights: Sequence[Turn]) -> Iterable[Against]:
    for carer in dict.fromkeys(turn.carer for turn in nights):
        who = scene.name(carer)
        for claim in against_night(scene.at, scene.network.claims, child, carer):
            where = f"at {scene.name(claim.household)}" if claim.household else ""
            how = DIFFER
            if claim.kind == ClaimKind.CARES_FOR:
                words = against_caring(claim, who)
            elif claim.asserts:
                words = elsewhere(claim, who, where)
                how = DIFFER if claim.nights else MAY_DIFFER
            else:
                words = against_living(claim, who, nature=_nature(scene, claim), where=where)
            yield Against(how, words, _marks(scene, [claim]))


def _nature(scene: Scene, denial: Claim) -> str:
    """How somebody is said to be in the home where an account says that they are not."""
    home = next(home for home in scene.at.households if home.household == denial.household)
    members = {member.person: member.nature for member in home.members}
    return members.get(denial.person, denial.nature or StayNature.STAYS)
