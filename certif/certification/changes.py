"""What a new contract changes for someone who signed another."""

from __future__ import annotations

from dataclasses import dataclass

from certif.certification.cycles import granted_before
from certif.certification.model import Certification
from certif.programs import Contract, contract_differences


@dataclass(frozen=True)
class ContractChange:
    """A contract that was signed, the one to sign now, and in words what is promised otherwise; nothing where the text stands."""

    before: Contract
    after: Contract
    sentences: list[str]

    @property
    def is_same(self) -> bool:
        """Whether it is the same text to the last sign, in both languages."""
        return (self.before.digest_fr, self.before.digest_en) == (self.after.digest_fr, self.after.digest_en)


def contract_change(signed: Certification, to_sign: Contract | None) -> ContractChange | None:
    """Compare what a certification signed with a contract to sign; None where either is missing."""
    if signed.signature is None or to_sign is None:
        return None
    before = signed.signature.contract
    return ContractChange(before, to_sign, contract_differences(before.version, to_sign.version))


def change_since_last_cycle(certification: Certification, to_sign: Contract | None) -> ContractChange | None:
    """Compare the contract of the cycle granted before this one with a contract to sign; None in a first cycle."""
    before = granted_before(certification)
    return contract_change(before, to_sign) if before is not None else None
