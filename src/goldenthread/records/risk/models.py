"""What became of each question over time, what was answered, and how far that has been considered.

Everything here belongs to one scope: whose sight of the family it was worked out from. That is one
agency's, or, where `agency` is empty, all agencies' together, which a conference chair alone reads.
Nothing of one scope is ever shown to another.
"""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.risk.life import PromptState
from goldenthread.domain.risk.summary import Heading
from goldenthread.records.people.models import Case
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency


class QuestionChange(models.Model):
    """One question was raised, answered, cleared or re-opened on a day, by what was known then.

    `on` is the day by the knowledge of the scope, `recorded_at` when it was worked out. `number`
    counts the changes of a scope in the order in which they were worked out. `because` and
    `evidence` hold statement ids: all behind the question, and those of them that raise it.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    pattern = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=PromptState.choices())
    on = models.DateField()
    question = models.TextField()
    asked_of = models.TextField()
    because = ArrayField(models.UUIDField())
    evidence = ArrayField(models.UUIDField())
    about = ArrayField(models.CharField(max_length=300))
    rules = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[value for value, _ in PromptState.choices()]),
                name="question_state_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(pattern=""), name="question_asks_something"
            ),
            models.CheckConstraint(
                condition=Q(evidence__contained_by=F("because")),
                name="question_evidence_is_among_its_reasons",
            ),
            models.CheckConstraint(
                condition=Q(rules__regex=r"^[0-9a-f]{64}$"), name="question_rules_are_sha256"
            ),
            models.UniqueConstraint(
                fields=["case", "agency", "number"],
                nulls_distinct=False,
                name="question_change_number_is_single",
            ),
        ]


class ChangeTakenBack(models.Model):
    """What was worked out of a day is no longer so: more is known of that day by now.

    The change stays readable, as it stood to those who worked by it; it counts no longer.
    """

    id = models.UUIDField(primary_key=True)
    change = models.OneToOneField(QuestionChange, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)


class QuestionNow(models.Model):
    """How one question of a scope stands by the latest consideration, with all that came to it.

    Worked out, and made again whenever the scope is considered: no part of the record. `times` is
    how often it was put, `since` the day since which it stands as it does.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    pattern = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=PromptState.choices())
    since = models.DateField()
    times = models.PositiveIntegerField()
    question = models.TextField()
    asked_of = models.TextField()
    because = ArrayField(models.UUIDField())
    evidence = ArrayField(models.UUIDField())
    about = ArrayField(models.CharField(max_length=300))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[value for value, _ in PromptState.choices()]),
                name="question_now_state_is_known",
            ),
            models.UniqueConstraint(
                fields=["case", "agency", "pattern", "subject"],
                nulls_distinct=False,
                name="question_stands_once",
            ),
        ]


class KeptDay(models.Model):
    """How every question of a scope stood at the end of a day, so that a later run can go on there.

    Good only for the same `rules`, and while `basis` is still the digest of all that was known by
    then. Worked out, and made again at need: no part of the record.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    rules = models.CharField(max_length=64)
    basis = models.CharField(max_length=64)
    stood = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "on"], nulls_distinct=False, name="kept_day_is_kept_once"
            )
        ]


class QuestionAnswer(models.Model):
    """What somebody makes of a question, what will be done by when, and who agrees.

    `agency` is whose it is and `pooled` whether the question was asked of everything together.
    `question`, `because`, `evidence` and `about` are the question as it was put to them: nothing
    that came later is silenced by the answer. `who_agrees` holds practitioners' ids. `answered_at`
    is when they answered, `recorded_at` when the row was made.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    pooled = models.BooleanField()
    pattern = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=300, blank=True)
    question = models.TextField()
    asked_of = models.TextField()
    because = ArrayField(models.UUIDField())
    evidence = ArrayField(models.UUIDField())
    about = ArrayField(models.CharField(max_length=300))
    what_we_make_of_it = models.TextField()
    what_we_will_do = models.TextField(blank=True)
    by_when = models.DateField(null=True)
    who_agrees = ArrayField(models.UUIDField())
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what_we_make_of_it__regex=r"^\s*$"),
                name="question_answer_gives_reasons",
            ),
            models.CheckConstraint(
                condition=Q(by_when__isnull=True) | ~Q(what_we_will_do=""),
                name="question_answer_date_is_of_something_to_do",
            ),
            models.CheckConstraint(
                condition=~Q(question="") & ~Q(pattern=""),
                name="question_answer_holds_the_question",
            ),
            models.CheckConstraint(
                condition=Q(evidence__contained_by=F("because")),
                name="question_answer_evidence_is_among_its_reasons",
            ),
        ]


