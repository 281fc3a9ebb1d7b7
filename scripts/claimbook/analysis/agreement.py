"""How well two coders agree who worked apart: which claims both found, and how they filled each field.

Agreement on a field is Krippendorff's alpha over the matched claims (K. Krippendorff, Content Analysis, 4th ed., ch. 12), with a
bootstrap interval over claims. Lists are compared as sets, by Jaccard distance; all else is nominal.
"""

import itertools
from collections.abc import Sequence

import krippendorff
import numpy as np
import pandas as pd

MIN_OVERLAP = 0.5  # of the characters that either span covers, for two spans to be the same claim
DRAWS = 1000
SEED = 2022
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
FIXED = ["theme", "kind", "bearing", "mode", "date_basis", "verification"]
SETS = {"also", "places"}


def coder_names(passes: pd.DataFrame) -> list[str]:
    """The names of the passes, in the order of the schema's files."""
    return list(dict.fromkeys(passes.index.get_level_values("coder")))


def match_claims(passes: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """The claims that both coders found: columns `one` and `two` (claim ids in their passes) and `shared`.

    Matched one to one, greatest overlap first; `shared` is the part of the characters covered by either span that both cover, at
    least `SHARED`.
    """
    pairs = []
    for source_id, first in passes.loc[one].groupby("source_id", sort=False):
        second = passes.loc[two][lambda rows, here=source_id: rows["source_id"] == here]
        for a, b in itertools.product(first.itertuples(), second.itertuples()):
            both = min(a.end, b.end) - max(a.start, b.start)
            either = max(a.end, b.end) - min(a.start, b.start)
            if both > 0 and both / either >= MIN_OVERLAP:
                pairs.append((-both / either, a.Index, b.Index))
    taken_one, taken_two, matched = set(), set(), []
    for shared, a, b in sorted(pairs):
        if a not in taken_one and b not in taken_two:
            taken_one.add(a)
            taken_two.add(b)
            matched.append((a, b, -shared))
    return pd.DataFrame(sorted(matched), columns=["one", "two", "shared"])


def field_agreement(
    passes: pd.DataFrame, one: str, two: str, draws: int = DRAWS, fields: Sequence[str] = FIELDS
) -> pd.DataFrame:
    """Agreement by field over the matched claims: `same` (share of equal values), `alpha`, and its 95 % interval `low` to `high`.

    The interval comes from `draws` resamplings; with none it is missing.
    """
    matched = match_claims(passes, one, two)
    rows = {
        field: value_agreement(*_values(passes, matched, one, two, field), field in SETS, draws)
        for field in fields
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("field")


def _values(
    passes: pd.DataFrame, matched: pd.DataFrame, one: str, two: str, field: str
) -> tuple[list, list]:
    """The values that both coders gave to the matched claims, hashable and with missing ones as one value of their own."""
    return tuple(
        [_hashable(value) for value in passes.loc[coder].loc[matched[side], field]]
        for coder, side in ((one, "one"), (two, "two"))
    )  # type: ignore[return-value]


def _hashable(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    return "" if pd.isna(value) else value


def value_agreement(
    first: list, second: list, sets: bool = False, draws: int = 0
) -> dict[str, float]:
    """Agreement of two lists of values, one for the other: `same`, `alpha`, and its interval `low` to `high`, as in `table`.

    Values of `sets` are compared by what they share. Alpha is missing where all values are alike.
    """
    if sets:
        first, second = ([frozenset(value) for value in values] for values in (first, second))
    domain = list(dict.fromkeys([*first, *second]))
    place = {value: i for i, value in enumerate(domain)}
    counts = np.zeros((len(first), len(domain)), dtype=int)
    for row, pair in enumerate(zip(first, second, strict=True)):
        for value in pair:
            counts[row, place[value]] += 1
    far = _jaccard(domain) if sets else 1.0 - np.eye(len(domain))
    same = float(np.mean([a == b for a, b in zip(first, second, strict=True)]))
    if np.isnan(alpha := _alpha(counts, far)) or not draws:
        return {"same": same, "alpha": alpha, "low": np.nan, "high": np.nan}
    low, high = np.nanpercentile(_resampled(counts, far, draws), [2.5, 97.5])
    return {"same": same, "alpha": alpha, "low": low, "high": high}


def _alpha(counts: np.ndarray, far: np.ndarray) -> float:
    """Alpha of units by values (`counts`), with the distances of all values from all (`far`), as the library has it."""
    if (counts.sum(axis=0) > 0).sum() < 2:
        return float("nan")  # one value throughout: there is nothing to agree about

    def metric(
        v1: np.ndarray,
        v2: np.ndarray,
        i1: np.ndarray,
        i2: np.ndarray,
        n_v: np.ndarray,
        dtype: object,
    ) -> np.ndarray:
        return far[np.asarray(i1, dtype=int), np.asarray(i2, dtype=int)]

    return float(krippendorff.alpha(value_counts=counts, level_of_measurement=metric))


def _resampled(counts: np.ndarray, far: np.ndarray, draws: int) -> np.ndarray:
    """Alpha of as many resamplings of the units, NaN where one has a single value; two values to a unit.

    All at once, since the library, which takes one table at a time, takes seconds for a thousand: disagreement within units over
    that between any two of all values (Krippendorff, as above).
    """
    units = len(counts)
    chosen = np.random.default_rng(SEED).integers(0, units, (draws, units))
    often = np.stack([np.bincount(each, minlength=units) for each in chosen])
    within = often @ (np.einsum("ui,ij,uj->u", counts, far, counts) / 2) / units
    values = often @ counts
    between_all = ((values @ far) * values).sum(axis=1) / (2 * units * (2 * units - 1))
    with np.errstate(invalid="ignore"):
        return 1 - within / between_all


def _jaccard(domain: list[frozenset]) -> np.ndarray:
    """The Jaccard distances between the sets that values of the domain stand for."""
    return np.array(
        [[0.0 if not a | b else 1 - len(a & b) / len(a | b) for b in domain] for a in domain]
    )


def weakest_field(passes: pd.DataFrame, one: str, two: str) -> str:
    """The field with fixed values on which two coders agree least."""
    return str(field_agreement(passes, one, two, draws=0, fields=FIXED)["alpha"].idxmin())


def confusion_matrix(passes: pd.DataFrame, one: str, two: str, field: str) -> pd.DataFrame:
    """How often the first coder's value (rows) met the second's (columns) on the matched claims."""
    first, second = _values(passes, match_claims(passes, one, two), one, two, field)
    return pd.crosstab(pd.Series(first, name=one), pd.Series(second, name=two))


def claims_found(passes: pd.DataFrame, one: str, two: str) -> pd.DataFrame:
    """By source: claims of each coder (columns by name), `matched`, and `agreement` (matched over the mean of the two)."""
    matched = match_claims(passes, one, two)
    sizes = pd.DataFrame(
        {coder: passes.loc[coder].groupby("source_id").size() for coder in (one, two)}
    )
    sizes["matched"] = passes.loc[one].loc[matched["one"]].groupby("source_id").size()
    total = sizes.sum().rename("all")
    sizes = pd.concat([sizes, total.to_frame().T])
    sizes["agreement"] = 2 * sizes["matched"] / (sizes[one] + sizes[two])
    return sizes
