"""What is new in the network: to this reader, since they last looked at the family.

At a first look, and of an earlier day of knowledge, it is what became known in the weeks before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.domain.network.claim import Claim, Source
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.kit.words import counted, day_in_words
from goldenthread.web.network import wording
from goldenthread.web.network.scene import Scene

# Long enough to hold a core group's interval, short enough to be read at a glance.
LATELY = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class News:
    """What is new, counted in a title, and each in a line: what is said, its source, its entry."""

    title: str
    lines: tuple[tuple[str, str, str], ...]


def news_of(scene: Scene, shown: ShownNetwork, known_on: date) -> News | None:
    """What is new up to the day of knowledge; None where nothing became known before it lately."""
    if shown.since is not None and known_on == day_of(shown.made_at):
        fresh = [claim for claim in scene.network.claims if claim.id in shown.new_claims]
        what = f"{counted(len(fresh), 'relation')} {'is' if len(fresh) == 1 else 'are'}"
        what = what if fresh else "No relation is"
        looked = f"since you last looked at this family, on {day_in_words(day_of(shown.since))}"
        return News(f"{what} new {looked}", _lines(scene, fresh))
    since = known_on - LATELY
    fresh = [c for c in scene.network.claims if c.source and since < c.source.known_on <= known_on]
    if not fresh:
        return None
    weeks = f"in the four weeks to {day_in_words(known_on)}"
    return News(f"{counted(len(fresh), 'relation')} became known {weeks}", _lines(scene, fresh))


def _lines(scene: Scene, fresh: list[Claim]) -> tuple[tuple[str, str, str], ...]:
    """The newest first."""
    said: list[tuple[Claim, Source]] = [(one, one.source) for one in fresh if one.source]
    said.sort(key=lambda each: (each[1].known_on, each[0].id), reverse=True)
    return tuple(
        (
            wording.sentence(claim, scene.people, scene.called),
            f"{wording.how(source)}. {wording.known_since(source)}.",
            scene.entry_at(source.statement),
        )
        for claim, source in said
    )
