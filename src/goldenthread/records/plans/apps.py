"""Names the `plans` application to Django."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """The tables of safety plans."""

    name = "goldenthread.records.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"
