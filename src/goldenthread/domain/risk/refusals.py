"""Why a pattern is refused when it is read: each reason named, each a sentence for its author."""

from goldenthread.domain.shared.refusal import Refusal


class PatternNotUnderstood(Refusal):
    """A pattern file says something that cannot be used; the reason names the pattern and part."""


class PartMissing(PatternNotUnderstood):
    """Something every pattern, or this shape, must say is not said."""


class SourceMissing(PartMissing):
    """A pattern does not say what guidance it rests on, or how firmly that stands."""


class UnknownPart(PatternNotUnderstood):
    """A pattern says something no pattern of this shape has."""


class UnknownShape(PatternNotUnderstood):
    """The shape is not one of the closed set."""


class UnknownType(PatternNotUnderstood):
    """The type is not one of those a question may have."""


class UnknownWord(PatternNotUnderstood):
    """A kind, area of concern, agency, person or other word is not one of ours."""


class ImpossibleThreshold(PatternNotUnderstood):
    """A number is not one, or no history could ever meet it."""


class QuestionNotPlain(PatternNotUnderstood):
    """The question is not one, or names something that cannot be filled in."""


class KeyTaken(PatternNotUnderstood):
    """Two patterns have the same key."""
