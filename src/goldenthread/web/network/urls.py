"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.network.adding import STEPS, one_step, start
from goldenthread.web.network.answering import question
from goldenthread.web.network.beyond import beyond
from goldenthread.web.network.bringing_in import choose_file, found_in_file
from goldenthread.web.network.views import network

NETWORK = "families/<uuid:case>/network/"

urlpatterns: list[URLPattern] = [
    path(NETWORK, network, name="network"),
    path(f"{NETWORK}add/", start, name="network_add_start"),
    *(
        path(f"{NETWORK}add/<uuid:draft>/{step}/", one_step, {"step": step}, name="network_add")
        for step in STEPS
    ),
    path(f"{NETWORK}question/", question, name="network_question"),
    path(f"{NETWORK}people/<uuid:person>/", beyond, name="network_beyond"),
    path(f"{NETWORK}file/", choose_file, name="network_import"),
    path(f"{NETWORK}file/<uuid:draft>/", found_in_file, name="network_found"),
]
