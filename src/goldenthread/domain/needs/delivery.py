"""Whether an adjustment was used at a contact: at which entries it is asked, and what stays open.

It is asked at every contact with the adult, those that did not come about included: a visit with no
reply may be one before which nobody rang. Answers are told by agency and sort of contact, never of
a person.
"""

from __future__ import annotations

from goldenthread.domain.needs.vocabulary import Setting
from goldenthread.domain.provenance.vocabulary import Kind

# The entries that are a contact with somebody, and where an adjustment must be used in each.
SETTING_OF: dict[str, Setting] = {
    Kind.VISIT: Setting.VISITS,
    Kind.NO_ACCESS: Setting.VISITS,
    Kind.HOME_ASSESSMENT: Setting.VISITS,
    Kind.SAFE_SLEEP: Setting.VISITS,
    Kind.COPING_WITH_CRYING: Setting.VISITS,
    Kind.CONTACT: Setting.TELEPHONE,
    Kind.HEALTH_CONTACT: Setting.APPOINTMENTS,
    Kind.MISSED_APPOINTMENT: Setting.APPOINTMENTS,
    Kind.ROUTINE_ENQUIRY: Setting.APPOINTMENTS,
    Kind.ASSESSMENT: Setting.APPOINTMENTS,
    Kind.CORE_GROUP: Setting.MEETINGS,
    Kind.CONFERENCE: Setting.MEETINGS,
}


def is_contact(kind: str) -> bool:
    """Whether an entry of this kind is a contact at which an adjustment can be used."""
    return kind in SETTING_OF
