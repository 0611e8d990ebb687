"""Lets in whom an agency's provider speaks of, if that agency has given them an account already."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.usecases.accounts import identities

SECONDS = 5


class AskedElsewhere(requests.RequestException):
    """A provider named an address at a host that the installation did not."""


class _Quick(requests.Session):
    """Waits a little and follows nothing, and asks nobody but those the installation names."""

    def __init__(self, hosts: frozenset[str]) -> None:
        super().__init__()
        self.hosts = hosts

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        asked = urlsplit(str(url))
        if f"{asked.scheme}://{asked.netloc}" not in self.hosts:
            raise AskedElsewhere("The provider points to a host that is not on the list.")
        quick = {"timeout": SECONDS, **kwargs, "allow_redirects": False}
        return super().request(method, url, *args, **quick)


def _may_be_asked() -> frozenset[str]:
    """Scheme, host and port of every provider's issuer, and of what its row names beside it."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    named = [(app["settings"]["issuer"], *app["settings"].get("also_at", ())) for app in apps]
    parts = [urlsplit(one) for row in named for one in row]
    return frozenset(f"{one.scheme}://{one.netloc}" for one in parts)


class OfAnAgency(DefaultSocialAccountAdapter):
    """The allauth adapter: no account is made, and none of another agency is opened."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody can make their own account."""
        return False

    def get_requests_session(self) -> requests.Session:
        """How the provider is asked."""
        return _Quick(_may_be_asked())

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Let a bound account of this agency in, bind one, or refuse."""
        provider = sociallogin.account.get_provider(request)
        named = provider.app.provider_id
        if sociallogin.is_existing:
            if not identities.is_of(sociallogin.user.pk, provider.agency):
                raise _refused(request, provider, "of-another-agency-or-closed")
            return
        [claimed] = sociallogin.email_addresses or [None]
        account = identities.account_to_bind(
            provider.agency, claimed and claimed.email, claimed and claimed.verified
        )
        if account is None:
            raise _refused(request, provider, "without-an-account")
        if SocialAccount.objects.filter(user=account, provider=named).exists():
            raise _refused(request, provider, "another-subject-is-bound")
        sociallogin.connect(request, get_user_model().objects.get(pk=account))
        identities.identity_bound(account, provider=named)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None,
        extra_context: Any = None,
    ) -> None:  # fmt: skip
        """Say plainly that it did not work, the same whatever was wrong, and write it down."""
        raise _refused(request, provider, "not-proved")


def _refused(request: HttpRequest, provider: Any, why: str) -> ImmediateHttpResponse:
    identities.identity_refused(provider.agency, provider=provider.app.provider_id, why=why)
    page: HttpResponse = render(
        request, "socialaccount/refused.jinja", {"provider": provider.name}, status=403
    )
    return ImmediateHttpResponse(page)
