"""Slack: slash commands, buttons and modals in; blocks out. `app` has the platform, `manifest` the app's manifest."""
