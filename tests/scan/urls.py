"""Every address of the service, and beside them the scan's own: its weak pages and its list."""

from __future__ import annotations

from django.urls import path

from goldenthread.config import urls as service
from tests.scan.listing import listed
from tests.scan.weak import weak_echo, weak_form, weak_kept, weak_search

handler400, handler403 = service.handler400, service.handler403
handler404, handler500 = service.handler404, service.handler500

OWN = [
    path("scan/list/<slug:batch>/", listed, name="scan_list"),
    path("scan/weak/echo/", weak_echo, name="weak_echo"),
    path("scan/weak/search/", weak_search, name="weak_search"),
    path("scan/weak/form/", weak_form, name="weak_form"),
    path("scan/weak/kept/", weak_kept, name="weak_kept"),
]
urlpatterns = [*service.urlpatterns, *OWN]
