"""The addresses of signing in and out, of one's own account, and of pages about the service."""

from allauth.account import views as account
from django.urls import include, path

from goldenthread.web.account import idle, pages, sessions, signing
from goldenthread.web.account import words as _words  # noqa: F401 - adds its filters

# Only what this service offers: no e-mail addresses to manage, no links sent by e-mail.
urlpatterns = [
    path("account/", pages.your_account, name="account"),
    path("account/login/", signing.SignIn.as_view(), name="account_login"),
    path("account/logout/", signing.SignOut.as_view(), name="account_logout"),
    path("account/signed-out/", pages.signed_out, name="signed_out"),
    path("account/signup/", pages.no_sign_up, name="account_signup"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/change/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/forgotten/", pages.password_forgotten, name="account_reset_password"),
    path("account/session/", idle.session_left, name="session_left"),
    path("account/sessions/", sessions.sessions, name="usersessions_list"),
    path("account/2fa/totp/code.svg", signing.pending_code, name="pending_code"),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
