"""Names the `decisions` application to Django."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """The tables of decisions."""

    name = "goldenthread.records.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
