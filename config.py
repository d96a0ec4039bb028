"""Settings from the environment. Placeholder until the tooling branch lands."""

from collections.abc import Mapping
from pathlib import Path


class Config:
    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> object:
        settings = cls()
        data = Path(environ.get("DATA_DIR", "instance")).resolve()
        data.mkdir(parents=True, exist_ok=True)
        settings.APP_ENV = environ.get("APP_ENV", "development")
        settings.DATA_DIR = data
        settings.SECRET_KEY = environ.get("SECRET_KEY", "development-only-development-only-1234")
        settings.SQLALCHEMY_DATABASE_URI = environ.get("DATABASE_URL", f"sqlite:///{data}/throughline.db")
        settings.BASE_URL = environ.get("BASE_URL", "http://127.0.0.1:5000")
        settings.REDIS_URL = environ.get("REDIS_URL")
        return settings
