"""Browsers that somebody is signed in at."""

from __future__ import annotations

import time
from datetime import timedelta

from django.conf import settings
from django.test import Client


def shown_at(client: Client, at: float) -> None:
    """Let whoever is signed in have shown at another time (seconds since 1970) that it is they."""
    session = client.session
    kept = "account_authentication_methods"
    session[kept] = [{**one, "at": at} for one in session[kept]]
    session.save()


def shown_too_long_ago(client: Client) -> None:
    """Let it have been so long ago that a sensitive act asks for it again."""
    shown_at(client, time.time() - (settings.STEP_UP_LASTS + timedelta(minutes=1)).total_seconds())
