"""Which named person of a family's team a question is for; nobody is asked who cannot be named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from goldenthread.domain.access.team import TeamRole
from goldenthread.records.access.reading import TeamRow


def who_is_asked(
    asked_of: str, team: Sequence[TeamRow], kinds: Mapping[UUID, str]
) -> TeamRow | None:
    """The member of the team whom the words of a question ask; None where the team is empty.

    `kinds` says in words what sort of agency each is. A conference chair and the lead practitioner
    (the allocated worker) are known by their part in the team, an agency by somebody of it. Whoever
    is not on the team, such as a manager, is asked through the lead practitioner.
    """
    words = asked_of.lower()
    lead = next((one for one in team if one.role == TeamRole.ALLOCATED), None)
    if words.startswith(("lead practitioner", "team manager")):
        return lead
    chair = next((one for one in team if one.role == TeamRole.CHAIR), None)
    if "chair" in words and chair is not None:
        return chair
    for one in team:
        kind = kinds.get(one.agency, "").lower()
        if one.role != TeamRole.CHAIR and kind and _names(words, kind):
            return one
    return lead or next(iter(team), None)


def _names(words: str, kind: str) -> bool:
    """Whether the words mean an agency of a kind, or somebody who works for one."""
    return kind in words or kind.replace("visiting", "visitor") in words
