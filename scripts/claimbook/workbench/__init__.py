"""The workbench: a text coded into claims, and two passes compared, in JupyterLab."""

from claimbook.workbench.widget import Workbench

__all__ = ["Workbench"]
