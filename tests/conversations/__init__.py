"""Conversations: private to their people, and to nobody else."""
