"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.picture import versions, writing
from goldenthread.web.picture.answering import answer
from goldenthread.web.picture.views import picture

PICTURE = "families/<uuid:case>/picture/"
SUMMARIES = f"{PICTURE}summaries/"

urlpatterns: list[URLPattern] = [
    path(PICTURE, picture, name="picture"),
    path(f"{PICTURE}questions/<str:question>/", answer, name="picture_answer"),
    path(SUMMARIES, versions.summaries, name="summaries"),
    path(f"{SUMMARIES}new/", writing.start, name="summary_start"),
    path(f"{SUMMARIES}drafts/<uuid:draft>/", writing.write, name="summary_write"),
    path(f"{SUMMARIES}drafts/<uuid:draft>/save/", writing.save, name="summary_save"),
    path(f"{SUMMARIES}<uuid:summary>/", versions.summary, name="summary"),
    path(f"{SUMMARIES}<uuid:summary>/give/", versions.give, name="summary_give"),
]
