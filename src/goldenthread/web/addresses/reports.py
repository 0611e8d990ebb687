"""What a report of a fault may hold: where it happened, and nothing of what was being worked on."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NothingReported(SafeExceptionReporterFilter):
    """Leaves out every value sent and every variable, whether debugging is on or off."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always: an address is as secret on a developer's machine."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        """The names of what was sent, without what it said."""
        sent = request.POST if request is not None else {}
        return dict.fromkeys(sent, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: object
    ) -> Iterable[tuple[str, str]]:
        """The names of a function's variables, without what they held."""
        names = getattr(tb_frame, "f_locals", {})
        return [(name, self.cleansed_substitute) for name in names]
