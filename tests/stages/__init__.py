"""Stages: the same conversation in the console, on Discord and on Slack, and what people see of it."""

from tests.stages.seen import CHANNEL, Seen, Stage
from tests.stages.stages import STAGES, on_stage

__all__ = ["CHANNEL", "STAGES", "Seen", "Stage", "on_stage"]
