"""What an administrator typed about a post, checked: each slip with a sentence where it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from goldenthread.domain.access.accounts import GIVEN_BY_AN_ADMINISTRATOR
from goldenthread.domain.addresses.postal import POSTCODE
from goldenthread.domain.people.staff import folded_postcode
from goldenthread.domain.shared.dates_as_typed import parse_as_typed
from goldenthread.domain.shared.partial_date import DateNotUnderstood
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.accounts.store import Post

LONGEST_NAME, LONGEST_PHONE, LONGEST_EMAIL = 200, 40, 254
FURTHEST_AHEAD = timedelta(days=92)
YOUNGEST, OLDEST = 14, 100  # years: so that a slip of the year is found
_EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s<>()\[\],;:\\\".]+\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


class PostNotSet(Refusal):
    """What was typed about a post cannot stand; `problems` says where and why, by field."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class ChangedMeanwhile(Refusal):
    """Somebody else changed this post while the form was open."""


@dataclass(frozen=True, slots=True)
class PostTyped:
    """A post as it was typed."""

    name: str
    post: str
    phone: str
    remit: str


@dataclass(frozen=True, slots=True)
class StaffTyped:
    """What is told of somebody to match them to people of the record; either may be left out."""

    born: str = ""
    postcode: str = ""


def checked_detail(
    typed: StaffTyped, *, today: date
) -> tuple[tuple[date | None, str], dict[str, str]]:
    """The date of birth and the postcode, folded, and what is wrong with them by field."""
    born, code, problems = None, folded_postcode(typed.postcode), {}
    if typed.born.strip():
        try:
            when = parse_as_typed(typed.born.strip()[:100])
        except DateNotUnderstood as refused:
            problems["born"] = refused.reason
        else:
            born = when.from_min if when.is_exact else None
            if born is None or not YOUNGEST <= today.year - born.year <= OLDEST:
                born, problems["born"] = None, "Enter one day, like 3 March 1985, or leave it out."
    if typed.postcode.strip() and not POSTCODE.fullmatch(code):
        code, problems["postcode"] = "", "Write the whole postcode, such as ZZ1 9ZZ."
    return (born, code), problems


def checked_post(typed: PostTyped, *, now_held: str | None = None) -> tuple[Post, dict[str, str]]:
    """The post, and what is wrong with it by field. `now_held` is the remit that stands.

    A remit that an administrator may not give stays where it stands already.
    """
    problems = {}
    said = {part: " ".join(getattr(typed, part).split()) for part in ("name", "post", "phone")}
    for part, missing in (("name", "Enter their name."), ("post", "Enter the name of their post.")):
        if not said[part]:
            problems[part] = missing
        elif len(said[part]) > LONGEST_NAME:
            problems[part] = f"Use at most {LONGEST_NAME} characters."
    if len(said["phone"]) > LONGEST_PHONE:
        problems["phone"] = f"Use at most {LONGEST_PHONE} characters."
    for part, words in said.items():
        if _CONTROL.search(words):
            problems[part] = "Some of these characters cannot be shown. Type it again."
    if typed.remit not in GIVEN_BY_AN_ADMINISTRATOR and typed.remit != now_held:
        problems["remit"] = "Choose what they may do."
    return Post(said["name"], said["post"], said["phone"], typed.remit), problems


def checked_email(typed: str) -> tuple[str, str]:
    """The address in small letters, and what is wrong with it (nothing: empty)."""
    email = typed.strip().lower()
    if not email:
        return email, "Enter their work email address."
    if len(email) > LONGEST_EMAIL or _CONTROL.search(email) or not _EMAIL.match(email):
        return email, "Enter an email address like name@example.org."
    return email, ""


def checked_day(typed: str, *, today: date) -> tuple[date, str]:
    """The day from which a post ends, and what is wrong with it; nothing typed means today."""
    if not typed.strip():
        return today, ""
    try:
        when = parse_as_typed(typed.strip()[:100])
    except DateNotUnderstood as refused:
        return today, refused.reason
    if not when.is_exact or when.from_min is None:
        return today, "Enter one day, like 3 March 2027."
    if not today <= when.from_min <= today + FURTHEST_AHEAD:
        return today, "Choose today or a day within three months."
    return when.from_min, ""


def checked_hand_to(hand_to: UUID | None, colleagues: set[UUID]) -> str:
    """What is wrong with whom the work is handed to (nothing: empty)."""
    if hand_to is None:
        return "Choose who hands on what they were answerable for."
    return "" if hand_to in colleagues else "Choose somebody from the list."
