"""From when until when a relation was so: two ends, each as far as it is known."""

from __future__ import annotations

from goldenthread.domain.shared.partial_date import (
    DateNotUnderstood,
    PartialDate,
    not_known,
    parse_edtf,
)
from goldenthread.web.record.answers import Answers
from goldenthread.web.record.dates import boxes_date, boxes_filled
from goldenthread.web.record.forms import Parts

# What may be said of whether it goes on.
LASTS = ("still", "ended", "unknown")


def read_period(answers: Answers, parts: Parts) -> PartialDate:
    """The period in both boxes; not known where neither end is. Each problem beside its field."""
    began = _beginning(answers, parts)
    lasts = answers.one("lasts")
    if lasts not in LASTS:
        parts.amiss("lasts", "Say whether it is still so, or choose “Not known”.")
        return not_known()
    end = _end(answers, parts) if lasts == "ended" else (".." if lasts == "still" else "")
    if not began and end in ("", ".."):
        return not_known()
    try:
        return parse_edtf(f"{began}/{end}")
    except DateNotUnderstood:
        parts.amiss("ended_on", "It ended before it began. Look at both dates again.")
        return not_known()


def period_as_typed(happened: PartialDate) -> dict[str, list[str]]:
    """The answers that say this period, for a form that starts from what was said before."""
    if not happened.is_known:
        return {"began": ["unknown"], "lasts": ["unknown"]}
    if happened.is_period:
        start, _, end = happened.edtf.partition("/")
    else:
        start, end = happened.edtf, ""
    given = {"began": ["unknown"]} | _boxes("began_on", start.removeprefix(".."))
    if start.removeprefix(".."):
        given["began"] = ["about" if start[-1] in "~?%" else "on"]
    if end == "..":
        return given | {"lasts": ["still"]}
    return given | {"lasts": ["ended" if end else "unknown"]} | _boxes("ended_on", end)


def _boxes(name: str, edtf: str) -> dict[str, list[str]]:
    if not edtf or not edtf[:4].isdigit():
        return {}
    year, month, day, *_ = [*edtf.rstrip("~?%").split("-"), "", ""]
    return {f"{name}-year": [year], f"{name}-month": [month], f"{name}-day": [day]}


def _beginning(answers: Answers, parts: Parts) -> str:
    choice = answers.one("began")
    if choice == "unknown" and not boxes_filled(answers, "began_on"):
        return ""
    if choice not in ("on", "about") and not boxes_filled(answers, "began_on"):
        parts.amiss("began", "Give the date, or choose “Not known”.")
        return ""
    read = parts.dated("began_on", lambda: boxes_date(answers, "began_on"))
    if not read.is_known:
        return ""
    return f"{read.edtf}~" if choice == "about" and not read.is_approximate else read.edtf


def _end(answers: Answers, parts: Parts) -> str:
    """At least the year is asked for: without any date, nothing could show that it ended."""
    read = parts.dated("ended_on", lambda: boxes_date(answers, "ended_on"))
    return read.edtf if read.is_known else ""
