"""Names the `audit` application to Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit tables."""

    name = "goldenthread.records.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
