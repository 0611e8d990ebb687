"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.needs import agreeing, views, writing
from goldenthread.web.needs.using import was_it_used

NEEDS = "families/<uuid:case>/needs/"
ADULT = f"{NEEDS}<uuid:adult>/"
DRAFT = f"{ADULT}drafts/<uuid:draft>/"
ADJUSTMENTS = f"{ADULT}adjustments/"

urlpatterns: list[URLPattern] = [
    path(NEEDS, views.needs, name="needs"),
    path(ADULT, views.adult, name="needs_adult"),
    path(f"{ADULT}sheet/", views.sheet, name="needs_sheet"),
    path(f"{ADULT}versions/<uuid:version>/", views.version, name="needs_version"),
    path(f"{ADULT}write/", writing.start, name="needs_start"),
    path(DRAFT, writing.overview, name="needs_draft"),
    path(f"{DRAFT}<slug:part>/", writing.part, name="needs_part"),
    path(f"{DRAFT}<slug:part>/save/", writing.save, name="needs_save"),
    path(f"{ADJUSTMENTS}new/", agreeing.start, name="adjustment_start"),
    path(f"{ADJUSTMENTS}drafts/<uuid:draft>/", agreeing.adjustment, name="adjustment"),
    path(f"{ADJUSTMENTS}drafts/<uuid:draft>/save/", agreeing.save, name="adjustment_save"),
    path(
        f"{ADJUSTMENTS}<uuid:adjustment>/agreement/",
        agreeing.agreement,
        name="adjustment_agreement",
    ),
    path(f"{ADJUSTMENTS}<uuid:adjustment>/tell/", agreeing.tell, name="adjustment_tell"),
    path("families/<uuid:case>/entries/<uuid:statement>/used/", was_it_used, name="was_it_used"),
]
