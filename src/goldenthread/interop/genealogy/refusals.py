"""Why a family's file is not read, each reason a plain sentence for the person who brought it."""

from goldenthread.domain.shared.refusal import Refusal


class FamilyFileRefused(Refusal):
    """The file as a whole cannot be read; nothing of it was kept."""


class NotAFamilyFile(FamilyFileRefused):
    """The file is of another kind, or holds nobody."""


class EncodingNotCertain(FamilyFileRefused):
    """How the letters are written in bytes would have to be guessed."""


class FamilyFileBroken(FamilyFileRefused):
    """The file says what it is but cannot be followed."""


class FamilyFileTooLarge(FamilyFileRefused):
    """The file, or what it holds, is larger than is read."""


class FamilyFileTookTooLong(FamilyFileRefused):
    """Reading was stopped because it went on too long."""


BY_NAME: dict[str, type[FamilyFileRefused]] = {
    kind.__name__: kind for kind in (FamilyFileRefused, *FamilyFileRefused.__subclasses__())
}
