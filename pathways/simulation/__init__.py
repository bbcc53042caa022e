"""An invented region on the real engine: the simulation of many months, and the demo's furnished database."""
