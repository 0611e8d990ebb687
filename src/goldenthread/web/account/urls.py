"""The addresses of signing in and out, and of pages about the service itself.

Only what is used here: nobody signs up by themselves, and a password is reset by the agency's
account administrator, so those pages of the library are not served.
"""

from allauth.account import views as allauth
from django.urls import include, path

from goldenthread.web.account import pages

urlpatterns = [
    path("account/", pages.account, name="account"),
    path("account/login/", allauth.login, name="account_login"),
    path("account/logout/", allauth.logout, name="account_logout"),
    path("account/signup/", allauth.signup, name="account_signup"),
    path("account/inactive/", allauth.account_inactive, name="account_inactive"),
    path("account/again/", allauth.reauthenticate, name="account_reauthenticate"),
    path("account/password/", allauth.password_change, name="account_change_password"),
    path("account/two-steps/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
