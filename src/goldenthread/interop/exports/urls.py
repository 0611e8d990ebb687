"""The addresses of files that leave the record."""

from django.urls import path

from goldenthread.interop.chronology import problem_rows
from goldenthread.interop.exports import network, views
from goldenthread.interop.genealogy import bringing_in

urlpatterns = [
    path("families/<uuid:case>/history.xlsx", views.history_xlsx, name="history_xlsx"),
    path("families/<uuid:case>/history.csv", views.history_csv, name="history_csv"),
    path("families/<uuid:case>/network.csv", network.network_csv, name="network_csv"),
    path(
        "families/<uuid:case>/network/file/<uuid:draft>/read/",
        bringing_in.read_file,
        name="network_read_file",
    ),
    path(
        "families/<uuid:case>/network/file/<uuid:draft>/record/",
        bringing_in.record_file,
        name="network_record_file",
    ),
    path("families/<uuid:case>/network.ged", network.network_gedcom, name="network_gedcom"),
    path(
        "families/<uuid:case>/imports/<uuid:file>/not-kept.csv",
        problem_rows.not_kept,
        name="import_problem_rows",
    ),
]
