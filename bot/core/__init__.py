"""What the bot knows and decides: pure and synchronous, values in and values out."""