class Considered(models.Model):
    """How far one scope of a family has been considered: the watermark. It holds no content.

    The numbers are of rows that were considered: statements, the links between them, the awareness
    of them and answers. All these are append only, so where a later count is equal nothing was
    added, also by a transaction that committed late, whatever time its rows bear.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    statements = models.PositiveIntegerField()
    links = models.PositiveIntegerField()
    awareness = models.PositiveIntegerField()
    answers = models.PositiveIntegerField()
    through = models.DateField()
    rules = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "considered"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency"],
                nulls_distinct=False,
                name="considered_once_for_each_scope",
            ),
            models.CheckConstraint(
                condition=Q(rules__regex=r"^[0-9a-f]{64}$"), name="considered_rules_are_sha256"
            ),
        ]


class PatternVersion(models.Model):
    """A partnership's decision to set a pattern's numbers, by whom, why and from when.

    `settings` holds every number of the pattern by the name of its part. `on_shipped` is the
    shipped version the numbers were set for. It belongs to no family and says nothing of any.
    """

    id = models.UUIDField(primary_key=True)
    pattern = models.CharField(max_length=100)
    version = models.PositiveIntegerField()
    on_shipped = models.PositiveIntegerField()
    settings = models.JSONField()
    holds_from = models.DateTimeField()
    reason = models.TextField()
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason__regex=r"^\s*$"), name="pattern_version_gives_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(pattern="") & ~Q(settings={}), name="pattern_version_sets_something"
            ),
            models.CheckConstraint(
                condition=Q(version__gt=F("on_shipped")),
                name="pattern_version_is_later_than_what_ships",
            ),
            models.CheckConstraint(
                condition=Q(holds_from__gte=F("recorded_at") - timedelta(hours=1)),
                name="pattern_version_is_not_backdated",
            ),
            models.UniqueConstraint(
                fields=["pattern", "version"], name="pattern_version_is_numbered_once"
            ),
        ]


class Summary(models.Model):
    """One version of a cumulative summary, as its writer finished it.

    `number` counts the versions of one agency's sight of a family, or of everything (`pooled`).
    `considered` is how many entries its writer could read and `newest` the last of them recorded.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    pooled = models.BooleanField()
    number = models.PositiveIntegerField()
    considered = models.PositiveIntegerField()
    newest = models.ForeignKey(
        Statement, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    as_of = models.DateTimeField()
    written_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "summaries"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "agency", "pooled", "number"], name="summary_is_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="summary_numbers_begin_with_one"
            ),
            models.CheckConstraint(
                condition=Q(considered=0, newest__isnull=True)
                | Q(considered__gt=0, newest__isnull=False),
                name="summary_names_the_newest_it_considered",
            ),
        ]


class SummaryPart(models.Model):
    """What a summary says under one heading, in its writer's words."""

    id = models.UUIDField(primary_key=True)
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="+", db_index=False)
    heading = models.CharField(max_length=20, choices=Heading.choices())
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "heading"], name="summary_part_is_said_once"
            ),
            models.CheckConstraint(
                condition=Q(heading__in=[value for value, _ in Heading.choices()]),
                name="summary_heading_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(words__regex=r"^\s*$"), name="summary_part_says_something"
            ),
        ]


class SummaryEntry(models.Model):
    """One entry a summary rests on, pinned by the digest it had."""

    id = models.UUIDField(primary_key=True)
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="+", db_index=False)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "summary entries"
        constraints = [
            models.UniqueConstraint(
                fields=["summary", "statement"], name="summary_rests_on_an_entry_once"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="summary_digest_is_sha256"
            ),
        ]


class SummaryGiven(models.Model):
    """That a summary was given to an agency of the team, which may read it from then on."""

    id = models.UUIDField(primary_key=True)
    summary = models.ForeignKey(Summary, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name_plural = "summaries given"
        constraints = [
            models.UniqueConstraint(fields=["summary", "agency"], name="summary_is_given_once")
        ]
