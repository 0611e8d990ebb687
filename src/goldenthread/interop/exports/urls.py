"""The addresses of files that leave the record."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
