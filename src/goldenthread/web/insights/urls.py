"""The address of what stands unanswered; it holds nothing of a family."""

from django.urls import URLPattern, path

from goldenthread.web.insights import views

urlpatterns: list[URLPattern] = [path("questions/", views.unanswered, name="unanswered")]
