"""Between words and numbers, in Chinese and English: figures, labels, tables as text."""
