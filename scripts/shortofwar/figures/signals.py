"""Speaker by speaker or event by event: who says when that something is so, is not so, or is to be feared."""

import pandas as pd
from matplotlib.figure import Figure as Drawing

from shortofwar.corpus.tables import Corpus
from shortofwar.corpus.words import day
from shortofwar.figures import timeline
from shortofwar.figures.figure import Figure
from shortofwar.figures.select import count, listed, most_told

GLYPH = {"event": "happened", "statement": "happened", "denial": "denied", "assessment": "feared", "warning": "feared"}
KEY = {"happened": "reported or stated as fact", "feared": "judged or warned of", "denied": "denied"}
LIMIT = 26  # rows that one figure can name
STRETCHED = " The scale is stretched from 15 November on, where the ground is shaded."


def observed_and_denied(corpus: Corpus, title: str) -> Figure:
    """Military signals by event and by the day on which they were said: reported, judged, denied."""
    claims = corpus.full_claims().join(corpus.events[["title"]], on="event_id")
    claims = claims[(claims["theme"] == "military-signal") & claims["title"].notna()]
    claims["row"] = claims["title"]
    denied = claims[claims["kind"] == "denial"]
    kinds = claims["kind"].value_counts()
    alt = (
        f"Timeline of {count(len(claims), 'claim')} on {claims['row'].nunique()} military events, each set on the day it was said. "
        f"{kinds.get('event', 0)} report something as happening, {kinds.get('assessment', 0)} judge, {kinds.get('denial', 0)} deny. "
        f"What is denied: {listed(list(dict.fromkeys(denied['title'])))}."
    )
    order = claims.groupby("row")["said"].min().sort_values(kind="stable").index
    return _figure(
        "observed-and-denied", title, "Claims on military events by the day on which they were said.", alt, claims, list(order),
        "figures.signals.observed_and_denied from claims.csv and events.csv", late=False,
    )


def feint_or_real(corpus: Corpus, title: str) -> Figure:
    """Who calls the threat staged, who voices a threat to Belarus, who holds an attack for possible: speakers by day."""
    claims = corpus.full_claims()
    about = claims["theme"].eq("information-operation") | claims["also"].map(lambda also: "information-operation" in also)
    real = claims["theme"].eq("outlook") & claims["bearing"].eq("raises")
    official = claims["side"].isin(["belarus", "russia"])
    claims = pd.concat(
        [
            claims[about & official].assign(group="Minsk and Moscow speak of a threat to Belarus"),
            claims[about & ~official].assign(group="Others call it staged, or answer such a call"),
            claims[real & ~about].assign(group="Others hold an attack for possible"),
        ]
    )
    claims["row"] = claims["speaker"]
    groups = claims.groupby("group", sort=False).size()
    alt = (
        f"Timeline of {count(len(claims), 'claim')} by speaker and day in three groups: "
        + listed([f"“{group}” {size}" for group, size in groups.items()])
        + (f". The first is of {day(claims['said'].min())}, the last of {day(claims['said'].max())}." if len(claims) else ".")
    )
    keys = [(row.group, row.row) for row in claims.sort_values("said", kind="stable").itertuples()]
    order = sorted(dict.fromkeys(keys), key=lambda key: list(groups.index).index(key[0]))
    return _figure(
        "feint-or-real", title, "Claims by speaker and by the day on which they were said.", alt, claims, order,
        "figures.signals.feint_or_real from claims.csv and actors.csv", late=True,
    )


def _figure(
    name: str, title: str, subtitle: str, alt: str, claims: pd.DataFrame, order: list, made_by: str, late: bool
) -> Figure:
    """Rows in the given order (row labels, or pairs of group and label), a mark for each kind of claim on the day it was said."""
    keys = [entry if isinstance(entry, tuple) else ("", entry) for entry in order]
    claims = claims.assign(group=claims.get("group", ""))
    told = claims.rename_axis("claim_id").reset_index().groupby(["group", "row"])["claim_id"].agg(list).rename("claims")
    shown, left = most_told(told.reindex(keys).reset_index(), LIMIT)
    rows, table = [], []
    for group, label in zip(shown["group"], shown["row"], strict=True):
        of_row = claims[(claims["row"] == label) & (claims["group"] == group)]
        marks = [
            timeline.Mark(said, glyph, same["theme"].iloc[0], str(same.index[0]), number=len(same))
            for (said, glyph), same in of_row.groupby(["said", of_row["kind"].map(GLYPH)], observed=True)
        ]
        rows.append(timeline.Row(label, group, marks=marks))
        for (said, kind), same in of_row.groupby(["said", "kind"], observed=True):
            table.append({"row": label, "group": group, "said": said, "kind": kind, "claims": sorted(map(str, same.index))})
    data = pd.DataFrame(table, columns=["row", "group", "said", "kind", "claims"])
    if not data["group"].any():
        data = data.drop(columns="group")
    several = " A larger mark stands for several claims." if any(mark.number > 1 for row in rows for mark in row.marks) else ""

    def draw(width: float) -> Drawing:
        return timeline.draw(rows, KEY, width, late)

    return Figure(name, title, subtitle + several + left + ("" if late else STRETCHED), alt + left, data, made_by, draw)


STATUS = {"seen": "happened", "not seen": "denied", "not known": "feared"}
BOARD_KEY = {"happened": "seen", "denied": "not seen", "feared": "not known"}


def board(corpus: Corpus, title: str) -> Figure:
    """The indicators that speakers named, by what they would be a sign of, each on the day for which the corpus has it seen or not."""
    named = corpus.indicators.assign(speaker=corpus.indicators["named_by"].map(corpus.actors["name"])).sort_values(
        ["event", "points", "day"], kind="stable"
    )
    named["behind"] = [sorted({*sign["claims"], *sign["seen_in"]}) for _, sign in named.iterrows()]
    shown, left = most_told(named.drop(columns="claims").rename(columns={"behind": "claims"}), LIMIT)
    named = named.loc[shown.index]
    rows, table = [], []
    for _, sign in named.iterrows():
        claims = sign["seen_in"] or sign["claims"]
        group = f"{'For' if sign['points'] == 'for' else 'Against'} {sign['event']}"
        marks = [timeline.Mark(sign["day"], STATUS[sign["status"]], "outlook", claims[0])]
        rows.append(timeline.Row(f"{sign['indicator']} ({sign['speaker'].split(' (')[0]})", group, marks=marks))
        table.append(
            {"indicator": sign["indicator"], "named_by": sign["speaker"], "sign": group, "status": sign["status"], "day": sign["day"], "claims": sign["behind"]}
        )
    statuses = named["status"].value_counts()
    unseen = list(named.loc[named["status"] == "not seen", "indicator"])
    alt = (
        f"Board of {len(named)} indicators: {statuses.get('seen', 0)} seen, {statuses.get('not seen', 0)} not seen, "
        f"{statuses.get('not known', 0)} not known. Not seen: {listed(unseen)}.{left}"
    )

    def draw(width: float) -> Drawing:
        return timeline.draw(rows, BOARD_KEY, width)

    return Figure(
        "indicators", title, "Signs named by speakers, on the day for which the corpus has them seen or not." + left + STRETCHED, alt,
        pd.DataFrame(table), "figures.signals.board from indicators.csv", draw,
    )  # fmt: skip
