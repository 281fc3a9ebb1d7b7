"""`claimbook figures`: a writer finds what a page can draw, without reading code."""


def test_each_figure_is_listed_with_its_call_its_purpose_and_its_id(claimbook):
    listed = claimbook("figures").output
    assert (
        "claimbook.figures.event_lanes.events_by_theme(corpus, title, name)\n"
        "  Draw the events of the argued themes in lanes, labelled at their marks.\n"
        "  id: events-by-theme\n"
    ) in listed
    assert "symbol_map.places_of_theme(corpus, theme, title, name)" in listed
    assert "  id: depends on theme\n" in listed
    assert "No data: the corpus has no" in listed  # which the made-up report lacks for one of them


def test_a_figure_is_described_with_its_arguments_and_a_misspelt_one_is_recognized(claimbook):
    described = claimbook("figures", "places_of_theme").output
    assert described.startswith("claimbook.figures.symbol_map.places_of_theme(corpus, theme,")
    assert "\n    theme: " in described
    refused = claimbook("figures", "places_of_them", exit_code=1).stderr
    assert "did you mean 'places_of_theme'" in refused
