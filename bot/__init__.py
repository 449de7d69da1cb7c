"""The bot: a pure core, and what stands around it."""
