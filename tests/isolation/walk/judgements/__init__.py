"""What each address is for, who may do it, and what it answers: the one readable table.

`organizations.accounts.access` says which role may do which action; here stands which action an
address is, what it needs and what success looks like. The rest follows for every role: who lacks
the action is answered 403, who names something outside of the own scope 404, and nobody a method
that the address does not know.
"""

from tests.isolation.walk.judged import REFUSED, Judged
from tests.isolation.walk.judgements import incentives, office, people, training, work

__all__ = ["JUDGED", "REFUSED", "Judged"]

JUDGED: tuple[Judged, ...] = (
    *office.JUDGED,
    *people.JUDGED,
    *work.JUDGED,
    *incentives.JUDGED,
    *training.JUDGED,
)
