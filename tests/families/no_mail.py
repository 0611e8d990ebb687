"""A mail service that is down, as an installation meets it."""

from __future__ import annotations

from django.core.mail.backends.base import BaseEmailBackend


class Broken(BaseEmailBackend):
    """Refuses every message."""

    def send_messages(self, messages):
        """Refuse these messages, naming one of them as a mail service would."""
        raise ConnectionRefusedError(f"could not send to {messages[0].to}")
