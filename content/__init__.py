"""The library: article files, their loader, and the importer that proposes them."""
