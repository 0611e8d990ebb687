"""Names the `challenges` application to Django."""

from django.apps import AppConfig


class ChallengesConfig(AppConfig):
    """The tables of challenges."""

    name = "goldenthread.records.challenges"
    label = "challenges"
    default_auto_field = "django.db.models.BigAutoField"
