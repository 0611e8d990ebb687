"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.sharing.receiving import came_of_it, receive
from goldenthread.web.sharing.views import sharing, tell_the_correction

FAMILY = "families/<uuid:case>/"
ENTRY = f"{FAMILY}entries/<uuid:statement>/"

urlpatterns: list[URLPattern] = [
    path(f"{FAMILY}sharing/", sharing, name="sharing"),
    path(f"{ENTRY}receive/", receive, name="receive_entry"),
    path(f"{ENTRY}came-of-it/", came_of_it, name="came_of_entry"),
    path(f"{ENTRY}tell-correction/", tell_the_correction, name="tell_correction"),
]
