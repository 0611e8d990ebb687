"""What a practitioner's post entitles them to ask for, before any relationship to a family."""

from goldenthread.domain.shared.word import Word


class Remit(Word):
    """The kind of post; an administrator looks after accounts and never sees content."""

    PRACTITIONER = "practitioner", "Practitioner"
    CONFERENCE_CHAIR = "conference_chair", "Conference chair"
    ADMINISTRATOR = "administrator", "Account administrator"
