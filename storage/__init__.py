"""SQLite: the implementations of the ports that the core declares."""
