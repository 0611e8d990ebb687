"""Decision records, version by version, and what readers made of them.

Every table here is append only: the database refuses UPDATE, DELETE and TRUNCATE by privilege and
by trigger, and sets `recorded_at` itself (migration 0001). Who may read a decision is who may read
the entry that carries it.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.decisions import vocabulary as words
from goldenthread.domain.shared.word import Word
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner

SAYS_NOTHING = r"^\s*$"


def _one_of(column: str, vocabulary: type[Word], *, or_empty: bool = False) -> Q:
    values = [value for value, _ in vocabulary.choices()]
    return Q(**{f"{column}__in": ["", *values] if or_empty else values})


class Decision(models.Model):
    """One signed version of a decision; `first` is the version its chain began with.

    `decided_at` is the last instant of the day where `time_is_known` is false. `digest` seals all
    that the version says (`domain.decisions.record.digest_of_record`).
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="+")
    first = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", db_index=False)
    after = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    why_again = models.TextField(blank=True)
    decided_at = models.DateTimeField()
    time_is_known = models.BooleanField()
    setting = models.CharField(max_length=30, choices=words.Setting.choices())
    question = models.TextField()
    rationale = models.TextField()
    threshold = models.CharField(max_length=30, blank=True, choices=words.Threshold.choices())
    met = models.CharField(max_length=20, blank=True, choices=words.Met.choices())
    asked = models.CharField(max_length=20, blank=True, choices=words.Asked.choices())
    look_again_by = models.DateField(null=True)
    signed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "number"], name="decision_version_is_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1, after__isnull=True, first=F("id"), why_again="")
                | (Q(number__gt=1, after__isnull=False) & ~Q(why_again__regex=SAYS_NOTHING)),
                name="decision_version_follows_one_and_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(question__regex=SAYS_NOTHING), name="decision_asks_something"
            ),
            models.CheckConstraint(
                condition=~Q(rationale__regex=SAYS_NOTHING), name="decision_gives_its_reasons"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__lte=F("recorded_at") + timedelta(hours=1)),
                name="decision_is_not_of_the_future",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="decision_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=_one_of("setting", words.Setting), name="decision_setting_is_known"
            ),
            models.CheckConstraint(
                condition=_one_of("threshold", words.Threshold, or_empty=True)
                & _one_of("met", words.Met, or_empty=True)
                & _one_of("asked", words.Asked, or_empty=True),
                name="decision_words_are_known",
            ),
        ]


class DecisionPart(models.Model):
    """What a decision says under one heading, in its writer's words."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    heading = models.CharField(max_length=30, choices=words.Heading.choices())
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "heading"], name="decision_part_is_said_once"
            ),
            models.CheckConstraint(
                condition=_one_of("heading", words.Heading), name="decision_heading_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(words__regex=SAYS_NOTHING), name="decision_part_says_something"
            ),
        ]


class DecisionOption(models.Model):
    """One thing that could have been decided, and why it was, or was not."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveIntegerField()
    words = models.TextField()
    why = models.TextField(blank=True)
    taken = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="decision_option_has_one_place"
            ),
            models.CheckConstraint(
                condition=~Q(words__regex=SAYS_NOTHING), name="decision_option_says_something"
            ),
        ]


class DecisionParty(models.Model):
    """Somebody who decided, was there, was asked beforehand, or was not there; and their view."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.PositiveIntegerField()
    part = models.CharField(max_length=20, choices=words.Part.choices())
    practitioner = models.ForeignKey(
        Practitioner, null=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(max_length=200, blank=True)
    role = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    view = models.CharField(max_length=20, choices=words.View.choices())
    said = models.TextField(blank=True)
    note = models.TextField(blank=True)
    sure = models.CharField(max_length=20, choices=words.Sure.choices(), default="not_said")
    missing = models.TextField(blank=True, default="")

    class Meta:
        verbose_name_plural = "decision parties"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="decision_party_has_one_place"
            ),
            models.UniqueConstraint(
                fields=["decision", "practitioner"], name="decision_party_has_one_part"
            ),
            models.CheckConstraint(
                condition=Q(practitioner__isnull=False, agency__isnull=False)
                | ~Q(name__regex=SAYS_NOTHING),
                name="decision_party_is_named",
            ),
            models.CheckConstraint(
                condition=_one_of("part", words.Part), name="decision_part_in_it_is_known"
            ),
            models.CheckConstraint(
                condition=_one_of("sure", words.Sure), name="decision_sureness_is_known"
            ),
            models.CheckConstraint(
                condition=Q(view__in=["not_asked", "agrees"])
                | (Q(view__in=["reservations", "dissents"]) & ~Q(said__regex=SAYS_NOTHING)),
                name="decision_dissent_says_what",
            ),
        ]


class DecisionPin(models.Model):
    """One entry a decision turned on, pinned by the digest it had."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    use = models.CharField(max_length=20, choices=words.Use.choices())
    why = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "statement"], name="decision_pins_an_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="decision_pin_digest_is_sha256"
            ),
            models.CheckConstraint(
                condition=_one_of("use", words.Use), name="decision_pin_use_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(use="set_aside") | ~Q(why__regex=SAYS_NOTHING),
                name="decision_sets_nothing_aside_without_a_reason",
            ),
        ]


class DecisionMustTell(models.Model):
    """An agency a decision concerns: told by it, told on the day, not yet, or not, and why."""

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=20, choices=words.Tell.choices())
    why = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "decision must tell"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "agency"], name="decision_concerns_an_agency_once"
            ),
            models.CheckConstraint(
                condition=_one_of("how", words.Tell), name="decision_telling_is_known"
            ),
            models.CheckConstraint(
                condition=Q(how__in=["with_this", "was_told"]) | ~Q(why__regex=SAYS_NOTHING),
                name="decision_not_telling_says_why",
            ),
        ]


class ReaderTest(models.Model):
    """Somebody who did not decide said in their own words what a version told them.

    `because` is what they do not understand; it is empty where they understood.
    """

    id = models.UUIDField(primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    risk = models.TextField()
    reason = models.TextField()
    understood = models.BooleanField()
    because = models.TextField(blank=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(understood=True, because="")
                | (Q(understood=False) & ~Q(because__regex=SAYS_NOTHING)),
                name="reader_test_says_what_is_not_understood",
            ),
            models.CheckConstraint(
                condition=Q(understood=False)
                | (~Q(risk__regex=SAYS_NOTHING) & ~Q(reason__regex=SAYS_NOTHING)),
                name="reader_test_restates_what_was_understood",
            ),
        ]
