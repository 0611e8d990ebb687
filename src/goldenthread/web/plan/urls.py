"""The addresses of this journey."""

from django.urls import URLPattern, path

from goldenthread.web.plan import answering, signing, views, writing

PLAN = "families/<uuid:case>/plan/"
VERSION = f"{PLAN}versions/<uuid:version>/"
DRAFT = f"{PLAN}drafts/<uuid:draft>/"

urlpatterns: list[URLPattern] = [
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}new/", writing.start, name="plan_start"),
    path(f"{DRAFT}save/", writing.save, name="plan_save"),
    path(f"{DRAFT}sign/", signing.sign, name="plan_sign"),
    *(
        path(f"{DRAFT}{step}/", writing.write, {"step": step}, name="plan_write")
        for step in writing.NAMES
    ),
    path(VERSION, views.version, name="plan_version"),
    path(f"{VERSION}answer/", answering.answer, name="plan_answer"),
    path(f"{VERSION}agree/", answering.agree, name="plan_agree"),
    path(f"{VERSION}copies/", answering.copy, name="plan_copy"),
    *(
        path(f"{VERSION}own/{sort}/<uuid:who>/", views.own, {"sort": sort}, name="plan_own")
        for sort in ("person", "practitioner")
    ),
    path(f"{PLAN}copies/<uuid:copy>/", answering.copy_ended, name="plan_copy_ended"),
]
