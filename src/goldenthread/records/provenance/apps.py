"""Names the `provenance` application to Django."""

from django.apps import AppConfig


class ProvenanceConfig(AppConfig):
    """The provenance tables."""

    name = "goldenthread.records.provenance"
    label = "provenance"
    default_auto_field = "django.db.models.BigAutoField"
