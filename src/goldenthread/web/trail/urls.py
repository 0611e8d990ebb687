"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.trail.ledger import copy, ledger
from goldenthread.web.trail.looked import looked
from goldenthread.web.trail.unusual import unusual

urlpatterns: list[URLPattern] = [
    path("unusual-access/", unusual, name="unusual_access"),
    path("families/<uuid:case>/looked/", looked, name="who_has_looked"),
    path("families/<uuid:case>/family-copy/", ledger, name="family_ledger"),
    # The name of whom it is for is what everything that leaves is checked against.
    path(
        "families/<uuid:case>/family-copy/<uuid:who>/", copy, {"sort": "person"}, name="family_copy"
    ),
]
