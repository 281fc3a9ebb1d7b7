// Filters and sorts the ledger in the page itself. Without this script the ledger is a plain list in the order of the texts.
(() => {
  const form = document.querySelector("form.cb-filter");
  const status = document.querySelector(".cb-filter-count");
  const names = JSON.parse(document.querySelector(".cb-names").textContent);
  const entries = [...document.querySelectorAll("dl.cb-ledger > dt")].map((term, order) => {
    const facet = (name) => [...term.classList].find((c) => c.startsWith(name + "-"))?.slice(name.length + 1) ?? "";
    const definition = term.nextElementSibling;
    return {
      term, definition, order, home: term.parentElement,
      theme: facet("theme"), source: facet("source"), speaker: facet("speaker"), bearing: facet("bearing"), said: facet("said"),
      text: (term.textContent + " " + definition.textContent).toLowerCase(),
    };
  });
  const sections = [...new Set(entries.map((entry) => entry.home.closest("section")))];
  const words = (value) => names[value] ?? value.replaceAll("-", " ");
  const label = (text, control) => {
    const box = document.createElement("span");
    const name = document.createElement("label");
    name.textContent = text;
    name.htmlFor = control.id = "cb-filter-" + text.toLowerCase().replaceAll(" ", "-");
    box.append(name, control);
    form.append(box);
    return control;
  };
  const choice = (text, options) => {
    const select = document.createElement("select");
    for (const [value, shown] of options) select.add(new Option(shown, value));
    return label(text, select);
  };
  const field = (text, type) => {
    const input = document.createElement("input");
    input.type = type;
    return label(text, input);
  };
  const facets = ["theme", "source", "speaker", "bearing"];
  const selects = Object.fromEntries(facets.map((facet) => {
    const values = [...new Set(entries.map((entry) => entry[facet]))];
    if (facet === "speaker") values.sort((a, b) => words(a).localeCompare(words(b)));
    return [facet, choice(facet[0].toUpperCase() + facet.slice(1), [["", "all"], ...values.map((v) => [v, facet === "source" ? v : words(v)])])];
  }));
  const from = field("Said from", "date");
  const to = field("to", "date");
  const holds = field("Words", "search");
  const order = choice("Order", [["order", "of the texts"], ["said", "by day said"], ["theme", "by theme"], ["speaker", "by speaker"], ["bearing", "by bearing"]]);
  const flat = document.createElement("dl");
  flat.className = entries[0].home.className;
  flat.hidden = true;
  sections[0].before(flat);

  const apply = () => {
    let shown = 0;
    for (const entry of entries) {
      const fits = facets.every((facet) => !selects[facet].value || entry[facet] === selects[facet].value)
        && (!from.value || entry.said >= from.value) && (!to.value || entry.said <= to.value)
        && entry.text.includes(holds.value.trim().toLowerCase());
      entry.term.hidden = entry.definition.hidden = !fits;
      if (fits) shown += 1;
    }
    const key = order.value;
    const sorted = key === "order" ? entries
      : [...entries].sort((a, b) => (key === "speaker" ? words(a.speaker).localeCompare(words(b.speaker)) : a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0) || a.order - b.order);
    for (const entry of sorted) (key === "order" ? entry.home : flat).append(entry.term, entry.definition);
    flat.hidden = key === "order";
    for (const section of sections) {
      section.hidden = key !== "order" || !entries.some((entry) => entry.home.closest("section") === section && !entry.term.hidden);
    }
    status.textContent = shown === entries.length ? `All ${shown} claims` : `${shown} of ${entries.length} claims`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.hidden) { form.reset(); apply(); target.scrollIntoView(); }
  });
  form.hidden = status.hidden = false;
  apply();

  // Opened from disk with the private reader beside the book, each entry leads to its characters; a published book asks for nothing.
  if (location.protocol === "file:") {
    const here = document.createElement("script");
    here.src = "../reader/here.js";
    here.addEventListener("load", () => {
      for (const { term, home } of entries) {
        const source = home.closest("section").id;
        if (!window.claimbookReader.includes(source)) continue;
        const link = document.createElement("a");
        link.className = "cb-in-text";
        link.href = `../reader/${source}.html#${term.id}`;
        link.textContent = `${term.id} in the text`;
        term.append(" ", link);
      }
    });
    document.head.append(here);
  }
})();
