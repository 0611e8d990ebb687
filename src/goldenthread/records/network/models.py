"""Who is who to whom, as claims attached to statements; households; and what nobody knows.

A claim never changes and says no more than its statement: it is corrected, disputed or withdrawn by
what later statements say of that statement.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from goldenthread.domain.network import vocabulary as words
from goldenthread.domain.network.vocabulary import ClaimKind as Kind
from goldenthread.domain.provenance.vocabulary import Polarity
from goldenthread.domain.shared.word import Word
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner

WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]  # ISO: 1 is Monday
TWO_PEOPLE = ["parent", "sibling", "couple", "quality", "harm", "responsibility", "cares_for"]
ONE_PERSON = ["lives_at", "involvement", "need"]


def _among(field: str, vocabulary: type[Word], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [value for value, _ in vocabulary.choices()]}), name=name
    )


def _fits_its_kind() -> Q:
    """Each kind with the natures it can have, one alternative a kind."""
    fits = Q()
    for kind, natures in words.NATURES.items():
        fits |= Q(kind=str(kind), nature__in=[value for value, _ in natures.choices()])
    return fits


class Household(models.Model):
    """Where people live, by the name it goes by in this family; never an address in itself."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    nature = models.CharField(max_length=20, choices=words.HomeNature.choices())
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("nature", words.HomeNature, "household_nature_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="household_has_a_name"),
        ]


class Claim(models.Model):
    """One statement says: this person is this to that person, at that household, with that agency.

    Directed kinds run from `person` to `other`. `days` and `nights` are ISO weekdays of care. A
    claim may be read out of a statement long after that was made; `recorded_at` says when.
    """

    id = models.UUIDField(primary_key=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices())
    nature = models.CharField(max_length=30)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, null=True, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.PROTECT, related_name="+")
    happened = models.CharField(max_length=60)
    happened_from_min = models.DateField(null=True)
    happened_from_max = models.DateField(null=True)
    happened_to_min = models.DateField(null=True)
    happened_to_max = models.DateField(null=True)
    polarity = models.CharField(max_length=20, choices=Polarity.choices())
    status = models.CharField(max_length=20, blank=True, choices=words.HarmStatus.choices())
    days = ArrayField(models.PositiveSmallIntegerField(), default=list)
    nights = ArrayField(models.PositiveSmallIntegerField(), default=list)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("kind", Kind, "claim_kind_is_known"),
            models.CheckConstraint(condition=_fits_its_kind(), name="claim_nature_fits_its_kind"),
            _among("polarity", Polarity, "claim_polarity_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=TWO_PEOPLE, other__isnull=False)
                | Q(kind__in=ONE_PERSON, other__isnull=True)
                | Q(kind="network"),
                name="claim_names_the_people_its_kind_needs",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(person=F("other")),
                name="claim_people_differ",
            ),
            models.CheckConstraint(
                condition=Q(kind="lives_at", household__isnull=False)
                | (~Q(kind="lives_at") & Q(household__isnull=True)),
                name="claim_of_living_names_a_household",
            ),
            models.CheckConstraint(
                condition=Q(kind="involvement", agency__isnull=False)
                | (~Q(kind="involvement") & Q(agency__isnull=True)),
                name="claim_of_involvement_names_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="harm", status__in=[value for value, _ in words.HarmStatus.choices()]
                )
                | (~Q(kind="harm") & Q(status="")),
                name="claim_of_harm_has_a_status",
            ),
            models.CheckConstraint(
                condition=Q(days__contained_by=WEEKDAYS) & Q(nights__contained_by=WEEKDAYS),
                name="claim_weekdays_are_days_of_a_week",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["cares_for", "lives_at"]) | Q(days=[], nights=[]),
                name="claim_weekdays_belong_to_care_or_a_home",
            ),
            models.CheckConstraint(
                condition=~Q(kind="need", nature="other") | ~Q(words=""),
                name="claim_of_another_need_says_which",
            ),
            models.CheckConstraint(
                condition=Q(happened_from_min__isnull=True)
                | Q(happened_to_max__isnull=True)
                | Q(happened_from_min__lte=F("happened_to_max")),
                name="claim_begins_before_it_ends",
            ),
        ]


class GapAnswer(models.Model):
    """What became of one thing nobody knew: taken on, answered, explained, asked and refused.

    `gap` is the stable name of a question, `question` the sentence that was answered and `about`
    the people it concerned: it stays readable once it no longer arises. `statement` holds what came
    out, where anything did. Earlier answers stay; the latest counts.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    gap = models.CharField(max_length=300)
    question = models.TextField()
    about = ArrayField(models.CharField(max_length=100), default=list)
    outcome = models.CharField(max_length=30, choices=words.GapOutcome.choices())
    words = models.TextField()
    statement = models.ForeignKey(Statement, null=True, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(Practitioner, null=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField(null=True)
    asked_on = models.DateField(null=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("outcome", words.GapOutcome, "gap_answer_outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(gap="") & ~Q(question=""), name="gap_answer_names_its_gap"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="gap_answer_says_something"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["taken_on", "carried_to_supervision"])
                | Q(owner__isnull=False, due__isnull=False),
                name="gap_answer_still_open_has_owner_and_date",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="asked_refused") | Q(asked_on__isnull=False),
                name="gap_answer_refused_says_when_asked",
            ),
        ]


class PersonLink(models.Model):
    """Somebody judged whether two people of two families are one; the latest verdict counts.

    Nothing is merged: both people keep their rows and their statements. `a` is the smaller id.
    """

    id = models.UUIDField(primary_key=True)
    a = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    b = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=words.SamePerson.choices())
    reason = models.TextField()
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("verdict", words.SamePerson, "person_link_verdict_is_known"),
            models.CheckConstraint(condition=Q(a__lt=F("b")), name="person_link_is_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="person_link_gives_a_reason"),
        ]


class KeptLayout(models.Model):
    """A layout worked out once and kept; `drawn` is empty while a job is still at it.

    `scope` is whose sight of the family it belongs to: an agency's, or a chair's of everything. No
    layout is ever taken from another scope: an empty place would tell of somebody withheld. Not
    part of the record: it can be thrown away and made again.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    version = models.CharField(max_length=80)
    graph = models.JSONField(null=True)
    drawn = models.JSONField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "scope", "digest", "version"], name="kept_layout_is_kept_once"
            )
        ]
