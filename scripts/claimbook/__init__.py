"""An engine for reports that argue from annotated corpora.

It knows claims, sources, themes, likelihood, figures and pages; what a report is about stands in
the report's own `report.toml`, tables and chapters.
"""
