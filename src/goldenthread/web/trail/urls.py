"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.trail.ledger import ledger
from goldenthread.web.trail.looked import looked

urlpatterns: list[URLPattern] = [
    path("families/<uuid:case>/looked/", looked, name="who_has_looked"),
    path("families/<uuid:case>/family-copy/", ledger, name="family_ledger"),
]
