"""The closed vocabularies of a statement.

Values of `Kind`, `Concern`, `HowKnown` and `AgencyKind` are the interchange words of the canonical
chronology CSV and therefore permanent; labels are for people. The kinds follow the lists of
significant events in published chronology guidance (Tayside, Care Inspectorate).
"""

from goldenthread.domain.shared.word import Word


class AgencyKind(Word):
    """What sort of agency a source is."""

    CHILDREN_SOCIAL_CARE = "children_social_care", "Children's social care"
    POLICE = "police", "Police"
    GP = "gp", "GP practice"
    HOSPITAL = "hospital", "Hospital"
    HEALTH_VISITING = "health_visiting", "Health visiting"
    MIDWIFERY = "midwifery", "Midwifery"
    SCHOOL_NURSING = "school_nursing", "School nursing"
    SCHOOL = "school", "School"
    NURSERY = "nursery", "Nursery"
    ADULT_MENTAL_HEALTH = "adult_mental_health", "Adult mental health"
    SUBSTANCE_MISUSE_SERVICE = "substance_misuse_service", "Substance misuse service"
    DOMESTIC_ABUSE_SERVICE = "domestic_abuse_service", "Domestic abuse service"
    PROBATION = "probation", "Probation"
    HOUSING = "housing", "Housing"
    EARLY_HELP = "early_help", "Early help"
    ADULT_SOCIAL_CARE = "adult_social_care", "Adult social care"
    CAMHS = "camhs", "Child and adolescent mental health"
    COMMUNITY_PAEDIATRICS = "community_paediatrics", "Community paediatrics"
    FAMILY_COURT = "family_court", "Family court"
    CRIMINAL_COURT = "criminal_court", "Criminal court"
    CAFCASS = "cafcass", "Cafcass"
    FOSTER_CARE = "foster_care", "Foster care"
    VOLUNTARY_SECTOR = "voluntary_sector", "Voluntary sector"
    FAMILY = "family", "Family"
    NEIGHBOUR_PUBLIC = "neighbour_public", "Neighbour or member of the public"
    MULTI_AGENCY = "multi_agency", "Multi-agency"
    OTHER = "other", "Other"


class HowKnown(Word):
    """How the person who says it knows it; `not_recorded` is said, never guessed."""

    SAW = "saw", "Saw or heard it"
    TOLD = "told", "Was told"
    RECORD = "record", "Read in a record"
    INFERRED = "inferred", "Worked it out"
    NOT_RECORDED = "not_recorded", "Not recorded how"


class Polarity(Word):
    """What a statement does with its content: "asked, no answer" is a fact too."""

    ASSERTS = "asserts", "Says it is so"
    DENIES = "denies", "Says it is not so"
    ASKED_NO_ANSWER = "asked_no_answer", "Asked, no answer given"
    NOT_KNOWN = "not_known", "Not known"


class Kind(Word):
    """What kind of event or circumstance a statement is about."""

    REFERRAL = "referral", "Referral"
    INCIDENT = "incident", "Incident"
    INJURY = "injury", "Injury"
    DISCLOSURE = "disclosure", "Disclosure"
    OBSERVATION = "observation", "Observation"
    CONTACT = "contact", "Contact"
    VISIT = "visit", "Visit"
    NO_ACCESS = "no_access", "No access at a visit"
    MISSED_APPOINTMENT = "missed_appointment", "Was not brought, or missed"
    HEALTH_CONTACT = "health_contact", "Health contact"
    ADMISSION = "admission", "Hospital admission"
    BIRTH = "birth", "Birth"
    PREGNANCY = "pregnancy", "Pregnancy"
    ASSESSMENT = "assessment", "Assessment"
    STRATEGY_MEETING = "strategy_meeting", "Strategy meeting"
    CONFERENCE = "conference", "Child protection conference"
    CORE_GROUP = "core_group", "Core group"
    DECISION = "decision", "Decision"
    PLAN_CHANGE = "plan_change", "Change of plan"
    CLOSURE = "closure", "Closure or step down"
    COURT_ORDER = "court_order", "Court order"
    ARREST = "arrest", "Arrest"
    DEATH = "death", "Death"
    MOVE = "move", "House move"
    HOUSEHOLD_CHANGE = "household_change", "Change in the household"
    NEW_PARTNER = "new_partner", "New partner"
    CARER_CHANGE = "carer_change", "Change of carer"
    RELATIONSHIP_ENDED = "relationship_ended", "Relationship ended"
    ALLOCATION_CHANGE = "allocation_change", "Change of worker"
    ABSENCE = "absence", "Absence from school or nursery"
    MISSING = "missing", "Missing"
    INFORMATION_REQUEST = "information_request", "Information requested"
    INFORMATION_REFUSED = "information_refused", "Information refused"
    CHALLENGE = "challenge", "Professional challenge"
    SUPERVISION = "supervision", "Supervision"
    ROUTINE_ENQUIRY = "routine_enquiry", "Routine enquiry"
    HOME_ASSESSMENT = "home_assessment", "Home assessment"
    SAFE_SLEEP = "safe_sleep", "Safer sleep"
    COPING_WITH_CRYING = "coping_with_crying", "Coping with crying"
    CHILD_VOICE = "child_voice", "The child's own words"
    STRENGTH = "strength", "Strength"
    BACKGROUND = "background", "Background"
    OTHER = "other", "Other"


