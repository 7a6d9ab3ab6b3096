"""What is done with certificates: issue, withdraw, seal, print."""

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
    "Choice",
    "answer_seal",
    "ask_seal",
    "certifiable",
    "certificates_as_pdf",
    "issue_certificate",
    "payload_holds",
    "withdraw_certificate",
]
