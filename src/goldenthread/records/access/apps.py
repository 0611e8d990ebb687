"""Names the `access` application to Django."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The access tables."""

    name = "goldenthread.records.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"
