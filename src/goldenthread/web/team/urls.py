"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.team.ending import team_end
from goldenthread.web.team.joining import team_add
from goldenthread.web.team.listing import team

FAMILY = "families/<uuid:case>/team/"

urlpatterns: list[URLPattern] = [
    path(FAMILY, team, name="team"),
    path(f"{FAMILY}add/", team_add, name="team_add"),
    path(f"{FAMILY}<uuid:member>/end/", team_end, name="team_end"),
]
