"""The sentence that controls the Network page, its forms and toggles, and what left the page."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from goldenthread.domain.provenance.vocabulary import AgencyKind
from goldenthread.usecases.network.shown import ShownNetwork
from goldenthread.web.case.history.choices import Option
from goldenthread.web.kit.words import counted, day_in_words, listed
from goldenthread.web.network.asked import (
    FORMS,
    MARKS,
    SAME_DAY,
    STYLES,
    Asked,
    kept_fields,
    query_of,
)

EVERY_AGENCY = "every agency you may see"
# Where a network can be taken, in the words of the page.
OUTPUTS = (
    ("network_pdf", "PDF"),
    ("network_pdf", "PDF on A3"),
    ("network_svg", "SVG"),
    ("network_png", "PNG"),
    ("network_csv", "CSV of relations"),
    ("network_gedcom", "GEDCOM"),
)


def control_of(shown: ShownNetwork, asked: Asked, address: str) -> dict[str, object]:
    """Everything with which a reader chooses what is shown, and the sentence that says what is."""
    query = query_of(asked, person="")
    case = shown.family.case.id
    return {
        "address": address,
        "asked": asked,
        "errors": [{"text": p.reason, "href": f"#{p.asked}"} for p in asked.problems],
        "viewpoints": _viewpoints(shown, asked),
        "on_typed": asked.typed_on if asked.because("on") else day_in_words(asked.on),
        "at_typed": _at_typed(asked),
        "kept": kept_fields(asked, "known-to", "on", "at"),
        "kept_by_marks": kept_fields(asked, "marks", "style"),
        "whose": whose_words(shown, asked),
        "on_words": day_in_words(asked.on),
        "day_words": day_in_words(asked.day),
        "what_left": what_left(shown, asked),
        "forms": [
            {
                "text": text,
                "href": address + query_of(asked, form=form),
                "current": form == asked.form,
            }
            for form, text in FORMS
        ],
        "marks": [Option(name, text, name in asked.marks) for name, text in MARKS],
        "marks_words": _marks_words(asked),
        "styles": [Option(name, text, name == asked.style) for name, text in STYLES],
        "outputs": _outputs(case, query),
        "add": _address("network_add_start", case),
        "import_relations": _address("network_import", case),
    }


def whose_words(shown: ShownNetwork, asked: Asked) -> str:
    """Whose knowledge is shown, within a sentence."""
    row = shown.agencies.get(asked.viewpoint.agency) if asked.viewpoint.agency else None
    return row.name if row else EVERY_AGENCY


def seen_as(shown: ShownNetwork, asked: Asked) -> str:
    """Viewpoint, day and reader, for the foot of the page and of every printed sheet."""
    return (
        f"As known to {whose_words(shown, asked)} on {day_in_words(asked.on)}, "
        f"as it was on {day_in_words(asked.day)}. Seen as {shown.family.reader.agency_name}"
    )


def what_left(shown: ShownNetwork, asked: Asked) -> str:
    """What left the page by the viewpoint, in a sentence; empty where nothing did."""
    people = len(shown.network.people) - len(shown.seen.people)
    claims = len(shown.network.claims) - len(shown.seen.claims)
    gone = [
        counted(number, one, many)
        for number, one, many in ((people, "person", "people"), (claims, "relation", "relations"))
        if number
    ]
    if not gone:
        return ""
    whom = whose_words(shown, asked) if asked.viewpoint.agency else "any agency you may see"
    verb = "was" if people + claims == 1 else "were"
    return f"{listed(gone)} {verb} not yet known to {whom} on {day_in_words(asked.on)}."


def _at_typed(asked: Asked) -> str:
    if asked.because("at"):
        return asked.typed_at
    return day_in_words(asked.at) if asked.at else SAME_DAY


def _marks_words(asked: Asked) -> str:
    """What is drawn, as the summary of its panel."""
    shown = [text for name, text in MARKS if name in asked.marks]
    words = ", ".join(word[:1].lower() + word[1:] for word in shown) or "people and parents only"
    return f"{words}; in the child-friendly style" if asked.style != STYLES[0][0] else words


def _viewpoints(shown: ShownNetwork, asked: Asked) -> dict[str, list[Option]]:
    """The agencies whose knowledge can be shown: those around the family first, then the others."""
    near = {member.agency for member in shown.family.team}
    near |= {UUID(c.source.agency) for c in shown.network.claims if c.source is not None}
    order = {str(kind): place for place, kind in enumerate(AgencyKind)}
    rows = sorted(shown.agencies.values(), key=lambda r: (order.get(r.kind, 99), r.name))

    def options(wanted: Iterable) -> list[Option]:
        return [Option(str(r.id), r.name, r.id == asked.viewpoint.agency) for r in wanted]

    return {
        "near": options(r for r in rows if r.id in near),
        "others": options(r for r in rows if r.id not in near),
    }


def _outputs(case: UUID, query: str) -> list[dict[str, str]]:
    found = [(text, _address(name, case)) for name, text in OUTPUTS]
    more = {"PDF on A3": f"{'&' if query else '?'}paper=A3"}
    return [
        {"text": text, "href": f"{href}{query}{more.get(text, '')}"} for text, href in found if href
    ]


def _address(name: str, case: UUID) -> str:
    """The address of a page of this family; empty where this service does not offer it."""
    try:
        return reverse(name, kwargs={"case": case})
    except NoReverseMatch:
        return ""
