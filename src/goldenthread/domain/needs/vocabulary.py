"""The words of an adult's needs: areas, what can be asked of somebody, and what became of it.

Need, not diagnosis, drives an adjustment (North Yorkshire procedures on neurodivergent parents,
28 March 2025; Equality Act 2010 ss.20-21): no area is the name of a condition.
"""

from goldenthread.domain.shared.word import Word


class Area(Word):
    """One part of life in which an adult may need something done differently."""

    READING = "reading", "Reading and writing"
    MEMORY = "memory", "Remembering, and keeping track of times"
    UNDERSTANDING = "understanding", "Understanding and learning"
    TALKING = "talking", "Talking with people and being understood"
    ATTENTION = "attention", "Attention and sitting still"
    SENSORY = "sensory", "Noise, light, touch and busy places"
    MENTAL_HEALTH = "mental_health", "Mental health"
    PHYSICAL_HEALTH = "physical_health", "Physical health and pain"
    NIGHT = "night", "Sleep, and medication that matters at night"
    LANGUAGE = "language", "Language and interpreting"
    HEARING_AND_SIGHT = "hearing_and_sight", "Hearing and sight"
    PHONE = "phone", "Phone and internet"
    TRAVEL = "travel", "Getting about, and what it costs"
    SAFETY = "safety", "What has happened before, and what helps to feel safe"


# What each area asks about, as the end of "Nobody has asked Kerry ...".
ASKED_ABOUT: dict[Area, str] = {
    Area.READING: "about reading letters and filling in forms",
    Area.MEMORY: "about keeping track of times, and of what was agreed",
    Area.UNDERSTANDING: "what helps in taking in something new",
    Area.TALKING: "how best to talk together",
    Area.ATTENTION: "about listening or sitting for long, and about breaks",
    Area.SENSORY: "about noise, light and busy places",
    Area.MENTAL_HEALTH: "about mental health, and what helps",
    Area.PHYSICAL_HEALTH: "about pain, and about lifting, carrying or standing for long",
    Area.NIGHT: "about sleep, and about anything taken that matters at night",
    Area.LANGUAGE: "about languages, and about interpreting",
    Area.HEARING_AND_SIGHT: "about hearing and seeing",
    Area.PHONE: "about a phone to rely on, and the internet",
    Area.TRAVEL: "about getting to appointments",
    Area.SAFETY: "what helps to feel safe with workers",
}


class Demand(Word):
    """What an action, a visit, a letter or a meeting can ask of the person who does it."""

    READING = "reading", "Reading"
    WRITING = "writing", "Writing, or filling in a form"
    REMEMBERING_TIMES = "remembering_times", "Remembering times and dates"
    SEVERAL_STEPS = "several_steps", "Several steps, in order"
    NEW_INFORMATION = "new_information", "Taking in something new"
    LONG_ATTENTION = "long_attention", "Listening or sitting for long"
    QUICK_DECISIONS = "quick_decisions", "Deciding quickly"
    INDIRECT_SPEECH = "indirect_speech", "Reading faces, hints and indirect speech"
    SPEAKING_IN_A_GROUP = "speaking_in_a_group", "Speaking in a group"
    SPOKEN_ENGLISH = "spoken_english", "Following spoken English"
    HEARING_A_CALL = "hearing_a_call", "Hearing somebody call or cry"
    NOISY_PLACE = "noisy_place", "Being in a noisy or crowded place"
    NEW_PEOPLE = "new_people", "Meeting somebody new"
    SUDDEN_CHANGE = "sudden_change", "A change at short notice"
    AWAKE_AT_NIGHT = "awake_at_night", "Being awake at night"
    LIFTING = "lifting", "Lifting and carrying"
    PHONE = "phone", "Using a phone"
    APP_OR_INTERNET = "app_or_internet", "Using an app or the internet"
    TRAVELLING = "travelling", "Travelling"


# Which area's question would show whether a demand can be met. It says only what to ask: whether
# something is hard for somebody is never worked out from an area, but said by them or of them.
SHOWN_BY: dict[Demand, Area] = {
    Demand.READING: Area.READING,
    Demand.WRITING: Area.READING,
    Demand.REMEMBERING_TIMES: Area.MEMORY,
    Demand.SEVERAL_STEPS: Area.MEMORY,
    Demand.NEW_INFORMATION: Area.UNDERSTANDING,
    Demand.LONG_ATTENTION: Area.ATTENTION,
    Demand.QUICK_DECISIONS: Area.UNDERSTANDING,
    Demand.INDIRECT_SPEECH: Area.TALKING,
    Demand.SPEAKING_IN_A_GROUP: Area.TALKING,
    Demand.SPOKEN_ENGLISH: Area.LANGUAGE,
    Demand.HEARING_A_CALL: Area.HEARING_AND_SIGHT,
    Demand.NOISY_PLACE: Area.SENSORY,
    Demand.NEW_PEOPLE: Area.SAFETY,
    Demand.SUDDEN_CHANGE: Area.TALKING,
    Demand.AWAKE_AT_NIGHT: Area.NIGHT,
    Demand.LIFTING: Area.PHYSICAL_HEALTH,
    Demand.PHONE: Area.PHONE,
    Demand.APP_OR_INTERNET: Area.PHONE,
    Demand.TRAVELLING: Area.TRAVEL,
}


class Answer(Word):
    """What came of asking an adult about one area; none of these is an empty cell."""

    SAID = "said", "There is something to know"
    NONE = "none", "Asked: nothing is needed"
    NOT_KNOWN = "not_known", "Asked, and it is not known"
    DECLINED = "declined", "Asked, and did not want to say"
    NOT_ASKED = "not_asked", "Not asked"


class Voice(Word):
    """Whose words these are."""

    OWN = "own", "Their own words"
    ANOTHER = "another", "Somebody else's words"


class EffectAnswer(Word):
    """What is known of how an adult's needs bear on their care of a child."""

    AFFECTS = "affects", "It matters for the care of this child"
    NO_KNOWN_EFFECT = "no_known_effect", "No known effect"
    NOT_ASKED = "not_asked", "Not asked"


class Advocate(Word):
    """Whether somebody independent speaks with an adult and for them."""

    HAS_ONE = "has_one", "Has an advocate"
    WOULD_LIKE_ONE = "would_like_one", "Would like one"
    DOES_NOT_WANT_ONE = "does_not_want_one", "Was offered one and does not want one"
    NOT_ASKED = "not_asked", "Not asked"


class Setting(Word):
    """Where an adjustment must be used."""

    VISITS = "visits", "Visits"
    MEETINGS = "meetings", "Meetings"
    APPOINTMENTS = "appointments", "Appointments"
    TELEPHONE = "telephone", "Telephone"
    LETTERS = "letters", "Letters and forms"
    PLAN_FORMAT = "plan_format", "How the plan is written"


class Delivered(Word):
    """Whether an adjustment was used at one contact."""

    YES = "yes", "Yes, it was used"
    NO = "no", "No, because"
    NOT_NEEDED = "not_needed", "Not needed this time"
    NOT_ASKED = "not_asked", "Nobody asked"


class Agreement(Word):
    """Whether the adult agrees that every agency of the team is told what to do, without why."""

    SAID_YES = "said_yes", "Said yes"
    SAID_NO = "said_no", "Said no"
    NOT_ASKED = "not_asked", "Not asked yet"
