"""The verbs of sign-ups."""

from volunteers.signups.domain.adding import add_people, substitute
from volunteers.signups.domain.answering import answer_offer, must_have_place, withdraw
from volunteers.signups.domain.asking import sign_up
from volunteers.signups.domain.fitting import Misfit, gate, misfit_of, misfit_of_person
from volunteers.signups.domain.offering import offer_places, remove_sign_up
from volunteers.signups.domain.phones import show_phone
from volunteers.signups.domain.together import placed_together, sign_up_together

__all__ = [
    "Misfit",
    "add_people",
    "answer_offer",
    "gate",
    "misfit_of",
    "misfit_of_person",
    "must_have_place",
    "offer_places",
    "placed_together",
    "remove_sign_up",
    "show_phone",
    "sign_up",
    "sign_up_together",
    "substitute",
    "withdraw",
]
