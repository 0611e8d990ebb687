"""The addresses of this journey; none of them holds anything of an address that is kept."""

from django.urls import URLPattern, path

from goldenthread.web.addresses import documents, forms, ready, views

FAMILY = "families/<uuid:case>/"
KEPT = f"{FAMILY}addresses/"
ONE = f"{KEPT}<uuid:address>/"
HELD = f"{FAMILY}documents/<uuid:ask>/"

urlpatterns: list[URLPattern] = [
    path(KEPT, views.addresses, name="addresses"),
    path(f"{KEPT}new/", forms.keep, name="address_keep"),
    path(ONE, views.show, name="address_show"),
    path(f"{ONE}change/", forms.change, name="address_change"),
    path(f"{ONE}tell/", views.tell, name="address_tell"),
    path(f"{FAMILY}documents/", documents.document_for, name="document_for"),
    path(HELD, documents.document_held, name="document_held"),
    path(f"{HELD}ready/", ready.document_ready, name="document_ready"),
    path(f"{HELD}decide/", documents.document_decide, name="document_decide"),
]
