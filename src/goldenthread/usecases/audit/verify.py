"""Checks the whole record against its log: works everything out anew and names what differs.

Nothing is believed that is not signed. A checkpoint that is signed by the log's key says what the
root over its leaves was; each leaf says what its row was; and a checkpoint that somebody else kept
says how long the log was, so that putting the whole of it back to an older day is found as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from goldenthread.domain.access.decision import Outcome
from goldenthread.domain.audit import findings as said
from goldenthread.domain.audit.commitment import canonical, commitment
from goldenthread.domain.audit.findings import TO_ACCEPT, Finding, Kind
from goldenthread.domain.audit.merkle import HASH_BYTES, Peaks, leaf_hash
from goldenthread.domain.audit.signed_note import VerifierKey, checkpoint_by, parse_note
from goldenthread.domain.shared.refusal import Refusal
from goldenthread.records.audit import log, log_reading
from goldenthread.records.audit.history_reading import service_roles
from goldenthread.records.audit.log import CheckpointRow, Form, LeafRow
from goldenthread.records.grants import HISTORY, SEALED
from goldenthread.usecases.audit.histories import behind_the_history, changed_by_hand
from goldenthread.usecases.audit.naming import EVENTS, in_words
from goldenthread.usecases.audit.nodes import Nodes
from goldenthread.usecases.audit.witness import cosigned_by

NAMED_OF_A_STRETCH = 20
ERASE = "erase"  # an event by hand, of TABLE:ID: no verb of the service erases a row
Progress = Callable[[int, int], None]


class NotAKeptCheckpoint(Refusal):
    """What was given as a kept checkpoint is not one that this log's key signed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A checkpoint that somebody kept outside the database, and who: "Harbour Trust"."""

    note: str
    by: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was looked at and what was found, in the order of the log."""

    leaves: int
    checkpoints: int
    waiting: int
    kept: int
    findings: tuple[Finding, ...]
    accepted: frozenset[int] = frozenset()  # places

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What is not as it was sealed, whatever anybody says of it."""
        return tuple(one for one in self.findings if one.kind not in TO_ACCEPT)

    @property
    def to_accept(self) -> tuple[Finding, ...]:
        """What may be right and nobody has accepted yet."""
        return tuple(
            one for one in self.findings if one.kind in TO_ACCEPT and one.place not in self.accepted
        )

    @property
    def holds(self) -> bool:
        """Whether everything is as it was sealed, but for what a person has accepted."""
        return not self.faults and not self.to_accept


def verify(
    key: VerifierKey, *, kept: Sequence[Kept] = (), accepted: Iterable[int] = (),
    on_progress: Progress = lambda done, of: None,
) -> Verified:  # fmt: skip
    """Check every row, leaf and checkpoint. Raises NotAKeptCheckpoint.

    `key` is the log's public key, which must not come from the database. `kept` are checkpoints
    from outside it. `accepted` are places (from 0) of which a person says that what is found there
    is right; only what is in `TO_ACCEPT` can be. `on_progress` is given how many leaves are done,
    and of how many.
    """
    with log.one_transaction(steady=True):
        checking = _Checking(key, on_progress)
        checking.expect(kept)
        checking.walk()
        checking.look_behind_the_seal()
        checking.found.extend((*behind_the_history(), *checking.nodes.altered()))
        waiting = log.how_many_wait()
    return Verified(
        checking.peaks.size, checking.checkpoints, waiting, len(checking.kept),
        tuple(sorted(checking.found, key=_in_order)), frozenset(accepted),
    )  # fmt: skip


def _in_order(one: Finding) -> tuple[bool, int, str]:
    return one.place is None, one.place or 0, one.sentence


@dataclass(frozen=True, slots=True)
class _Gone:
    """A row that was sealed and is there no more."""

    place: int
    table: str
    row: UUID
    named: str
    sealed_at: str


