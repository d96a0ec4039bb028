"""What happened to standards."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ImportAsked(Event):
    """A network sent a file, or an address, to be imported."""

    import_id: int


@dataclass(frozen=True)
class ImportTaken(Event):
    """A person looked at what was read, and wants it."""

    import_id: int


@dataclass(frozen=True)
class ImportDropped(Event):
    """A person does not want it; its bytes are under `blob_key`."""

    blob_key: str


@dataclass(frozen=True)
class StandardRecoded(Event):
    """A standard that may be named already has another code or label now."""

    standard_id: int


@dataclass(frozen=True)
class FrameworksChosen(Event):
    """A network names standards from other frameworks than before."""

    network_id: int
