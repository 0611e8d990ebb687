"""The closed vocabularies of a family's network.

Signs and their sources are in the genogram design; the words here are stored and permanent, labels
are for people. Every list has "not known" as an answer, for it is one.
"""

from goldenthread.domain.shared.word import Word


class Gender(Word):
    """The gender a person has; a sign is drawn from it, and nothing else is concluded."""

    NOT_KNOWN = "", "Not known"
    WOMAN = "woman", "Woman or girl"
    MAN = "man", "Man or boy"
    NON_BINARY = "non_binary", "Non-binary"


class Loss(Word):
    """A pregnancy that ended; it keeps its place among its brothers and sisters."""

    NONE = "", "No loss"
    MISCARRIAGE = "miscarriage", "Miscarriage"
    STILLBIRTH = "stillbirth", "Stillbirth"
    TERMINATION = "termination", "Termination"


class ClaimKind(Word):
    """What sort of thing a claim says of two people, or of a person and a place or agency."""

    PARENT = "parent", "Parent and child"
    SIBLING = "sibling", "Brothers and sisters"
    COUPLE = "couple", "Couple"
    QUALITY = "quality", "How two people get on"
    HARM = "harm", "Harm"
    RESPONSIBILITY = "responsibility", "Parental responsibility"
    LIVES_AT = "lives_at", "Lives at"
    CARES_FOR = "cares_for", "Looks after"
    NETWORK = "network", "Friend or network"
    INVOLVEMENT = "involvement", "Agency involvement"
    NEED = "need", "History, need or vulnerability"


class ParentNature(Word):
    """How somebody is a child's parent, or stands in a parent's place."""

    BIRTH = "birth", "Birth parent"
    ADOPTIVE = "adoptive", "Adoptive parent"
    STEP = "step", "Step-parent"
    FOSTER = "foster", "Foster carer"
    KINSHIP = "kinship", "Kinship carer"
    GUARDIAN = "guardian", "Special guardian"
    DONOR = "donor", "Donor"
    SURROGATE = "surrogate", "Surrogate"
    ALLEGED = "alleged", "Said to be the parent"
    NOT_KNOWN = "not_known", "Kind of parent not known"


class SiblingNature(Word):
    """How two people are brother or sister, where their parents do not say it already."""

    FULL = "full", "Full brother or sister"
    HALF = "half", "Half-brother or half-sister"
    STEP = "step", "Step-brother or step-sister"
    TWIN = "twin", "Twins"
    IDENTICAL_TWIN = "identical_twin", "Identical twins"
    NOT_KNOWN = "not_known", "Brother or sister, kind not known"


class CoupleNature(Word):
    """The state of a couple over a period."""

    MARRIED = "married", "Married or in a civil partnership"
    COHABITING = "cohabiting", "Living together as a couple"
    TOGETHER = "together", "A couple, not living together"
    BRIEF = "brief", "Brief or casual"
    UNDISCLOSED = "undisclosed", "Not disclosed to others"
    NEVER_TOGETHER = "never_together", "Never a couple"
    SEPARATED = "separated", "Separated"
    DIVORCED = "divorced", "Divorced or dissolved"
    NOT_KNOWN = "not_known", "Kind of couple not known"


class QualityNature(Word):
    """How two people get on; a direction only where the word has one."""

    CLOSE = "close", "Close"
    FUSED = "fused", "Very close, hard to part"
    DISTANT = "distant", "Distant"
    CONFLICT = "conflict", "In conflict"
    CLOSE_HOSTILE = "close_hostile", "Close and in conflict"
    CUT_OFF = "cut_off", "Cut off"
    MENDED = "mended", "Cut off, and mended"
    FOCUSED_ON = "focused_on", "Focused on"
    PROTECTIVE = "protective", "Protective of"
    NOT_KNOWN = "not_known", "Not known"


class HarmNature(Word):
    """What harm one person is said to do to another: always from one to the other."""

    PHYSICAL = "physical", "Physical harm"
    SEXUAL = "sexual", "Sexual harm"
    EMOTIONAL = "emotional", "Emotional harm"
    NEGLECT = "neglect", "Neglect"
    CONTROL = "control", "Control or coercion"


class HarmStatus(Word):
    """How firmly harm is established: no line of harm is drawn without one."""

    ALLEGED = "alleged", "Alleged"
    ADMITTED = "admitted", "Admitted"
    FOUND = "found", "Found by a court or inquiry"
    NOT_SUBSTANTIATED = "not_substantiated", "Not substantiated"


