"""The identity bar and the sub-navigation that every page about one family carries.

One place, so that a family reads the same on each page. It must never put a name into a title or an
address, and never leave a child out of the bar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse

from goldenthread.domain.access.remit import Remit
from goldenthread.domain.shared.instants import clock_time, day_of
from goldenthread.usecases.chronology.shown import Family, History
from goldenthread.web.kit.printed_line import printed_line

# The pages a family has, in their order; one that is not there yet is left out, never a dead link.
PAGES = (
    ("family", "Summary"),
    ("history", "History"),
    ("network", "Network"),
    ("picture", "Picture"),
    ("plan", "Plan"),
    ("needs", "Adults’ needs"),
    ("decisions", "Decisions"),
    ("challenges", "Challenges"),
    ("meetings", "Meetings"),
    ("sharing", "Sharing"),
    ("addresses", "Addresses"),
    ("same_events", "Same events"),
    ("imports", "Imports"),
    ("publications", "Publications"),
    ("team", "Team"),
    ("who_may_open", "Who can open this"),
    ("who_has_looked", "Who has looked"),
    ("subject_access", "Requests for what is kept"),
)
# Looked for now and then: under "More", but for the one that is being shown.
SELDOM = frozenset(
    {
        "addresses",
        "same_events",
        "imports",
        "publications",
        "team",
        "who_may_open",
        "who_has_looked",
        "subject_access",
    }
)
# Pages of the members of the team and of the agency's lead alone.
OF_MEMBERS = frozenset({"subject_access"})


@dataclass(frozen=True, slots=True)
class FamilyFrame:
    """What a page's `identity` block needs, ready to show.

    `glass` is what the banner says where the reader broke it: until when, and where it is closed.
    """

    reference: str
    people: tuple[dict[str, str], ...]
    status: str
    action: dict[str, str] | None
    items: tuple[dict[str, object], ...]
    glass: dict[str, str] | None = None


def family_frame(
    shown: History | Family, *, current: str, today: date, can_add: bool = True
) -> FamilyFrame:
    """The frame of one family's page.

    `current` is the URL name of the page being shown (a page beneath it may name its parent).
    """
    family = shown.family if isinstance(shown, History) else shown
    case = family.case
    add = _address("add_entry", case.id)
    return FamilyFrame(
        reference=case.reference,
        people=tuple({"name": one.name, "age": one.age_on(today)} for one in family.children),
        status=status_in_words(case.legal_status, case.closed_on, is_sealed=family.is_sealed),
        action={"text": "Add what I know", "href": add}
        if add and can_add and family.glass is None
        else None,
        items=tuple(
            {
                "text": text,
                "href": href,
                "current": name == current,
                "seldom": name in SELDOM and name != current,
            }
            for name, text in PAGES
            if (name not in OF_MEMBERS or _is_member(family)) and (href := _address(name, case.id))
        ),
        glass=family.glass
        and {"until": clock_time(family.glass.until), "end": _address("glass_end", case.id)},
    )


def status_in_words(legal_status: str, closed_on: date | None, *, is_sealed: bool = False) -> str:
    """The legal status as recorded, and whether the record is closed, or sealed for a few."""
    words = legal_status or "Legal status not recorded"
    words = f"{words}. Record closed" if closed_on else words
    return f"{words}. Restricted: only named people can open this record" if is_sealed else words


def made_by(history: History | Family, *, now: datetime, viewpoint: str = "") -> str:
    """The line at the foot of a page and of each sheet: who made it, when, as whom, for whom."""
    family = history.family if isinstance(history, History) else history
    return printed_line(family.reader, now=now, viewpoint=viewpoint, for_whom=family.for_whom)


def day_shown(history: History) -> date:
    """The day ages on a page are counted to: the day of the viewpoint."""
    return day_of(history.viewpoint.as_of)


def _is_member(family: Family) -> bool:
    return family.reader_role is not None or family.reader.remit == Remit.AGENCY_LEAD


def _address(name: str, case_id) -> str:
    try:
        return reverse(name, kwargs={"case": case_id})
    except NoReverseMatch:
        return ""
