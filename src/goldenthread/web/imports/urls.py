"""The addresses of bringing a spreadsheet in; no address holds a name."""

from django.urls import URLPattern, path

from goldenthread.web.imports import columns, names, report, views

BASE = "families/<uuid:case>/imports/"
ONE = f"{BASE}<uuid:file>/"

urlpatterns: list[URLPattern] = [
    path(BASE, views.imports, name="imports"),
    path(f"{ONE}progress/", views.progress, name="import_progress"),
    path(f"{ONE}again/", views.again, name="import_again"),
    path(f"{ONE}put-aside/", views.put_aside, name="import_put_aside"),
    path(f"{ONE}columns/", columns.columns, name="import_columns"),
    path(f"{ONE}headings/", columns.headings, name="import_headings"),
    path(f"{ONE}report/", report.report, name="import_report"),
    path(f"{ONE}names/", names.names, name="import_names"),
    path(f"{ONE}confirm/", report.confirm, name="import_confirm"),
    path(f"{ONE}receipt/", report.receipt, name="import_receipt"),
]
