"""Names the `addresses` application to Django."""

from django.apps import AppConfig


class AddressesConfig(AppConfig):
    """The tables of safe addresses."""

    name = "goldenthread.records.addresses"
    label = "addresses"
    default_auto_field = "django.db.models.BigAutoField"
