"""Discord: what people do there becomes events, and what the core answers becomes discord.py's calls.

`client.DiscordPlatform` is the platform. Rendering and the invitation need no discord.py, so that nothing here is
loaded that is not used: the library takes most of a second.
"""
