"""The signs a genogram can hold, and the words of its legend.

The key follows English practice first (Department of Health), then McGoldrick and Gerson, then the
2022 genetic-counselling standard for gender; where none has a sign the choice is ours. A stored
drawing names the version of the key it was drawn with.
"""

from __future__ import annotations

from goldenthread.domain.network.vocabulary import HarmNature, NeedNature, QualityNature
from goldenthread.domain.shared.word import Word

KEY_VERSION = "goldenthread-key-1"


class Sign(Word):
    """A sign and what the legend says of it, in the legend's order."""

    MAN = "man", "Boy or man"
    WOMAN = "woman", "Girl or woman"
    GENDER_NOT_KNOWN = "gender_not_known", "Gender not known"
    NON_BINARY = "non_binary", "Non-binary"
    INDEX_CHILD = "index_child", "Child this is about"
    DECEASED = "deceased", "Has died (age at death stays)"
    REMEMBERED = "remembered", "Has died"
    UNBORN = "unborn", "Not yet born"
    MISCARRIAGE = "miscarriage", "Miscarriage"
    STILLBIRTH = "stillbirth", "Stillbirth"
    TERMINATION = "termination", "Termination"
    UNKNOWN_PERSON = "unknown_person", "Nobody knows who this is: a question to answer"
    WITHHELD = "withheld", "Known, name withheld"
    NOT_FAMILY = "not_family", "Not family"
    DIMMED = "dimmed", "Not yet in the family on this date"
    MARRIED = "married", "Married or civil partners (m)"
    COHABITING = "cohabiting", "Living together (LT)"
    TOGETHER = "together", "A couple, not living together"
    BRIEF = "brief", "Brief or casual"
    UNDISCLOSED = "undisclosed", "Not disclosed to others"
    NEVER_TOGETHER = "never_together", "Never a couple"
    COUPLE_NOT_KNOWN = "couple_not_known", "Kind of couple not known"
    SEPARATED = "separated", "Separated, or the relationship ended (s)"
    DIVORCED = "divorced", "Divorced or dissolved (d)"
    REUNITED = "reunited", "Together again"
    RELATED = "related", "Partners who are related"
    BIRTH_PARENT = "birth_parent", "Birth parent"
    ADOPTED = "adopted", "Adopted"
    FOSTERED = "fostered", "Fostered or looked after"
    KINSHIP = "kinship", "Kinship care"
    GUARDIAN = "guardian", "Special guardian (SGO)"
    STEP = "step", "Step-parent"
    DONOR = "donor", "Donor (D) or surrogate (S)"
    CLAIMED = "claimed", "Said to be the parent; not established"
    PARENT_KIND_NOT_KNOWN = "parent_kind_not_known", "Parent; kind not known"
    TWINS = "twins", "Twins"
    IDENTICAL_TWINS = "identical_twins", "Identical twins"
    RESPONSIBILITY = "responsibility", "Has parental responsibility (PR)"
    HOME = "home", "Live together"
    INDEX_HOME = "index_home", "The child's home"
    NIGHTS = "nights", "Cares at night"
    BRIDGE = "bridge", "Lines that cross without meeting"
    CLOSE = "close", "Close"
    FUSED = "fused", "Very close, hard to part"
    DISTANT = "distant", "Distant"
    CONFLICT = "conflict", "In conflict"
    CLOSE_HOSTILE = "close_hostile", "Close and in conflict"
    CUT_OFF = "cut_off", "Cut off"
    MENDED = "mended", "Cut off, and mended"
    FOCUSED_ON = "focused_on", "Focused on"
    PROTECTIVE = "protective", "Protective of"
    QUALITY_NOT_KNOWN = "quality_not_known", "How they get on is not known"
    PHYSICAL = "physical", "Physical harm, from and to"
    SEXUAL = "sexual", "Sexual harm, from and to"
    EMOTIONAL = "emotional", "Emotional harm, from and to"
    NEGLECT = "neglect", "Neglect, from and to"
    CONTROL = "control", "Control or coercion, from and to"
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
    OTHER_NEED = "other", "Another need"


# Square, circle and plain line need no explaining.
SELF_EVIDENT = frozenset({Sign.MAN, Sign.WOMAN, Sign.BIRTH_PARENT, Sign.BRIDGE})

NEED_LETTERS = {
    NeedNature.MENTAL_HEALTH: "MH",
    NeedNature.PHYSICAL_HEALTH: "PH",
    NeedNature.NEURODIVERGENCE: "ND",
    NeedNature.LEARNING_DISABILITY: "LD",
    NeedNature.SUBSTANCE_USE: "SU",
    NeedNature.ABUSE_SUFFERED: "DAs",
    NeedNature.ABUSE_CAUSED: "DAc",
    NeedNature.IN_CARE_AS_A_CHILD: "Care",
    NeedNature.CHILDREN_REMOVED: "CR",
    NeedNature.OFFENDING: "Off",
    NeedNature.STRENGTH: "Str",
    NeedNature.OTHER: "Oth",
}
SIGN_OF_NEED = {nature: Sign(nature.value) for nature in NEED_LETTERS}
SIGN_OF_QUALITY = {
    nature: Sign.QUALITY_NOT_KNOWN if nature == QualityNature.NOT_KNOWN else Sign(nature.value)
    for nature in QualityNature
}
SIGN_OF_HARM = {nature: Sign(nature.value) for nature in HarmNature}
