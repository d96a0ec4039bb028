"""Faults: real processes that are killed, filled, locked and cut off, and what is left afterwards."""
