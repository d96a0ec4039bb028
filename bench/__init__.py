"""Benchmarks against a server started as production would be. `bin/bench --help` lists them.

Nothing here is a test: machines are shared and noisy, so figures are read side by side, as
ratios, counts and percentiles of one run.
"""
