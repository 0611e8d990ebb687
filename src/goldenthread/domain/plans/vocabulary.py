"""The words of a safety plan: when, what it assumes, what makes it need review, what came of it.

The triggers are those of the domain handbook (safety plans and adjustments, stale triggers).
"""

from goldenthread.domain.shared.word import Word


class Part(Word):
    """When an action is to be done. Nights and weekends are said, never taken as meant."""

    DAYS = "days", "Days"
    NIGHTS = "nights", "Nights"
    WEEKENDS = "weekends", "Weekends"


class Situation(Word):
    """What a what-if is about."""

    CARER_UNWELL = "carer_unwell", "A carer is unwell or cannot do it"
    BABY_CRYING = "baby_crying", "The baby will not stop crying"
    SOMEBODY_COMES = "somebody_comes", "Somebody comes who must not be here"
    OTHER = "other", "Something else"


class AssumptionNature(Word):
    """What a plan takes to be so."""

    LIVES_HERE = "lives_here", "Who lives here"
    CARES = "cares", "Who cares for the children"
    WELL = "well", "Who is well"
    AWAY = "away", "Who is away, or must not be here"
    KEEPS_AN_EYE = "keeps_an_eye", "Who keeps an eye"
    OTHER = "other", "Something else"


class Trigger(Word):
    """What makes a plan need review, as the end of a sentence that begins with "because"."""

    NEW_RELATIONSHIP = "new_relationship", "a new relationship was recorded"
    RELATIONSHIP_ENDED = "relationship_ended", "a relationship ended"
    HOUSEHOLD = "household", "who lives here changed"
    CARER = "carer", "who cares for the children changed"
    PREGNANCY_OR_BIRTH = "pregnancy_or_birth", "a pregnancy or birth was recorded"
    DEATH = "death", "somebody died"
    MOVE = "move", "somebody moved"
    ARREST_OR_RELEASE = "arrest_or_release", "an arrest, bail or release was recorded"
    HEALTH = "health", "the health of somebody in this plan changed"
    ADMISSION = "admission", "somebody was admitted to hospital"
    INCIDENT = "incident", "an injury or incident was recorded"
    MISSED = "missed", "visits or appointments were missed"
    NETWORK_WITHDREW = "network_withdrew", "somebody this plan relies on can no longer do it"
    WORKER = "worker", "a worker changed"
    COURT_ORDER = "court_order", "a court made an order"
    CONCERN = "concern", "a concern was recorded about somebody in this plan"
    AWAY_BUT_HERE = "away_but_here", "somebody this plan says is away was named with the family"
    GROUND_CHANGED = "ground_changed", "an entry this plan rests on was corrected or withdrawn"
    REVIEW_PASSED = "review_passed", "its day for review has passed"
    OWNER_LEFT = "owner_left", "the person who looks after this plan is no longer on the team"


class CurrencyState(Word):
    """Whether a plan has been considered against everything a reader knows. Never stored."""

    CURRENT = "current", "Current"
    STALE = "stale", "Needs review"
    NOT_YET_ASSESSED = "not_yet_assessed", "Not yet considered"


class PlanOutcome(Word):
    """What somebody made of a plan that needed review."""

    STILL_RIGHT = "still_right", "Still right"
    CHANGED = "changed", "Changed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Agreement(Word):
    """Whether somebody agrees with a plan."""

    AGREES = "agrees", "Agrees"
    IN_PART = "in_part", "Agrees in part"
    DISAGREES = "disagrees", "Does not agree"
    NOT_ASKED = "not_asked", "Has not been asked yet"


class Doable(Word):
    """Whether somebody can do what the plan asks of them, as they say."""

    YES = "yes", "Yes, I can do it"
    WITH_HELP = "with_help", "Yes, with help"
    NO = "no", "No, I cannot do it as it is written"
    NOT_ASKED = "not_asked", "Not asked"


class CopyForm(Word):
    """In which form somebody was given the plan."""

    PAPER = "paper", "On paper"
    LARGE_PRINT = "large_print", "In large print"
    EASY_READ = "easy_read", "In easy read"
    BY_PHONE = "by_phone", "Read out by telephone"
    IN_PERSON = "in_person", "Gone through together"


class CopyOutcome(Word):
    """What became of a copy."""

    RETURNED = "returned", "Given back"
    REPLACED = "replaced", "Replaced by a newer one"
    LOST = "lost", "Lost, or not found"
