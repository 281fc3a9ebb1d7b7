"""Intercoder agreement of two independent coders: on the claims marked, and on their fields.

Agreement on a field is Krippendorff's alpha over the matched claims, with a bootstrap interval over
claims (K. Krippendorff, Content Analysis, 4th ed., 2019, ch. 12). Lists are compared as sets, by
their Jaccard distance; the values of all other fields are nominal.
"""

import itertools
from collections.abc import Hashable, Sequence
from pathlib import PurePosixPath
from typing import Any

import krippendorff
import numpy as np
import numpy.typing as npt
import pandas as pd

from claimbook.corpus.model import CODEBOOK, Corpus, table_files
from claimbook.settings import settings

# Two spans are the same claim where this share of the characters of either lies in both.
MIN_OVERLAP = 0.5
RESAMPLES = 1000
FIELDS = [
    "theme",
    "also",
    "kind",
    "bearing",
    "chain",
    "mode",
    "term",
    "event_start",
    "event_end",
    "date_basis",
    "stated_on",
    "places",
    "quantity",
    "unit",
    "verification",
]
ADDED_FIELDS = {2: ["on", "quantity_to", "quantity_word"]}  # by the edition of the codebook
ENUMERATED_FIELDS = ["theme", "kind", "bearing", "mode", "date_basis", "verification"]
SET_FIELDS = {"also", "places"}
PUBLISHED = "published"  # the name under which the claims are compared with a pass

Matrix = npt.NDArray[Any]


def coder_names(passes: pd.DataFrame) -> list[str]:
    """Return the names of the coders, in the order of their files in the schema."""
    return list(dict.fromkeys(passes.index.get_level_values("coder")))


def first_coders(passes: pd.DataFrame) -> tuple[str, str]:
    """Return the names of the first two coders.

    Where there are fewer, the files in the schema name the others, and then their number does.
    """
    stems = [PurePosixPath(file).stem for file in table_files("passes")]
    one, two, *_ = dict.fromkeys([*coder_names(passes), *stems, "first", "second"])
    return one, two


def compared_fields(coders: pd.DataFrame, one: str, two: str) -> list[str]:
    """List the fields that two coders both coded, by the codebooks that they had.

    Args:
        coders: The table `coders`.
        one: The first coder.
        two: The second coder.
    """
    edition = coders["codebook"].reindex([one, two]).astype(float).min()  # NaN without both
    added = [fields for since, fields in ADDED_FIELDS.items() if since <= edition]
    return [*FIELDS, *itertools.chain(*added)]


def coder_pairs(corpus: Corpus) -> list[tuple[str, str]]:
    """List the pairs of coders who had the same edition of the codebook."""
    edition = corpus.coders["codebook"]
    return [
        (one, two)
        for one, two in itertools.combinations(coder_names(corpus.passes), 2)
        if edition[one] == edition[two]
    ]


