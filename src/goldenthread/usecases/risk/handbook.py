"""The handbook of patterns: each page is made from the pattern's own data and its worked example.

Nothing on a page is written by hand, so a page can never say what the pattern does not do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from goldenthread.domain.network.wording import day_in_words
from goldenthread.domain.provenance.vocabulary import AgencyKind, Concern, HowKnown, Kind
from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.matching import Condition, Filter
from goldenthread.domain.risk.pattern import Pattern
from goldenthread.domain.risk.shapes import SHAPES
from goldenthread.domain.risk.vocabulary import Nature, PersonClass
from goldenthread.domain.shared.word import Word
from goldenthread.usecases.risk.worked_examples import Example, NearMiss, Row

_NAMES = {shape: name.replace("_", " ") for name, shape in SHAPES.items()}
_PARTS: dict[str, str] = {
    "events": "Looks at", "answered_by": "No longer asks after", "settled_by": "Is settled by",
    "after": "Comes again after", "since": "Begins with", "until": "Ends with",
    "basis": "Rests on", "open": "Left open", "closed_by": "Is closed by",
    "unseen": "Nothing of", "only_if": "Only if there is",
}  # fmt: skip
_VOCABULARIES: dict[str, tuple[type[Word], str]] = {
    "kinds": (Kind, "kind"),
    "concerns": (Concern, "domain"),
    "not_concerns": (Concern, "domain none of"),
    "agencies": (AgencyKind, "from"),
    "not_agencies": (AgencyKind, "not from"),
    "how_known": (HowKnown, "known by"),
    "about": (PersonClass, "about"),
    "also_about": (PersonClass, "and about"),
    "not_about": (PersonClass, "not about"),
}
_SETTINGS = {
    "at_least": "At least", "within": "Within so many days", "occasions": "On so many occasions",
    "grace": "Days to act before it is asked", "fresh": "Days for which an event is asked about",
    "recent": "Recent days", "baseline": "Days before these, for the family's own pace",
    "times": "So many times as fast", "days": "Days without any", "older_by": "Days older at least",
    "look_back": "Days looked at before the decision",
    "also_before": "Days before it in which an answer counts too",
    "same_people": "Sharing so many adults", "must_know": "An answer counts by who knew of it",
    "same_concern": "Sharing an area of concern", "first_only": "Only the first time after it",
    "same_person": "Answered only about the same person", "about_same": "About an adult it names",
    "later_day": "Answered only on a later day", "at_decision": "Asked when it is decided",
}  # fmt: skip
_OF_THE_WHOLE = {
    "child_under": "Only with a child younger than so many days, or expected",
    "child_over": "Only with a child of at least so many days, or of unknown age",
    "only_while.lapses": "Days after which services are taken to have left, where no closing says",
    "reopens_after": "New entries that ask it again",
}


@dataclass(frozen=True, slots=True)
class RulePart:
    """One part of a rule in words; of its alternatives one must hold."""

    says: str
    alternatives: tuple[str, ...] = ()
    is_number: bool = False


def pages(patterns: Iterable[Pattern], examples: Mapping[str, Example]) -> dict[str, str]:
    """Every page by its file name, the index among them. Raises KeyError without an example."""
    patterns = tuple(patterns)
    made = {f"{one.key}.md": page_of(one, examples[one.key]) for one in patterns}
    made["README.md"] = index_of(patterns)
    return made


def index_of(patterns: tuple[Pattern, ...]) -> str:
    """The list of all patterns, by theme."""
    lines = [
        "# The handbook of patterns",
        "",
        "Made from the patterns and their worked examples by "
        "`python -m goldenthread.interop.replay.write_handbook`; do not edit.",
        "",
        "A pattern counts and links entries and asks one plain question. It gives no score. "
        "Numbers are settings of a partnership, not science.",
    ]
    for theme in sorted({one.theme for one in patterns}):
        lines += ["", f"## {theme.replace('_', ' ').capitalize()}", ""]
        for one in patterns:
            if one.theme == theme:
                about = one.type.label if one.type else "Strength"
                lines.append(f"- [{one.title}]({one.key}.md): {about[0].lower()}{about[1:]}")
    return "\n".join(lines) + "\n"


def page_of(pattern: Pattern, example: Example) -> str:
    """One pattern's page."""
    return "\n".join([*_head(pattern), *_rule(pattern), *_worked(pattern, example)]) + "\n"


def _head(pattern: Pattern) -> Iterator[str]:
    about = f"`{pattern.type}`, {pattern.type.label}" if pattern.type else "a strength"
    yield f"# {pattern.title}"
    yield ""
    if pattern.why:
        yield from (pattern.why, "")
    yield f"- Asks: {pattern.asked_of}: {pattern.question}"
    yield f"- About: {about}"
    yield f"- Rests on: {pattern.guidance} [{pattern.certainty}: {pattern.certainty.label}]"
    yield f"- Owner: {pattern.owner}. Version {pattern.version}. Key `{pattern.key}`"


