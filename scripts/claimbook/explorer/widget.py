"""The explorer as a widget in notebooks, and as a form in a page that is being built."""

import html
from datetime import date
from typing import Any

import ipywidgets as widgets
import pandas as pd
from traitlets import HasTraits, Unicode, validate

from claimbook import house_style
from claimbook.corpus.model import Corpus
from claimbook.explorer import page, selection
from claimbook.explorer.claim_index import index_claims
from claimbook.explorer.csv_export import to_csv
from claimbook.explorer.filters import BASIS, FROM, ONE, SEVERAL, TO, Filter, describe_filters
from claimbook.explorer.selection import Setting
from claimbook.figures import beeswarm
from claimbook.language.words import count_noun
from claimbook.paths import is_built_page

STEP = 100  # claims that the list shows at first, and adds on request


class Explorer(HasTraits):
    """A notebook widget with the claims of a corpus and controls to filter them.

    `Explorer(load(), "#theme=…")` opens the selection of a shared link. When the fragment changes,
    the controls change with it, and the other way round.

    Attributes:
        fragment: The selection as a link writes it. A new value with an unknown filter or option
            raises `FilterError`.
        corpus: The corpus.
        filters: Its filters by name.
        index: Its claims, prepared for the filters.
        controls: The control of each filter by name; empty until `view` is first read.
    """

    fragment = Unicode()

    def __init__(self, corpus: Corpus, fragment: str = "") -> None:
        """Open the selection of a link.

        Args:
            corpus: The corpus.
            fragment: The address or fragment of the link; by default all claims are selected.

        Raises:
            FilterError: The fragment has an unknown filter, or a value that is not allowed.
        """
        self.corpus = corpus
        self.filters = describe_filters(corpus)
        self.index = index_claims(corpus, self.filters)
        self._claims = corpus.full_claims()
        self._view: widgets.Widget | None = None
        self.controls: dict[str, Any] = {}
        super().__init__()
        self.fragment = fragment

    @validate("fragment")
    def _canonical(self, proposal: Any) -> str:
        setting = selection.parse_fragment(self.filters, proposal["value"])
        return selection.write_fragment(self.filters, setting)

    @property
    def setting(self) -> Setting:
        """The chosen values of the filters, by filter name."""
        return selection.parse_fragment(self.filters, self.fragment)

    @property
    def selected(self) -> pd.DataFrame:
        """The selected claims, with the columns of `Corpus.full_claims`."""
        return self._claims[selection.matching_claims(self.filters, self.index, self.setting)]

    def to_csv(self) -> str:
        """Return the selected claims as CSV text, the same as the built page's download."""
        return to_csv(self.selected)

    @property
    def view(self) -> widgets.Widget:
        """The ipywidgets box with the controls, count, timeline and list.

        It is made when it is first read.
        """
        if self._view is None:
            self._view = self._build()
        return self._view

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        if is_built_page():
            return page.explorer_bundle(self.corpus, self.filters, self.index, self.fragment)
        return dict(self.view._repr_mimebundle_(**kwargs))

    def _build(self) -> widgets.Widget:
        self.controls = {name: _make_control(one) for name, one in self.filters.items()}
        self._count, self._timeline, self._list = widgets.HTML(), widgets.HTML(), widgets.HTML()
        fit = widgets.Layout(width="auto")
        self._more = widgets.Button(description=f"Show {STEP} more", layout=fit)
        reset = widgets.Button(description="Reset", layout=fit)
        reset.on_click(lambda _: setattr(self, "fragment", ""))
        self._more.on_click(lambda _: self._show_list(self._length + STEP))
        self._updating = False
        self._update_controls()
        for control in self.controls.values():
            control.observe(self._read_controls, names="value")
        self.observe(lambda _: self._update_controls(), names="fragment")
        rows = widgets.Layout(flex_flow="row wrap", display="flex")
        scrolling = widgets.Layout(max_height="30em", overflow="auto", display="block")
        return widgets.VBox(
            [
                widgets.Box(list(self.controls.values()), layout=rows),
                widgets.HBox([self._count, reset]),
                self._timeline,
                widgets.Box([self._list], layout=scrolling),
                self._more,
            ]
        )

    def _read_controls(self, _change: Any) -> None:
        """Update the fragment after a control has changed.

        Nothing is done while `_update_controls` changes the controls.
        """
        if not self._updating:
            setting = {
                name: values
                for name, control in self.controls.items()
                if (values := _control_values(control))
            }
            self.fragment = selection.write_fragment(self.filters, setting)

    def _update_controls(self) -> None:
        """Update the controls, the count, the timeline and the list from the fragment."""
        self._updating = True
        try:
            for name, control in self.controls.items():
                _set_control(control, self.setting.get(name, ()))
        finally:
            self._updating = False
        self._show()

    def _show(self) -> None:
        """Update the count, the timeline and the list to the selected claims."""
        chosen = self.selected
        undated = selection.count_undated(self.filters, self.index, self.setting)
        omitted = (
            f"; {count_noun(undated, 'claim')} left out: that day is not known" if undated else ""
        )
        total = count_noun(len(self.index), "claim")
        self._count.value = f'<p role="status"><b>{len(chosen)}</b> of {total}{omitted}</p>'
        figure = beeswarm.claims_by_day(self.corpus, "", chosen)
        look = f"max-width: 48rem; background: {house_style.colour('paper')}"
        label = html.escape(figure.alt)
        self._timeline.value = figure.unlinked.replace(
            "<svg", f'<svg role="img" aria-label="{label}" style="{look}"', 1
        )
        self._show_list(STEP)

    def _show_list(self, length: int) -> None:
        """Update the list to the first `length` of the selected claims.

        The button that shows more claims is hidden where none remain.
        """
        chosen = self.selected
        self._length = length
        listed = self.index.words.loc[chosen.index[:length]].join(chosen["paraphrase"])
        items = "".join(_list_item(claim) for claim in listed.itertuples())
        self._list.value = f"<ol>{items}</ol>"
        self._more.layout.display = None if len(chosen) > length else "none"


