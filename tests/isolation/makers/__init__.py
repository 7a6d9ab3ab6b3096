"""What makes one row of every table in a place, in an order in which each finds what it needs."""

from tests.isolation.makers import hours, incentives, office, people, privacy, said, training
from tests.isolation.people import Maker

__all__ = ["MAKERS"]

MAKERS: tuple[Maker, ...] = (
    *office.MAKERS,
    *hours.MAKERS,
    *said.MAKERS,
    *people.MAKERS,
    *privacy.MAKERS,
    *incentives.MAKERS,
    *training.MAKERS,
)
