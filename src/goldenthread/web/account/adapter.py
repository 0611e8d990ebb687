"""How sign-in works here: accounts are given by a partnership, nobody signs up by themselves."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class NoSignUp(DefaultAccountAdapter):
    """The allauth adapter: no sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody can make their own account."""
        return False
