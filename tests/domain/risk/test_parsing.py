"""A pattern file with a slip is refused with a sentence that names the pattern and the part."""

from __future__ import annotations

import pytest

from goldenthread.domain.risk import refusals
from goldenthread.domain.risk.parsing import read_patterns
from goldenthread.domain.risk.shapes import Count
from goldenthread.domain.risk.vocabulary import Certainty, Nature, Per, PromptType
from goldenthread.usecases.risk.shipped import patterns_of, shipped_patterns

MISSED = {
    "key": "missed_run",
    "type": "accumulation",
    "version": 1,
    "title": "A run of missed appointments",
    "question": "{number} appointments were missed since {since}: who will see the child?",
    "asked_of": "Lead practitioner",
    "guidance": "RCGP on was-not-brought",
    "certainty": "V",
    "owner": "Health leads",
    "shape": "count",
    "events": {"kinds": ["missed_appointment"]},
    "at_least": 3,
    "within": 42,
}
SILENT = {
    **{k: v for k, v in MISSED.items() if k not in ("at_least", "within")},
    "shape": "silence",
    "since": {"kinds": ["birth"]},
    "days": 14,
}


def read(told, shared=None):
    (pattern,) = read_patterns({"theme": [told]}, shared)
    return pattern


def without(told, *parts):
    return {key: value for key, value in told.items() if key not in parts}


def test_a_sound_pattern_is_read_whole():
    pattern = read(MISSED)

    assert pattern.type is PromptType.ACCUMULATION
    assert pattern.certainty is Certainty.VERIFIED
    assert pattern.nature is Nature.HARM
    assert pattern.per is Per.FAMILY
    assert isinstance(pattern.shape, Count)
    assert (pattern.shape.at_least, pattern.shape.within) == (3, 42)


