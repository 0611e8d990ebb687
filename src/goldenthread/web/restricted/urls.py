"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.restricted.conflict import own_conflict
from goldenthread.web.restricted.glass import glass, glass_end
from goldenthread.web.restricted.glass_review import broken_glass, glass_agree, glass_review
from goldenthread.web.restricted.labels import labels
from goldenthread.web.restricted.lead import restricted_records
from goldenthread.web.restricted.sealing import seal, seal_change, seal_name, seal_review
from goldenthread.web.restricted.seeing import entry_access, entry_label, family_access
from goldenthread.web.restricted.withholding import withhold, withhold_stop

FAMILY = "families/<uuid:case>/"
ENTRY = f"{FAMILY}entries/<uuid:statement>/"

urlpatterns: list[URLPattern] = [
    path(f"{ENTRY}access/", entry_access, name="entry_access"),
    path(f"{ENTRY}access/label/", entry_label, name="entry_label"),
    path(f"{ENTRY}access/seal/", seal, name="entry_seal"),
    path(f"{ENTRY}access/withhold/", withhold, name="entry_withhold"),
    path(f"{FAMILY}access/", family_access, name="family_access"),
    path(f"{FAMILY}access/seal/", seal, name="family_seal"),
    path(f"{FAMILY}access/withhold/", withhold, name="family_withhold"),
    path(f"{FAMILY}seals/<uuid:seal>/review/", seal_review, name="seal_review"),
    path(f"{FAMILY}seals/<uuid:seal>/name/", seal_name, name="seal_name"),
    path(f"{FAMILY}seals/<uuid:seal>/change/", seal_change, name="seal_change"),
    path(f"{FAMILY}withheld/<uuid:withholding>/stop/", withhold_stop, name="withhold_stop"),
    path(f"{FAMILY}close-the-glass/", glass_end, name="glass_end"),
    path("break-the-glass/", glass, name="break_glass"),
    path("broken-glass/", broken_glass, name="broken_glass"),
    path("broken-glass/<uuid:broken>/", glass_review, name="glass_review"),
    path("broken-glass/asked/<uuid:ask>/", glass_agree, name="glass_agree"),
    path("labels/", labels, name="labels"),
    path("conflict-of-interest/", own_conflict, name="own_conflict"),
    path("restricted-records/", restricted_records, name="restricted_records"),
]
