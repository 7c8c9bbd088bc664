"""What machines ask: alive, able to serve, and figures for Prometheus."""

from __future__ import annotations

import ipaddress
import os
import time

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client import REGISTRY as OWN_REGISTRY
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import NotFound

from certif.kit import db, jobs
from certif.kit.access import ANYONE, audience

checks = Blueprint("health", __name__)

_requests = Counter("certif_requests_total", "Requests answered", ["endpoint", "method", "status"])
_seconds = Histogram("certif_request_seconds", "Time to answer", ["endpoint"])
_pending = Gauge("certif_jobs_pending", "Jobs that are due and not done", multiprocess_mode="mostrecent")


@checks.route("/healthz")
@audience(ANYONE)
def alive() -> Response:
    """Say that the process answers."""
    return jsonify(status="ok")


@checks.route("/readyz")
@audience(ANYONE)
def ready() -> tuple[Response, int]:
    """Say whether the site can serve: the database answers, and how many jobs wait."""
    if not db.is_alive():
        return jsonify(status="unavailable", database="down", pending_jobs=None), 503
    return jsonify(status="ok", database="up", pending_jobs=jobs.pending()), 200


@checks.route("/metrics")
@audience(ANYONE)
def metrics() -> Response:
    """Give the figures to whoever asks from this machine or its private network; to others there is nothing here."""
    if not ipaddress.ip_address(request.remote_addr or "127.0.0.1").is_private:
        raise NotFound
    try:
        _pending.set(jobs.pending())
    except DBAPIError:
        _pending.set(-1)
    registry = OWN_REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def install(app: Flask) -> None:
    """Count and time every request."""
    app.register_blueprint(checks)

    @app.before_request
    def start() -> None:
        g.started = time.monotonic()

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "none"
        _requests.labels(endpoint, request.method, response.status_code).inc()
        _seconds.labels(endpoint).observe(time.monotonic() - g.get("started", time.monotonic()))
        return response
