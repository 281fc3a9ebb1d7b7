"""Nothing stale: pages and cell outputs live only as long as the data, the package and the locked versions they came from."""

import hashlib
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from shortofwar import paths

CACHE = ".jupyter_cache"


def digest() -> str:
    """The first 16 hex digits of a SHA-256 over all files that a page's outputs can depend on beside its own text."""
    known = hashlib.sha256()
    inputs = [paths.LOCK, *sorted(paths.DATA.glob("*.*")), *sorted((paths.DATA / "coding").glob("*.csv"))]
    inputs += sorted((paths.ROOT / "scripts").rglob("*.py"))
    for file in inputs:
        known.update(f"{file.relative_to(paths.ROOT)}\0".encode() + file.read_bytes())
    return known.hexdigest()[:16]


def key_caches(app: Sphinx, config: Config) -> None:
    """Key doctrees and executed cells by the digest; a page is read again, and its cells run again, when that changes."""
    config.shortofwar_digest = digest()
    caches = Path(app.outdir).parent / CACHE
    ours = caches / config.shortofwar_digest
    config.nb_execution_cache_path = str(ours)
    for other in caches.glob("*") if caches.is_dir() else []:
        if other != ours:
            shutil.rmtree(other, ignore_errors=True)


def forget_after_failure(app: Sphinx, exception: Exception | None) -> None:
    """Let the next build read every page again after one with errors or warnings, so that it cannot pass for want of reading."""
    if exception is not None or (app.warningiserror and app._warncount):
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register the digest, by whose change Sphinx reads all pages again, and the two hooks."""
    app.add_config_value("shortofwar_digest", "", "env", str)
    app.connect("config-inited", key_caches, priority=100)
    app.connect("build-finished", forget_after_failure)
