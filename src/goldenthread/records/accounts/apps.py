"""Names the `accounts` application to Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The tables of posts, invitations and confirmations."""

    name = "goldenthread.records.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
