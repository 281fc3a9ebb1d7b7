"""What the page on the data tells readers to type works on the files that it offers."""

import re
import shutil
import subprocess
import sys

import pytest
from claimbook.export import archive
from claimbook.paths import project

PAGE = project().chapters / "data.md"


@pytest.fixture(scope="module")
def unpacked(whole_corpus, tmp_path_factory):
    """A folder as a reader has it who unpacked the archive."""
    folder = tmp_path_factory.mktemp("data")
    archive.write_exports(whole_corpus, folder)
    shutil.unpack_archive(folder / archive.archive_name(), folder)
    return folder


def test_what_the_page_tells_to_type_in_python_works(unpacked, whole_corpus):
    blocks = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    python = [sys.executable, "-X", "utf8", "-c"]
    pandas, annotations = (
        subprocess.run([*python, b], cwd=unpacked, capture_output=True, encoding="utf-8")
        for b in blocks
    )
    assert pandas.returncode == 0, pandas.stderr
    argued = whole_corpus.full_claims()[lambda claims: claims["theme"] != "context"]
    most = argued["origin"].value_counts()
    assert re.search(rf"{most.index[0]}\s+{most.iloc[0]}\n", pandas.stdout)
    assert annotations.returncode == 0, annotations.stderr
    first = whole_corpus.claims.iloc[0]
    assert (
        annotations.stdout.splitlines()[0]
        == f"{first['theme']} {first['start']} {first['end']} {first['paraphrase']}"
    )
