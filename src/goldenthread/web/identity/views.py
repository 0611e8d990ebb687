"""Going to an agency's provider, and coming back."""

from __future__ import annotations

from allauth.account.internal.decorators import login_not_required
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from goldenthread.web.identity.provider import AgencyAdapter


@login_not_required
@require_POST
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the agency's provider, by a form of ours alone."""
    return _through(OAuth2LoginView, request, provider_id)


@login_not_required
@require_safe
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from it, with a code that is good once."""
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: type, request: HttpRequest, provider_id: str) -> HttpResponse:
    adapter = AgencyAdapter(request, provider_id)
    try:
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as none:
        raise Http404 from none
    try:
        return view.adapter_view(adapter)(request)
    except (OAuth2Error, RequestException, ValueError) as fault:
        return render_authentication_error(request, provider, exception=fault)


def offered(request: HttpRequest) -> list[tuple[str, str]]:
    """The providers that the sign-in page offers: id and name, by name."""
    apps = get_adapter().list_apps(request, provider="openid_connect")
    return sorted(((app.provider_id, app.name) for app in apps), key=lambda one: one[1])
