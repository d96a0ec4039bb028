"""Tokens: random words that open something, and how they are kept without being readable.

Nouns: a *token* is 256 random bits in an address or a cookie; its *fingerprint* (SHA-256) is what the
database holds; a *derived* token is computed from the secret key and a stored nonce, so that the worker
can write it into a mail without anybody having stored it; a *keyed* hash names somebody to us only.

Rules: compare tokens by their fingerprints, in the database; every use has a purpose of its own, so that
a token for one thing never opens another.
"""

import base64
import hashlib
import hmac
import secrets

from flask import current_app


def new_token() -> str:
    """A fresh token of 256 random bits, 43 characters that an address can carry."""
    return secrets.token_urlsafe(32)


def new_nonce() -> str:
    """128 random bits to derive a token from; not a secret by itself."""
    return secrets.token_hex(16)


def fingerprint(token: str) -> str:
    """What is stored of a token: 64 hexadecimal characters."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def derived(purpose: str, nonce: str) -> str:
    """The token that this nonce stands for, 43 characters; nobody can make it without the secret key."""
    return base64.urlsafe_b64encode(_mac(f"token:{purpose}", nonce)).decode().rstrip("=")


def keyed(purpose: str, value: str) -> str:
    """A hash that only we can make: it recognises `value` again and does not tell it."""
    return _mac(f"keyed:{purpose}", value).hex()


def _mac(purpose: str, value: str) -> bytes:
    key = current_app.config["SECRET_KEY"]
    message = f"{purpose}\0{value}".encode("utf-8", "surrogatepass")
    return hmac.new(key if isinstance(key, bytes) else key.encode(), message, "sha256").digest()
