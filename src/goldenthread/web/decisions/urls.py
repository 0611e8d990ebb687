"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.decisions import differing, gap, reading_back, views, writing

DECISIONS = "families/<uuid:case>/decisions/"
ONE = f"{DECISIONS}<uuid:decision>/"

urlpatterns: list[URLPattern] = [
    path(DECISIONS, views.decisions, name="decisions"),
    path(f"{DECISIONS}new/", writing.start, name="decision_start"),
    path(f"{DECISIONS}drafts/<uuid:draft>/", writing.write, name="decision_write"),
    path(f"{DECISIONS}drafts/<uuid:draft>/save/", writing.save, name="decision_save"),
    path(f"{DECISIONS}before/", gap.before, name="before_deciding"),
    path(ONE, views.decision, name="decision"),
    path(f"{ONE}gap/", gap.gap, name="decision_gap"),
    path(f"{ONE}again/", writing.again, name="decision_again"),
    path(f"{ONE}difference/", differing.difference, name="decision_difference"),
    path(f"{ONE}read/", reading_back.say_back, name="decision_read_back"),
    path(f"{ONE}print/", views.on_paper, name="decision_print"),
]
