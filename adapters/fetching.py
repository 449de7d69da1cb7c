"""Fetching a file that somebody attached: from the platform's own addresses alone, and no more of it than is wanted."""

from collections.abc import Collection, Mapping

import aiohttp
from yarl import URL

from adapters.base import Unfetched
from bot.core.events import Attachment
from bot.core.wording import in_marks

SECONDS = 20.0
"""Seconds that a file may take to arrive, from the first byte to the last."""
_CHUNK = 65_536
_OK = 200


def origin_of(address: str) -> str:
    """Give the scheme, host and port of an address; nothing where it is no absolute one."""
    try:
        return str(URL(address).origin())
    except ValueError:
        return ""


async def download(
    file: Attachment, most: int, origins: Collection[str], headers: Mapping[str, str] | None = None
) -> bytes:
    """Fetch a file whose address has one of these origins, and only such: no redirect is followed.

    Raises Unfetched, also where it has more than `most` bytes or takes more than `SECONDS`.
    """
    named = in_marks(file.name)
    if file.typed or origin_of(file.address) not in origins:
        raise Unfetched(f"{named} is no file that was attached here. Attach the file itself.")
    if file.size > most:
        raise too_large(file, file.size, most)
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=SECONDS)) as session,
            session.get(file.address, headers=headers, allow_redirects=False) as answer,
        ):
            if answer.status != _OK:
                raise Unfetched(
                    f"{named} could not be fetched: the platform answered {answer.status}. Attach it again."
                )
            return await _taken_in(answer, file, most)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise Unfetched(
            f"{named} could not be fetched ({type(error).__name__}). Try again in a minute."
        ) from error


def too_large(file: Attachment, size: int, most: int) -> Unfetched:
    """Say that a file is larger than is taken in; `size` is in bytes, 0 where it is not known."""
    has = f"has {size:,} bytes" if size else "is larger than that"
    return Unfetched(f"{in_marks(file.name)} {has}, and a page has at most {most:,} bytes.")


async def _taken_in(answer: aiohttp.ClientResponse, file: Attachment, most: int) -> bytes:
    """Take in the body as it comes, unpacked, up to one byte more than is wanted."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) > most:
            raise too_large(file, 0, most)
    return bytes(body)
