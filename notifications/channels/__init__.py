"""The ways out: each channel takes one rendered message to one person. Which ways a message takes is `delivery`'s."""
