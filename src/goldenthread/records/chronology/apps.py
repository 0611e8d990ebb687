"""Names the `chronology` application to Django."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    """The chronology tables."""

    name = "goldenthread.records.chronology"
    label = "chronology"
    default_auto_field = "django.db.models.BigAutoField"
