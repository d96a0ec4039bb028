"""Configuration: every environment variable, read here once, refused here when it is wrong.

Nouns: a *variable* is a line of `VARIABLES`; an *environment* is `Development`, `Testing` or `Production`,
chosen by APP_ENV. `Config.from_environment(os.environ)` makes what `app.config.from_object` wants; a wrong
value raises `ConfigurationError` with one sentence for a person. `python config.py` says whether the
values here would start; with `--table` it prints the table that docs/configuration.md holds.
"""

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import secret_key
from config_values import database, folder, key, one_of, program, url, whole_number

LOOPBACK = ("127.0.0.1", "::1", "localhost")


class ConfigurationError(ValueError):
    """A setting with which Throughline must not start; the message is one sentence for a person."""


@dataclass(frozen=True)
class Variable:
    """`parse` raises ValueError with what the value must be; `shown` is the default as people read it."""

    name: str
    default: str
    parse: Callable[[str], Any]
    meaning: str
    shown: str = ""


# fmt: off
VARIABLES = (
    Variable("APP_ENV", "development", one_of("development", "testing", "production"),
             "`development`, `testing` or `production`, which wants https in front and a SECRET_KEY."),
    Variable("HOST", "127.0.0.1", str, "The address on which the web process listens."),
    Variable("PORT", "5000", whole_number(1, 65535), "The port on which the web process listens."),
    Variable("DATA_DIR", "instance", folder,
             "Where all that must be kept lies: database, files, search index, development mail."),
    Variable("DATABASE_URL", "", database,
             "SQLite or PostgreSQL: `postgresql://user:password@host/name`.", "an SQLite file in DATA_DIR"),
    Variable("SECRET_KEY", "", str,
             "Signs cookies and links; at least 32 random characters. Keep it secret, and keep it the same.",
             "required in production; elsewhere made once, in DATA_DIR/secret-key"),
    Variable("SEAL_KEY", "", key, "Opens what is shared without a name; at least 32 random characters.",
             "made once, in DATA_DIR-seal/seal-key: beside DATA_DIR, never in its backups"),
    Variable("SEALED_DATABASE", "", folder, "The file that keeps, encrypted, who shared without their name.",
             "DATA_DIR/sealed.sqlite3"),
    Variable("BASE_URL", "", url("https://network.example.org", "http", "https"),
             "The address that people type; links in mail begin with it.", "http://HOST:PORT"),
    Variable("TRUSTED_PROXIES", "0", whole_number(0, 5),
             "How many proxies of your own stand in front; so many `X-Forwarded-For` entries are believed."),
    Variable("REDIS_URL", "", url("redis://localhost:6379/0", "redis", "rediss", "unix"),
             "A Redis for jobs, rate limits and waking other processes; needed only with several machines.",
             "none: SQLite files and memory do it"),
    Variable("MAIL_URL", "", url("smtp://user:password@mail.example.org:587?tls=1", "smtp", "smtps"),
             "The mail server: `smtp://user:password@host:port?tls=1`, or `smtps://`.",
             "none: in development mail is kept, and shown at /dev/mail"),
    Variable("MAIL_FROM", "Throughline <throughline@localhost>", str, "The sender of mail."),
    Variable("FILES_URL", "", folder, "The folder for uploaded files.", "DATA_DIR/files"),
    Variable("FETCH_OUTSIDE", "off", one_of("on", "off"),
             "Whether the worker may fetch public addresses that facilitators give."),
    Variable("MAX_UPLOAD_MB", "50", whole_number(1, 500),
             "The largest upload, in megabytes; pictures at most 20, plain text at most 5."),
    Variable("STORAGE_PER_MEMBER_MB", "2000", whole_number(1, 1_000_000),
             "How much one member's files may take up in a network, in megabytes."),
    Variable("STORAGE_PER_NETWORK_MB", "50000", whole_number(1, 100_000_000),
             "How much all files of one network may take up, in megabytes."),
    Variable("PACE", "1", whole_number(1, 1000),
             "How many times the usual pace members may share at: more for a day of writing together."),
    Variable("CLAMD_URL", "", url("tcp://127.0.0.1:3310", "tcp", "unix"),
             "A virus scanner (clamd): `tcp://host:port` or `unix:///socket`. Uploads wait for it.",
             "none: nothing is scanned"),
    Variable("CONVERTER", "", program,
             "LibreOffice's `soffice`, which draws the pages of office files; `none` does without.",
             "`soffice` where it is installed"),
    Variable("METRICS_TOKEN", "", str,
             "Lets a monitor elsewhere read /metrics, with `Authorization: Bearer …`.",
             "none: /metrics answers only to this machine"),
    Variable("LOG_FORMAT", "", one_of("json", "text"),
             "`json` or `text`. Logs never hold what people wrote.", "`json` in production, else `text`"),
    Variable("LOG_LEVEL", "info", one_of("debug", "info", "warning", "error"),
             "`debug`, `info`, `warning` or `error`: logged from there on."),
    Variable("WEB_CONNECTIONS", "2000", whole_number(10, 100_000), "Open connections that web takes."),
)
# fmt: on


