"""Reading 1EdTech CASE packages (1.0 and 1.1), as they are sent and as they should be.

`read_packages(bytes)` gives what was understood, and says what was not; `place` makes the tree. Nothing in
here knows the database.
"""

from app.standards.queries.case.nouns import Item, Link, NotAPackage, Package, Problems
from app.standards.queries.case.reading import LARGEST, read_packages
from app.standards.queries.case.tree import Place, place

__all__ = ["LARGEST", "Item", "Link", "NotAPackage", "Package", "Place", "Problems", "place", "read_packages"]
