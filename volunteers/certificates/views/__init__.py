"""Pages of certificates: the volunteer's own, the committee's, and the public one."""

from volunteers.certificates.views.batches import create_batch, print_batch, show_batch
from volunteers.certificates.views.own import (
    ask_for_seal,
    create_own,
    list_own,
    print_own,
    show_own,
    withdraw_own,
)
from volunteers.certificates.views.public import ask_code, publish_keys, verify
from volunteers.certificates.views.staff import (
    answer_seal_request,
    list_certificates,
    print_one,
    withdraw,
)

__all__ = [
    "answer_seal_request",
    "ask_code",
    "ask_for_seal",
    "create_batch",
    "create_own",
    "list_certificates",
    "list_own",
    "print_batch",
    "print_one",
    "print_own",
    "publish_keys",
    "show_batch",
    "show_own",
    "verify",
    "withdraw",
    "withdraw_own",
]
