"""The pack of a meeting: what the body is shown of every introduction at one moment, and what has changed since."""
