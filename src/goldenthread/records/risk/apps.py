"""Names the `risk` application to Django."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    """The risk tables."""

    name = "goldenthread.records.risk"
    label = "risk"
    default_auto_field = "django.db.models.BigAutoField"
