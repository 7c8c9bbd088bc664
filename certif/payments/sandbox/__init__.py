"""The sandbox: a gateway on this machine that speaks Stripe's protocol and charges nobody.

It is a little WSGI application of its own. The site mounts it in the demo; tests start it alone, on a loopback address. Nothing of the site
is in it, and the site reaches it only through the `stripe` library. Its state is one file: it may be served by several processes,
and killed at any instant. `POST /_mode` tells it to misbehave.
"""

from certif.payments.sandbox.app import MODES, Sandbox
from certif.payments.sandbox.server import serving

__all__ = ["MODES", "Sandbox", "serving"]
