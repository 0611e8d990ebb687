"""How often Python looks for cycles of rubbish: rarely, since a long history makes hardly any.

A history of two thousand entries is several hundred thousand small objects. Measured on its page
with the same machine in turn: about 380 ms of processor time a request with these thresholds, about
600 ms with Python's own.
"""

import gc

THRESHOLDS = (100_000, 50, 50)


def look_rarely() -> None:
    """Never look again at what was loaded at the start, and seldom at the rest."""
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
