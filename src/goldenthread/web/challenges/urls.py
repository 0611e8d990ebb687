"""The addresses of challenges and of how they are answered."""

from django.urls import URLPattern, path

from goldenthread.web.challenges import naming, one, raising, stages, taking, waiting

_FAMILY = "families/<uuid:case>/challenges/"
_ONE = _FAMILY + "<uuid:challenge>/"

urlpatterns: list[URLPattern] = [
    path(_FAMILY, waiting.of_family, name="challenges"),
    path(_FAMILY + "about/<uuid:statement>/", raising.start, name="challenge_start"),
    path(_FAMILY + "about/<uuid:statement>/<uuid:draft>/", raising.write, name="challenge_raise"),
    path(
        _FAMILY + "about/<uuid:statement>/<uuid:draft>/save/",
        raising.save,
        name="challenge_raise_save",
    ),
    path(_ONE, one.challenge, name="challenge"),
    path(_ONE + "<slug:kind>/", taking.start, name="challenge_step_start"),
    path(_ONE + "<slug:kind>/<uuid:draft>/", taking.write, name="challenge_step"),
    path(_ONE + "<slug:kind>/<uuid:draft>/save/", taking.save, name="challenge_step_save"),
    path("challenges/", waiting.mine, name="my_challenges"),
    path("challenges/stages/", stages.read, name="challenge_stages"),
    path("challenges/stages/set/", stages.set_them, name="set_challenge_stages"),
    path("challenges/stages/<int:stage>/<uuid:agency>/", naming.name_one, name="name_answerer"),
]
