"""How much is read of one file, and with how much of the machine. Sizes in bytes, times in seconds."""

MEMORY = 1_200 * 1024 * 1024
CPU = 30
WALL = 40
"""Then the process is killed, whatever it does."""
ENOUGH = 18
"""After so long no more pictures are made; what was read until then is kept."""
CONVERTING = 60
UNPACK_MEMORY, UNPACK_CPU, UNPACK_WALL = 400 * 1024 * 1024, 20, 40
"""For an archive that somebody waits for."""
LARGEST_OUTPUT = 64 * 1024 * 1024
MOST_OPEN = 128

PAGES = 400
"""Pages, slides, sheets or parts of one file."""
PICTURES = 80
LETTERS_OF_ONE = 20_000
LETTERS = 600_000
ROWS, COLUMNS = 100, 26
"""Of a table, as the preview shows it."""
ROWS_READ = 2_000
"""Of a sheet, for the search."""
BLOCKS = 400
CELL = 300
ENTRIES = 5_000
UNPACKED = 300 * 1024 * 1024
RATIO, RATIO_FROM = 150, 20 * 1024 * 1024
"""An archive that unpacks to more than so much may be so many times its size."""
XML_PART = 60 * 1024 * 1024
PICTURE_PIXELS = 50_000_000
PICTURE_EDGE = 4_096
PICTURE_CPU, PICTURE_WALL = 20, 30
"""For one picture that somebody waits for."""
IDLE = 3_600
"""A process that waits for a picture for so long goes."""
PAGE_WIDTH, PAGE_HEIGHT = 1_000, 1_600
THUMB = 480