@pytest.mark.parametrize(
    ("told", "refusal", "says"),
    [
        ({**MISSED, "shape": "cuont"}, refusals.UnknownShape, "Did you mean “count”?"),
        ({**MISSED, "shape": "regression"}, refusals.UnknownShape, "“regression” is not a shape"),
        ({**MISSED, "type": "acumulation"}, refusals.UnknownType, "Did you mean “accumulation”?"),
        ({**MISSED, "type": "risk_score"}, refusals.UnknownType, "not a type of question"),
        ({**MISSED, "nature": "strength"}, refusals.UnknownType, "a strength has no type"),
        (without(MISSED, "guidance"), refusals.SourceMissing, "what guidance"),
        (without(MISSED, "certainty"), refusals.SourceMissing, "how firmly"),
        ({**MISSED, "certainty": "A"}, refusals.SourceMissing, "how firmly"),
        (without(MISSED, "owner"), refusals.PartMissing, "say its owner"),
        (without(MISSED, "asked_of"), refusals.PartMissing, "say its asked of"),
        (without(MISSED, "events"), refusals.PartMissing, "must say “events”"),
        (without(MISSED, "within"), refusals.PartMissing, "must say “within”"),
        ({**MISSED, "key": "Missed Run!"}, refusals.PartMissing, "needs a key"),
        ({**MISSED, "at_least": 1}, refusals.ImpossibleThreshold, "from 2 to 1000"),
        ({**MISSED, "at_least": 0}, refusals.ImpossibleThreshold, "at_least is 0"),
        ({**MISSED, "at_least": "three"}, refusals.ImpossibleThreshold, "whole number"),
        ({**MISSED, "at_least": 2.5}, refusals.ImpossibleThreshold, "whole number"),
        ({**MISSED, "at_least": True}, refusals.ImpossibleThreshold, "whole number"),
        ({**MISSED, "within": -7}, refusals.ImpossibleThreshold, "within is -7"),
        ({**MISSED, "within": 99_999}, refusals.ImpossibleThreshold, "36525"),
        ({**MISSED, "at_least": 50}, refusals.ImpossibleThreshold, "cannot lie within 42 days"),
        ({**MISSED, "grace": 500}, refusals.ImpossibleThreshold, "could never ask"),
        ({**MISSED, "version": 0}, refusals.ImpossibleThreshold, "version"),
        ({**MISSED, "score": 7}, refusals.UnknownPart, "has no part “score”"),
        ({**MISSED, "baseline": 90}, refusals.UnknownPart, "has no part “baseline”"),
        ({**MISSED, "question": "Who will see the child."}, refusals.QuestionNotPlain, "question mark"),
        ({**MISSED, "question": "Is {name} seen?"}, refusals.QuestionNotPlain, "“name”"),
        ({**MISSED, "question": "Is {who seen?"}, refusals.QuestionNotPlain, "not closed"),
        ({**MISSED, "per": "household"}, refusals.UnknownWord, "not one of family, child"),
        ({**MISSED, "events": {"kinds": ["missed_apointment"]}}, refusals.UnknownWord, "Did you mean “missed_appointment”?"),
        ({**MISSED, "events": {"concerns": ["neglekt"]}}, refusals.UnknownWord, "Did you mean “neglect”?"),
        ({**MISSED, "events": {"agencies": ["gps"]}}, refusals.UnknownWord, "not a kind of agency"),
        ({**MISSED, "events": {"about": ["baby"]}}, refusals.UnknownWord, "not a kind of person"),
        ({**MISSED, "events": {"severity": 3}}, refusals.UnknownPart, "not something a filter can ask"),
        ({**MISSED, "events": "mised"}, refusals.UnknownWord, "not a shared filter"),
        ({**MISSED, "events": []}, refusals.PartMissing, "must say “events”"),
        ({**MISSED, "events": {"words": ["a"]}}, refusals.PatternNotUnderstood, "fewer than two"),
        ({**MISSED, "must_know": "yes"}, refusals.PatternNotUnderstood, "true or false"),
        ({**MISSED, "only_while": {"closes": "x"}}, refusals.PartMissing, "opens"),
        (without(SILENT, "since"), refusals.PartMissing, "must say “since”"),
        ({**SILENT, "days": 0}, refusals.ImpossibleThreshold, "days is 0"),
        (
            {**MISSED, "shape": "acceleration", "recent": 90, "baseline": 60, "times": 2}
            | {"within": 42},
            refusals.UnknownPart,
            "within",
        ),
        (
            without({**MISSED, "shape": "acceleration", "recent": 90, "baseline": 60, "times": 2}, "within"),
            refusals.ImpossibleThreshold,
            "must be fewer than",
        ),
        ({**MISSED, "shape": "needs", "needs": ["neglect", "sexual"]}, refusals.ImpossibleThreshold, "can never be there"),
    ],
)  # fmt: skip
def test_a_slip_is_named(told, refusal, says):
    with pytest.raises(refusal, match=r"missed_run|theme") as refused:
        read(told)

    assert says in refused.value.reason


def test_two_patterns_cannot_share_a_key():
    with pytest.raises(refusals.KeyTaken, match="missed_run"):
        read_patterns({"one": [MISSED], "other": [MISSED]})


def test_a_shared_filter_that_goes_round_in_itself_is_refused():
    with pytest.raises(refusals.PatternNotUnderstood, match="round in itself"):
        read(MISSED, {"one": ["other"], "other": ["one"]})


def test_a_shared_filter_can_be_narrowed():
    pattern = read(
        {**MISSED, "events": {"of": "missed", "about": ["child"]}},
        {"missed": {"kinds": ["missed_appointment", "no_access"]}},
    )

    (condition,) = pattern.shape.events.any_of
    assert condition.kinds == {"missed_appointment", "no_access"}
    assert condition.about == {"child"}


def test_a_file_that_is_no_toml_is_named():
    with pytest.raises(refusals.PatternNotUnderstood, match=r"^mine is not TOML"):
        patterns_of({"mine": "[[pattern]\nkey ="})


def test_no_shipped_pattern_speaks_of_a_score_and_each_has_its_source():
    for pattern in shipped_patterns():
        said = f"{pattern.title} {pattern.question} {pattern.why}".lower()
        assert not {"score", "rank", "red", "amber"} & set(said.split())
        assert pattern.guidance
        assert pattern.owner
