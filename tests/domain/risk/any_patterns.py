"""Patterns of any kind, sensible or not, over all ten shapes, for the engines to agree on."""

from __future__ import annotations

from hypothesis import strategies as st

from goldenthread.domain.provenance.vocabulary import Concern, HowKnown
from goldenthread.domain.risk import shapes
from goldenthread.domain.risk.matching import NOTHING, Condition, Filter
from goldenthread.domain.risk.pattern import Episode, Pattern
from goldenthread.domain.risk.vocabulary import Certainty, Nature, Per, PersonClass, PromptType
from tests.domain.risk.histories import AGENCIES, DENSE

KINDS = (*DENSE, "strength", "relationship_ended", "birth")
# Parts of the texts that histories of chance hold, and one that none does.
WORDS = ("alone", "plan", "bleeding", "diagnos", "unborn", "o'brien's \\ $5")


def some(values, most=4):
    return st.frozensets(st.sampled_from(list(values)), max_size=most)


@st.composite
def conditions(draw):
    """One condition: often a wide one, so that entries fit it."""
    rare = st.integers(0, 14).map(lambda n: n == 0)

    def seldom(values, most=3):
        return draw(some(values, most)) if draw(rare) else frozenset()

    return Condition(
        kinds=draw(some(KINDS, 9)),
        concerns=seldom([one.value for one in Concern], 4),
        any_concern=draw(rare),
        agencies=seldom(AGENCIES),
        not_agencies=seldom(AGENCIES, 2),
        how_known=seldom([one.value for one in HowKnown]),
        about=seldom(PersonClass, 4),
        also_about=seldom(PersonClass, 4),
        not_about=seldom(PersonClass, 2),
        not_concerns=seldom([one.value for one in Concern], 2),
        words=tuple(sorted(seldom(WORDS))),
        without_words=tuple(sorted(seldom(WORDS, 2))),
        told_by=tuple(sorted(seldom(("mother", "grand")))),
    )


filters = st.lists(conditions(), min_size=1, max_size=2).map(lambda some: Filter(tuple(some)))
perhaps = st.one_of(st.just(NOTHING), filters)
yes_or_no = st.booleans()
days = st.sampled_from([1, 2, 7, 14, 28, 60, 90, 183, 365, 36_525])
PARTS = {
    shapes.Count: {"at_least": st.integers(2, 4), "within": days},
    shapes.Sources: {
        "at_least": st.integers(2, 3), "within": days, "occasions": st.integers(1, 3),
    },
    shapes.Acceleration: {
        "at_least": st.just(2), "recent": st.integers(20, 60),
        "baseline": st.integers(61, 200), "times": st.just(2),
    },
    shapes.Recurrence: {
        "after": filters, "within": days, "same_concern": yes_or_no,
        "same_people": st.integers(0, 2), "first_only": yes_or_no,
    },
    shapes.Silence: {"since": filters, "until": perhaps, "days": days},
    shapes.FollowUp: {
        "also_before": st.sampled_from([0, 0, 10, 400]), "same_person": yes_or_no,
        "later_day": yes_or_no,
    },
    shapes.Needs: {
        "needs": st.frozensets(st.sampled_from([c.value for c in Concern]), min_size=2),
        "at_least": st.just(2), "within": days,
    },
    shapes.Untold: {"should_know": some(AGENCIES, 2)},
    shapes.Stale: {
        "basis": filters, "older_by": st.sampled_from([0, 0, 5, 60]), "about_same": yes_or_no,
        "at_decision": yes_or_no, "same_concern": yes_or_no,
    },
    shapes.Closing: {
        "open": perhaps, "closed_by": perhaps, "unseen": perhaps, "only_if": perhaps,
        "look_back": days, "at_least": st.integers(1, 2),
    },
}  # fmt: skip


@st.composite
def shapes_of(draw, kind):
    """One shape of a kind, with thresholds and filters of chance."""
    return kind(
        events=draw(filters),
        answered_by=draw(perhaps),
        settled_by=draw(st.one_of(st.just(NOTHING), perhaps)),
        must_know=draw(yes_or_no),
        grace=draw(st.sampled_from([0, 0, 3, 14, 40])),
        fresh=draw(st.sampled_from([30, 90, 183, 365, 7305])),
        **{name: draw(one) for name, one in PARTS[kind].items()},
    )


episodes = st.builds(
    Episode, opens=filters, closes=perhaps, lapses=st.sampled_from([1, 30, 120, 365])
)


@st.composite
def patterns(draw, key="chance", kinds=tuple(PARTS)):
    """One pattern over one of these shapes."""
    nature = draw(st.sampled_from([Nature.HARM, Nature.HARM, Nature.STRENGTH]))
    return Pattern(
        key=key,
        type=PromptType.DELAY if nature is Nature.HARM else None,
        version=draw(st.integers(1, 9)),
        title="Chance",
        question="Is it so?",
        asked_of="Nobody",
        guidance="None",
        certainty=Certainty.BACKGROUND,
        owner="Nobody",
        shape=draw(shapes_of(draw(st.sampled_from(kinds)))),
        nature=nature,
        per=draw(st.sampled_from(list(Per))),
        only_while=draw(st.one_of(st.none(), st.none(), episodes)),
        child_under=draw(st.sampled_from([None, None, None, 30, 365])),
        child_over=draw(st.sampled_from([None, None, None, 30, 365])),
    )
