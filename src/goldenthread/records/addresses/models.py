"""Safe addresses and whom they must not reach; documents asked for, held and decided on.

Append only. What an address says is encrypted in a table of its own, so that the key can be changed
without touching a row of the record; the record keeps a salted commitment to it, whose salt is
encrypted with it. Nothing here that is not encrypted says where anybody is.
"""

from django.db import models
from django.db.models import F, Q

from goldenthread.domain.addresses.vocabulary import AddressChange, KeptFromSort
from goldenthread.domain.provenance.vocabulary import HowKnown
from goldenthread.records.network.models import Household
from goldenthread.records.people.models import Case, Person
from goldenthread.records.provenance.models import Statement
from goldenthread.records.shared.models import Account, Agency, Practitioner


def _to(model, **more) -> models.ForeignKey:
    return models.ForeignKey(model, on_delete=models.PROTECT, related_name="+", **more)


def _says(field: str) -> Q:
    return ~Q(**{f"{field}__regex": r"^\s*$"})


def _among(field: str, words, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [value for value, _ in words.choices()]}), name=name
    )


class Address(models.Model):
    """Somebody, or a household, has an address from one day to another; as one agency keeps it.

    `instead_of` is the row that this one follows, and `change` says how. `commitment` is the
    SHA-256 of a salt and what is encrypted.
    """

    id = models.UUIDField(primary_key=True)
    case = _to(Case)
    person = _to(Person, null=True)
    household = _to(Household, null=True)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)
    how_known = models.CharField(max_length=20, choices=HowKnown.choices())
    said_by = models.CharField(max_length=200, blank=True)
    source = _to(Statement, null=True)
    is_hidden = models.BooleanField()
    instead_of = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="+")
    change = models.CharField(max_length=20, blank=True, choices=AddressChange.choices())
    commitment = models.BinaryField()
    agency = _to(Agency, db_index=False)
    recorded_by = _to(Account, db_index=False)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True, household__isnull=False)
                | Q(person__isnull=False, household__isnull=True),
                name="address_is_of_a_person_or_a_household",
            ),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True)
                | Q(to_on__isnull=True)
                | Q(to_on__gte=F("from_on")),
                name="address_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True, change="")
                | Q(
                    instead_of__isnull=False,
                    change__in=[value for value, _ in AddressChange.choices()],
                ),
                name="address_change_says_what_changed",
            ),
            _among("how_known", HowKnown, "address_how_known_is_known"),
        ]


class AddressContent(models.Model):
    """What an address says, encrypted under one key; written again when the key is changed."""

    address = models.OneToOneField(
        Address, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    key = models.CharField(max_length=20)
    sealed = models.BinaryField()


class AddressKeptFrom(models.Model):
    """Somebody an address must not reach, or who acts for them: of the family, of an agency, or
    known in a few words alone."""

    id = models.UUIDField(primary_key=True)
    address = _to(Address)
    sort = models.CharField(max_length=20, choices=KeptFromSort.choices())
    person = _to(Person, null=True)
    practitioner = _to(Practitioner, null=True)
    words = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            _among("sort", KeptFromSort, "address_kept_from_sort_is_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False, practitioner__isnull=True, words="")
                | Q(person__isnull=True, practitioner__isnull=False, words="")
                | (Q(person__isnull=True, practitioner__isnull=True) & _says("words")),
                name="address_kept_from_somebody",
            ),
        ]


class AddressTold(models.Model):
    """An agency, or one practitioner of it, was given an address, for a reason."""

    id = models.UUIDField(primary_key=True)
    address = _to(Address)
    agency = _to(Agency)
    practitioner = _to(Practitioner, null=True)
    reason = models.TextField()
    told_by = _to(Account, db_index=False)
    told_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_says("reason"), name="address_told_for_a_reason")
        ]


class OutgoingAsk(models.Model):
    """Somebody asked for one document and said for whom it is.

    `place` is the address it is made at, ids and choices alone: one answer opens one document.
    `recipients` are ids, and names of people outside the record.
    """

    id = models.UUIDField(primary_key=True)
    case = _to(Case)
    kind = models.CharField(max_length=40)
    place = models.TextField()
    recipients = models.JSONField()
    agency = _to(Agency, db_index=False)
    practitioner = _to(Practitioner, db_index=False)
    asked_by = _to(Account, db_index=False)
    asked_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(recipients=[]), name="outgoing_is_for_somebody"),
        ]


class OutgoingHold(models.Model):
    """A document is held: of which address which part stands where in it, or that it is for them.

    `hits` hold ids, names of parts and places; never a word of the address.
    """

    ask = models.OneToOneField(
        OutgoingAsk, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    hits = models.JSONField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(hits=[]), name="outgoing_is_held_for_something")
        ]


class OutgoingDecision(models.Model):
    """A named manager decided on a held document, with a reason; never the one who sends it."""

    hold = models.OneToOneField(
        OutgoingHold, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    releases = models.BooleanField()
    reason = models.TextField()
    asked_by = _to(Account, db_index=False)
    decided_by = _to(Account, db_index=False)
    decided_at = models.DateTimeField()
    recorded_at = models.DateTimeField(editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked_by=F("decided_by")), name="outgoing_is_decided_by_another"
            ),
            models.CheckConstraint(
                condition=_says("reason"), name="outgoing_decision_has_a_reason"
            ),
        ]
