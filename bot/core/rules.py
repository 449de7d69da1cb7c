"""The rules of a community: what its moderators have set, and where they have not, what the host has."""

from dataclasses import replace

from bot.core.ports import Ports, Rules
from bot.core.ports.settings import FAST, POINTS, SECONDS


def rules_of(ports: Ports, community: str) -> Rules:
    """Give the rules by which a community plays."""
    found = ports.settings.quiz(community)
    if not found:
        return ports.rules
    rules = ports.rules
    return replace(
        rules,
        quiz_seconds=found.get(SECONDS, rules.quiz_seconds),
        points_right=found.get(POINTS, rules.points_right),
        points_fast=found.get(FAST, rules.points_fast),
    )
