"""Which patterns ask at an instant, for whoever reads them outside the thread."""

from goldenthread.usecases._steps.in_force import patterns_in_force

__all__ = ["patterns_in_force"]
