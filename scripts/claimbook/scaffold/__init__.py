"""New reports: an empty report on another subject, and changes of what a report is built on."""