@dataclass
class _Checking:
    """One check: how far it is, what the tree is so far, and what was found."""

    key: VerifierKey
    on_progress: Progress
    peaks: Peaks = field(default_factory=Peaks)
    nodes: Nodes = field(default_factory=Nodes)
    found: list[Finding] = field(default_factory=list)
    checkpoints: int = 0
    kept: list[tuple[int, bytes, str]] = field(default_factory=list)
    at: int = 0  # the place of the next leaf to look at
    is_adrift: bool = False  # leaves are missing: the tree is not known until the next checkpoint

    def __post_init__(self) -> None:
        self.size = log_reading.log_size()
        self.forms = log.forms()
        self.service_roles = service_roles()
        self.erasures: dict[str, tuple[int, str]] = {}  # what sealed events say was erased
        self.gone: list[_Gone] = []
        self.unlike: dict[int, tuple[LeafRow, Form, Sequence[str | None]]] = {}

    def expect(self, kept: Sequence[Kept]) -> None:
        """Note what others kept, and what witnesses signed and gave back."""
        for one in kept:
            checkpoint = checkpoint_by(self.key, one.note)
            if checkpoint is None:
                raise NotAKeptCheckpoint(
                    f"What was given as kept by {one.by} is not a checkpoint of this log, signed "
                    "by its key."
                )
            self.kept.append((checkpoint.size, checkpoint.root, one.by))
        names = {one.id: one for one in log_reading.witnesses()}
        for cosigned in log_reading.cosignatures():
            checkpoint = checkpoint_by(self.key, cosigned.note)
            whose = names.get(cosigned.witness)
            if (
                whose is None or checkpoint is None or checkpoint.size != cosigned.size
                or cosigned_by(whose, cosigned.note) != cosigned.cosigned_at
            ):  # fmt: skip
                self._found(
                    Kind.CHECKPOINT,
                    f"The co-signature kept of {cosigned.size:,} rows was altered.",
                    place=cosigned.size - 1,
                )
            else:
                self.kept.append((checkpoint.size, checkpoint.root, whose.name))
        self.kept.sort(key=lambda one: one[0])

    def walk(self) -> None:
        """Check each checkpoint, the leaves it was signed over, and the rows they commit to."""
        ahead = list(self.kept)
        for row in log_reading.checkpoints():
            self.checkpoints += 1
            root = self._signed_root(row)
            begins = self.at
            self._leaves(row.size, ahead, said.moment(row.made_at))
            if root is None:
                continue
            holds = not self.is_adrift and self.peaks.root() == root
            self.nodes.settle(holds=holds)
            if not self.is_adrift and not holds:
                self._name_what_was_rewritten(begins, row)
            signed = _peaks_signed(row, root)
            if signed is not None:
                self.peaks, self.is_adrift = signed, False
        if self.at < self.size or self.nodes.fresh:  # signed over by nothing
            self.nodes.settle(holds=False)
        self._leaves(self.size, ahead, "never", are_sealed=False)
        for size, _, by in ahead:
            self._found(
                Kind.ROLLED_BACK,
                f"{by} holds a signed checkpoint of {size:,} rows, and the log here has "
                f"{self.size:,}: it was put back to an older state.",
            )
        self._tell_what_moved()
        self._tell_what_is_gone()

    def look_behind_the_seal(self) -> None:
        """Name every row that stands in a sealed table and is in no leaf and on no list."""
        for table in log_reading.tables_there(SEALED):
            rows = log_reading.unsealed(table)
            if not rows:
                continue
            form = self._form_today(table)
            values = log.contents(form, rows)
            for row in rows:
                named = in_words(table, row, form.columns, values[row])
                self._found(Kind.INSERTED, said.inserted(named), table=table, row=str(row))

    def _form_today(self, table: str) -> Form:
        return Form(0, table, log.columns_of(table))

    def _signed_root(self, row: CheckpointRow) -> bytes | None:
        """The root that the log's key signed for this checkpoint; None where none was."""
        signed = checkpoint_by(self.key, row.note)
        what = f"The checkpoint of {row.size:,} rows, of {said.moment(row.made_at)},"
        if signed is None or signed.size != row.size:
            self._found(Kind.CHECKPOINT, f"{what} is not signed by this log's key.", row.size - 1)
            return None
        cosigner = self.key.as_cosigner()
        dated = parse_note(row.note).cosigned_at(cosigner) == int(row.made_at.timestamp())
        if not dated:
            self._found(Kind.CHECKPOINT, f"{what} was signed at another time.", row.size - 1)
        if signed.root != row.root or _peaks_signed(row, signed.root) is None:
            self._found(Kind.CHECKPOINT, f"{what} does not say what was signed.", row.size - 1)
        return signed.root

    def _leaves(
        self, ends: int, ahead: list[tuple[int, bytes, str]], sealed_at: str,
        *, are_sealed: bool = True,
    ) -> None:  # fmt: skip
        """Grow the tree by the leaves before `ends`, and compare their rows with them."""
        while self.at < ends:
            upto = min(self.at + log_reading.READ_TOGETHER, ends)
            leaves = log_reading.leaves(self.at, upto)
            self._tell_lost(self.at, upto, leaves, sealed_at)
            if not self.is_adrift:
                self._grow(leaves, ahead)
            self._rows(leaves, sealed_at, are_sealed=are_sealed)
            self.at = upto
            self.on_progress(min(upto, self.size), self.size)

    def _tell_lost(self, begins: int, ends: int, leaves: list[LeafRow], sealed_at: str) -> None:
        if len(leaves) == ends - begins:
            return
        self.is_adrift = True
        for place in sorted(set(range(begins, ends)) - {leaf.place for leaf in leaves}):
            self._found(
                Kind.LEAF_LOST,
                f"Number {said.number(place)}, sealed {sealed_at}, was taken out of the log.",
                place,
            )

    def _grow(self, leaves: list[LeafRow], ahead: list[tuple[int, bytes, str]]) -> None:
        """Add the leaves, stopping at each size that somebody kept a checkpoint of."""
        at = 0
        while ahead and ahead[0][0] <= self.peaks.size + len(leaves) - at:
            size, root, by = ahead.pop(0)
            if size < self.peaks.size:  # within leaves that are missing, which is told
                continue
            upto = at + size - self.peaks.size
            self._grow_by(leaves[at:upto])
            at = upto
            if self.peaks.root() != root:
                self._found(
                    Kind.REWRITTEN,
                    f"The log of {size:,} rows is not the one whose checkpoint {by} holds.",
                    size - 1,
                )
        self._grow_by(leaves[at:])

    def _grow_by(self, leaves: list[LeafRow]) -> None:
        hashes = (leaf_hash(one.commitment) for one in leaves)
        self.peaks = self.peaks.grown(hashes, kept=self.nodes.note)

    def _rows(self, leaves: list[LeafRow], sealed_at: str, *, are_sealed: bool) -> None:
        """Compare each row with its commitment, and tell of each that does not match."""
        for form_id in {leaf.form for leaf in leaves}:
            of_form = [leaf for leaf in leaves if leaf.form == form_id]
            form = self.forms.get(form_id, Form(form_id, "(unknown)", ()))
            values = self._values(form, of_form)
            for leaf in of_form:
                if are_sealed:
                    self._row(leaf, form, values.get(leaf.row), sealed_at)
                else:
                    words = said.inserted(in_words(form.table, leaf.row))
                    self._found(Kind.INSERTED, words, leaf.place, row=str(leaf.row))

    def _values(self, form: Form, leaves: list[LeafRow]) -> dict[UUID, Sequence[str | None]]:
        try:
            return dict(log.contents(form, [leaf.row for leaf in leaves]))
        except LookupError:  # the table or a column of it was dropped: every row is gone
            return {}

    def _row(
        self, leaf: LeafRow, form: Form, values: Sequence[str | None] | None, sealed_at: str
    ) -> None:
        """Tell of a row that is not as its leaf says; which were moved is worked out at the end."""
        known = (form.columns, values) if values else ()
        if values is None:
            named = in_words(form.table, leaf.row)
            self.gone.append(_Gone(leaf.place, form.table, leaf.row, named, sealed_at))
        elif leaf.salt is None:
            words = said.without_salt(in_words(form.table, leaf.row, *known), leaf.place)
            self._found(Kind.SALT_LOST, words, leaf.place, table=form.table, row=str(leaf.row))
        elif _committed(leaf.salt, form, values, leaf.place) != leaf.commitment:
            self.unlike[leaf.place] = (leaf, form, values)
        elif form.table in (EVENTS, HISTORY):
            self._as_sealed(leaf, form, values)

    def _as_sealed(self, leaf: LeafRow, form: Form, values: Sequence[str | None]) -> None:
        """Note what a row that is as it was sealed says was erased, or was changed by hand."""
        row = dict(zip(form.columns, values, strict=True))
        if form.table == HISTORY:
            if by_hand := changed_by_hand(row, leaf.place, self.service_roles):
                self.found.append(by_hand)
        elif row.get("action") == ERASE and row.get("outcome") == Outcome.ALLOW:
            named = in_words(EVENTS, leaf.row, form.columns, values)
            self.erasures[row.get("resource") or ""] = (leaf.place, named)

    def _tell_what_is_gone(self) -> None:
        """Of the rows that are gone: which a sealed event says were erased, and which not."""
        done = set()
        for one in self.gone:
            event = self.erasures.get(f"{one.table}:{one.row}")
            if event:
                done.add(f"{one.table}:{one.row}")
                kind, words = Kind.ERASED, said.erased(one.named, one.place, event[1], event[0])
            else:
                kind, words = Kind.REMOVED, said.removed(one.named, one.place, one.sealed_at)
            self._found(kind, words, one.place, table=one.table, row=str(one.row))
        for resource in self.erasures.keys() - done:
            place, named = self.erasures[resource]
            words = said.erasure_not_done(named, place, resource)
            self._found(Kind.ERASURE_NOT_DONE, words, place)

    def _name_what_was_rewritten(self, begins: int, row: CheckpointRow) -> None:
        """The leaves are not those that were signed: name those it may be."""
        leaves = log_reading.leaves(begins, min(row.size, begins + NAMED_OF_A_STRETCH))
        named = []
        for leaf in leaves:
            form = self.forms.get(leaf.form, Form(leaf.form, "(unknown)", ()))
            values = self._values(form, [leaf]).get(leaf.row)
            known = (form.columns, values) if values else ()
            named.append(in_words(form.table, leaf.row, *known))
        words = said.stretch(
            begins, row.size, said.moment(row.made_at), named, row.size - begins - len(named)
        )
        self._found(Kind.LOG_ALTERED, words, begins)

    def _tell_what_moved(self) -> None:
        """Of the leaves that do not match their rows: which were moved, and which were altered."""
        salts = {place: leaf.salt for place, (leaf, _, _) in self.unlike.items() if leaf.salt}
        for place, (leaf, form, values) in self.unlike.items():
            was = next((at for at in _others(self.unlike, place) for salt in
                        (leaf.salt, salts.get(at))
                        if salt and _committed(salt, form, values, at) == leaf.commitment),
                       None)  # fmt: skip
            named = in_words(form.table, leaf.row, form.columns, values)
            kind = Kind.ALTERED if was is None else Kind.REORDERED
            sentence = (
                said.altered(named, place) if was is None else said.reordered(named, place, was)
            )
            self._found(kind, sentence, place, table=form.table, row=str(leaf.row))

    def _found(self, kind: Kind, sentence: str, place: int | None = None, **row: str) -> None:
        self.found.append(Finding(kind, sentence, place, **row))


MOST_TRIED = 1_000  # places a leaf may have been moved from


def _others(unlike: dict[int, tuple], place: int) -> Iterator[int]:
    return (at for at in list(unlike)[:MOST_TRIED] if at != place)


def _committed(salt: bytes, form: Form, values: Sequence[str | None], place: int) -> bytes:
    return commitment(salt, canonical(form.table, form.columns, values, place=place))


def _peaks_signed(row: CheckpointRow, root: bytes) -> Peaks | None:
    """The peaks kept with a checkpoint, where they are those of the root that was signed."""
    if len(row.peaks) % HASH_BYTES:
        return None
    try:
        peaks = row.as_peaks()
    except ValueError:
        return None
    return peaks if peaks.root() == root else None
