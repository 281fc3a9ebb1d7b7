"""The workbench: a text coded into claims, and two passes compared, in JupyterLab."""

from claimbook.workbench.comparison import Comparison
from claimbook.workbench.widget import Workbench

__all__ = ["Comparison", "Workbench"]
