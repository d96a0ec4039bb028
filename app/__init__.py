"""Throughline: a private social platform for networked improvement communities."""
