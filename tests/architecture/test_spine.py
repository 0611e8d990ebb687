"""Foreign keys point down the spine, and no model dates itself."""

from __future__ import annotations

from collections.abc import Iterable

import django.apps
from django.db import models

SPINE = [
    "audit",
    "shared",
    "accounts",
    "provenance",
    "people",
    "network",
    "access",
    "addresses",
    "subject_access",
    "chronology",
    "risk",
    "needs",
    "plans",
    "decisions",
    "challenges",
]


def upward_links(checked: Iterable[type[models.Model]]) -> list[str]:
    """Relations whose target sits above the application that declares them."""
    found = []
    for model in checked:
        here = model._meta.app_label
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model._meta.app_label if field.is_relation else None
            if here in SPINE and target in SPINE and SPINE.index(target) > SPINE.index(here):
                found.append(f"{model._meta.label}.{field.name} -> {field.related_model}")
    return found


def ours() -> list[type[models.Model]]:
    return [m for m in django.apps.apps.get_models() if m._meta.app_label in SPINE]


def test_foreign_keys_point_down_the_spine():
    assert ours()
    assert upward_links(ours()) == []


def test_an_upward_key_written_as_a_string_is_caught():
    class Upward(models.Model):
        plan = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")

        class Meta:
            app_label = "shared"
            managed = False

    try:
        assert len(upward_links([Upward])) == 1
    finally:
        del django.apps.apps.all_models["shared"]["upward"]
        django.apps.apps.clear_cache()


def test_no_model_sets_a_time_by_itself():
    for model in ours():
        for field in model._meta.fields:
            assert not getattr(field, "auto_now", False), field
            assert not getattr(field, "auto_now_add", False), field
            assert field.db_default is models.NOT_PROVIDED, field
