"""The console: the reference rendering, and the bot's own terminal."""
