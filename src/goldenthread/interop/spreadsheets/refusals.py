"""Why a file is not read, each reason a plain sentence for the person who brought it."""

from goldenthread.domain.shared.refusal import Refusal


class FileRefused(Refusal):
    """The file as a whole cannot be read; nothing of it was kept."""


class PasswordProtected(FileRefused):
    """The file is locked with a password."""


class NotASpreadsheet(FileRefused):
    """The file is of another kind, or of a kind of spreadsheet that is not read."""


class FileDamaged(FileRefused):
    """The file says it is a spreadsheet but cannot be followed."""


class TooLarge(FileRefused):
    """The file is larger than an upload may be."""


class TooLargeInside(FileRefused):
    """The file unpacks to far more than its size, or needs more memory than it may have."""


class UnsafeInside(FileRefused):
    """The file holds what no spreadsheet needs: another archive, a path, a declaration."""


class TooManyRows(FileRefused):
    """The sheet has more rows than are read from one file."""


class TooManyColumns(FileRefused):
    """The sheet has more columns than are read from one file."""


class ReadingTookTooLong(FileRefused):
    """Reading was stopped because it went on too long."""


class NoSuchSheet(FileRefused):
    """The sheet or the heading row asked for is not in the file."""


_EVERY: tuple[type[FileRefused], ...] = (FileRefused, *FileRefused.__subclasses__())
BY_NAME: dict[str, type[FileRefused]] = {kind.__name__: kind for kind in _EVERY}
