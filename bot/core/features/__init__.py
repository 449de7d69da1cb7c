"""What members and moderators can ask for: one file a feature."""
