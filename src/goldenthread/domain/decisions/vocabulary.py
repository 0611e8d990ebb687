"""The closed vocabularies of a decision record.

Thresholds, meetings and what must be recorded follow the synthesis of *Working Together to
Safeguard Children* and of the North Yorkshire procedures in the domain handbook
(strategy-conference-core-group). Stored values are permanent; labels are for people.
"""

from goldenthread.domain.shared.word import Word


class Setting(Word):
    """Where, or in what sort of exchange, a decision was taken."""

    CONFERENCE = "conference", "Child protection conference"
    STRATEGY_MEETING = "strategy_meeting", "Strategy meeting"
    CORE_GROUP = "core_group", "Core group"
    CHILD_IN_NEED_MEETING = "child_in_need_meeting", "Child in need meeting"
    LEGAL_MEETING = "legal_meeting", "Legal planning meeting"
    DISCHARGE_MEETING = "discharge_meeting", "Discharge planning meeting"
    SUPERVISION = "supervision", "Supervision"
    TELEPHONE = "telephone", "By telephone"
    BETWEEN_MEETINGS = "between_meetings", "Between meetings"
    VISIT = "visit", "At a visit"
    OTHER = "other", "Somewhere else"


class Threshold(Word):
    """The test that was applied; the words of the law in short."""

    SECTION_47 = "section_47", "Reasonable cause to suspect significant harm (section 47)"
    CHILD_PROTECTION_PLAN = (
        "child_protection_plan",
        "Likely to suffer significant harm: a child protection plan",
    )
    SECTION_17 = "section_17", "A child in need (section 17)"
    SECTION_31 = "section_31", "Care or supervision proceedings (section 31)"
    EARLY_HELP = "early_help", "Early help: the local threshold document"
    OTHER = "other", "Another test, named in the reasons"
    NONE = "none", "No threshold was applied"


class Met(Word):
    """What became of the test."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    STILL_MET = "still_met", "Still met"
    NO_LONGER_MET = "no_longer_met", "No longer met"
    NOT_SETTLED = "not_settled", "Could not be settled"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"


class Use(Word):
    """What was made of an entry in deciding."""

    RELIED_ON = "relied_on", "Relied on"
    WEIGHED_AGAINST = "weighed_against", "Weighed against"
    SET_ASIDE = "set_aside", "Set aside"


class Part(Word):
    """The part somebody had in a decision."""

    DECIDED = "decided", "Decided"
    PRESENT = "present", "Was there, and did not decide"
    CONSULTED = "consulted", "Was asked beforehand"
    ABSENT = "absent", "Was not there"


IN_THE_ROOM = frozenset({Part.DECIDED, Part.PRESENT})


class View(Word):
    """How somebody stands to what was decided."""

    NOT_ASKED = "not_asked", "Not asked, or not recorded"
    AGREES = "agrees", "Agrees"
    RESERVATIONS = "reservations", "Agrees with reservations"
    DISSENTS = "dissents", "Sees it differently"


class Sure(Word):
    """How sure somebody was, when it was decided, that everything that matters had been shared.

    In words of theirs to choose, and nobody has to. Never a number, and nothing is counted of it.
    """

    NOT_SAID = "not_said", "Not said"
    SURE = "sure", "Sure"
    FAIRLY = "fairly", "Fairly sure"
    UNSURE = "unsure", "Not sure"


SEES_IT_DIFFERENTLY = frozenset({View.RESERVATIONS, View.DISSENTS})


class Heading(Word):
    """The parts of a decision record that are written in prose, beside question and reasons."""

    UNKNOWN = "unknown", "What was not known"
    RISK = "risk", "What worries us"
    STRENGTH = "strength", "What is going well"
    ACCUMULATION = "accumulation", "What had built up"
    ACCUMULATION_CHANGED = "accumulation_changed", "What that changed"
    PLAN = "plan", "What it changes in the plan"
    FAMILY_TOLD = "family_told", "What the family is told, by whom and when"
    LOOK_AGAIN = "look_again", "What would make us look again"


class Tell(Word):
    """What is to become of an agency that a decision concerns."""

    WITH_THIS = "with_this", "Is told by this record"
    WAS_TOLD = "was_told", "Was told on the day"
    NOT_YET = "not_yet", "Must be told, and is not yet"
    NOT = "not", "Is not to be told"


NEEDS_A_REASON = frozenset({Tell.NOT_YET, Tell.NOT})


class Asked(Word):
    """Whether everybody was asked if they see it differently."""

    YES = "yes", "Yes, everybody was asked"
    NO = "no", "No"
    NOT_RECORDED = "not_recorded", "Not recorded"
