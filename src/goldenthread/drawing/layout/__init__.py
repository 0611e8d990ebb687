"""Laying a family out: who stands where, and how every line runs.

Stage after stage, each its own module: rows by a linear programme, chains that make every link one
row long, the order within rows by local search from several starts, positions by a second linear
programme, the choice by measures, the lines. Pure and repeatable to the byte; input order never
matters.
"""

from goldenthread.drawing.layout.engine import TooManyPeople, lay_out
from goldenthread.drawing.layout.kin import OwnAncestor

__all__ = ["OwnAncestor", "TooManyPeople", "lay_out"]
