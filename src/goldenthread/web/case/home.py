"""My families: what needs me today, and the families I am part of. Never sorted by risk.

Told and not acknowledged comes first, then what has a day, then questions with one's name on them.
"""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.domain.access.team import FOR_A_TERM, TeamRole
from goldenthread.domain.shared.instants import day_of
from goldenthread.usecases.access.families import FamilyLine, News, families_of, news_of
from goldenthread.usecases.access.review_glass import glass_waiting
from goldenthread.usecases.access.seals_overseen import overdue_unnamed
from goldenthread.usecases.access.staff_matches import matches_waiting
from goldenthread.usecases.audit.unusual_access import unusual_waiting
from goldenthread.usecases.challenges.waiting import challenges_waiting
from goldenthread.usecases.chronology.keep_draft import drafts_of
from goldenthread.usecases.chronology.what_needs_me import NeedsMe, ShownFeed, what_needs_me
from goldenthread.usecases.plans.waiting import plans_waiting
from goldenthread.usecases.risk.digest import AskedOfMe, questions_of_mine
from goldenthread.web.case.due import due_lines, lead_due, to_read_by_family
from goldenthread.web.case.feed import feed_shown
from goldenthread.web.kit import clock, words
from goldenthread.web.kit.family_frame import status_in_words
from goldenthread.web.record.presenters import draft_lines

# Families on one page: a reader whose agency is part of many finds the others by searching.
LISTED_AT_ONCE = 50
# Of each list on this page: what one can see to in a day. All of it is counted.
LINES_AT_ONCE, FAMILIES_AT_ONCE, AFFECTING_AT_ONCE = 8, 6, 3
# Questions on this page: more than anybody answers in a day are counted, not listed.
# Of these a team may have more than one.
SEVERAL = (TeamRole.NAMED_MEMBER, *FOR_A_TERM)
ASKED_AT_ONCE = 8


@require_GET
def families(request: HttpRequest) -> HttpResponse:
    """What needs the reader, and their families."""
    now = clock.now()
    found = families_of(request.actor, now=now, most=LISTED_AT_ONCE + 1)
    lines = found[:LISTED_AT_ONCE]
    counts = news_of(request.actor, lines, now=now)
    mine = questions_of_mine(request.actor, now=now)
    needs = what_needs_me(request.actor, now=now)
    today = day_of(now)
    news = _news(needs, today)
    due = due_lines(
        needs.due,
        plans_waiting(request.actor, now=now),
        challenges_waiting(request.actor, now=now),
        today,
        lead_due(
            unusual_waiting(request.actor, now=now),
            matches_waiting(request.actor, now=now),
            today,
            overdue_unnamed(request.actor, now=now),
        ),
        glass_waiting(request.actor, now=now),
    )
    shown = [family_line(line, counts[line.case.id], day_of(now)) for line in lines]
    return render(
        request,
        "case/families.jinja",
        {
            "own": [one for one in shown if one["own"]],
            "others": [one for one in shown if not one["own"]],
            "is_told": bool(needs.to_read),
            "news": news[:FAMILIES_AT_ONCE],
            "more_news": words.more(len(news) - FAMILIES_AT_ONCE),
            "due": due[:LINES_AT_ONCE],
            "undue": words.more(len(due) - LINES_AT_ONCE),
            "asked": [_asked(one) for one in mine.questions[:ASKED_AT_ONCE]],
            "unasked": words.more(len(mine.questions) - ASKED_AT_ONCE),
            "behind": words.counted(mine.behind, "family", "families") if mine.behind else "",
            "drafts": draft_lines(drafts_of(request.actor, now=now)),
            "more": len(found) > LISTED_AT_ONCE,
        },
    )


def _news(needs: NeedsMe, today: date) -> list[dict[str, object]]:
    """What is new to the reader, family by family: told and not acknowledged first."""
    told = to_read_by_family(needs.to_read, today)
    feeds = {family.id: (family, feed) for family, feed in needs.feeds}
    found = []
    for case in dict.fromkeys((*told, *feeds)):
        family = told[case]["case"] if case in told else feeds[case][0]
        shown = {
            "href": reverse("family", kwargs={"case": case}),
            "sharing": reverse("sharing", kwargs={"case": case}),
            "label": f"{family.family_label}, {family.reference}",
            **NOTHING_NEW,
        }
        changed = _changed(feeds[case][1]) if case in feeds else {}
        found.append({**shown, **told.get(case, {}), **changed})
    return found


NOTHING_NEW = {"told": (), "untold": "", "since": ""}


def _changed(feed: ShownFeed) -> dict[str, object]:
    """What changed in one family: how much of it affects the reader, and the first of it."""
    shown = feed_shown(feed, affects=AFFECTING_AT_ONCE, also=0)
    affecting, also = len(feed.affects), len(feed.also)
    return {
        "since": words.day_of_instant(feed.since),
        "affecting": words.counted(affecting, "change") if affecting else "",
        "affect": "affects" if affecting == 1 else "affect",
        "lines": shown.affects,
        "more": shown.affects_more,
        "also": words.counted(also, "thing") if also else "",
    }


def _asked(one: AskedOfMe) -> dict[str, str]:
    address = reverse("picture", kwargs={"case": one.case})
    return {
        "family": f"{one.family_label}, {one.reference}",
        "title": one.title,
        "href": f"{address}?question={one.key}#q-{one.key}",
        "since": words.day_in_words(one.since),
    }


def family_line(line: FamilyLine, news: News, today: date) -> dict[str, object]:
    """One family as it is listed here and among what a search finds."""
    return {
        "href": reverse("family", kwargs={"case": line.case.id}),
        "label": line.case.family_label,
        "reference": line.case.reference,
        "children": [{"name": c.name, "age": c.age_on(today)} for c in line.children],
        "own": line.own_role is not None,
        "is_one_of_several": line.own_role in SEVERAL,
        "role": TeamRole.label_of(line.own_role) if line.own_role else "",
        "status": status_in_words(line.case.legal_status, line.case.closed_on),
        "latest": words.day_in_words(news.latest) if news.latest else "",
        "new": news.new,
        "new_words": _new_words(news.new),
    }


def _new_words(new: int | None) -> str:
    if new is None:
        return "You have not opened this record yet"
    return words.counted(new, "new entry", "new entries") if new else "Nothing new since you looked"
