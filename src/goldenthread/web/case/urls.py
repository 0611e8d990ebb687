"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.case.entry import entry
from goldenthread.web.case.family import family
from goldenthread.web.case.history.views import history
from goldenthread.web.case.home import families
from goldenthread.web.case.same_events import same_events
from goldenthread.web.case.search import search
from goldenthread.web.case.who import who

urlpatterns: list[URLPattern] = [
    path("", families, name="families"),
    path("search/", search, name="search"),
    path("families/<uuid:case>/", family, name="family"),
    path("families/<uuid:case>/history/", history, name="history"),
    path("families/<uuid:case>/entries/<uuid:statement>/", entry, name="entry"),
    path("families/<uuid:case>/same-events/", same_events, name="same_events"),
    path("families/<uuid:case>/who/", who, name="who_may_open"),
]