class HomeNature(Word):
    """What sort of place a household is."""

    HOME = "home", "Home"
    PLACEMENT = "placement", "Placement"
    HOSPITAL = "hospital", "Hospital"
    CUSTODY = "custody", "Custody"
    SUPPORTED = "supported", "Supported or temporary housing"
    NO_FIXED_ADDRESS = "no_fixed_address", "No fixed address"
    NOT_KNOWN = "not_known", "Not known where"


class StayNature(Word):
    """How somebody lives in a household."""

    LIVES = "lives", "Lives there"
    STAYS = "stays", "Stays there at times"
    VISITS = "visits", "Is often there"


class CareNature(Word):
    """What looking after a child covers."""

    MAIN = "main", "Main carer"
    SHARED = "shared", "Shares the care"
    NIGHTS = "nights", "Cares at night"
    HELPS = "helps", "Helps"
    SUPERVISED = "supervised", "Only with somebody else there"
    NONE = "none", "Must not care alone"
    NOT_KNOWN = "not_known", "Extent not known"


class NetworkNature(Word):
    """Who somebody is to the family, outside kinship."""

    FRIEND = "friend", "Friend"
    NEIGHBOUR = "neighbour", "Neighbour"
    LODGER = "lodger", "Lodger"
    WIDER_FAMILY = "wider_family", "Wider family, exact link not known"
    COMMUNITY = "community", "Community or faith"
    ASSOCIATE = "associate", "Associate"
    NOT_KNOWN = "not_known", "Not known who they are to the family"


class InvolvementNature(Word):
    """How the tie between a person and an agency is."""

    STRONG = "strong", "Strong"
    STEADY = "steady", "Steady"
    TENUOUS = "tenuous", "Tenuous"
    STRESSFUL = "stressful", "Stressful"
    BROKEN = "broken", "Broken off"
    NOT_KNOWN = "not_known", "Not known"


class NeedNature(Word):
    """What an adult has lived through or lives with. A strength has the same standing as a need."""

    MENTAL_HEALTH = "mental_health", "Mental health"
    PHYSICAL_HEALTH = "physical_health", "Physical health"
    NEURODIVERGENCE = "neurodivergence", "Neurodivergence"
    LEARNING_DISABILITY = "learning_disability", "Learning disability"
    SUBSTANCE_USE = "substance_use", "Substance use"
    ABUSE_SUFFERED = "abuse_suffered", "Has suffered domestic abuse"
    ABUSE_CAUSED = "abuse_caused", "Has caused domestic abuse"
    IN_CARE_AS_A_CHILD = "in_care_as_a_child", "Was in care as a child"
    CHILDREN_REMOVED = "children_removed", "Earlier children removed"
    OFFENDING = "offending", "Offending"
    STRENGTH = "strength", "Strength"
    OTHER = "other", "Other"


class ResponsibilityNature(Word):
    """How somebody came to have parental responsibility (Children Act 1989, sections 2 to 4A)."""

    BY_BIRTH = "by_birth", "By birth"
    BY_REGISTRATION = "by_registration", "By joint registration of the birth"
    BY_MARRIAGE = "by_marriage", "By marriage"
    BY_AGREEMENT = "by_agreement", "By agreement"
    BY_ORDER = "by_order", "By order of a court"
    BY_ADOPTION = "by_adoption", "By adoption"
    NOT_KNOWN = "not_known", "How is not known"


NATURES: dict[ClaimKind, type[Word]] = {
    ClaimKind.PARENT: ParentNature,
    ClaimKind.SIBLING: SiblingNature,
    ClaimKind.COUPLE: CoupleNature,
    ClaimKind.QUALITY: QualityNature,
    ClaimKind.HARM: HarmNature,
    ClaimKind.RESPONSIBILITY: ResponsibilityNature,
    ClaimKind.LIVES_AT: StayNature,
    ClaimKind.CARES_FOR: CareNature,
    ClaimKind.NETWORK: NetworkNature,
    ClaimKind.INVOLVEMENT: InvolvementNature,
    ClaimKind.NEED: NeedNature,
}


class GapOutcome(Word):
    """What became of something nobody knew. A question taken on or carried stays open."""

    TAKEN_ON = "taken_on", "Taken on"
    CARRIED_TO_SUPERVISION = "carried_to_supervision", "Carried to supervision"
    ASKED_REFUSED = "asked_refused", "Asked, and they would not say"
    ANSWERED = "answered", "Answered"
    EXPLAINED = "explained", "Explained"


class SamePerson(Word):
    """Whether somebody in one family's record is somebody in another's."""

    SAME = "same", "The same person"
    DIFFERENT = "different", "Two different people"
    UNSURE = "unsure", "May be the same person"
