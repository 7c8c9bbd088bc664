"""Where servers and `flask --app wsgi` find the application."""

import logging

from certif import cli, directory
from certif.app import create_app

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("alembic").setLevel(logging.WARNING)
app = create_app()
cli.install(app, create_app)
directory.keep_writing(app)
