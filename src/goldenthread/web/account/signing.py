"""Signing in and out, built on allauth's own flows, and the picture of a pending app code."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView, LogoutView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.usecases.access import demonstration
from goldenthread.web.account.idle import ENDED
from goldenthread.web.identity.views import offered

# The browser forgets everything of this site: pages, storage and the cookies.
FORGET = '"cache", "cookies", "storage"'


class SignIn(LoginView):
    """The sign-in page; in a demonstration it also lists the invented accounts."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether a session has just ended, and the demonstration's accounts."""
        context = super().get_context_data(**kwargs)
        accounts = demonstration.accounts() if settings.DEMONSTRATION else []
        chosen = self.request.GET.get("as", "")
        return {
            **context,
            "ended": bool(self.request.session.get(ENDED)),
            "providers": offered(self.request),
            "demo_accounts": accounts,
            "chosen": next((one for one in accounts if str(one.id) == chosen), None),
            "demo_password": demonstration.DEMONSTRATION_PASSWORD if accounts else "",
            "next": context.get("redirect_field_value") or "",
        }


class SignOut(LogoutView):
    """Signing out: asked with a button, and the browser is told to forget."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out."""
        response = super().post(*args, **kwargs)
        response.headers["Clear-Site-Data"] = FORGET
        return response


def pending_code(request: HttpRequest) -> HttpResponse:
    """The square code of the app being set up, for whoever is setting it up and nobody else."""
    secret = request.session.get(SECRET_SESSION_KEY)
    if not secret:
        raise Http404
    adapter = get_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(request.user, secret))
    return HttpResponse(picture, content_type="image/svg+xml")
