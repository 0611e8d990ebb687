"""The same genogram in words: a sentence for each person, and the rows of its table."""

from __future__ import annotations

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.drawing.genogram.look import Look
from goldenthread.drawing.genogram.moment import Moment


def sentence_of(one: Relative, network: Network, moment: Moment, look: Look) -> str:
    return one.name
