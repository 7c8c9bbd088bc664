"""What the gateway tells us, in our own words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from certif.kit.money import Money

CheckoutStatus = Literal["open", "paid", "unpaid", "expired"]
"""`open`: nobody has paid yet. `unpaid`: finished, but the money is still on its way. `expired`: can no longer be paid."""

RefundStatus = Literal["done", "pending", "failed"]


@dataclass(frozen=True)
class Checkout:
    """A page at the gateway where one order can be paid.

    Gives: `ref`, the gateway's name of the session; `url`, where to send the person; `expires_at`, when the page stops working.
    """

    ref: str
    url: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class RefundMade:
    """Money given back.

    Gives: `ref`, the gateway's name; `key`, the idempotency key it was asked with (empty when it was made on the gateway's own pages).
    """

    ref: str
    key: str
    amount: Money
    status: RefundStatus


@dataclass(frozen=True)
class Collected:
    """What the gateway says of a session when asked: the only thing a payment may be believed on.

    Gives: `amount` and `currency` (lower case), what was really received once paid, what is asked before; `attempt_key`, the idempotency
    key the session was opened with; `payment_ref`, the gateway's name of the payment, none before a first attempt.
    """

    session_ref: str
    payment_ref: str | None
    order_ref: str
    attempt_key: str
    amount: Money
    currency: str
    livemode: bool
    status: CheckoutStatus
    created_at: dt.datetime
    paid_at: dt.datetime | None = None
    is_disputed: bool = False
    refunds: tuple[RefundMade, ...] = ()


@dataclass(frozen=True)
class PaymentNotice:
    """A genuine notice that something happened at the gateway. It says where to look, never what to believe.

    Gives: `event_id`, unique; `kind`, such as `checkout.session.completed`; `session_ref` or `payment_ref`, where to look;
    both none when it is about neither.
    """

    event_id: str
    kind: str
    session_ref: str | None
    payment_ref: str | None
    livemode: bool
