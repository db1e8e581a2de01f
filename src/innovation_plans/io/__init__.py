"""Files: one module for each format, and the rows of text that readers give."""
