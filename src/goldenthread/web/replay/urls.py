"""The addresses of living through a history again."""

from django.urls import URLPattern, path

from goldenthread.web.replay.of_case import replay

urlpatterns: list[URLPattern] = [
    path("families/<uuid:case>/replay/", replay, name="replay"),
]
