"""Adults' needs in versions, the adjustments agreed with them, and whether each was used.

Each version and each adjustment is carried by an entry: who may read the entry may read it, and no
other rule exists. Everything here is append only (migration 0001).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.needs import vocabulary
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.domain.shared.word import Word
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency


def _known(field: str, allowed: type[Word], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [value for value, _ in allowed.choices()]}), name=name
    )


def _all_known(field: str, allowed: type[Word], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__contained_by": [v for v, _ in allowed.choices()]}), name=name
    )


def _is_digest(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name=name)


SAYS_NOTHING = r"^\s*$"


class Profile(models.Model):
    """One version of an adult's profile, as its writer kept it."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    how_to_work_with_me = models.TextField(blank=True)
    diagnosis = models.TextField(blank=True)
    wishes_diagnosis = models.BooleanField()
    advocate = models.CharField(max_length=20, choices=vocabulary.Advocate.choices())
    advocate_words = models.TextField(blank=True)
    review_on = models.DateField(null=True)
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "adult"], name="profile_of_an_adult")]
        constraints = [
            _known("advocate", vocabulary.Advocate, "profile_advocate_is_known"),
            _is_digest("profile_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(diagnosis="") | Q(wishes_diagnosis=True),
                name="profile_diagnosis_is_wished",
            ),
        ]


class ProfileFrom(models.Model):
    """That a version was written from an earlier one, or brings two together."""

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+", db_index=False)
    earlier = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "earlier"], name="profile_is_written_from_a_version_once"
            ),
            models.CheckConstraint(
                condition=~Q(profile=F("earlier")), name="profile_is_not_written_from_itself"
            ),
        ]


class ProfileAnswer(models.Model):
    """What came of asking about one area, in whose words, and what it makes hard."""

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+", db_index=False)
    area = models.CharField(max_length=30, choices=vocabulary.Area.choices())
    answer = models.CharField(max_length=20, choices=vocabulary.Answer.choices())
    words = models.TextField(blank=True)
    voice = models.CharField(max_length=10, choices=vocabulary.Voice.choices())
    said_by = models.CharField(max_length=300, blank=True)
    how_known = models.CharField(max_length=20, blank=True)
    asked_on = models.DateField(null=True)
    makes_hard = ArrayField(models.CharField(max_length=30), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "area"], name="area_is_answered_once"),
            _known("area", vocabulary.Area, "area_is_known"),
            _known("answer", vocabulary.Answer, "area_answer_is_known"),
            _known("voice", vocabulary.Voice, "area_voice_is_known"),
            _all_known("makes_hard", vocabulary.Demand, "area_demands_are_known"),
            models.CheckConstraint(
                condition=Q(how_known__in=["", *(v for v, _ in HowKnown.choices())]),
                name="area_how_known_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(answer="said") | ~Q(words__regex=SAYS_NOTHING),
                name="area_need_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(answer="none") | Q(asked_on__isnull=False),
                name="area_none_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(voice="own") | ~Q(said_by__regex=SAYS_NOTHING),
                name="area_says_whose_words",
            ),
            models.CheckConstraint(
                condition=Q(answer="said") | Q(makes_hard=[]), name="area_hard_goes_with_a_need"
            ),
        ]


class ProfileStrength(models.Model):
    """One strength, in whose words."""

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    words = models.TextField()
    voice = models.CharField(max_length=10, choices=vocabulary.Voice.choices())
    said_by = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "position"], name="strength_has_its_own_place"
            ),
            _known("voice", vocabulary.Voice, "strength_voice_is_known"),
            models.CheckConstraint(
                condition=~Q(words__regex=SAYS_NOTHING), name="strength_says_something"
            ),
            models.CheckConstraint(
                condition=Q(voice="own") | ~Q(said_by__regex=SAYS_NOTHING),
                name="strength_says_whose_words",
            ),
        ]


class ProfileEffect(models.Model):
    """How needs bear on the care of one child, or of all (no child named)."""

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    child = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=vocabulary.EffectAnswer.choices())
    words = models.TextField(blank=True)
    sign_of_worsening = models.TextField(blank=True)
    who_notices = models.TextField(blank=True)
    who_acts = models.TextField(blank=True)
    crisis_contact = models.TextField(blank=True)
    children_then = models.TextField(blank=True)
    source = models.TextField(blank=True)
    source_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "child"],
                name="effect_on_a_child_is_said_once",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["profile", "position"], name="effect_has_its_own_place"
            ),
            _known("answer", vocabulary.EffectAnswer, "effect_answer_is_known"),
            models.CheckConstraint(
                condition=~Q(answer="affects") | ~Q(words__regex=SAYS_NOTHING),
                name="effect_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(answer="no_known_effect")
                | (~Q(source__regex=SAYS_NOTHING) & Q(source_on__isnull=False)),
                name="effect_none_has_a_source_and_a_day",
            ),
        ]


class Adjustment(models.Model):
    """What is done differently for an adult; its words are those of the entry that carries it.

    A later row that names one `instead_of` changes it, or ends it.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    adult = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.TextField()
    from_on = models.DateField()
    settings = ArrayField(models.CharField(max_length=20))
    helps_with = ArrayField(models.CharField(max_length=30), default=list)
    review_on = models.DateField(null=True)
    instead_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    ended = models.BooleanField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "adult"], name="adjustment_of_an_adult")]
        constraints = [
            _all_known("settings", vocabulary.Setting, "adjustment_settings_are_known"),
            _all_known("helps_with", vocabulary.Demand, "adjustment_demands_are_known"),
            _is_digest("adjustment_digest_is_sha256"),
            models.CheckConstraint(
                condition=~Q(settings=[]), name="adjustment_says_where_it_is_used"
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by__regex=SAYS_NOTHING), name="adjustment_says_who_agreed"
            ),
            models.CheckConstraint(
                condition=Q(ended=False) | Q(instead_of__isnull=False),
                name="adjustment_ends_one_that_was",
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("from_on")),
                name="adjustment_review_comes_after",
            ),
        ]


class AgreedToTell(models.Model):
    """What an adult said to every agency of the team being told an adjustment; the last counts."""

    id = models.UUIDField(primary_key=True)
    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=vocabulary.Agreement.choices())
    asked_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _known("answer", vocabulary.Agreement, "agreement_is_known"),
            models.CheckConstraint(
                condition=Q(answer="not_asked", asked_on__isnull=True)
                | (~Q(answer="not_asked") & Q(asked_on__isnull=False)),
                name="agreement_has_the_day_it_was_asked",
            ),
        ]


class Delivery(models.Model):
    """Whether an adjustment was used at one contact, as its own agency said; the last counts."""

    id = models.UUIDField(primary_key=True)
    adjustment = models.ForeignKey(Adjustment, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=20, choices=vocabulary.Delivered.choices())
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            _known("answer", vocabulary.Delivered, "delivery_answer_is_known"),
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(words__regex=SAYS_NOTHING),
                name="delivery_not_made_says_why",
            ),
        ]
