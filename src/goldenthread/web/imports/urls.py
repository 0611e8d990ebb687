"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.imports import views

BASE = "families/<uuid:case>/imports/"

urlpatterns: list[URLPattern] = [
    path(BASE, views.imports, name="imports"),
    path(f"{BASE}<uuid:file>/columns/", views.columns, name="import_columns"),
    path(f"{BASE}<uuid:file>/progress/", views.progress, name="import_progress"),
    path(f"{BASE}<uuid:file>/report/", views.report, name="import_report"),
    path(f"{BASE}<uuid:file>/confirm/", views.confirm, name="import_confirm"),
    path(f"{BASE}<uuid:file>/put-aside/", views.put_aside, name="import_put_aside"),
    path(f"{BASE}<uuid:file>/receipt/", views.receipt, name="import_receipt"),
]
