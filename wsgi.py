"""Where servers and `flask --app wsgi` find the application."""

import gc
import logging

gc.disable()  # reading the house makes a million objects that all stay: looking through them meanwhile is a fifth of a start
from certif import cli
from certif.app import create_app
from certif.kit import tallies

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("alembic").setLevel(logging.WARNING)
app = create_app()
cli.install(app, create_app)
tallies.keep_writing(app)
gc.freeze()  # nor do they have to be looked through later, and workers that are forked share them
gc.enable()
