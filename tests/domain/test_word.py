"""A closed vocabulary: every word has a label, and is found again by the value that is stored."""

from __future__ import annotations

import pytest

from goldenthread.domain.shared.word import Word


class Weather(Word):
    """A vocabulary of this test's own."""

    WET = "wet", "Raining"


def test_a_word_is_found_by_its_stored_value():
    assert Weather("wet") is Weather.WET
    assert Weather.WET.label == "Raining"
    with pytest.raises(ValueError, match="dry"):
        Weather("dry")


def test_a_word_without_a_label_cannot_be_declared():
    with pytest.raises(TypeError, match="needs a label"):
        type("Unlabelled", (Word,), _body())


def _body():
    body = type(Word).__prepare__("Unlabelled", (Word,))
    body["DRY"] = "dry"
    return body
