"""The addresses of paper and of published chronologies."""

from django.urls import path

from goldenthread.web.outputs import network, summary, views
from goldenthread.web.outputs.drawings import TYPES

urlpatterns = [
    path("families/<uuid:case>/history.pdf", views.history_pdf, name="history_pdf"),
    *(
        path(
            f"families/<uuid:case>/network.{form}",
            network.network_drawing,
            {"form": form},
            name=f"network_{form}",
        )
        for form in TYPES
    ),
    path(
        "families/<uuid:case>/picture/summaries/<uuid:summary>/summary.pdf",
        summary.summary_pdf,
        name="summary_pdf",
    ),
    path("families/<uuid:case>/publish/", views.publish, name="publish"),
    path("families/<uuid:case>/publications/", views.publications, name="publications"),
    path(
        "families/<uuid:case>/publications/<uuid:publication>/",
        views.publication,
        name="publication",
    ),
]