class Config:
    """What every environment shares. Attributes in capitals become `app.config`."""

    TESTING = False
    DEV_PAGES = False
    """Whether /dev/mail and /styleguide exist; never beyond this machine."""
    STYLEGUIDE = False
    log_format = "text"

    SQLALCHEMY_ENGINE_OPTIONS = {"hide_parameters": True}  # what people wrote stays out of logs
    SESSION_COOKIE_NAME = "throughline"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_SECURE = False
    PERMANENT_SESSION_LIFETIME = timedelta(days=30)
    WTF_CSRF_TIME_LIMIT = None
    """The token lives as long as the session: a form that stood open overnight still sends."""
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
    MAX_FORM_PARTS = 1000

    @staticmethod
    def from_environment(environ: Mapping[str, str]) -> "Config":
        """The configuration that these environment variables ask for. Raises ConfigurationError."""
        values = read(environ)
        return ENVIRONMENTS[values["APP_ENV"]](values)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.APP_ENV: str = values["APP_ENV"]
        self.HOST: str = values["HOST"]
        self.PORT: int = values["PORT"]
        self.DATA_DIR: Path = values["DATA_DIR"]
        own_file = f"sqlite:///{self.DATA_DIR / 'throughline.sqlite3'}"
        self.SQLALCHEMY_DATABASE_URI: str = values["DATABASE_URL"] or own_file
        self.SEAL_KEY: str | None = values["SEAL_KEY"]
        self.SEAL_KEY_FILE: Path = self.DATA_DIR.with_name(f"{self.DATA_DIR.name}-seal") / "seal-key"
        self.SEALED_DATABASE: Path = values["SEALED_DATABASE"] or self.DATA_DIR / "sealed.sqlite3"
        self.SECRET_KEY: str = self.secret_key(values["SECRET_KEY"])
        self.BASE_URL: str = values["BASE_URL"] or self.own_address()
        self.TRUSTED_PROXIES: int = values["TRUSTED_PROXIES"]
        self.REDIS_URL: str | None = values["REDIS_URL"]
        self.RATELIMIT_STORAGE_URI = self.REDIS_URL or "memory://"
        self.FILES_DIR: Path = values["FILES_URL"] or self.DATA_DIR / "files"
        self.FETCH_OUTSIDE: bool = values["FETCH_OUTSIDE"] == "on"
        self.MAX_UPLOAD_BYTES = values["MAX_UPLOAD_MB"] * 1024 * 1024
        self.MAX_CONTENT_LENGTH = self.MAX_UPLOAD_BYTES + 1024 * 1024  # and the rest of the form
        self.STORAGE_PER_MEMBER_BYTES = values["STORAGE_PER_MEMBER_MB"] * 1024 * 1024
        self.STORAGE_PER_NETWORK_BYTES = values["STORAGE_PER_NETWORK_MB"] * 1024 * 1024
        self.PACE: int = values["PACE"]
        self.CLAMD_URL: str | None = values["CLAMD_URL"]
        found = shutil.which("soffice") if values["CONVERTER"] is None else values["CONVERTER"]
        self.CONVERTER: str | None = found or None
        self.METRICS_TOKEN: str | None = values["METRICS_TOKEN"]
        self.LOG_FORMAT: str = values["LOG_FORMAT"] or self.log_format
        self.LOG_LEVEL: str = values["LOG_LEVEL"]
        self.WEB_CONNECTIONS: int = values["WEB_CONNECTIONS"]
        self.MAIL_DEFAULT_SENDER: str = values["MAIL_FROM"]
        self.MAIL_URL: str | None = values["MAIL_URL"]
        self.read_mail_url(self.MAIL_URL)

    def own_address(self) -> str:
        host = "127.0.0.1" if self.HOST in ("0.0.0.0", "::") else self.HOST  # noqa: S104
        return f"http://[{host}]:{self.PORT}" if ":" in host else f"http://{host}:{self.PORT}"

    def read_mail_url(self, address: str | None) -> None:
        """Flask-Mailman's settings from one address."""
        parts = urlsplit(address or "")
        self.MAIL_SERVER = parts.hostname
        self.MAIL_USE_SSL = parts.scheme == "smtps"
        self.MAIL_USE_TLS = parse_qs(parts.query).get("tls") == ["1"] and not self.MAIL_USE_SSL
        self.MAIL_PORT = parts.port or (465 if self.MAIL_USE_SSL else 587 if self.MAIL_USE_TLS else 25)
        self.MAIL_USERNAME = unquote(parts.username) if parts.username else None
        self.MAIL_PASSWORD = unquote(parts.password) if parts.password else None
        self.MAIL_TIMEOUT = 20

    def secret_key(self, given: str | None) -> str:
        try:
            return given or secret_key.kept(self.DATA_DIR)
        except OSError as error:
            raise ConfigurationError(
                f"DATA_DIR must be a folder that can be written: {self.DATA_DIR}."
            ) from error


