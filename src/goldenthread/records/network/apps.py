"""Names the `network` application to Django."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    """The network tables."""

    name = "goldenthread.records.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"
