"""Names the `people` application to Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people tables."""

    name = "goldenthread.records.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
