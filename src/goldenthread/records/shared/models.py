"""Agencies, practitioners and the accounts they sign in with.

An account belongs to one practitioner and so to one agency. Administrators look after accounts and
hold no content rights (`access-policy.md` of the design, section 2).
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.provenance.vocabulary import AgencyKind


class Agency(models.Model):
    """One organisation that holds or receives information: a GP practice, a police force."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=40, choices=AgencyKind.choices())
    name = models.CharField(max_length=200, unique=True)
    phone = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[value for value, _ in AgencyKind.choices()]),
                name="agency_kind_is_known",
            )
        ]


class Practitioner(models.Model):
    """A person who works for an agency; may never have an account."""

    id = models.UUIDField(primary_key=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    remit = models.CharField(
        max_length=30, choices=Remit.choices(), default=Remit.PRACTITIONER.value
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(remit__in=[value for value, _ in Remit.choices()]),
                name="practitioner_remit_is_known",
            )
        ]


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts for Django's sign-in machinery."""

    def create_user(self, email, password=None, **fields):
        """Create an account that signs in with `email`; no password means none is usable."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """How one practitioner signs in."""

    id = models.UUIDField(primary_key=True)
    email = models.EmailField(unique=True)
    practitioner = models.OneToOneField(Practitioner, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
