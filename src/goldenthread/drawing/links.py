"""A link of a drawing apart from its words: the words lie over it, and the whole place leads on.

What is written in a drawing ("58", "b 1968") is a picture; the link's name is a sentence. A link
that held the words would have two names, of which the shorter is seen and the longer is heard
(WCAG 2.5.3). So the link holds the shapes and a clear ground under each word.
"""

from __future__ import annotations

from dataclasses import replace

from goldenthread.drawing.lettering import width_of
from goldenthread.drawing.marks import Group, Mark, Path, Tone, Words, rectangle

BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}  # how much of a line stands left of its point


def apart(group: Group) -> tuple[Group, Group]:
    """The link without its words, and its words without the link, each in its place."""
    words = Group(_words(group.marks), kind="label", hidden=True, shift=group.shift)
    return replace(group, marks=_shapes(group.marks)), words


def _shapes(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for one in marks:
        if isinstance(one, Words):
            found.append(_ground(one))
        elif isinstance(one, Group):
            found.append(replace(one, marks=_shapes(one.marks)))
        else:
            found.append(one)
    return tuple(found)


def _words(marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    found: list[Mark] = []
    for one in marks:
        if isinstance(one, Words):
            found.append(one)
        elif isinstance(one, Group) and (inside := _words(one.marks)):
            found.append(Group(inside, shift=one.shift))
    return tuple(found)


def _ground(words: Words) -> Path:
    wide = width_of(words.text, words.size)
    left = words.x - wide * BEFORE[words.anchor]
    place = rectangle(left, words.y - words.size, wide, words.size * 1.25)
    return Path(place, stroke=Tone.NONE, role="hit")
