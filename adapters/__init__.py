"""Console, Discord, Slack and the clock: translate in, dispatch, translate out."""
