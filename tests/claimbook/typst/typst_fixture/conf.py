"""A small book that has one of everything the PDF builder sets."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = html_title = "The Trial Book"
author = "A. Writer; B. Writer"
release = "1.2"
language = "en"
numfig = True
smartquotes = False
extensions = ["myst_nb", "sphinx_design", "sphinxcontrib.bibtex", "claimbook.typst", "stand_ins"]
bibtex_bibfiles = ["refs.bib"]
nb_execution_mode = "off"
nb_render_markdown_format = "myst"
myst_enable_extensions = ["deflist", "colon_fence", "fieldlist", "dollarmath", "attrs_inline"]
typst_subtitle = "A trial"
typst_description = "A book for trying the builder."
typst_keywords = ["harbours", "trial"]
typst_licence = "CC BY 4.0"
typst_cite = "Writer and Writer, The Trial Book."
typst_evidence_parts = ["Reference"]
