"""Every address of the service."""

from django.urls import include, path

from goldenthread.interop.replay.upload import read_upload
from goldenthread.web.replay.of_file import of_file

handler400 = "goldenthread.web.account.errors.bad_request"
handler403 = "goldenthread.web.account.errors.refused"
handler500 = "goldenthread.web.account.errors.failed"
handler404 = "goldenthread.web.account.acting.not_found"

urlpatterns = [
    path("", include("goldenthread.web.case.urls")),
    path("", include("goldenthread.web.record.urls")),
    path("", include("goldenthread.web.sharing.urls")),
    path("", include("goldenthread.web.restricted.urls")),
    path("", include("goldenthread.web.team.urls")),
    path("", include("goldenthread.web.network.urls")),
    path("", include("goldenthread.web.addresses.urls")),
    path("", include("goldenthread.web.picture.urls")),
    path("", include("goldenthread.web.plan.urls")),
    path("", include("goldenthread.web.needs.urls")),
    path("", include("goldenthread.web.trail.urls")),
    path("", include("goldenthread.web.subject_access.urls")),
    path("", include("goldenthread.web.decisions.urls")),
    path("", include("goldenthread.web.challenges.urls")),
    path("", include("goldenthread.web.imports.urls")),
    path("", include("goldenthread.web.insights.urls")),
    path("", include("goldenthread.web.patterns.urls")),
    path("", include("goldenthread.web.replay.urls")),
    # The page belongs to one ring and reading a file to another; they meet here.
    path("replay/", of_file, {"read": read_upload}, name="replay_file"),
    path("", include("goldenthread.web.account.urls")),
    path("", include("goldenthread.web.accounts.urls")),
    path("", include("goldenthread.web.outputs.urls")),
    path("", include("goldenthread.web.identity.urls")),
    path("", include("goldenthread.interop.exports.urls")),
]
