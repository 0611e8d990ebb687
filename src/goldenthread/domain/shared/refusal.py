"""Refusals: what could not be done, said in words the person can act on."""

from typing import ClassVar

# The rule by which is refused what is asked for by an id that is not the asker's to know of.
NOT_IN_WHAT_THEY_READ = "not-in-what-they-read"


class Refusal(Exception):
    """Something was asked for and is not done; `reason` is one plain sentence for the person.

    Subclasses are named for what could not be done and live beside the function that raises them.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotTheirs(Refusal):
    """What is refused because of who asks: it is others' to do, or it names what they cannot read.

    The trail keeps it by its `rule`. It tells nothing but what they may know: a thing that is
    hidden is answered like one that never was.
    """

    rule: ClassVar[str]
