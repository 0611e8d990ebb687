"""The parts a practitioner can play in the team around a family."""

from goldenthread.domain.shared.word import Word


class TeamRole(Word):
    """How somebody stands to a family; membership is dated and ends."""

    ALLOCATED = "allocated", "Allocated worker"
    NAMED_MEMBER = "named_member", "Named member of the team"
    CHAIR = "chair", "Conference chair"
