"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.record.adding import SCREENS, one_screen, start
from goldenthread.web.record.answering import choose, write
from goldenthread.web.record.drafts import my_drafts, resume_draft, save_draft, throw_away
from goldenthread.web.record.judging import judge
from goldenthread.web.record.saved import saved_answer, saved_entry
from goldenthread.web.record.sharing import share

FAMILY = "families/<uuid:case>/"
ENTRY = f"{FAMILY}entries/<uuid:statement>/"

urlpatterns: list[URLPattern] = [
    path("drafts/", my_drafts, name="drafts"),
    path("drafts/<uuid:draft>/", resume_draft, name="resume_draft"),
    path("drafts/<uuid:draft>/delete/", throw_away, name="discard_draft"),
    path(f"{FAMILY}drafts/<uuid:draft>/", save_draft, name="save_draft"),
    path(f"{FAMILY}add/", start, name="add_entry"),
    *(
        path(
            f"{FAMILY}add/<uuid:draft>/{screen}/",
            one_screen,
            {"screen": screen},
            name="add_screen",
        )
        for screen in SCREENS
    ),
    path(f"{FAMILY}add/<uuid:draft>/saved/", saved_entry, name="add_saved"),
    path(f"{ENTRY}answer/", choose, name="answer_entry"),
    path(f"{ENTRY}answer/<uuid:draft>/saved/", saved_answer, name="answer_saved"),
    path(f"{ENTRY}answer/<uuid:draft>/<slug:kind>/", write, name="answer_form"),
    path(f"{ENTRY}share/", share, name="share_entry"),
    path(f"{ENTRY}judge/", judge, name="judge"),
]
