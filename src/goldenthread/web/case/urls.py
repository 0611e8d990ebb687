"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.case.history.views import history

urlpatterns: list[URLPattern] = [
    path("families/<uuid:case>/history/", history, name="history"),
]