class Development(Config):
    """On one's own machine: http, mail kept and shown, a secret key made on the first start."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.DEV_PAGES = self.STYLEGUIDE = self.HOST in LOOPBACK
        # Cookies know no port: without this, two copies on one machine would sign each other's people out.
        self.SESSION_COOKIE_NAME = f"throughline-{self.PORT}"


class Testing(Config):
    """Under pytest: no throttling, no tokens in forms (their own tests switch both on)."""

    TESTING = True
    DEV_PAGES = True
    STYLEGUIDE = True
    WTF_CSRF_ENABLED = False
    RATELIMIT_ENABLED = False

    def secret_key(self, given: str | None) -> str:
        return given or "the-tests-know-this-one-and-nobody-else-uses-it"


class Production(Config):
    """For people: https in front, a secret key of one's own."""

    log_format = "json"
    # `__Host-`: the browser sends it only over https, and only to exactly this host.
    SESSION_COOKIE_NAME = "__Host-throughline"
    SESSION_COOKIE_SECURE = True
    PREFERRED_URL_SCHEME = "https"

    def secret_key(self, given: str | None) -> str:
        if weakness := secret_key.weakness_of(given or ""):
            raise ConfigurationError(f"SECRET_KEY {weakness}; {secret_key.HOW_TO_MAKE_ONE}.")
        return str(given)


ENVIRONMENTS = {"development": Development, "testing": Testing, "production": Production}


def read(environ: Mapping[str, str]) -> dict[str, Any]:
    """Each variable's value; None where it is empty and has no default. Raises ConfigurationError."""
    values: dict[str, Any] = {}
    for variable in VARIABLES:
        given = environ.get(variable.name, "").strip() or variable.default
        try:
            values[variable.name] = variable.parse(given) if given else None
        except ValueError as error:
            # The value itself is not repeated: an address may hold a password.
            raise ConfigurationError(f"{variable.name} must be {error}.") from error
    return values


def table() -> str:
    """The variables as the table in docs/configuration.md."""
    rows = [f"| `{each.name}` | {each.shown or f'`{each.default}`'} | {each.meaning} |" for each in VARIABLES]
    return "\n".join(["| Variable | Default | What it does |", "| --- | --- | --- |", *rows])


def main(arguments: list[str]) -> int:
    try:
        print(table() if arguments == ["--table"] else Config.from_environment(os.environ).APP_ENV)
    except ConfigurationError as error:
        print(f"Throughline cannot start: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
