"""The Picture page: one screen that shows the build-up, what holds, and what is asked.

Answers the finding that individual incidents were responded to and their accumulation was not
recognised, recorded or reflected in decisions. Counts and timelines; no score, and no rank.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET
from markupsafe import Markup

from goldenthread.drawing.picture import Drawn, draw, legend_of, sheets_of
from goldenthread.drawing.writing import Window, write, write_part
from goldenthread.usecases.chronology.read_history import read_history
from goldenthread.usecases.chronology.shown import History
from goldenthread.usecases.risk.read_picture import Picture, read_picture
from goldenthread.web.kit import clock
from goldenthread.web.kit.family_frame import family_frame, made_by
from goldenthread.web.kit.words import counted, day_in_words
from goldenthread.web.network.drawing import sign_line
from goldenthread.web.picture import control, spans
from goldenthread.web.picture.asked import Asked, asked_of, history_query, query_of, settled
from goldenthread.web.picture.counts import beside_of, counts_of
from goldenthread.web.picture.questions import behind, questions_of
from goldenthread.web.picture.scene import HELD_ELSEWHERE, Scene, given_of
from goldenthread.web.picture.summaries import summaries_of
from goldenthread.web.picture.table import table_of

# px of A4 across at full size, within its margins and beside what stands on every sheet.
PAPER_PLOT, PAPER_HIGH = 880.0, 560.0


@require_GET
def picture(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show what a family's history adds up to, as known from a viewpoint."""
    now = clock.now()
    asked, history, found = loaded(request, case, now)
    at = Addresses(case, asked)
    scene = Scene(history, asked, at.entry)
    framed = behind(found.asked, asked.question)
    given = given_of(scene, framed, at.lane)
    drawn = draw(given, box_at=at.box)
    questions = questions_of(
        found.asked, scene, entry_at=at.in_history, show_at=at.question,
        answer_at=at.answer if found.may_answer and asked.is_now else None,
    )  # fmt: skip
    page = {
        **frame(history, asked, now),
        **control.control_of(history, asked, at.page),
        "case": case,
        "svg": {"names": Markup(write(drawn.names)), "plot": Markup(write(drawn.plot))},
        "sheets": [
            Markup(write_part(one, Window(0, 0, one.width, one.height)))
            for one in sheets_of(given, drawn, high=PAPER_HIGH, plot=PAPER_PLOT)
        ],
        "legend": [sign_line(words, marks) for words, marks in legend_of()],
        "zooms": spans.zooms_of(asked, at.page),
        "steps": spans.steps_of(asked, at.page),
        "period": f"{day_in_words(scene.span[0])} to {day_in_words(scene.span[1])}",
        "fold": day_in_words(scene.fold) if scene.fold else "",
        "count": counted(_number_drawn(scene, drawn), "entry", "entries"),
        "questions": questions,
        "without_question": at.page + query_of(asked, question=""),
        "counts": counts_of(scene, at.lane),
        "beside": beside_of(
            scene,
            reverse("network", kwargs={"case": case}) + "#questions",
            found.open_gaps,
            at.page + query_of(asked, between=(None, None)),
        ),
        "table": table_of(scene, framed),
        "every_lane": at.page + query_of(asked, lane="") + "#table",
        "summaries": summaries_of(found, history, asked, case),
    }
    return render(request, "picture/picture.jinja", page)


class Addresses:
    """Where the page's links lead, each with everything else that is asked kept."""

    def __init__(self, case: UUID, asked: Asked) -> None:
        self.page = reverse("picture", kwargs={"case": case})
        self.case, self.asked = case, asked
        self.history = reverse("history", kwargs={"case": case}) + history_query(asked)
        # Reversing an address two thousand times costs more than everything else a row needs.
        nobody = UUID(int=0)
        address = reverse("entry", kwargs={"case": case, "statement": nobody})
        self._before, self._after = address.split(str(nobody))

    def entry(self, statement: UUID) -> str:
        """An entry's own page."""
        return f"{self._before}{statement}{self._after}"

    def in_history(self, statement: UUID) -> str:
        """An entry where it stands in the history, with what came before and after it."""
        return f"{self.history}#e-{statement}"

    def lane(self, key: str) -> str:
        """The entries of one lane, in the table."""
        return f"{self.page}{query_of(self.asked, lane=key)}#table"

    def box(self, lane: str, first: date, last: date) -> str:
        """The entries of one lane over a stretch of days, drawn by themselves and in the table.

        Nowhere for what other agencies hold: there is nothing of it to list.
        """
        if lane == HELD_ELSEWHERE:
            return ""
        return f"{self.page}{query_of(self.asked, lane=lane, between=(first, last))}#table"

    def question(self, key: str) -> str:
        """The page with one question's entries framed; without, where it is framed already."""
        chosen = "" if key == self.asked.question else key
        return f"{self.page}{query_of(self.asked, question=chosen)}#drawing"

    def answer(self, key: str) -> str:
        """The form that answers a question."""
        return reverse("picture_answer", kwargs={"case": self.case, "question": key})


def loaded(request: HttpRequest, case: UUID, now: datetime) -> tuple[Asked, History, Picture]:
    """What is asked, the history it is asked of, and what it adds up to."""
    asked = asked_of(dict(request.GET.lists()), now=now)
    history = read_history(request.actor, case, asked.viewpoint, now=now, lived=True)
    known = settled(asked, history.family, history.agencies)
    if known.viewpoint != asked.viewpoint:
        history = read_history(request.actor, case, known.viewpoint, now=now, lived=True)
    return known, history, read_picture(request.actor, case, known.viewpoint, now=now)


def frame(history: History, asked: Asked, now: datetime) -> dict[str, object]:
    """The family around the page, and the line at its foot."""
    return {
        "frame": family_frame(history, current="picture", today=asked.today),
        "made_by": made_by(history, now=now, viewpoint=control.seen_as(history, asked)),
        "print_reference": f"Family {history.family.case.reference}",
    }


def _number_drawn(scene: Scene, drawn: Drawn) -> int:
    left = set(drawn.not_drawn)
    return sum(
        scene.is_drawn(one.happened) and str(one.entry.id) not in left for one in scene.placed
    )
