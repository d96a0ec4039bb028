"""Tests of proposals to change the norms."""
