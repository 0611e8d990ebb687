"""The patterns that ship with the service, for whoever reads them outside the thread."""

from goldenthread.usecases._steps.shipped import patterns_of, shipped_patterns

__all__ = ["patterns_of", "shipped_patterns"]
