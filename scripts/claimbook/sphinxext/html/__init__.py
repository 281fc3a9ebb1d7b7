"""The HTML pages: head, templates, style sheets, scripts and icons."""
