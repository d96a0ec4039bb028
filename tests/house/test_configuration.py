"""The configuration: one table, documented as it is, and wrong values refused with a sentence."""

import stat
from pathlib import Path

import pytest

import config
from config import Config, ConfigurationError
from tests.house import tree

GOOD_KEY = "9f2c4b7a1e8d3056c7b2a9f4e1d8063b5a7c"


def made(tmp_path: Path, **environ: str) -> Config:
    return Config.from_environment({"DATA_DIR": str(tmp_path), **environ})


def test_the_documentation_has_the_table() -> None:
    page = tree.read(Path("docs/configuration.md"))
    assert config.table() in page, "copy the output of: python config.py --table"


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = made(tmp_path)
    assert type(settings) is config.Development
    assert (settings.HOST, settings.PORT) == ("127.0.0.1", 5000)
    assert settings.BASE_URL == "http://127.0.0.1:5000"
    assert f"sqlite:///{tmp_path}/throughline.sqlite3" == settings.SQLALCHEMY_DATABASE_URI
    assert settings.MAIL_SERVER is None


def test_a_relative_folder_counts_from_the_top() -> None:
    settings = Config.from_environment({"APP_ENV": "testing", "DATA_DIR": "instance/elsewhere"})
    assert tree.ROOT / "instance" / "elsewhere" == settings.DATA_DIR
    assert not settings.DATA_DIR.exists()


def test_the_secret_key_is_made_once_for_its_owner(tmp_path: Path) -> None:
    place = tmp_path / "new"
    first = made(place).SECRET_KEY
    assert len(first) == 64
    assert made(place).SECRET_KEY == first
    assert stat.S_IMODE((place / "secret-key").stat().st_mode) == 0o600
    assert [file.name for file in place.iterdir()] == ["secret-key"]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ConfigurationError, match="DATA_DIR must be a folder that can be written"):
        made(file)


def test_two_copies_on_one_machine_keep_their_cookies_apart(tmp_path: Path) -> None:
    names = {made(tmp_path, PORT=port).SESSION_COOKIE_NAME for port in ("5000", "5001")}
    assert len(names) == 2


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7"])
def test_development_pages_stay_on_this_machine(tmp_path: Path, host: str) -> None:
    assert made(tmp_path).DEV_PAGES
    assert not made(tmp_path, HOST=host).DEV_PAGES
    assert not made(tmp_path, APP_ENV="production", SECRET_KEY=GOOD_KEY).DEV_PAGES


def test_production_guards_its_cookies(tmp_path: Path) -> None:
    settings = made(tmp_path, APP_ENV="production", SECRET_KEY=GOOD_KEY)
    assert settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert settings.LOG_FORMAT == "json"


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("", "must be set in production"),
        ("   ", "must be set in production"),
        ("short", "is shorter than 32 characters"),
        (GOOD_KEY[:31], "is shorter than 32 characters"),
        ("a" * 64, "has too little variety"),
        ("0123456789" * 5, "has too little variety"),
        ("abcdefghijklmnopqrstuvwxyz0123456789", "has too little variety"),
        ("change-me-" + GOOD_KEY, "looks like a placeholder"),
        ("my-very-long-but-Insecure-1234567890", "looks like a placeholder"),
    ],
)
def test_production_refuses_a_weak_key(tmp_path: Path, key: str, why: str) -> None:
    with pytest.raises(ConfigurationError, match=why) as refused:
        made(tmp_path, APP_ENV="production", SECRET_KEY=key)
    assert "\n" not in str(refused.value)
    assert "1234567890" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("APP_ENV", "staging", "APP_ENV must be one of development, testing, production."),
        ("PORT", "0", "PORT must be a whole number from 1 to 65535."),
        ("PORT", "65536", "PORT must be a whole number from 1 to 65535."),
        ("PORT", "five", "PORT must be a whole number from 1 to 65535."),
        ("PORT", "٥", "PORT must be a whole number from 1 to 65535."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number from 0 to 5."),
        ("DATABASE_URL", "mysql://u:hush@host/x", "DATABASE_URL must be like postgresql://"),
        ("DATABASE_URL", "postgresql://", "DATABASE_URL must be like postgresql://"),
        ("DATABASE_URL", "sqlite://", "DATABASE_URL must be like postgresql://"),
        ("BASE_URL", "network.example.org", "BASE_URL must be an address such as https://"),
        ("BASE_URL", "https://", "BASE_URL must be an address such as https://"),
        ("BASE_URL", "https://host:port", "BASE_URL must be an address such as https://"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must be an address such as redis://"),
        ("MAIL_URL", "mail.example.org", "MAIL_URL must be an address such as smtp://"),
        ("FILES_URL", "s3://bucket", "FILES_URL must be a folder on this machine."),
        ("MAX_UPLOAD_MB", "1.5", "MAX_UPLOAD_MB must be a whole number from 1 to 500."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be one of json, text."),
        ("LOG_LEVEL", "loud", "LOG_LEVEL must be one of debug, info, warning, error."),
        ("WEB_CONNECTIONS", "1", "WEB_CONNECTIONS must be a whole number from 10 to 100000."),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        made(tmp_path, **{name: value})
    assert str(refused.value).startswith(sentence)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("postgresql://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("sqlite:////var/lib/x.sqlite3", "sqlite:////var/lib/x.sqlite3"),
        ("sqlite:///x.sqlite3", f"sqlite:///{tree.ROOT}/x.sqlite3"),
    ],
)
def test_database_addresses(tmp_path: Path, given: str, used: str) -> None:
    assert made(tmp_path, DATABASE_URL=given).SQLALCHEMY_DATABASE_URI == used


def test_a_mail_address_becomes_the_mailers_settings(tmp_path: Path) -> None:
    settings = made(tmp_path, MAIL_URL="smtp://ada:p%40ss@mail.example.org?tls=1")
    assert (settings.MAIL_SERVER, settings.MAIL_PORT, settings.MAIL_USE_TLS) == (
        "mail.example.org",
        587,
        True,
    )
    assert (settings.MAIL_USERNAME, settings.MAIL_PASSWORD) == ("ada", "p@ss")
    safe = made(tmp_path, MAIL_URL="smtps://mail.example.org")
    assert (safe.MAIL_PORT, safe.MAIL_USE_SSL, safe.MAIL_USE_TLS) == (465, True, False)
