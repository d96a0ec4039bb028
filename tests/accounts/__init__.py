"""Accounts: who may come in, and what becomes of those who leave."""
