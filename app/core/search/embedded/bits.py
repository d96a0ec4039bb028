"""Sets of document numbers as bits of one big integer: union, intersection and counting in C."""

from collections.abc import Iterable, Iterator


def of(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, each below `size`."""
    flags = bytearray(size // 8 + 1)
    for number in numbers:
        flags[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


def every(size: int) -> int:
    """All numbers below `size`."""
    return (1 << size) - 1


def numbers(bits: int) -> Iterator[int]:
    """The numbers of a set, in order."""
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            for number in _IN_BYTE[byte]:
                yield place * 8 + number


_IN_BYTE = [[bit for bit in range(8) if byte >> bit & 1] for byte in range(256)]
