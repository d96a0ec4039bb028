"""What a server loads: `gunicorn --config gunicorn.conf.py wsgi:app`, and the `flask` command line."""

import sys

from app import create_app
from config import ConfigurationError

try:
    app = create_app()
except ConfigurationError as error:
    sys.exit(f"Throughline cannot start: {error}")
