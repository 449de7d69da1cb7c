"""Answering in time: both platforms give up on an interaction that is not acknowledged within three seconds."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from bot.core.effects import Reply

PATIENCE = 1.5
"""Seconds to wait for the core before acknowledging without its answer."""


async def in_time(
    answer: Coroutine[Any, Any, Sequence[Reply]],
    defer: Callable[[], Awaitable[None]] | None,
    patience: float = PATIENCE,
) -> tuple[Sequence[Reply], bool]:
    """Await the core's answer; after `patience` seconds call `defer` once, and go on waiting.

    `defer` is None for what is never deferred: forms, field errors and completions. Gives the replies, and whether
    the interaction was deferred.
    """
    task = asyncio.ensure_future(answer)
    done, _ = await asyncio.wait({task}, timeout=patience if defer else None)
    deferred = not done and defer is not None
    if deferred and defer is not None:
        await defer()
    return await task, deferred
