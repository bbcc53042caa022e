"""The review of a learning loop: what is foretold, written together, signed, and added afterwards."""
