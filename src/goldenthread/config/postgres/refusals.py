"""Why Goldenthread declined to use, start or stop a database, in words an operator can act on.

Every refusal leaves things as they were found. No message may ever hold a password.
"""

from goldenthread.domain.shared.refusal import Refusal


class DatabaseRefused(Refusal):
    """The database was not used; the message says why and what may be done, in plain sentences."""


class NotSupportedHere(DatabaseRefused):
    """This operating system has no supported way to run the embedded database."""


class AccountRefused(DatabaseRefused):
    """No acceptable operating-system account to run the database as."""


class FolderRefused(DatabaseRefused):
    """A folder is closed, foreign, too open, or in a place that cannot hold a database."""


class FolderInUse(DatabaseRefused):
    """Another Goldenthread holds the folder's lock."""


class ProgramsMissing(DatabaseRefused):
    """No PostgreSQL programs of an acceptable version can be run by the database account."""


class WrongMajorVersion(DatabaseRefused):
    """The folder holds a database of a major version whose programs are not here."""


class CannotDecide(DatabaseRefused):
    """It cannot be told whether a running server is ours, so nothing was changed."""


class WrongCluster(DatabaseRefused):
    """The database answering is not the one this folder was made with."""


class SecretsMissing(DatabaseRefused):
    """There is a database but its passwords are not to be found."""


class DidNotStart(DatabaseRefused):
    """PostgreSQL would not start or did not become ready; the last log lines are in the message."""


class DidNotStop(DatabaseRefused):
    """PostgreSQL was asked twice to stop and has not."""


class AddressMissing(DatabaseRefused):
    """An address for this role was not given (external servers only)."""


class UnfitForUse(DatabaseRefused):
    """The server answers but would lose names or let the application past its own access rules."""
