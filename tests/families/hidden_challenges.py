"""Challenges in the hidden family: one that two agencies know, and one that one agency alone knows.

Health visiting challenged what social care decided, and was answered. A colleague in adult mental
health challenged what that agency itself decided, was answered there, and has begun another. Without
the hidden thing the same masked entries stand at the same ids, and carry nothing.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from goldenthread.usecases.challenges.answer_challenge import AnswerSaid, answer_challenge
from goldenthread.usecases.challenges.drafts import keep_challenge_draft
from goldenthread.usecases.challenges.praise_challenge import praise_challenge
from goldenthread.usecases.challenges.raise_challenge import ChallengeSaid, raise_challenge
from goldenthread.usecases.chronology.record_entry import record_entry
from tests.families.world import NOW, World, key

DECIDED, OWN_DECISION = key("decided in common"), key("decided by mental health")
AMAS_CHALLENGE, CHALLENGE = key("challenge of ama"), key("challenge hidden")
ANSWER, AMAS_ANSWER = key("answer hidden challenge"), key("answer of priya")
CHALLENGE_DRAFT = key("challenge draft hidden")
WORDS = {"aubergine": "words of a challenge", str(CHALLENGE): "a challenge's id"}
DRAFTED = {"cinnabar": "a draft of a challenge", str(CHALLENGE_DRAFT): "the id of that draft"}


def in_common(world: World) -> None:
    """What stands in the family with the hidden thing and in the one without it."""
    for id, who, agency, told in (
        (DECIDED, "priya", "social_care", {"health_visiting": "2026-06-02"}),
        (OWN_DECISION, "lund", "mental_health", {}),
    ):
        entry = world.entry(
            agency, "Decided to go on.", "2026-06-01", kind="decision", told=told, id=id,
            about=("ruth",),
        )  # fmt: skip
        record_entry(world.actors[who], world.case, entry, now=NOW)
    _challenged(world, "ama", DECIDED, AMAS_CHALLENGE, "Who is there at night?")
    _answered(world, "priya", AMAS_CHALLENGE, AMAS_ANSWER, "We will ask.")


def without(world: World) -> None:
    """The same masked entries, which carry nothing."""
    for entry in _entries():
        plain = world.entry("mental_health", "Ruth slept.", "2026-06-10", about=("ruth",), id=entry)
        record_entry(world.actors["lund"], world.case, plain, now=NOW)


def with_it(world: World) -> None:
    """What adult mental health alone disagrees about, and was answered by itself."""
    lund = world.actors["lund"]
    _challenged(world, "lund", OWN_DECISION, CHALLENGE, "Aubergine.")
    _answered(world, "lund", CHALLENGE, ANSWER, "Aubergine.")
    praise_challenge(lund, world.case, CHALLENGE, "Aubergine.", id=key("praise hidden"), now=NOW)
    keep_challenge_draft(
        lund, world.case, CHALLENGE_DRAFT, {"issue": ["Cinnabar."]},
        {"target": str(OWN_DECISION)}, now=NOW,
    )  # fmt: skip


def _entries() -> tuple[UUID, UUID]:
    return uuid5(CHALLENGE, "entry"), uuid5(ANSWER, "entry")


def _challenged(world: World, who: str, target: UUID, id: UUID, issue: str) -> None:
    said = ChallengeSaid(issue, "Ask, and then decide.", "Nobody has.", False)
    raise_challenge(world.actors[who], world.case, target, said, id=id, now=NOW)


def _answered(world: World, who: str, challenge: UUID, id: UUID, words: str) -> None:
    said = AnswerSaid("partly", words, "A visit on Friday.")
    answer_challenge(world.actors[who], world.case, challenge, said, id=id, now=NOW)
