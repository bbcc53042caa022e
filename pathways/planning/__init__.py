"""Planning by the calendar: consultation windows, loops, meetings, the way back from a board date. Pure."""
