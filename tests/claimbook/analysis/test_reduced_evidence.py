"""What a test of the evidence leaves out is what the settings name."""

from dataclasses import replace

from claimbook.analysis import reduced_evidence


def test_a_test_may_leave_out_the_sources_in_some_languages(corpus, made_up_copy):
    facts = made_up_copy / "report.toml"
    test = '[[reductions]]\nname = "without French"\nlanguages = ["fr"]\nthrough = "iss"\n\n'
    facts.write_text(facts.read_text("utf-8").replace("[passages]", f"{test}[passages]"), "utf-8")
    languages = corpus.sources["language"].astype(str)
    languages["harbour-post-2031-08"] = "fr"
    corpus = replace(corpus, sources=corpus.sources.assign(language=languages))
    remaining = reduced_evidence.remaining_claims(corpus)
    assert remaining["without French"] == {"CW-01", "DE-01", "DE-03"}
    assert len(remaining["without rewrites"]) == 8
