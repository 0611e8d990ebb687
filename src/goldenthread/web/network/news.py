"""What became known lately: relations whose source has known them for a few weeks at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from goldenthread.web.kit.words import counted, day_in_words
from goldenthread.web.network import wording
from goldenthread.web.network.scene import Scene

# Long enough to hold a core group's interval, short enough to be read at a glance.
LATELY = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class News:
    """What is new, counted in a title, and each in a line with its source."""

    title: str
    lines: tuple[tuple[str, str, str], ...]


def news_of(scene: Scene, known_on: date) -> News | None:
    """What became known in the weeks up to the day of knowledge; None where nothing did.

    Each line is what is said, its source, and the address of its entry.
    """
    since = known_on - LATELY
    fresh = [
        claim
        for claim in scene.network.claims
        if claim.source is not None and since < claim.source.known_on <= known_on
    ]
    if not fresh:
        return None
    fresh.sort(key=lambda claim: (claim.source.known_on, claim.id), reverse=True)
    verb = "has" if len(fresh) == 1 else "have"
    return News(
        title=f"{counted(len(fresh), 'relation')} {verb} become known since {day_in_words(since)}",
        lines=tuple(
            (
                wording.sentence(claim, scene.people, scene.name),
                f"{wording.how(claim.source)}. {wording.known_since(claim.source)}.",
                scene.entry_at(claim.source.statement),
            )
            for claim in fresh
        ),
    )
