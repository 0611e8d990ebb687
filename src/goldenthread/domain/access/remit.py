"""What a practitioner's post entitles them to ask for, before any relationship to a family."""

from goldenthread.domain.shared.word import Word


class Remit(Word):
    """The kind of post; those who look after accounts, patterns or access see no content."""

    PRACTITIONER = "practitioner", "Practitioner"
    CONFERENCE_CHAIR = "conference_chair", "Conference chair"
    ADMINISTRATOR = "administrator", "Account administrator"
    PARTNERSHIP_MANAGER = "partnership_manager", "Partnership manager"
    AGENCY_LEAD = "agency_lead", "Agency's lead for restricted records"
    EMERGENCY_DUTY = "emergency_duty", "Emergency duty practitioner"
    INFORMATION_GOVERNANCE = "information_governance", "Information governance"


# Posts that open no family's record, whatever team their holder or their agency is on.
WITHOUT_FAMILIES = frozenset(
    {
        Remit.ADMINISTRATOR.value,
        Remit.PARTNERSHIP_MANAGER.value,
        Remit.INFORMATION_GOVERNANCE.value,
    }
)
