// The explorer in a built page: the same filters as in a notebook, with no kernel and no network. The rules are those of
// explorer/filters.py, which also makes the form and the data that this reads. Data goes into the page as text, never as markup.
(() => {
  const root = document.querySelector(".cb-explorer");
  const data = JSON.parse(document.querySelector(".cb-explorer-data").textContent);
  const form = root.querySelector("form");
  const part = (name) => root.querySelector(".cb-explorer-" + name);
  const button = (name) => root.querySelector(`[data-does="${name}"]`);
  const filters = new Map(data.filters.map((filter) => [filter.name, filter]));
  const ledger = root.parentElement.dataset.ledger;
  const FACETS = Object.keys(data.claims[0]?.facets ?? {});
  const STEP = 100; // claims that the list shows at first, and adds when asked for more
  const BLANK = /^[ \t\r\n]*$/;
  const usual = filters.get("date").values[0]; // the basis of days where none is named
  let chosen = data.claims;

  // ---- what a link asks for

  const isDay = (value) => {
    if (!/^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
    const day = new Date(value + "T00:00:00Z");
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  };
  const faultsOf = (filter, values) => {
    if (values.length > 1 && filter.control !== "several") return [`${filter.name}: ${values.length} values; it takes one`];
    if (filter.values.length) return values.filter((value) => !filter.values.includes(value)).map((value) => `${filter.name}: there is no “${value}”`);
    if (filter.control === "day") return values.filter((value) => !isDay(value)).map((value) => `${filter.name}: “${value}” is not a day as YYYY-MM-DD`);
    return [];
  };
  const read = (fragment) => {
    const given = new Map();
    for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      if (!given.has(name)) given.set(name, []);
      if (!BLANK.test(value) && !given.get(name).includes(value)) given.get(name).push(value);
    }
    const faults = [...given.keys()].filter((name) => !filters.has(name)).map((name) => `there is no filter “${name}”`);
    const setting = {};
    for (const [name, filter] of filters) {
      const values = given.get(name) ?? [];
      const wrong = faultsOf(filter, values);
      faults.push(...wrong);
      if (values.length && !wrong.length) setting[name] = filter.values.length ? filter.values.filter((value) => values.includes(value)) : values;
    }
    if (setting.date?.[0] === usual) delete setting.date;
    return [setting, faults];
  };
  const quoted = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "?"))
    .replace(/[!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase()).replace(/%20/g, "+");
  const write = (setting) => {
    const parts = [...filters.keys()].flatMap((name) => (setting[name] ?? []).map((value) => `${name}=${quoted(value)}`));
    return parts.length ? "#" + parts.join("&") : "";
  };

  // ---- which claims fit

  const alike = new Map(Object.entries(data.alike));
  const fold = (text) => [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()].map((sign) => alike.get(sign) ?? sign).join("");
  const select = (setting) => {
    const pieces = fold(setting.text?.[0] ?? "").split(/[ \t\r\n]+/).filter(Boolean);
    const facets = FACETS.filter((name) => setting[name]);
    const basis = setting.date?.[0] ?? usual;
    const first = setting.from?.[0] ?? "";
    const last = setting.to?.[0] ?? "";
    if (first && last && first > last) return [];
    return data.claims.filter((claim) => {
      const [from, to] = claim.days[basis];
      return facets.every((name) => setting[name].some((value) => claim.facets[name].includes(value)))
        && pieces.every((piece) => claim.text.includes(piece))
        && (!(first || last) || (from !== "" && to >= first && (!last || from <= last)));
    });
  };

  // ---- the controls

  const controls = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
  const fromControls = () => {
    const setting = {};
    for (const [name, filter] of filters) {
      const fields = controls(name);
      const values = filter.control === "several" ? fields.filter((field) => field.checked).map((field) => field.value) : [fields[0].value];
      if (values.some((value) => !BLANK.test(value))) setting[name] = values;
    }
    if (setting.date?.[0] === usual) delete setting.date;
    return setting;
  };
  const toControls = (setting) => {
    for (const [name, filter] of filters) {
      const values = setting[name] ?? [];
      for (const field of controls(name)) {
        if (filter.control === "several") field.checked = values.includes(field.value);
        else field.value = values[0] ?? (name === "date" ? usual : "");
      }
    }
  };

  // ---- what is shown

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const drawn = (name, attributes = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const say = (place, text) => { if (place.textContent !== text) place.textContent = text; };
  const paraphrase = data.columns.indexOf("paraphrase");
  const published = data.columns.indexOf("published");
  const themeOf = (claim) => data.themes[claim.facets.theme[0]];
  const address = (claim) => ledger + "#" + encodeURIComponent(claim.id);
  const counted = (number) => `${number} claim${number === 1 ? "" : "s"}`;

  const list = (shown) => {
    const place = part("list");
    const items = chosen.slice(place.children.length, shown).map((claim) => {
      const glyph = element("span", { style: `color: var(--cb-${claim.facets.theme[0]})`, "aria-hidden": "true" }, themeOf(claim).glyph);
      return element("li", {}, element("a", { href: address(claim) }, claim.id), " ", glyph, " ", claim.cells[paraphrase], " ",
        element("small", {}, `${themeOf(claim).label}. ${claim.who}; ${claim.when}.`));
    });
    place.append(...items);
    const rest = chosen.length - place.children.length;
    button("more").hidden = rest <= 0;
    button("more").textContent = `Show ${Math.min(rest, STEP)} more of ${rest}`;
    return items[0];
  };
  const notes = (setting, faults) => {
    const lines = faults.map((fault) => `Not understood in the link: ${fault}.`);
    if (setting.from && setting.to && setting.from[0] > setting.to[0]) lines.push("The first day is after the last.");
    if (setting.from || setting.to) {
      const basis = setting.date?.[0] ?? usual;
      const undated = select({ ...setting, from: undefined, to: undefined }).filter((claim) => !claim.days[basis][0]).length;
      if (undated) lines.push(`${counted(undated)} left out: that day is not known.`);
    }
    if (!chosen.length) {
      const asked = [...filters.keys()].filter((name) => setting[name] && name !== "date");
      if (asked.length > 1) {
        const without = asked.map((name) => `${filters.get(name).label}: ${select({ ...setting, [name]: undefined }).length}`);
        lines.push(`No claim fits. Without one of the filters: ${without.join(", ")}.`);
      } else lines.push("No claim fits.");
    }
    return lines.join("\n");
  };

  // ---- the timeline

  const number = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const month = (when) => MONTHS[new Date(when * 864e5).getUTCMonth()];
  const day = (when) => `${new Date(when * 864e5).getUTCDate()} ${month(when)}`;
  const axis = (setting, width) => {
    const [first, lens, last] = data.axis.map(number);
    let knots = [first, lens, last];
    let shares = data.shares;
    const zoomed = (setting.from || setting.to) && chosen.length > 0;
    if (zoomed) {
      const days = chosen.map((claim) => number(placed(claim, setting).mark));
      const from = setting.from ? number(setting.from[0]) : days.reduce((a, b) => Math.min(a, b));
      const to = setting.to ? number(setting.to[0]) : days.reduce((a, b) => Math.max(a, b));
      knots = [from - 0.5, to + 0.5];
      shares = [0, 1];
    }
    const at = (when) => {
      if (when <= knots[0]) return 0;
      for (let i = 1; i < knots.length; i += 1) {
        if (when <= knots[i]) return (shares[i - 1] + ((when - knots[i - 1]) / (knots[i] - knots[i - 1])) * (shares[i] - shares[i - 1])) * width;
      }
      return width;
    };
    let ticks = data.ticks.map(number);
    if (zoomed) {
      const step = Math.max(1, Math.ceil((knots[1] - knots[0]) / (width / 70)));
      ticks = [];
      for (let tick = Math.ceil(knots[0]); tick <= knots[1]; tick += step) ticks.push(tick);
    }
    return { at, ticks, first: knots[0], last: knots[knots.length - 1], lens: zoomed ? null : lens };
  };
  const placed = (claim, setting) => {
    const basis = setting.date?.[0] ?? usual;
    if (basis === usual || !claim.days[basis][0]) return { mark: claim.mark, span: claim.days[usual], rests: claim.rests, sure: claim.sure };
    const span = claim.days[basis];
    const mark = basis === "published" ? claim.cells[published] : span[0];
    return { mark, span, rests: basis, sure: basis === "happened" ? claim.sure : span[0] === span[1] };
  };
  const timeline = (setting) => {
    const place = part("timeline");
    const width = Math.max(280, place.clientWidth);
    const COLUMN = 10, MARK = 4.2, TALL = 110, MOST = 40, TOP = 30;
    const days = axis(setting, width - 12);
    const x = (when) => 6 + days.at(when);
    const below = drawn("g"), bars = drawn("g"), marks = drawn("g");
    let y = TOP;
    const links = [];
    for (const theme of Object.keys(data.themes)) {
      const lane = chosen.filter((claim) => claim.facets.theme[0] === theme).map((claim) => ({ claim, ...placed(claim, setting) }));
      if (!lane.length) continue;
      lane.sort((a, b) => (a.mark < b.mark ? -1 : a.mark > b.mark ? 1 : 0));
      const piles = new Map();
      for (const one of lane) {
        const column = Math.floor(x(number(one.mark)) / COLUMN);
        if (!piles.has(column)) piles.set(column, []);
        piles.get(column).push(one);
      }
      const tallest = Math.min(MOST, Math.max(...[...piles.values()].map((pile) => pile.length)));
      const step = Math.min(9, TALL / tallest);
      const foot = y + 22 + step * tallest;
      below.append(drawn("line", { x1: 0, x2: width, y1: y, y2: y, stroke: "var(--cb-rule)" }));
      below.append(drawn("text", { class: "cb-lane", x: 2, y: y + 14, style: `fill: var(--cb-${theme})` }, `${data.themes[theme].glyph} ${data.themes[theme].label}, ${lane.length}`));
      for (const pile of piles.values()) {
        const middle = x(number(pile[0].mark));
        pile.slice(0, MOST).forEach((one, height) => {
          const level = foot - 6 - step * height;
          const [from, to] = one.span.map(number);
          if (x(to) - x(from) > 2) {
            bars.append(drawn("line", { x1: x(from), x2: x(to), y1: level, y2: level, stroke: `var(--cb-${theme})`, "stroke-width": one.sure ? 3 : 4, "stroke-opacity": one.sure ? 0.5 : 0.18 }));
          }
          const link = drawn("a", { href: address(one.claim), tabindex: "-1", "aria-label": `${one.claim.id}, ${one.claim.when}: ${one.claim.cells[paraphrase]}` });
          link.append(drawn("title", {}, `${one.claim.id}, ${one.claim.when}. ${one.claim.cells[paraphrase]}`));
          const filled = one.rests === "happened" ? `var(--cb-${theme})` : "var(--cb-paper)";
          link.append(drawn("path", { d: data.themes[theme].path, transform: `translate(${middle.toFixed(1)} ${level.toFixed(1)}) scale(${MARK})`, fill: filled, stroke: `var(--cb-${theme})` }));
          marks.append(link);
          links.push(link);
        });
        if (pile.length > MOST) below.append(drawn("text", { x: middle, y: foot - 10 - step * MOST, "text-anchor": "middle" }, `+${pile.length - MOST}`));
      }
      y = foot;
    }
    const ground = drawn("g");
    if (days.lens !== null) ground.append(drawn("rect", { x: x(days.lens), y: TOP, width: x(days.last) - x(days.lens), height: y - TOP, fill: "var(--cb-band)" }));
    let free = 0;
    for (const tick of days.ticks) {
      ground.append(drawn("line", { x1: x(tick), x2: x(tick), y1: TOP, y2: y + 4, stroke: "var(--cb-rule)", "stroke-width": 0.5 }));
      const words = days.lens !== null && tick < days.lens ? month(tick) : day(tick);
      const half = 3.2 * words.length;
      const middle = Math.min(Math.max(x(tick), half), width - half);
      if (middle - half < free) continue;
      ground.append(drawn("text", { x: middle, y: y + 16, "text-anchor": "middle" }, words));
      free = middle + half + 6;
    }
    let row = 0;
    for (const [on, words] of data.landmarks) {
      const when = number(on);
      if (when < days.first || when > days.last) continue;
      const label = `${day(when)}: ${words}`;
      const right = x(when) > width / 2;
      ground.append(drawn("line", { x1: x(when), x2: x(when), y1: TOP, y2: y, stroke: "var(--cb-muted)", "stroke-dasharray": "3 3" }));
      ground.append(drawn("text", { x: x(when), y: TOP - 4 - 13 * (row % 2), "text-anchor": right ? "end" : "start" }, label));
      row += 1;
    }
    const before = chosen.filter((claim) => number(placed(claim, setting).mark) < days.first).length;
    const name = `Timeline of ${counted(chosen.length)} in lanes by theme${before ? `; ${before} of earlier days at its left end` : ""}. The list below has the same claims.`;
    const svg = drawn("svg", { viewBox: `0 0 ${width} ${y + 22}`, role: "group", "aria-label": name }, ground, below, bars, marks);
    place.replaceChildren(...(chosen.length ? [svg] : []));
    if (links.length) links[0].setAttribute("tabindex", "0");
    svg.addEventListener("keydown", (event) => {
      const here = links.indexOf(document.activeElement);
      const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: links.length - 1 }[event.key];
      if (here < 0 || next === undefined || !links[next]) return;
      event.preventDefault();
      links[here].setAttribute("tabindex", "-1");
      links[next].setAttribute("tabindex", "0");
      links[next].focus();
    });
  };

  const show = (setting, faults = []) => {
    chosen = select(setting);
    say(part("count"), chosen.length === data.claims.length ? `All ${counted(chosen.length)}` : `${chosen.length} of ${counted(data.claims.length)}`);
    say(part("note"), notes(setting, faults));
    part("link").hidden = true;
    part("list").replaceChildren();
    list(STEP);
    timeline(setting);
  };

  // ---- what the reader does

  const keep = (setting) => {
    const there = location.href.split("#")[0] + write(setting);
    try {
      history.replaceState(null, "", there);
    } catch {
      location.replace(write(setting) || "#"); // where a browser forbids the other on a page from disk
    }
  };
  const follow = () => {
    if (location.hash && !location.hash.includes("=")) return false; // a place in the page, not a selection
    const [setting, faults] = read(location.hash);
    toControls(setting);
    show(setting, faults);
    return true;
  };
  const csv = () => [data.columns, ...chosen.map((claim) => claim.cells)]
    .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n").join("");
  const change = () => {
    const setting = fromControls();
    keep(setting);
    show(setting);
  };
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", follow);
  button("reset").addEventListener("click", () => {
    toControls({});
    change();
  });
  button("more").addEventListener("click", () => list(part("list").children.length + STEP)?.querySelector("a").focus());
  button("csv").addEventListener("click", () => {
    const file = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    element("a", { href: file, download: "short-of-war-selection.csv" }).click();
    setTimeout(() => URL.revokeObjectURL(file), 10000);
  });
  button("link").addEventListener("click", async () => {
    const field = part("link").querySelector("input");
    field.value = location.href.split("#")[0] + write(fromControls());
    part("link").hidden = false;
    field.select();
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      copied = document.execCommand("copy"); // needs no permission; takes what is marked in the field
    }
    say(part("note"), copied ? "The link is copied." : "The link stands below, marked, to be copied by hand.");
  });

  for (const still of document.querySelectorAll(".cb-explorer-still")) still.hidden = true;
  root.hidden = false;
  const above = document.querySelector(".bd-header-article"); // stays at the top of the window, over whatever else would
  root.style.setProperty("--cb-top", `${above && getComputedStyle(above).position === "sticky" ? above.offsetHeight : 0}px`);
  if (!location.hash.includes("=")) {
    const [setting] = read(data.start);
    toControls(setting);
    show(setting);
  } else follow();
  let width = part("timeline").clientWidth;
  new ResizeObserver(() => {
    if (part("timeline").clientWidth === width) return;
    width = part("timeline").clientWidth;
    timeline(fromControls());
  }).observe(part("timeline"));
})();
