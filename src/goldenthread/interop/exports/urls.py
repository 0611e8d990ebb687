"""The addresses of files that leave the record."""

from django.urls import path

from goldenthread.interop.exports import views

urlpatterns = [
    path("families/<uuid:case>/history.xlsx", views.history_xlsx, name="history_xlsx"),
    path("families/<uuid:case>/history.csv", views.history_csv, name="history_csv"),
]