class Concern(Word):
    """The area of concern a statement touches; `strength` and `none` are answers too."""

    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical harm"
    EMOTIONAL = "emotional", "Emotional harm"
    SEXUAL = "sexual", "Sexual harm"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    PARENTAL_MENTAL_HEALTH = "parental_mental_health", "Parental mental health"
    PARENTAL_PHYSICAL_HEALTH = "parental_physical_health", "Parental physical health"
    NEURODIVERGENCE = "neurodivergence", "Neurodivergence"
    SUBSTANCE_MISUSE = "substance_misuse", "Substance misuse"
    UNSAFE_ADULT = "unsafe_adult", "Unsafe adult"
    EXPLOITATION = "exploitation", "Exploitation"
    NON_ENGAGEMENT = "non_engagement", "Not engaging"
    NONE = "none", "No concern"
    STRENGTH = "strength", "Strength"


class Significance(Word):
    """How much a practitioner judged an entry to matter; empty means nobody has judged it."""

    NOT_JUDGED = "", "Not judged"
    ROUTINE = "routine", "Routine"
    SIGNIFICANT = "significant", "Significant"
    KEY = "key", "Key event"


class KnownBasis(Word):
    """How firmly `known_at` is known; `assumed`: nobody said, so the event's date stands in."""

    EXACT = "exact", "To the minute"
    DAY = "day", "To the day"
    ABOUT = "about", "About"
    ASSUMED = "assumed", "Not stated; taken from the date of the event"


class AwarenessLevel(Word):
    """How a party came to know a statement."""

    ORIGINATED = "originated", "Its own"
    TOLD = "told", "Told directly"
    DELIVERED = "delivered", "Sent"
    OPENED = "opened", "Opened and read"


class ReceiptStep(Word):
    """What one person did with an entry that was shown to them whole."""

    OPENED = "opened", "Opened"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ASKED_BACK = "asked_back", "Asked back"
    CAME_OF_IT = "came_of_it", "What came of it"


class KnownInPerson(Word):
    """How one person came to know a statement; what their agency knew says nothing of them."""

    WROTE = "wrote", "Wrote it"
    TOLD_IN_PERSON = "told_in_person", "Was told in person"
    OPENED = "opened", "Opened it"
    ACKNOWLEDGED = "acknowledged", "Acknowledged it"


class Fidelity(Word):
    """How much of a statement was passed on."""

    VERBATIM = "verbatim", "In full"
    SUMMARY = "summary", "In summary"
    PART = "part", "In part"
    MENTIONED = "mentioned", "Mentioned only"


class LinkKind(Word):
    """What one statement, or a person, says about another statement."""

    CORRECTS = "corrects", "Corrects"
    WITHDRAWS = "withdraws", "Withdraws"
    DISPUTES = "disputes", "Disputes"
    CORROBORATES = "corroborates", "Corroborates"
    CLARIFIES = "clarifies", "Clarifies"
    SAME_EVENT = "same_event", "Is about the same event as"
    NOT_SAME_EVENT = "not_same_event", "Is not about the same event as"


class LawfulBasis(Word):
    """On what basis information was passed on, or why it was not said.

    Wordings summarise the bases named in the domain handbook (information law); a partnership
    confirms its own list.
    """

    PUBLIC_TASK = "public_task", "Public task: safeguarding a child"
    LEGAL_OBLIGATION = "legal_obligation", "Required by law"
    VITAL_INTERESTS = "vital_interests", "To protect somebody's life"
    CONSENT = "consent", "With consent"
    NOT_RECORDED = "not_recorded", "Not recorded"
