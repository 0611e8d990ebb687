"""The addresses of the handbook of patterns; none of them holds anything of a family."""

from django.urls import URLPattern, path

from goldenthread.web.patterns import setting, views

urlpatterns: list[URLPattern] = [
    path("patterns/", views.patterns, name="patterns"),
    path("patterns/<slug:key>/", views.pattern, name="pattern"),
    path("patterns/<slug:key>/set/", setting.set_one, name="set_pattern"),
]
