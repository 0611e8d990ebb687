"""I have a conflict of interest with a family: never says whether there is a record of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from goldenthread.usecases.access.conflicts import CannotDeclare, declare_own
from goldenthread.web.kit import clock
from goldenthread.web.restricted.typed import form_id

KEPT = (
    "Kept. Whatever there is about this family in this service is closed to you from now on. "
    "Your agency’s lead for restricted records sees what you wrote here."
)


@require_http_methods(["GET", "POST"])
def own_conflict(request: HttpRequest) -> HttpResponse:
    """Ask which family and why; the answer is the same whether it has a record or not."""
    typed = {name: request.POST.get(name, "") for name in ("family", "reason")}
    problems: dict[str, str] = {}
    if request.method == "POST":
        try:
            declare_own(request.actor, **typed, id=form_id(request), now=clock.now())
        except CannotDeclare as refused:
            problems[refused.part] = str(refused)
        else:
            messages.success(request, KEPT)
            return redirect("own_conflict")
    page = {
        "form_id": clock.new_id(),
        "typed": typed,
        "problems": problems,
        "errors": [{"text": text, "href": f"#{part}"} for part, text in problems.items()],
    }
    status = 422 if problems else 200
    return render(request, "restricted/conflict.jinja", page, status=status)
