"""Which claims a drawing shows: what its viewpoint took to be so, whatever became of it later."""

from __future__ import annotations

from goldenthread.domain.network.claim import Claim


def is_believed(claim: Claim, known: frozenset[str] | None) -> bool:
    """Whether a claim says something that is drawn.

    `known` are the claims a viewpoint knew and knew of no correction or withdrawal of. Without
    one (a family from a file), how each claim stands decides.
    """
    return claim.asserts if known is None else claim.says_so and claim.id in known
