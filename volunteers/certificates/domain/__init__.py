"""What is done with certificates: issue, withdraw, seal, print."""

from volunteers.certificates.domain.batches import ISSUE_JOB, issue_batch, order_batch
from volunteers.certificates.domain.issuing import (
    Choice,
    certifiable,
    issue_certificate,
    withdraw_certificate,
)
from volunteers.certificates.domain.printing import certificates_as_pdf
from volunteers.certificates.domain.sealing import answer_seal, ask_seal
from volunteers.certificates.domain.signing import payload_holds

__all__ = [
    "ISSUE_JOB",
    "Choice",
    "answer_seal",
    "ask_seal",
    "certifiable",
    "certificates_as_pdf",
    "issue_batch",
    "issue_certificate",
    "order_batch",
    "payload_holds",
    "withdraw_certificate",
]
