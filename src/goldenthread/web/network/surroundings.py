"""What a form about a family's network offers to choose from: its people, homes and agencies."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from goldenthread.domain.network.claim import Network, Relative
from goldenthread.domain.provenance.awareness import Viewpoint
from goldenthread.usecases.chronology.family_around import FamilyAround, family_around
from goldenthread.usecases.network.read_network import read_network
from goldenthread.web.kit.clock import now
from goldenthread.web.network.relation_form import Known


@dataclass(frozen=True)
class Surroundings:
    """The family as a form sees it: what its reader may see, known to whom ever."""

    case: UUID
    around: FamilyAround
    network: Network

    @property
    def known(self) -> Known:
        """Whom and what a relation may name."""
        return Known(
            people=frozenset(one.id for one in self.people),
            households=frozenset(home.id for home in self.network.households),
            agencies=frozenset(str(agency) for agency in self.around.agencies),
        )

    @property
    def people(self) -> tuple[Relative, ...]:
        """The people that are in the record; somebody the drawing made up cannot be named."""
        members = {str(member.person) for member in self.around.family.members}
        return tuple(one for one in self.network.people if one.id in members)


def surroundings_of(request: HttpRequest, case: UUID) -> Surroundings:
    """Read what a form needs, for somebody who may add to this record. Raises NotFoundHere."""
    at = now()
    around = family_around(request.actor, case, now=at)
    shown = read_network(request.actor, case, Viewpoint(at), now=at)
    return Surroundings(case, around, shown.network)
