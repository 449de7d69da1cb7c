"""Conversations, contracts, renderings, and the real clients against local servers."""
