"""How gunicorn serves Throughline: one gevent process holds the pages and the sockets.

Several processes need sticky sessions in front; see docs/deploy.md before raising `workers`.
"""

import os
import sys

from config import Config, ConfigurationError

try:
    settings = Config.from_environment(os.environ)
except ConfigurationError as error:
    sys.exit(f"Throughline cannot start: {error}")

_host = f"[{settings.HOST}]" if ":" in settings.HOST else settings.HOST
bind = f"{_host}:{settings.PORT}"
worker_class = "gevent"
workers = 1
worker_connections = settings.WEB_CONNECTIONS
graceful_timeout = 5
timeout = 60
keepalive = 75
# The application logs its own requests; gunicorn says only what concerns the process.
loglevel = "warning"
accesslog = None
# The proxies that the application itself trusts are counted in TRUSTED_PROXIES.
forwarded_allow_ips = ""
proc_name = "throughline"
