"""files.*: asking for an upload address, completing the upload, and reading about a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.local_slack.api_conversations import reachable
from tests.local_slack.records import StoredFile
from tests.local_slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.local_slack.arguments import Arguments
    from tests.local_slack.records import Channel, Json
    from tests.local_slack.workspace import Workspace


def upload_url(space: Workspace, arguments: Arguments) -> Json:
    """Answer files.getUploadURLExternal."""
    name, length = arguments.needed("filename"), arguments.number("length", 0)
    if length < 1:
        raise RefusalError("invalid_arguments", "missing required field: length")
    file = StoredFile(
        id=space.new_id("F"),
        name=name,
        length=length,
        owner=space.bot_user_id,
        created=space.clock.now(),
    )
    space.files[file.id] = file
    return {"upload_url": f"{space.base_url}/upload/v1/{file.id}", "file_id": file.id}


def upload(space: Workspace, file_id: str, content: bytes) -> None:
    """Take the bytes of a file that was asked for; their number must be what was announced."""
    file = space.files.get(file_id)
    if file is None or file.completed:
        raise RefusalError("file_not_found", status=404)
    if len(content) != file.length:
        raise RefusalError("length_mismatch", status=400)
    file.content = content


def complete_upload(space: Workspace, arguments: Arguments) -> Json:
    """Answer files.completeUploadExternal: the files are shown in the channel, if one is named."""
    listed = arguments.structure("files")
    if not isinstance(listed, list) or not listed:
        raise RefusalError("invalid_arguments", "missing required field: files")
    files = []
    for each in listed:
        file = space.files.get(str(each.get("id")))
        if file is None or file.content is None or file.completed:
            raise RefusalError("file_not_found")
        file.title = str(each.get("title") or file.name)
        files.append(file)
    channels = [_channel(space, word) for word in _names(arguments)]
    for file in files:
        file.completed = True
    for channel in channels:
        for file in files:
            file.shared_in.append(channel.id)
        thread_ts = arguments.text("thread_ts") or None
        space.post(channel, text=arguments.text("initial_comment"), thread_ts=thread_ts, files=files)
    return {"files": [space.file_json(file) for file in files]}


def _names(arguments: Arguments) -> list[str]:
    names = [arguments.text("channel_id"), *arguments.text("channels").split(",")]
    return [name for name in names if name]


def _channel(space: Workspace, word: str) -> Channel:
    channel = space.channels.get(word)
    if channel is None:
        raise RefusalError("invalid_channel")
    reachable(space, channel, to_post=True)
    return channel


def info(space: Workspace, arguments: Arguments) -> Json:
    """Answer files.info."""
    file = space.files.get(arguments.text("file"))
    if file is None or not file.completed:
        raise RefusalError("file_not_found")
    return {"file": space.file_json(file), "comments": [], "response_metadata": {"next_cursor": ""}}
