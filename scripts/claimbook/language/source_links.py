"""Where the words of a source can be read: its publisher's address, and an archive's."""

from dataclasses import dataclass
from urllib.parse import quote

import pandas as pd

from claimbook.corpus.model import Corpus

ARCHIVE = "https://web.archive.org/web/{day:%Y%m%d}/{address}"
BASES = {"seen": "address checked", "pattern": "address made by the site’s pattern, not checked"}


@dataclass(frozen=True)
class SourceLinks:
    """Addresses at which a source, or the place of a claim in it, can be read.

    Attributes:
        address: The publisher's address.
        basis: How that address is known, in words.
        archived: The address of an archive's copy.
        is_exact: Whether the addresses lead to the words of the claim, and not to the page alone.
    """

    address: str
    basis: str
    archived: str
    is_exact: bool = False


def links_of_source(corpus: Corpus, source_id: str) -> SourceLinks | None:
    """Return the links of a source; None where no address is known."""
    addresses = corpus.further.get("addresses")
    if addresses is None or source_id not in addresses.index:
        return None
    row = addresses.loc[source_id]
    published = corpus.sources.loc[source_id, "published"]
    archived = ARCHIVE.format(day=published, address=row["address"])
    return SourceLinks(row["address"], BASES[row["basis"]], archived)


def links_of_claim(corpus: Corpus, claim: pd.Series) -> SourceLinks | None:
    """Return the links of a claim, to its words where the table `fragments` has them.

    Args:
        corpus: The corpus.
        claim: A row of the claims, named by the claim's id.
    """
    links = links_of_source(corpus, claim["source_id"])
    fragments = corpus.further.get("fragments")
    if links is None or fragments is None or claim.name not in fragments.index:
        return links
    row = fragments.loc[claim.name]
    # a hyphen has a meaning of its own in a fragment, as has a comma
    first, last = (quote(row[name], safe="").replace("-", "%2D") for name in ("first", "last"))
    fragment = f"#:~:text={first},{last}"
    return SourceLinks(links.address + fragment, links.basis, links.archived + fragment, True)
