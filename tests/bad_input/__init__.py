"""Bad input: mutations of a good directory, bad files of every kind, and what fuzzing found."""
