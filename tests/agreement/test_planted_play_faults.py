"""Faults of one surface, or of what was right when it was first shown: the play notices each.

`test_planted_policy_faults` holds rules and queries to one moment. These are put in by hand, and the
acts that come to them are played in order: what is asked in `test_policy_machine` must notice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db.models import Q
from django.http import HttpResponse
from django.urls import get_resolver

from goldenthread.config.postgres import Server
from goldenthread.domain.access.restrictions import UNRESTRICTED
from goldenthread.records.access import reading
from goldenthread.records.shared import wall
from goldenthread.usecases.chronology import search_entries
from tests.agreement.test_policy_machine import Played

KEPT = Path("docs/reference/planted-faults.md")
pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_visible = search_entries.visible_filings


def _search_forgets_what_restricts_an_entry(ties, actor, *, now):
    open_ties = {
        case: reading.FamilyTies(tie.role, tie.agency_on_team, UNRESTRICTED, tie.glass)
        for case, tie in ties.items()
    }
    return _visible(open_ties, actor, now=now)


def _opened(actor, case, *, on):
    wall._say(wall._array(case), "", actor, on, case)
    return True


@contextmanager
def _pages_forget_that_membership_ends():
    """Both walls around one family do; lists over many still ask the database."""
    with (
        patch.object(reading, "_on", lambda day: Q(from_on__lte=day)),
        patch.object(wall, "open_for", _opened),
    ):
        yield


@contextmanager
def _stale_exports():
    """The first file that somebody takes of a family is kept, and given again."""
    (pattern,) = [one for one in _patterns() if one.name == "history_csv"]
    view, kept = pattern.callback, {}

    def given_again(request, case):
        where = (request.actor.account, case) if request.actor else None
        if where not in kept:
            answer = view(request, case=case)
            if where is None or answer.status_code != 200:
                return answer
            body = b"".join(answer) if answer.streaming else answer.content
            kept[where] = (body, answer.headers["Content-Type"])
        body, kind = kept[where]
        return HttpResponse(body, content_type=kind)

    with patch.object(pattern, "callback", given_again):
        yield


def _patterns(patterns=None):
    for one in get_resolver().url_patterns if patterns is None else patterns:
        yield from _patterns(one.url_patterns) if hasattr(one, "url_patterns") else [one]


def _an_entry_is_withheld(played: Played) -> None:
    played.say("priya", "first", True, False)
    played.withhold_or_end_it(0, "ama", False)
    played._ask(Played._search)


def _a_file_is_asked_for_again(played: Played) -> None:
    played.say("priya", "first", True, False)
    played.keep_for_later("ama", "first", "file")
    played.withhold_or_end_it(0, "health_visiting", False)
    played.ask_for_it_again(0)


def _a_membership_ends(played: Played) -> None:
    played.say("priya", "second", True, False)
    played.begin_or_end_membership("second", 0, None)
    played._ask(Played._history)


# Each fault, and acts of the play that come to it.
FAULTS: dict[str, tuple[Callable, Callable[[Played], None]]] = {
    "a search forgets what is withheld, sealed or labelled": (
        lambda: patch.object(
            search_entries, "visible_filings", _search_forgets_what_restricts_an_entry
        ),
        _an_entry_is_withheld,
    ),
    "a file that was taken is given again as it was": (_stale_exports, _a_file_is_asked_for_again),
    "the pages of a family forget that a membership ended": (
        _pages_forget_that_membership_ends,
        _a_membership_ends,
    ),
}


@contextmanager
def playing(server: Server) -> Iterator[Played]:
    """A play that nothing was done in yet."""
    Played.server = server
    played = Played()
    played.begin()
    try:
        yield played
    finally:
        played.clients.clear()  # nobody is asked anything more
        played.teardown()


@pytest.mark.parametrize("name", FAULTS)
def test_play_notices_it(postgres, name):
    fault, acts = FAULTS[name]
    with playing(postgres) as played:
        acts(played)  # without the fault nothing is wrong
    with fault(), playing(postgres) as played, pytest.raises(AssertionError):
        acts(played)


def test_the_list_that_is_kept_says_so():
    kept = KEPT.read_text(encoding="utf-8").partition("## Found by play")[2]
    rows = [line for line in kept.splitlines() if line.startswith("| ")][1:]
    assert rows == [f"| {name} | `test_play_notices_it` |" for name in FAULTS]
