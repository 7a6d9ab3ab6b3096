"""The two ciphers under one face: nonce, text and associated data in, text with tag out."""

from __future__ import annotations

from typing import Protocol

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["NONCE_BYTES", "TAG_BYTES", "AesGcm", "Cipher", "Sm4Gcm"]

NONCE_BYTES = 12
TAG_BYTES = 16


class Cipher(Protocol):
    """Authenticated encryption; `decrypt` raises `cryptography.exceptions.InvalidTag`."""

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes, /) -> bytes:
        """Ciphertext followed by the tag of 16 bytes."""

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes, /) -> bytes:
        """The plain bytes, once the tag has been found right."""


class AesGcm:
    """AES-256-GCM."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes, /) -> bytes:
        """See `Cipher.encrypt`."""
        return self._cipher.encrypt(nonce, plain, associated)

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes, /) -> bytes:
        """See `Cipher.decrypt`."""
        return self._cipher.decrypt(nonce, sealed, associated)


class Sm4Gcm:
    """SM4-GCM (RFC 8998); `cryptography` has no ready-made AEAD class for it."""

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, plain: bytes, associated: bytes, /) -> bytes:
        """See `Cipher.encrypt`."""
        encryptor = BlockCipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated)
        return encryptor.update(plain) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, sealed: bytes, associated: bytes, /) -> bytes:
        """See `Cipher.decrypt`."""
        body, tag = sealed[:-TAG_BYTES], sealed[-TAG_BYTES:]
        decryptor = BlockCipher(self._algorithm, modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(associated)
        return decryptor.update(body) + decryptor.finalize()
