"""Threads: long talks, read in order."""
