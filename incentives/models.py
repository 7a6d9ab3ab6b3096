"""Gathers the topics' tables for Django."""

from incentives.merchants.models import Branch, Merchant
from incentives.offers.models import Offer, OfferStock
from incentives.redemptions.models import Redemption, Till
from incentives.stars.models import StarAward, StarDue

__all__ = [
    "Branch",
    "Merchant",
    "Offer",
    "OfferStock",
    "Redemption",
    "StarAward",
    "StarDue",
    "Till",
]
