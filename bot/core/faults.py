"""Faults of the program: what it should have got right."""


class BotFault(Exception):  # noqa: N818 - the counterpart of UserMistake
    """Something the program should have got right. Logged with its details; the person gets a reference."""


class CardFault(BotFault):
    """A card or form that no platform could show: it breaks a limit, and so cannot be constructed."""
