"""The annotated corpus: data in, data out; draws nothing."""
