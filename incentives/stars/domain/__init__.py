"""The verbs of stars: the machine proposes, a person decides."""

from incentives.stars.domain.deciding import approve_stars, decide_star
from incentives.stars.domain.recounting import recount_stars

__all__ = ["approve_stars", "decide_star", "recount_stars"]