def _list_item(claim: Any) -> str:
    claim_id, paraphrase, who, when = (
        html.escape(text) for text in (claim.Index, claim.paraphrase, claim.who, claim.when)
    )
    return f"<li><b>{claim_id}</b> {paraphrase} <small>{who}; {when}</small></li>"


def _make_control(one: Filter) -> Any:
    """Make the ipywidgets control of a filter."""
    look: dict[str, Any] = {
        "description": one.label,
        "tooltip": one.note or one.label,
        "style": {"description_width": "10em"},
        "layout": {"width": "26em"},
    }
    options = [(label, value) for value, label in one.options.items()]
    if one.control == SEVERAL:
        return widgets.SelectMultiple(options=options, rows=len(options), **look)
    if one.control == ONE:
        return widgets.Dropdown(options=[("any", ""), *options], **look)
    if one.control == BASIS:
        return widgets.Dropdown(options=options, **look)
    if one.control in (FROM, TO):
        return widgets.DatePicker(**look)
    return widgets.Text(continuous_update=False, **look)


def _control_values(control: Any) -> tuple[str, ...]:
    """Return the value of a control as the texts that a setting has for its filter.

    Returns:
        The chosen options, the day as YYYY-MM-DD, or the typed words; empty where the control has
        no value.
    """
    value = control.value
    if isinstance(value, tuple):
        return value
    if isinstance(value, date):
        return (value.isoformat(),)
    return () if selection.BLANK.fullmatch(value or "") else (value,)


def _set_control(control: Any, values: tuple[str, ...]) -> None:
    """Change the value of a control to the values that a setting has for its filter.

    Without values the control gets its default.
    """
    if isinstance(control, widgets.SelectMultiple):
        control.value = values
    elif isinstance(control, widgets.DatePicker):
        control.value = date.fromisoformat(values[0]) if values else None
    else:
        default = control.options[0][1] if isinstance(control, widgets.Dropdown) else ""
        control.value = values[0] if values else default
