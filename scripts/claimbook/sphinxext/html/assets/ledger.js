// Filters and sorts a page of the ledger in the page itself, by the same description and rules as the explorer (filters.js). Without this
// script the ledger is a plain list in the order of the texts.
(() => {
  const form = document.querySelector("form.cb-filter");
  const status = document.querySelector(".cb-filter-count");
  const data = JSON.parse(document.querySelector(".cb-ledger-data").textContent);
  const rules = window.claimbook.makeFilters(data.rules);
  const claims = new Map(data.claims.map((claim) => [claim.id, claim]));
  const entries = [...document.querySelectorAll("dl.cb-ledger > dt")].map((term, position) => ({
    term, definition: term.nextElementSibling, position, list: term.parentElement, claim: claims.get(term.id),
  }));
  const sections = [...new Set(entries.map((entry) => entry.list.closest("section")))];
  const flatList = document.createElement("dl"); // the entries, where they are not in the order of the texts

  /** Add a control with its label to the form. */
  const addControl = (label, name, control) => {
    const box = document.createElement("span");
    const text = document.createElement("label");
    text.textContent = label;
    text.htmlFor = control.id = "cb-filter-" + name;
    control.name = name;
    box.append(text, control);
    form.append(box);
    return control;
  };

  /** Make a list of options, given as pairs of value and label. */
  const makeSelect = (options) => {
    const select = document.createElement("select");
    for (const [value, label] of options) select.add(new Option(label, value));
    return select;
  };

  /** Make the control of a filter. */
  const makeControl = (filter) => {
    if (rules.isFacet(filter)) {
      return makeSelect([["", "all"], ...filter.options]);
    }
    const input = document.createElement("input");
    input.type = filter.control === "text" ? "search" : "date";
    return input;
  };

  /** Return the function by which an order sorts: the day, or the position of a claim's first value among the filter's options. */
  const sortKey = (order) => {
    if (order === "said") return (entry) => entry.claim.days[rules.defaultBasis][0];
    const positions = new Map(rules.filters.get(order).values.map((value, position) => [value, position]));
    return (entry) => positions.get(entry.claim.values[order][0]) ?? positions.size;
  };

  /** Return the entries in an order, those that are equal in it in the order of the texts. */
  const sortEntries = (order) => {
    if (order === "texts") return entries;
    const key = sortKey(order);
    return [...entries].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.position - b.position));
  };

  /** Keep what the form asks for with this visit of the page, so that it holds when a reader comes back. */
  const remember = () => {
    const controls = [...form.elements].map((control) => [control.name, control.value]);
    history.replaceState({ ...history.state, filter: controls.filter(([, value]) => value !== "") }, "");
  };

  /** Show the entries that fit, in the order that is asked for. */
  const apply = () => {
    const chosen = new Set(rules.select(data.claims, rules.readControls(form)));
    for (const { term, definition, claim } of entries) term.hidden = definition.hidden = !chosen.has(claim);
    const byText = orders.value === "texts";
    for (const entry of sortEntries(orders.value)) (byText ? entry.list : flatList).append(entry.term, entry.definition);
    flatList.hidden = byText;
    for (const section of sections) {
      section.hidden = !byText || !entries.some((entry) => entry.list.closest("section") === section && !entry.term.hidden);
    }
    status.textContent = chosen.size === entries.length ? `All ${chosen.size} claims` : `${chosen.size} of ${entries.length} claims`;
  };

  const filters = [...rules.filters.values()];
  for (const filter of filters) addControl(filter.ledger, filter.name, makeControl(filter));
  const reorders = ({ name }) => sortEntries(name).some((entry, position) => entry !== entries[position]); // sources do not
  const facetOrders = filters.filter(rules.isFacet).filter(reorders).map(({ name, ledger }) => [name, "by " + ledger.toLowerCase()]);
  const orders = addControl("Order", "cb-order", makeSelect([["texts", "of the texts"], ["said", "by day said"], ...facetOrders]));
  flatList.className = entries[0].list.className;
  flatList.hidden = true;
  sections[0].before(flatList);
  form.addEventListener("input", () => { apply(); remember(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    const target = document.getElementById(location.hash.slice(1));
    if (target?.hidden) {
      form.reset();
      apply();
      remember();
      target.scrollIntoView();
    }
  });
  for (const [name, value] of history.state?.filter ?? []) form.elements[name].value = value;
  form.hidden = status.hidden = false;
  apply();

  // Opened from disk with the private reader beside the book, each entry leads to its text; a published book requests nothing.
  if (location.protocol === "file:") {
    const marker = document.createElement("script");
    marker.src = "../../reader/sources.js";
    marker.addEventListener("load", () => {
      for (const { term, list } of entries) {
        const source = list.closest("section").id;
        if (!window.claimbookReader.includes(source)) continue;
        const link = document.createElement("a");
        link.className = "cb-in-text";
        link.href = `../../reader/${source}.html#${term.id}`;
        link.textContent = `${term.id} in the text`;
        term.append(" ", link);
      }
    });
    document.head.append(marker);
  }
})();
