"""The figures of a report, made from its corpus: pictures, alternative text, data and links."""
