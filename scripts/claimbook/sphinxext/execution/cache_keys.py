"""Nothing stale: pages and cell outputs live as long as what they came from, and a built folder holds what a clean build writes."""

import hashlib
import shutil
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from claimbook.digests import execution_digest, page_digest

CACHE = ".jupyter_cache"
READ = "claimbook_read"
SHARED = "claimbook_shared"
KEPT = {"_static", ".buildinfo"}  # written before pages are read, the same by every build


def key_caches(app: Sphinx, config: Config) -> None:
    """Key doctrees and executed cells by digests; a page is read again, or its cells run again, when its digest changes."""
    config.claimbook_digest = page_digest()
    caches = Path(app.outdir).parent / CACHE
    ours = caches / execution_digest()
    config.nb_execution_cache_path = str(ours)
    for other in caches.glob("*") if caches.is_dir() else []:
        if other != ours:
            shutil.rmtree(other, ignore_errors=True)


def note_content(app: Sphinx, docname: str, _source: list[str]) -> None:
    """Remember what a page held when it was read."""
    _read(app.env)[docname] = _content(app.env, docname)


def changed_pages(
    app: Sphinx, env: BuildEnvironment, added: set[str], _changed: set[str], _removed: set[str]
) -> list[str]:
    """The pages whose content is another than when they were read, whatever the times of their files say."""
    return [
        docname
        for docname in env.found_docs - added
        if _read(env).get(docname) != _content(env, docname)
    ]


def _read(env: BuildEnvironment) -> dict[str, str]:
    """The digest of each page as it was read."""
    if not hasattr(env, READ):
        setattr(env, READ, {})
    return getattr(env, READ)


def _content(env: BuildEnvironment, docname: str) -> str:
    return hashlib.sha256(Path(env.doc2path(docname)).read_bytes()).hexdigest()


def pages_to_rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """All pages, where something changed that other pages than its own show, and an empty folder for them; else none.

    Such are titles, the contents, the places that links lead to, the bibliography, and which pictures and downloads there are.
    """
    shared = {
        "digest": app.config.claimbook_digest,
        "titles": {docname: title.astext() for docname, title in env.titles.items()},
        "contents": env.toctree_includes,
        "labels": env.get_domain("std").data["labels"] | env.get_domain("std").data["anonlabels"],
        "cited": sorted(
            (cited.key, cited.citation_id, cited.formatted_entry.label)
            for cited in env.get_domain("cite").citations
        ),
        "files": {uri: name for uri, (_, name) in env.images.items()}
        | {uri: name for uri, (_, name) in env.dlfiles.items()},
    }
    told = [sorted(held.items()) if isinstance(held, dict) else held for held in shared.values()]
    now = hashlib.sha256(repr(told).encode()).hexdigest()
    if getattr(env, SHARED, "") == now:
        return []
    setattr(env, SHARED, now)
    if app.builder.format == "html":
        for leftover in Path(app.outdir).glob("*"):
            if leftover.name not in KEPT:
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    return sorted(env.found_docs)


def forget_after_failure(app: Sphinx, exception: Exception | None) -> None:
    """Let the next build read every page again after one with errors or warnings, so that it cannot pass for want of reading."""
    if exception is not None or (app.warningiserror and app._warncount):
        (Path(app.doctreedir) / "environment.pickle").unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Register the digest, by whose change Sphinx reads all pages again, and the hooks."""
    app.add_config_value("claimbook_digest", "", "env", str)
    app.connect("config-inited", key_caches, priority=100)
    app.connect("source-read", note_content)
    app.connect("env-get-outdated", changed_pages)
    app.connect("env-updated", pages_to_rewrite)
    app.connect("build-finished", forget_after_failure)
