"""The genogram of a family of the record, for `goldenthread genogram --family`."""

from __future__ import annotations

from datetime import date

from goldenthread.domain.access.decision import Action
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.interop import clock
from goldenthread.interop.genealogy.command import Drawn
from goldenthread.interop.genealogy.found import Warned
from goldenthread.interop.genealogy.genogram import Genogram
from goldenthread.usecases.access.asking import who_asks
from goldenthread.usecases.addresses.check_command import refuse_an_address
from goldenthread.usecases.network.read_network import read_network


def genogram_of_family(reference: str, *, email: str, at: date | None = None) -> Drawn:
    """What the account may see of the family's network, laid out once for all dates.

    It leaves the screen, so the policy is asked for an export. Raises NotFoundHere and
    HoldsAnAddress.
    """
    actor, case = who_asks(email, reference)
    now = clock.now()
    shown = read_network(actor, case, Viewpoint(now), now=now, action=Action.EXPORT_CHRONOLOGY)
    refuse_an_address(actor, case, (shown.network, shown.warnings), now=now)
    warnings = tuple(Warned("", warned.sentence) for warned in shown.warnings)
    return Drawn(Genogram(shown.network, shown.laid_out, at), warnings)
