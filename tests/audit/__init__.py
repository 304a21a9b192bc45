"""The audit room: published vectors, properties, and every way of altering a log that we could think of."""
