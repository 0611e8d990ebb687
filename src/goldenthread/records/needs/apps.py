"""Names the `needs` application to Django."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """The tables of adults' needs."""

    name = "goldenthread.records.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
