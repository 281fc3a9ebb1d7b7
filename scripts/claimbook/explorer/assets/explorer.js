// The explorer in a built page: the same filters as in a notebook, without kernel and network. explorer/page.py writes the form and
// the data; filters.js has the rules and timeline.js draws. Data are added to the page as text, never as markup.
(() => {
  const root = document.querySelector(".cb-explorer");
  const data = JSON.parse(document.querySelector(".cb-explorer-data").textContent);
  const rules = window.claimbook.makeFilters(data.rules);
  const form = root.querySelector("form");
  const part = (name) => root.querySelector(".cb-explorer-" + name);
  const button = (action) => root.querySelector(`[data-action="${action}"]`);
  const STEP = 100; // claims that the list shows at first, and adds on request

  /** Unpack the claims: see `pack_records`. */
  const unpackClaims = () => {
    const columns = Object.entries(data.claims).map(([key, [values, positions]]) => [key.split("."), values, positions]);
    return data.claims.id[0].map((id, row) => {
      const claim = { page: data.ledger.pages[data.ledger.of[row]], values: {}, texts: {}, days: {}, cells: { claim_id: id } };
      for (const [[group, name], values, positions] of columns) {
        const value = values[positions ? positions[row] : row];
        if (name === undefined) claim[group] = value;
        else claim[group][name] = value;
      }
      const own = rules.fold(`${id} \n ${claim.cells.paraphrase}`);
      for (const name of data.prefixed) claim.texts[name] = own + claim.texts[name];
      return claim;
    });
  };

  const allClaims = unpackClaims();
  let chosen = allClaims;

  const paraphrase = (claim) => claim.cells.paraphrase;
  const address = (claim) => claim.page + "#" + encodeURIComponent(claim.id);
  const countClaims = (number) => `${number} claim${number === 1 ? "" : "s"}`;

  /** Make an HTML element with attributes and children. */
  const htmlElement = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /** Set the text of an element that a screen reader announces, unless it has that text already. */
  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  /** Return the mark of a claim on the basis that a setting asks for; on the default basis where the claim has no such day. */
  const markOf = (claim, basis) => {
    const span = claim.days[basis];
    if (basis === rules.defaultBasis || !span[0]) {
      return { mark: claim.mark, span: claim.days[rules.defaultBasis], basis: claim.basis, sure: claim.sure };
    }
    const mark = basis === "published" ? claim.cells.published : span[0];
    return { mark, span, basis, sure: basis === "happened" ? claim.sure : span[0] === span[1] };
  };

  /** Draw the timeline of the selection. */
  const showTimeline = (setting) => {
    const range = rules.dayRange(setting);
    const items = chosen.map((claim) => ({ claim, address: address(claim), paraphrase: paraphrase(claim), ...markOf(claim, range.basis) }));
    window.claimbook.drawTimeline(part("timeline"), data, items, range);
  };

  /** Add claims to the list until it has `length` of them; return the first item that was added. */
  const extendList = (length) => {
    const list = part("list");
    const items = chosen.slice(list.children.length, length).map((claim) => {
      const theme = data.themes[claim.theme];
      const glyph = htmlElement("span", { "aria-hidden": "true" }, theme.glyph);
      glyph.style.color = `var(--cb-${claim.theme})`; // a strict policy forbids the attribute
      const details = htmlElement("small", {}, `${theme.label}. ${claim.who}; ${claim.when}.`);
      return htmlElement("li", {}, htmlElement("a", { href: address(claim) }, claim.id), " ", glyph, " ", paraphrase(claim), " ", details);
    });
    list.append(...items);
    const remaining = chosen.length - list.children.length;
    button("more").hidden = remaining <= 0;
    button("more").textContent = `Show ${Math.min(remaining, STEP)} more of ${remaining}`;
    return items[0];
  };

  /** Write the notes on a selection: faults of its link, claims left out, filters that could be given up. */
  const describeSelection = (setting, faults) => {
    const lines = faults.map((fault) => `Not understood in the link: ${fault}.`);
    const { basis, first, last } = rules.dayRange(setting);
    if (first && last && first > last) lines.push("The first day is after the last.");
    if (first || last) {
      const undated = rules.select(allClaims, rules.withoutDays(setting)).filter((claim) => !claim.days[basis][0]).length;
      if (undated) lines.push(`${countClaims(undated)} left out: that day is not known.`);
    }
    if (!chosen.length) {
      const asked = [...rules.filters.values()].filter(({ name, control }) => setting[name] && control !== "basis");
      if (asked.length > 1) {
        const without = asked.map(({ name, label }) => `${label}: ${rules.select(allClaims, { ...setting, [name]: undefined }).length}`);
        lines.push(`No claim fits. Without one of the filters: ${without.join(", ")}.`);
      } else lines.push("No claim fits.");
    }
    return lines.join("\n");
  };

  /** Show the selection of a setting. */
  const show = (setting, faults = []) => {
    chosen = rules.select(allClaims, setting);
    setText(part("count"), chosen.length === allClaims.length ? `All ${countClaims(chosen.length)}` : `${chosen.length} of ${countClaims(allClaims.length)}`);
    setText(part("note"), describeSelection(setting, faults));
    part("link").hidden = true;
    part("list").replaceChildren();
    extendList(STEP);
    showTimeline(setting);
  };

  /** Return the page's address with a setting as its fragment. */
  const addressOf = (setting) => location.href.split("#")[0] + rules.writeFragment(setting);

  /** Show what the controls ask for, and write it into the page's address. */
  const applyControls = () => {
    const setting = rules.readControls(form);
    try {
      history.replaceState(null, "", addressOf(setting));
    } catch {
      location.replace(rules.writeFragment(setting) || "#"); // some browsers forbid the other on a page from disk
    }
    show(setting);
  };

  /** Show what a fragment asks for. */
  const applyFragment = (fragment) => {
    const [setting, faults] = rules.readFragment(fragment);
    rules.writeControls(form, setting);
    show(setting, faults);
  };

  /** Return the selection as CSV: see `csv_export.py`. */
  const toCsv = () => "\uFEFF" + [data.columns, ...chosen.map((claim) => data.columns.map((column) => claim.cells[column]))]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n").join("");

  form.addEventListener("input", applyControls);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", () => {
    if (!location.hash || location.hash.includes("=")) applyFragment(location.hash); // others lead to a part of the page
  });
  button("reset").addEventListener("click", () => {
    rules.writeControls(form, {});
    applyControls();
  });
  button("more").addEventListener("click", () => extendList(part("list").children.length + STEP)?.querySelector("a").focus());
  button("csv").addEventListener("click", () => {
    const file = URL.createObjectURL(new Blob([toCsv()], { type: "text/csv;charset=utf-8" }));
    htmlElement("a", { href: file, download: data.download }).click();
    setTimeout(() => URL.revokeObjectURL(file), 10000);
  });
  button("link").addEventListener("click", async () => {
    const field = part("link").querySelector("input");
    field.value = addressOf(rules.readControls(form));
    part("link").hidden = false;
    field.select();
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      copied = document.execCommand("copy"); // needs no permission; copies the text selected in the field
    }
    setText(part("note"), copied ? "The link is copied." : "The link stands below, marked, to be copied by hand.");
  });

  for (const still of document.querySelectorAll(".cb-explorer-still")) still.hidden = true;
  root.hidden = false;
  const header = document.querySelector(".bd-header-article"); // sticks to the top of the window, above the bar
  const headerHeight = header && getComputedStyle(header).position === "sticky" ? header.offsetHeight : 0;
  root.style.setProperty("--cb-top", `${headerHeight}px`);
  applyFragment(location.hash.includes("=") ? location.hash : data.start);
  let width = part("timeline").clientWidth;
  new ResizeObserver(() => {
    if (part("timeline").clientWidth === width) return;
    width = part("timeline").clientWidth;
    showTimeline(rules.readControls(form));
  }).observe(part("timeline"));
})();
