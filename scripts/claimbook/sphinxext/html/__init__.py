"""What the built pages get: head, templates, styles, scripts."""
