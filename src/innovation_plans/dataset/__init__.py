"""Tables of records that agree with one another: load, extend, compare editions, cite."""
