"""The table of sensitivity labels, readable for everybody who signs in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from goldenthread.usecases.access.read_labels import labels_told, mask_words
from goldenthread.usecases.access.seal_rules import seal_rules


@require_GET
def labels(request: HttpRequest) -> HttpResponse:
    """Say what each label covers and what the uncleared are shown, with its source."""
    rows = [(one.name, one.covers, one.does, one.source) for one in labels_told()]
    page = {"rows": rows, "mask_words": mask_words(), "seals": seal_rules()}
    return render(request, "restricted/labels.jinja", page)
