"""When things happen by the clock: each flow is a name, a schedule and one call into the use cases."""