def with_published(corpus: Corpus, coder: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the published claims beside a pass, as if they were the pass `PUBLISHED`.

    Args:
        corpus: The corpus.
        coder: The name of the pass.

    Returns:
        The rows of both, as the table `passes` has them, of the sources that the pass covers; and
        the table `coders` with a row for `PUBLISHED`.
    """
    own = corpus.passes[corpus.passes.index.get_level_values("coder") == coder]
    published = corpus.claims[corpus.claims["source_id"].isin(own["source_id"])]
    published = published[own.columns].assign(coder=PUBLISHED)
    published = published.set_index("coder", append=True).reorder_levels(own.index.names)
    edition = pd.DataFrame({"codebook": [CODEBOOK]}, index=[PUBLISHED])
    return pd.concat([published, own]), pd.concat([corpus.coders, edition])


def rows_of(passes: pd.DataFrame, coder: str) -> pd.DataFrame:
    """Return the rows of one coder, by claim id; none for a coder without rows."""
    return passes[passes.index.get_level_values("coder") == coder].droplevel("coder")


def match_claims(passes: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """Match the claims of two coders that mark the same span of a source.

    The overlap of two spans is the number of characters in both, divided by the number of
    characters in either. Pairs are matched greedily, those with the greatest overlap first, and
    each claim is matched at most once. A pair with an overlap below `MIN_OVERLAP` is not matched.

    Args:
        passes: The coders' claims, indexed by `coder` and `claim_id`.
        one: The first coder.
        two: The second coder.

    Returns:
        A row for each match, with the columns `one` and `two` (the ids that the two coders gave to
        the claim) and `shared` (the overlap).
    """
    pairs = []
    second_pass = dict(iter(rows_of(passes, two).groupby("source_id")))
    for source_id, first in rows_of(passes, one).groupby("source_id"):
        second = second_pass.get(source_id, passes[:0])
        for a, b in itertools.product(first.itertuples(), second.itertuples()):
            in_both = min(a.end, b.end) - max(a.start, b.start)
            in_either = max(a.end, b.end) - min(a.start, b.start)
            if in_both / in_either >= MIN_OVERLAP:
                pairs.append((-in_both / in_either, a.Index, b.Index))
    matched_one, matched_two, matches = set(), set(), []
    for negative_share, a, b in sorted(pairs):
        if a not in matched_one and b not in matched_two:
            matched_one.add(a)
            matched_two.add(b)
            matches.append((a, b, -negative_share))
    return pd.DataFrame(sorted(matches), columns=["one", "two", "shared"])


def field_agreement(
    passes: pd.DataFrame,
    one: str,
    two: str,
    resamples: int = RESAMPLES,
    fields: Sequence[str] = FIELDS,
) -> pd.DataFrame:
    """Compute the agreement of two coders on each field of the matched claims.

    Args:
        passes: The coders' claims, indexed by `coder` and `claim_id`.
        one: The first coder.
        two: The second coder.
        resamples: The number of bootstrap resamples for the interval. With 0, the interval is
            missing.
        fields: The columns to compare.

    Returns:
        A row for each field, with the columns `same`, `alpha`, `low` and `high`, as
        `value_agreement` defines them.
    """
    matches = match_claims(passes, one, two)
    rows = {}
    for field in fields:
        first, second = _matched_values(passes, matches, one, two, field)
        rows[field] = value_agreement(first, second, field in SET_FIELDS, resamples)
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def _matched_values(
    passes: pd.DataFrame, matches: pd.DataFrame, one: str, two: str, field: str
) -> tuple[list[Hashable], list[Hashable]]:
    """Return the values of a field that two coders gave to the matched claims.

    Returns:
        The values of the first coder and those of the second, in the order of `matches`.
    """
    first = rows_of(passes, one).loc[matches["one"], field]
    second = rows_of(passes, two).loc[matches["two"], field]
    return [_hashable(value) for value in first], [_hashable(value) for value in second]


def _hashable(value: Any) -> Hashable:
    """Convert a cell to a hashable value.

    A list becomes a tuple, and a missing value an empty string.
    """
    if isinstance(value, list):
        return tuple(value)
    return "" if pd.isna(value) else value


def value_agreement(
    first: Sequence[Any], second: Sequence[Any], as_sets: bool = False, resamples: int = 0
) -> dict[str, float]:
    """Compute the agreement of two coders' values for the same units.

    Args:
        first: The first coder's values.
        second: The second coder's values of the same units, in the same order.
        as_sets: True if each value is a collection. Collections are compared as sets, by their
            Jaccard distance. All other values are equal or not.
        resamples: The number of bootstrap resamples for the interval.

    Returns:
        `same`, the share of units with equal values; `alpha`, Krippendorff's alpha; and `low` and
        `high`, the bounds of the 95 % interval of alpha. Alpha is NaN if all values are equal. The
        bounds are NaN if alpha is, or without resamples. Without units all four are NaN.
    """
    if as_sets:
        first, second = ([frozenset(value) for value in values] for values in (first, second))
    if not len(first):
        return dict.fromkeys(("same", "alpha", "low", "high"), float("nan"))
    domain = list(dict.fromkeys([*first, *second]))
    index = {value: number for number, value in enumerate(domain)}
    counts = np.zeros((len(first), len(domain)), dtype=int)
    for unit, pair in enumerate(zip(first, second, strict=True)):
        for value in pair:
            counts[unit, index[value]] += 1
    distances = _jaccard_distances(domain) if as_sets else 1.0 - np.eye(len(domain))
    same = float(np.mean([a == b for a, b in zip(first, second, strict=True)]))
    alpha = _alpha(counts, distances)
    if np.isnan(alpha) or not resamples:
        return {"same": same, "alpha": alpha, "low": np.nan, "high": np.nan}
    alphas = _resampled_alphas(counts, distances, resamples)
    low, high = np.nanpercentile(alphas, [2.5, 97.5])
    return {"same": same, "alpha": alpha, "low": float(low), "high": float(high)}


def _alpha(counts: Matrix, distances: Matrix) -> float:
    """Compute Krippendorff's alpha.

    Args:
        counts: How often each unit (row) was given each value (column).
        distances: The distance of each value (row) from each other value (column).

    Returns:
        Alpha; NaN if all units were given the same value, so that alpha is not defined.
    """
    if np.count_nonzero(counts.sum(axis=0)) < 2:
        return float("nan")

    def metric(
        v1: Matrix, v2: Matrix, i1: Matrix, i2: Matrix, n_v: Matrix, dtype: Any = np.float64
    ) -> Matrix:
        return np.asarray(distances[i1, i2])

    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=metric))


def resampling_seed() -> int:
    """Return the seed of the bootstrap: the year of the report's as-of day.

    The seed is fixed so that every build of a report computes the same intervals.
    """
    return int(settings().as_of.year)


def _resampled_alphas(counts: Matrix, distances: Matrix, resamples: int) -> Matrix:
    """Compute Krippendorff's alpha for many bootstrap resamples of the units at once.

    The library computes one alpha at a time, and takes seconds for a thousand. Here each unit has
    two values, and alpha is one minus the mean disagreement within units divided by the mean
    disagreement between any two of all values (Krippendorff, ch. 12).

    Args:
        counts: How often each unit (row) was given each value (column).
        distances: The distance of each value (row) from each other value (column).
        resamples: How many times to draw the units, with replacement.

    Returns:
        The alpha of each resample, shape (resamples,); NaN for a resample with only one value.
    """
    units = len(counts)
    rows = np.random.default_rng(resampling_seed()).integers(0, units, (resamples, units))
    multiplicity = np.stack([np.bincount(row, minlength=units) for row in rows])
    disagreement = np.einsum("ui,ij,uj->u", counts, distances, counts) / 2
    within_units = multiplicity @ disagreement / units
    values = multiplicity @ counts
    pairs = 2 * units * (2 * units - 1)
    between_all = ((values @ distances) * values).sum(axis=1) / pairs
    with np.errstate(invalid="ignore"):
        return np.asarray(1 - within_units / between_all)


def _jaccard_distances(domain: Sequence[frozenset[Any]]) -> Matrix:
    """Compute the Jaccard distance between all pairs of sets.

    Returns:
        A matrix with the distance of each set (row) from each other set (column). The distance
        between two empty sets is 0.
    """
    return np.array(
        [[0.0 if not a | b else 1 - len(a & b) / len(a | b) for b in domain] for a in domain]
    )


def weakest_field(passes: pd.DataFrame, one: str, two: str) -> str:
    """Return the field with fixed values on which two coders have the lowest alpha.

    Args:
        passes: The coders' claims, indexed by `coder` and `claim_id`.
        one: The first coder.
        two: The second coder.

    Returns:
        One of `ENUMERATED_FIELDS`; the first where no alpha is defined.
    """
    agreement = field_agreement(passes, one, two, resamples=0, fields=ENUMERATED_FIELDS)
    alphas = agreement["alpha"].dropna()
    return ENUMERATED_FIELDS[0] if alphas.empty else str(alphas.idxmin())


def confusion_matrix(passes: pd.DataFrame, one: str, two: str, field: str) -> pd.DataFrame:
    """Count how often two coders gave each pair of values to a field of a claim.

    Only claims that both coders marked are counted.

    Args:
        passes: The coders' claims, indexed by `coder` and `claim_id`.
        one: The first coder.
        two: The second coder.
        field: The column to compare.

    Returns:
        The counts, with the first coder's values in rows and the second's in columns.
    """
    matches = match_claims(passes, one, two)
    first, second = _matched_values(passes, matches, one, two, field)
    return pd.crosstab(pd.Series(first, name=one), pd.Series(second, name=two))


def claims_by_source(passes: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """Count the claims of two coders in each source, and how many of them match.

    Args:
        passes: The coders' claims, indexed by `coder` and `claim_id`.
        one: The first coder.
        two: The second coder.

    Returns:
        A row for each source id, and a last row `all` with the totals. The columns are the names of
        the two coders (their numbers of claims), `matched` (claims that both marked) and
        `agreement` (`matched` divided by the mean of the two numbers).
    """
    matches = match_claims(passes, one, two)
    counts = pd.DataFrame(
        {coder: rows_of(passes, coder).groupby("source_id").size() for coder in (one, two)}
    )
    counts["matched"] = rows_of(passes, one).loc[matches["one"]].groupby("source_id").size()
    counts = pd.concat([counts, counts.sum().rename("all").to_frame().T])
    counts["agreement"] = 2 * counts["matched"] / (counts[one] + counts[two])
    return counts
