"""The addresses of paper and of published chronologies."""

from django.urls import path

from goldenthread.web.outputs import views

urlpatterns = [
    path("families/<uuid:case>/history.pdf", views.history_pdf, name="history_pdf"),
    path("families/<uuid:case>/publish/", views.publish, name="publish"),
    path("families/<uuid:case>/publications/", views.publications, name="publications"),
    path(
        "families/<uuid:case>/publications/<uuid:publication>/",
        views.publication,
        name="publication",
    ),
]
