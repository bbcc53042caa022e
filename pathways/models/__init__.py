"""The rows, by theme. A row class names the columns and their keys; it decides nothing."""
