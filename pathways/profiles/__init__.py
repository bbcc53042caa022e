"""A region's profile: what differs between regions, as checked data. The process itself is in states."""
