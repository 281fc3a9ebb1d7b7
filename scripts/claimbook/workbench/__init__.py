"""The workbench: a text coded into claims, and two passes compared, in JupyterLab."""
