"""Refusals: what could not be done, said in words the person can act on."""


class Refusal(Exception):
    """Something was asked for and is not done; `reason` is one plain sentence for the person.

    Subclasses are named for what could not be done and live beside the function that raises them.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
