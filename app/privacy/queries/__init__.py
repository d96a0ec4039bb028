"""What was found in files, as it was kept."""

from app.privacy.queries.looks import found_in

__all__ = ["found_in"]
