"""What the worker does for files after a commit; each may run twice."""

from app.core.doors import closed
from app.core.events import on
from app.core.files.events import BlobsUnused, PictureStored
from app.core.files.service import files


@on(PictureStored, slow=True)
@closed("makes a smaller copy behind the same permission")
def make_small_copy(event: PictureStored) -> None:
    files.make_thumbnail(event.file_id)


@on(BlobsUnused, slow=True)
@closed("only removes bytes")
def remove_blobs(event: BlobsUnused) -> None:
    for key in event.keys:
        files.store.delete(key)
