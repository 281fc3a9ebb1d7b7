// Readers bring a copy of a text; each claim lights up where it stands. All happens here: the page requests nothing and keeps nothing.
(() => {
  const MIN_FOUND = 0.5; // the share of its claims that a text must have to be taken for a copy of a source, as in texts/reanchoring.py
  const BLOCKS = "p,div,section,article,header,footer,li,ul,ol,table,tr,h1,h2,h3,h4,h5,h6,blockquote,figure,figcaption,pre";
  const WAYS = { exact: "in their place", moved: "moved", changed: "changed", unclear: "uncertain", missing: "missing" };
  const data = JSON.parse(document.querySelector(".cb-bring-data").textContent);
  const root = document.querySelector(".cb-bring");
  const [text, file, chooser] = ["text", "file", "source"].map((name) => document.getElementById(`cb-bring-${name}`));
  const form = root.querySelector("form");
  const status = root.querySelector(".cb-bring-status");
  const result = root.querySelector(".cb-bring-result");
  const page = root.querySelector(".cb-bring-page");
  const lists = root.querySelector(".cb-bring-lists");
  const cards = root.querySelector(".cb-cards");
  const { TextIndex, EDGE } = window.claimbook.makeAnchors(data.tables);
  const sources = new Map(data.sources.map((source) => [source.id, {
    ...source,
    selectors: source.selectors.map(([start, end, words, anchor, head, tail]) => ({ start, end, words, anchor, head, tail })),
    claims: source.claims.map(([id, selector, theme, paraphrase, facts]) => ({ id, selector, theme, paraphrase, facts })),
  }]));

  const make = (tag, className, ...content) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...content);
    return element;
  };
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /** Return the words of a saved web page, with a line break after each block. */
  const textOfPage = (html) => {
    const saved = new DOMParser().parseFromString(html, "text/html");
    for (const element of saved.querySelectorAll("script,style,noscript,template,svg")) element.remove();
    for (const element of saved.querySelectorAll(BLOCKS)) element.append("\n");
    for (const element of saved.querySelectorAll("br")) element.replaceWith("\n");
    return saved.body.textContent.replace(/[ \t]+/g, " ").replace(/ ?\n[ \n]*/g, "\n").trim();
  };

  /** Read a file as text: UTF-8, or else the code page that most old files have. */
  const readFile = async (chosen) => {
    const bytes = await chosen.arrayBuffer();
    let content;
    try {
      content = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      content = new TextDecoder("windows-1252").decode(bytes);
    }
    return /\.html?$/i.test(chosen.name) || /^\s*<(!doctype|html)/i.test(content) ? textOfPage(content) : content;
  };

  /** Return the sources by the share of their claims whose words stand in a text, those with more first. */
  const recognise = (index) => [...sources.values()].map((source) => {
    const found = source.claims.filter(({ selector }) => {
      const one = source.selectors[selector];
      return one.words >= EDGE && index.findWords(one).length > 0;
    }).length;
    return { source, found, share: found / source.claims.length };
  }).filter(({ found }) => found > 0).sort((one, other) => other.share - one.share || other.found - one.found);

  /** Show the claims of a way in which they were found, in a list of their own. */
  const showList = (heading, found, isOpen) => {
    if (!found.length) return;
    const items = found.map(({ claim, match, stands }) => {
      const name = make("a", "", claim.id);
      name.href = stands ? `#${claim.id}` : `${data.ledger}#${claim.id}`;
      return make("li", "", name, ` ${claim.paraphrase}${explain(match)}`);
    });
    const details = make("details", "", make("summary", "", heading), make("ul", "", ...items));
    details.open = isOpen;
    lists.append(details);
  };

  /** Say what became of the words of a claim. */
  const explain = ({ status: way, words, places, grown }) => {
    if (way === "moved") return " Its words stand elsewhere than in the copy that was coded.";
    if (way === "unclear") return places > 1 ? ` Its words stand at ${places} places.` : " Its words stand where its neighbours do not lead one to look.";
    if (way !== "changed") return "";
    if (!words) return " Only its first or its last words stand here.";
    if (grown > 0) return ` ${count(grown, "word")} more between its first and last.`;
    return grown < 0 ? ` ${count(-grown, "word")} fewer between its first and last.` : " Other words stand between its first and last.";
  };

  /** Show a text with the claims that were found, each lit up from its first to its last character. */
  const showText = (index, found) => {
    const shown = found.filter(({ stands }) => stands).sort((one, other) => one.match.start - other.match.start || other.match.end - one.match.end);
    const edges = [...new Set([0, index.length, ...shown.flatMap(({ match }) => [match.start, match.end])])].sort((one, other) => one - other);
    const pieces = [];
    let next = 0, open = [];
    edges.forEach((edge, position) => {
      open = open.filter(({ match }) => match.end > edge);
      for (; next < shown.length && shown[next].match.start === edge; next += 1) {
        const { claim, match } = shown[next];
        const flag = make("a", "", claim.id);
        flag.id = claim.id;
        flag.href = `${data.ledger}#${claim.id}`;
        flag.dataset.flag = claim.id;
        pieces.push(make("span", "claim", flag));
        if (match.end > edge) open.push(shown[next]);
      }
      if (position + 1 === edges.length) return;
      const words = index.characters.slice(edge, edges[position + 1]).join("");
      if (!open.length) {
        pieces.push(words);
        return;
      }
      const inner = open[open.length - 1];
      const mark = make("mark", inner.match.status === "changed" ? "cb-changed" : "", words);
      mark.dataset.claims = open.map(({ claim }) => claim.id).join(" ");
      mark.style.setProperty("--tint", `var(--cb-${inner.claim.theme})`);
      pieces.push(mark);
    });
    page.replaceChildren(...pieces);
  };

  /** Light up a claim, all of it, while its flag is pointed at or has the focus. */
  const light = (flag, isLit) => {
    for (const mark of page.querySelectorAll("mark")) {
      if (mark.dataset.claims.split(" ").includes(flag.dataset.flag)) mark.classList.toggle("cb-lit", isLit);
    }
  };

  const makeCard = (claim) => {
    const { glyph, label } = data.themes[claim.theme];
    const head = make("p", "cb-card-head", make("b", "", claim.id), make("span", "", `${glyph} ${label}`));
    const facts = make("dl", "", ...claim.facts.flatMap(([term, fact]) => [make("dt", "", term), make("dd", "", fact)]));
    const card = make("div", `cb-card theme-${claim.theme}`, head, make("p", "", claim.paraphrase), facts);
    card.id = `card-${claim.id}`;
    return card;
  };

  /** Find the claims of a source in a text, and show them. */
  const show = (index, source, recognised, began) => {
    const matches = window.claimbook.locateSpans(index, source.selectors, source.length);
    const found = source.claims.map((claim) => {
      const match = matches[claim.selector];
      const grown = match.words - source.selectors[claim.selector].words;
      // where no place is certain, none is shown
      const stands = match.status === "exact" || match.status === "moved" || (match.status === "changed" && match.words > 0);
      return { claim, match: { ...match, grown }, stands };
    });
    const of = (way) => found.filter(({ match }) => match.status === way);
    const counts = Object.entries(WAYS).map(([way, words]) => [of(way).length, words]).filter(([number]) => number);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    status.textContent = `${source.name}: ${count(found.length, "claim")}, ${counts.map(([number, words]) => `${number} ${words}`).join(", ")}. ${seconds} s.`;
    const from = root.querySelector(".cb-bring-source");
    from.replaceChildren(make("cite", "", source.title), recognised ? " Recognised by its words." : " As you chose.",
      found.some(({ stands }) => stands) ? "" : " None of its claims is in what you brought: is it another text?");
    lists.replaceChildren();
    showList("Changed", of("changed"), true);
    showList("Uncertain", of("unclear"), true);
    showList("Missing", of("missing"), true);
    showList("Moved", of("moved"), false);
    page.lang = source.language;
    showText(index, found);
    cards.replaceChildren(...source.claims.map(makeCard));
    result.hidden = false;
    window.claimbook.attachPopovers(page);
    for (const flag of page.querySelectorAll("[data-flag]")) {
      for (const [event, isLit] of [["pointerenter", true], ["focus", true], ["pointerleave", false], ["blur", false]]) {
        flag.addEventListener(event, () => light(flag, isLit));
      }
    }
    const asked = document.getElementById(location.hash.slice(1));
    if (asked && page.contains(asked)) asked.scrollIntoView({ block: "center" });
  };

  /** Find what a reader brought. */
  const find = () => {
    result.hidden = true;
    if (!text.value.trim()) {
      status.textContent = "Bring a text first.";
      return;
    }
    const began = performance.now();
    const index = new TextIndex(text.value);
    if (chooser.value) {
      show(index, sources.get(chooser.value), false, began);
      return;
    }
    const [best] = recognise(index);
    if (best && best.share >= MIN_FOUND) show(index, best.source, true, began);
    else {
      status.textContent = best
        ? `No source is recognised. ${best.source.name} is the nearest, with ${best.found} of its ${count(best.source.claims.length, "claim")}. Choose the source if you know it.`
        : "None of the sources is recognised: no claim has its words here. Choose the source if you know it.";
    }
  };

  const bring = async (chosen) => {
    if (!chosen) return;
    text.value = await readFile(chosen);
    find();
  };

  for (const source of data.sources) chooser.add(new Option(source.name, source.id));
  const claimed = data.sources.find((source) => source.claims.some(([id]) => id === location.hash.slice(1)));
  if (claimed) {
    chooser.value = claimed.id;
    status.textContent = `Bring ${claimed.name}: “${claimed.title}”. Then ${location.hash.slice(1)} is shown where it stands.`;
  }
  form.addEventListener("submit", (event) => { event.preventDefault(); find(); });
  form.addEventListener("reset", () => {
    result.hidden = true;
    status.textContent = "";
    for (const part of [page, lists, cards]) part.replaceChildren();
  });
  text.addEventListener("paste", () => setTimeout(find));
  file.addEventListener("change", () => bring(file.files[0]));
  for (const event of ["dragover", "dragenter"]) {
    text.addEventListener(event, (dragged) => { dragged.preventDefault(); text.classList.add("cb-over"); });
  }
  for (const event of ["dragleave", "drop"]) text.addEventListener(event, () => text.classList.remove("cb-over"));
  text.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    bring(event.dataTransfer.files[0]);
  });
  root.hidden = false;
})();
