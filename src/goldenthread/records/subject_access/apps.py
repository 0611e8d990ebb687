"""Names the `subject_access` application to Django."""

from django.apps import AppConfig


class SubjectAccessConfig(AppConfig):
    """The tables of packs."""

    name = "goldenthread.records.subject_access"
    label = "subject_access"
    default_auto_field = "django.db.models.BigAutoField"
