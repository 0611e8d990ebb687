"""Conditions on rows that Django has no short way to say."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, F, Func, UUIDField, Value
from django.db.models.functions import Cast


def is_one_of(column: str, ids: Iterable[UUID]) -> Func:
    """Whether a column holds one of these ids: `column = ANY(array)`, for `filter`.

    Django's own `__in` sends one parameter an id; for a history of two thousand entries, preparing
    and quoting those took longer than the answer. Here they are one parameter.
    """
    array = Cast(Value(as_array(ids)), ArrayField(UUIDField()))
    return Func(
        F(column),
        Func(array, function="ANY"),
        template="(%(expressions)s)",
        arg_joiner=" = ",
        output_field=BooleanField(),
    )


def as_array(ids: Iterable[UUID]) -> str:
    """Ids as the one parameter in which `is_one_of` sends them."""
    return "{" + ",".join(one.hex for one in ids) + "}"