def shape_in_words(pattern: Pattern) -> str:
    """The way in which a pattern looks at a history: its name, and what it does."""
    shape = type(pattern.shape)
    doc = " ".join((shape.__doc__ or "").split("\n\n")[0].split())
    return f"Shape: {_NAMES[shape]}. {doc}"


def _rule(pattern: Pattern) -> Iterator[str]:
    yield from ("", "## The rule", "", shape_in_words(pattern), "")
    for one in rule_parts(pattern):
        alternatives = "; or ".join(one.alternatives)
        yield f"- {one.says}: {alternatives}" if alternatives else f"- {one.says}"


def rule_parts(pattern: Pattern) -> Iterator[RulePart]:
    """What a pattern looks at and when it asks, made from its own data."""
    shape = pattern.shape
    yield RulePart("One question for", (pattern.per.label,))
    for one in fields(shape):
        value = getattr(shape, one.name)
        words = one.name.replace("_", " ")
        if isinstance(value, Filter):
            if value:
                yield RulePart(_PARTS[one.name], _alternatives(value))
        elif isinstance(value, frozenset):
            yield RulePart(words.capitalize(), (", ".join(sorted(_label(v) for v in value)),))
        elif isinstance(value, bool):
            if value:
                yield RulePart(_SETTINGS[one.name])
        elif "most" in one.metadata and (value != one.default or one.name == "fresh"):
            yield RulePart(_SETTINGS[one.name], (str(value),), is_number=True)
    yield from _limits(pattern)


def _limits(pattern: Pattern) -> Iterator[RulePart]:
    if pattern.only_while:
        yield RulePart("Only from", _alternatives(pattern.only_while.opens))
        yield RulePart("And until", _alternatives(pattern.only_while.closes))
    if pattern.child_under is not None:
        words = f"{pattern.child_under} days, or expected"
        yield RulePart("Only with a child younger than", (words,), is_number=True)
    if pattern.child_over is not None:
        words = f"{pattern.child_over} days, or of unknown age"
        yield RulePart("Only with a child of at least", (words,), is_number=True)
    if pattern.viewpoints:
        names = sorted(AgencyKind.label_of(one) for one in pattern.viewpoints)
        yield RulePart(
            "Of one agency's knowledge alone, asked only from that of", (", ".join(names),)
        )
    if pattern.reopens_after > 1:
        words = f"{pattern.reopens_after} new entries"
        yield RulePart("Asked again after", (words,), is_number=True)


def setting_in_words(part: str) -> str:
    """What one number of a pattern says, by the name of its part."""
    return _SETTINGS.get(part) or _OF_THE_WHOLE[part]


def _label(value: str) -> str:
    return Concern.label_of(value) if value in set(Concern) else AgencyKind.label_of(value)


def _alternatives(one: Filter) -> tuple[str, ...]:
    """The conditions of a filter in words, one or another of which must hold."""
    return tuple(_condition_in_words(condition) for condition in one.any_of)


def _condition_in_words(one: Condition) -> str:
    parts = []
    for name, (vocabulary, said) in _VOCABULARIES.items():
        values = getattr(one, name)
        if values:
            labels = ", ".join(sorted(vocabulary.label_of(value).lower() for value in values))
            parts.append(f"{said} {labels}")
    if one.any_concern:
        parts.append("with any concern")
    for name, said in (
        ("words", "saying"),
        ("told_by", "told by"),
        ("without_words", "not saying"),
    ):
        values = getattr(one, name)
        if values:
            parts.append(f"{said} {', '.join(f'“{word.strip()}”' for word in values)}")
    return ", ".join(parts)


def _worked(pattern: Pattern, example: Example) -> Iterator[str]:
    yield from ("", "## Worked example", "")
    yield from _table(example.rows, 1)
    yield ""
    facts = [row.fact for row in example.rows]
    for raised in evaluate((pattern,), facts, example.on):
        rows = ", ".join(raised.because)
        word = "is said" if pattern.nature is Nature.STRENGTH else "is asked"
        yield f"On {day_in_words(example.on)} it {word}, because of rows {rows}: {raised.question}"
    yield from ("", "## Near-misses that stay silent", "")
    for miss in example.near_misses:
        yield f"- {miss_in_words(miss, example)}"
        for row in miss.plus:
            yield f"  - {' | '.join(cell for cell in row.cells if cell)}"


def miss_in_words(miss: NearMiss, example: Example) -> str:
    """How a near-miss differs from the example it belongs to, and why it stays silent."""
    changed = []
    if miss.without:
        changed.append(f"without row {', '.join(str(number) for number in miss.without)}")
    if miss.plus:
        changed.append("with another row")
    if miss.on != example.on:
        changed.append(f"on {day_in_words(miss.on)}")
    return f"{miss.but[0].upper()}{miss.but[1:]} ({', '.join(changed)})"


def _table(rows: tuple[Row, ...], first: int) -> Iterator[str]:
    yield "| Row | Day | Agency | How known | People | Kind | Domain | What | Told |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for number, row in enumerate(rows, start=first):
        cells = [*row.cells, *[""] * (8 - len(row.cells))]
        yield f"| {number} | {' | '.join(cells)} |"
