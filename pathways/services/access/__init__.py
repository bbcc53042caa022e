"""Who is let in: sessions, one-time links, the region's own login service, and links that open a single task."""
