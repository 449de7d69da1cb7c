"""The importer: from a page as people have it to proposals that a person approves."""
