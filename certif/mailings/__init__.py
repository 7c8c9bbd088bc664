"""TO MANY. One letter to each of an audience: seen and counted first, confirmed, by two people where they are many, and sent once."""

from certif.mailings import actions
from certif.mailings.model import Audience, Mailing, MailingRecipient, MailingStep, Step

confirm_mailing = actions.confirm_mailing
draft_mailing = actions.draft_mailing
second_mailing = actions.second_mailing
stop_mailing = actions.stop_mailing

__all__ = [
    "Audience",
    "Mailing",
    "MailingRecipient",
    "MailingStep",
    "Step",
    "confirm_mailing",
    "draft_mailing",
    "second_mailing",
    "stop_mailing",
]
