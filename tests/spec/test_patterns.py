"""Every shipped pattern's worked example asks its question, and every near-miss stays silent.

The same examples make the handbook's pages; they are shown to be up to date here.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from goldenthread.domain.risk.engine import evaluate
from goldenthread.domain.risk.shapes import SHAPES
from goldenthread.domain.risk.vocabulary import Nature, PromptType
from goldenthread.usecases.risk.handbook import pages
from goldenthread.usecases.risk.shipped import shipped_patterns
from goldenthread.usecases.risk.worked_examples import worked_examples

PATTERNS = {one.key: one for one in shipped_patterns()}
EXAMPLES = worked_examples()
HANDBOOK = Path(__file__).resolve().parents[2] / "docs/reference/generated/patterns"


def asked(key, rows, on):
    return evaluate((PATTERNS[key],), [row.fact for row in rows], on)


def near_misses():
    return [
        pytest.param(key, miss, id=f"{key}: {miss.but}")
        for key, example in sorted(EXAMPLES.items())
        for miss in example.near_misses
    ]


def test_every_pattern_has_an_example_with_near_misses():
    assert set(EXAMPLES) == set(PATTERNS)
    assert all(example.near_misses for example in EXAMPLES.values())


def test_every_type_and_every_shape_is_used():
    harms = [one for one in PATTERNS.values() if one.nature is Nature.HARM]

    assert {one.type for one in harms} == set(PromptType)
    assert {type(one.shape) for one in PATTERNS.values()} == set(SHAPES.values())


@pytest.mark.parametrize("key", sorted(PATTERNS))
def test_the_example_asks_because_of_the_right_rows(key):
    example = EXAMPLES[key]

    (raised,) = asked(key, example.rows, example.on)

    assert raised.because == example.because
    assert raised.question.endswith("?")
    assert set(raised.evidence) <= set(raised.because)


@pytest.mark.parametrize(("key", "miss"), near_misses())
def test_the_near_miss_is_silent(key, miss):
    assert asked(key, miss.rows, miss.on) == ()


def test_the_handbook_is_up_to_date():
    made = pages(shipped_patterns(), EXAMPLES)
    written = {path.name: path.read_text(encoding="utf-8") for path in HANDBOOK.glob("*.md")}

    assert written == made, "run python -m goldenthread.interop.replay.write_handbook"
