"""HOW ANYONE CHECKS WITHOUT BELIEVING US: which issuers are trusted, what a credential is worth, and a certificate without a network."""

from certif.trust.actions import edit_issuer, trust_issuer
from certif.trust.model import TrustedIssuer
from certif.trust.queries import trusted_issuers
from certif.trust.verdicts import Answer, Verdict, judge

__all__ = ["Answer", "TrustedIssuer", "Verdict", "edit_issuer", "judge", "trust_issuer", "trusted_issuers"]
