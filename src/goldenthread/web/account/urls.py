"""The addresses of signing in and out, and of pages about the service itself."""

from django.urls import include, path

from goldenthread.web.account import pages

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("accessibility/", pages.accessibility, name="accessibility"),
]
