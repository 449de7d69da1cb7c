"""The gateway's transport compression: one stream for a whole connection, flushed after each payload."""

import struct
import zlib
from typing import Protocol

_ZSTD_MAGIC = 0xFD2FB528
_NO_SINGLE_SEGMENT, _WINDOW_OF_128_KIB = 0x00, 0x38
_RAW_BLOCK, _BLOCK_LIMIT = 0, 128 * 1024


class Encoder(Protocol):
    """Turns payloads into what travels."""

    def encode(self, payload: bytes) -> bytes:
        """Return the next piece of the stream, which holds the payload whole."""


class ZlibStream:
    """`compress=zlib-stream`: each payload ends in a sync flush."""

    def __init__(self) -> None:
        self._stream = zlib.compressobj()

    def encode(self, payload: bytes) -> bytes:
        """Return the next piece of the stream, which holds the payload whole."""
        return self._stream.compress(payload) + self._stream.flush(zlib.Z_SYNC_FLUSH)


class ZstdStream:
    """`compress=zstd-stream`: one frame of raw blocks.

    Every decoder takes a frame whose blocks are stored rather than squeezed, so that no library is needed.
    """

    def __init__(self) -> None:
        self._begun = False

    def encode(self, payload: bytes) -> bytes:
        """Return the next piece of the stream, which holds the payload whole."""
        header = (
            b"" if self._begun else struct.pack("<IBB", _ZSTD_MAGIC, _NO_SINGLE_SEGMENT, _WINDOW_OF_128_KIB)
        )
        self._begun = True
        pieces = [payload[start : start + _BLOCK_LIMIT] for start in range(0, len(payload), _BLOCK_LIMIT)]
        return header + b"".join(_block_header(len(piece)) + piece for piece in pieces)


def _block_header(size: int) -> bytes:
    """Return the three bytes before a block that is not the last: the size above two bits of type and one flag."""
    return (size << 3 | _RAW_BLOCK << 1).to_bytes(3, "little")


def encoder_for(asked: str | None) -> Encoder | None:
    """Return the encoder that the gateway's address asks for, None for plain text.

    Raises:
        ValueError: The address asks for a compression that Discord does not know.
    """
    if asked is None:
        return None
    if asked == "zlib-stream":
        return ZlibStream()
    if asked == "zstd-stream":
        return ZstdStream()
    raise ValueError(asked)
