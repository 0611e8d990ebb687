"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.subject_access import checking, entry, listing, papers, workspace

PACKS = "families/<uuid:case>/subject-access/"
PACK = f"{PACKS}<uuid:pack>/"
ENTRY = f"{PACK}entries/<uuid:statement>/"
# The name of whom it is for is what everything that leaves is checked against.
FOR = f"{PACK}for/<uuid:who>/"

urlpatterns: list[URLPattern] = [
    path(PACKS, listing.packs, name="subject_access"),
    path(PACK, workspace.pack, name="pack"),
    path(f"{PACK}waiting/", workspace.leave_out, name="pack_waiting"),
    path(f"{PACK}arrived/", workspace.arrived, name="pack_arrived"),
    path(ENTRY, entry.one, name="pack_entry"),
    path(f"{ENTRY}choose/", entry.choose, name="pack_choose"),
    path(f"{PACK}withheld/<uuid:redaction>/undo/", entry.undo, name="pack_undo"),
    path(f"{PACK}check/", checking.check, name="pack_check"),
    path(f"{PACK}release/", checking.release, name="pack_release"),
    path(f"{FOR}pack.pdf", papers.pack_pdf, {"sort": "person"}, name="pack_pdf"),
    path(f"{FOR}pack.txt", papers.pack_text, {"sort": "person"}, name="pack_text"),
]
