"""The first pictures of a process, several at once: nothing is left to import while they are written anew."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms

from tests.core.files.samples import moving_gif, picture, png_with_words, sideways_with_place

FRESH = """
import sys
from io import BytesIO
from pathlib import Path
from app.core.files.pictures import clean_picture, thumbnail

before = set(sys.modules)
for path in sorted(Path(sys.argv[1]).iterdir()):
    clean_picture(BytesIO(path.read_bytes()))
    thumbnail(BytesIO(path.read_bytes()))
print(*sorted(set(sys.modules) - before) or ["nothing"])
"""


def test_a_picture_imports_nothing_when_it_comes(tmp_path: Path) -> None:
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    mpo = BytesIO()
    Image.new("RGB", (20, 20)).save(mpo, "MPO", save_all=True, append_images=[Image.new("RGB", (20, 20), 3)])
    samples = [sideways_with_place(), png_with_words(), moving_gif(), picture("WEBP"), picture("GIF")]
    samples += [picture(icc_profile=colours), mpo.getvalue()]
    for number, sample in enumerate(samples):
        (tmp_path / str(number)).write_bytes(sample)

    ran = subprocess.run(
        [sys.executable, "-c", FRESH, str(tmp_path)], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout.strip()) == (0, "nothing"), ran.stderr
