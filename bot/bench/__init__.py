"""`python -m bot bench`: the figures this project is held to, each beside a floor measured in the same run."""
