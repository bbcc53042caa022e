"""Makes files that people print, send and paste: PDF from pages of our own, pictures from our own drawings."""
