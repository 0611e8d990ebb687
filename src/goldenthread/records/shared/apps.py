"""Names the `shared` application to Django."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """The shared tables."""

    name = "goldenthread.records.shared"
    label = "shared"
    default_auto_field = "django.db.models.BigAutoField"
