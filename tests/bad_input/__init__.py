"""Bad input: changes of valid data, bad files of every kind, and what fuzzing found."""
