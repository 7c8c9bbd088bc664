"""Where servers and `flask --app wsgi` find the application."""

import logging

from certif import cli
from certif.app import create_app
from certif.kit import tallies

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("alembic").setLevel(logging.WARNING)
app = create_app()
cli.install(app, create_app)
tallies.keep_writing(app)
