// The timeline of the explorer: the selected claims as marks in lanes by theme, drawn as SVG.
window.claimbook = window.claimbook || {};

(() => {
  const COLUMN_WIDTH = 10; // pixels: marks that would be nearer are piled up
  const MARK_SIZE = 4.2; // pixels from a mark's middle to its edge
  const PILE_HEIGHT = 110; // pixels: a higher pile is pressed together
  const PILE_LIMIT = 40; // marks of a pile at most; a number says how many more there are
  const TOP = 30; // pixels above the lanes, for landmarks
  const MARGIN = 6; // pixels at either end of the axis
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

  const dayNumber = (iso) => Date.parse(iso + "T00:00:00Z") / 864e5;
  const monthLabel = (number) => MONTHS[new Date(number * 864e5).getUTCMonth()];
  const dayLabel = (number) => `${new Date(number * 864e5).getUTCDate()} ${monthLabel(number)}`;
  const countClaims = (number) => `${number} claim${number === 1 ? "" : "s"}`;
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  /** Make an SVG element with attributes and children. */
  const svgElement = (name, attributes = {}, ...children) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  /**
   * Make the axis of days: the report's own, or, where a range of days is asked for, an even one over that range.
   * @param {object} axis - The report's axis: `days` between which it is even, their `shares` of the width, `ticks`,
   * the first `months` of which are of months and not of days.
   * @param {object[]} items - The claims with the positions of their marks.
   * @param {{first: string, last: string}} range - The days asked for; empty where they are open.
   * @param {number} width - The width in pixels.
   * @returns {object} The function from day numbers to pixels, the ticks, and the days between which the axis runs.
   */
  const makeAxis = (axis, items, range, width) => {
    const [first, stretched, last] = axis.days.map(dayNumber);
    const isZoomed = Boolean(range.first || range.last) && items.length > 0;
    let ends = [first, stretched, last];
    let shares = axis.shares;
    let ticks = axis.ticks.map(dayNumber);
    if (isZoomed) {
      const days = items.map((item) => dayNumber(item.mark));
      const start = range.first ? dayNumber(range.first) : days.reduce((a, b) => Math.min(a, b));
      const end = range.last ? dayNumber(range.last) : days.reduce((a, b) => Math.max(a, b));
      ends = [start - 0.5, end + 0.5];
      shares = [0, 1];
      const step = Math.max(1, Math.ceil((ends[1] - ends[0]) / (width / 70)));
      ticks = [];
      for (let tick = Math.ceil(ends[0]); tick <= ends[1]; tick += step) ticks.push(tick);
    }
    const toPixels = (day) => {
      if (day <= ends[0]) return 0;
      for (let i = 1; i < ends.length; i += 1) {
        if (day <= ends[i]) return (shares[i - 1] + ((day - ends[i - 1]) / (ends[i] - ends[i - 1])) * (shares[i] - shares[i - 1])) * width;
      }
      return width;
    };
    return { toPixels, ticks, months: isZoomed ? 0 : axis.months, first: ends[0], last: ends[ends.length - 1], stretched: isZoomed ? null : stretched };
  };

  /** Group the items of a lane into piles, from left to right in the order of their days. */
  const makePiles = (items, x) => {
    const piles = new Map();
    for (const item of [...items].sort((a, b) => compare(a.mark, b.mark))) {
      const column = Math.floor(x(dayNumber(item.mark)) / COLUMN_WIDTH);
      if (!piles.has(column)) piles.set(column, []);
      piles.get(column).push(item);
    }
    return [...piles.values()];
  };

  /** Make the mark of a claim: a link to its entry in the ledger. */
  const makeMark = (item, theme, path, x, y) => {
    const { claim } = item;
    const link = svgElement("a", { href: item.address, tabindex: "-1", "aria-label": `${claim.id}, ${claim.when}: ${item.paraphrase}` });
    const fill = item.basis === "happened" ? `var(--cb-${theme})` : "var(--cb-paper)";
    link.append(
      svgElement("title", {}, `${claim.id}, ${claim.when}. ${item.paraphrase}`),
      svgElement("path", { d: path, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${MARK_SIZE})`, fill, stroke: `var(--cb-${theme})` }),
    );
    return link;
  };

  /** Draw ticks, landmarks and the ground of the stretched days, from `TOP` to `bottom`. */
  const drawGround = (axis, x, landmarks, width, bottom) => {
    const ground = svgElement("g");
    if (axis.stretched !== null) {
      ground.append(svgElement("rect", { x: x(axis.stretched), y: TOP, width: x(axis.last) - x(axis.stretched), height: bottom - TOP, fill: "var(--cb-band)" }));
    }
    let free = 0; // pixels: where the next label can begin
    for (const [index, tick] of axis.ticks.entries()) {
      ground.append(svgElement("line", { x1: x(tick), x2: x(tick), y1: TOP, y2: bottom + 4, stroke: "var(--cb-rule)", "stroke-width": 0.5 }));
      const label = index < axis.months ? monthLabel(tick) : dayLabel(tick);
      const half = 3.2 * label.length;
      const middle = Math.min(Math.max(x(tick), half), width - half);
      if (middle - half < free) continue;
      ground.append(svgElement("text", { x: middle, y: bottom + 16, "text-anchor": "middle" }, label));
      free = middle + half + 6;
    }
    landmarks.map(([iso, label]) => [dayNumber(iso), label])
      .filter(([day]) => day >= axis.first && day <= axis.last)
      .forEach(([day, label], row) => {
        const anchor = x(day) > width / 2 ? "end" : "start";
        ground.append(
          svgElement("line", { x1: x(day), x2: x(day), y1: TOP, y2: bottom, stroke: "var(--cb-muted)", "stroke-dasharray": "3 3" }),
          svgElement("text", { x: x(day), y: TOP - 4 - 13 * (row % 2), "text-anchor": anchor }, `${dayLabel(day)}: ${label}`),
        );
      });
    return ground;
  };

  /** Let the arrow keys, Home and End go from mark to mark; Tab reaches one of them. */
  const addKeys = (svg, links) => {
    if (links.length) links[0].setAttribute("tabindex", "0");
    svg.addEventListener("keydown", (event) => {
      const current = links.indexOf(document.activeElement);
      const next = { ArrowRight: current + 1, ArrowLeft: current - 1, Home: 0, End: links.length - 1 }[event.key];
      if (current < 0 || next === undefined || !links[next]) return;
      event.preventDefault();
      links[current].setAttribute("tabindex", "-1");
      links[next].setAttribute("tabindex", "0");
      links[next].focus();
    });
  };

  /**
   * Draw claims into an element.
   * @param {Element} container - The element to fill.
   * @param {object} data - The explorer's data: `axis`, `landmarks`, `themes`.
   * @param {object[]} items - The claims to draw, each with `claim`, `address`, `paraphrase`, and the day, span and basis of its mark.
   * @param {{first: string, last: string}} range - The days asked for.
   */
  window.claimbook.drawTimeline = (container, data, items, range) => {
    if (!items.length) {
      container.replaceChildren();
      return;
    }
    const width = Math.max(280, container.clientWidth);
    const axis = makeAxis(data.axis, items, range, width - 2 * MARGIN);
    const x = (day) => MARGIN + axis.toPixels(day);
    const labels = svgElement("g"), bars = svgElement("g"), marks = svgElement("g");
    const links = [];
    let bottom = TOP;
    for (const [theme, { glyph, label, path }] of Object.entries(data.themes)) {
      const lane = items.filter((item) => item.claim.theme === theme);
      if (!lane.length) continue;
      const piles = makePiles(lane, x);
      const highest = Math.min(PILE_LIMIT, Math.max(...piles.map((pile) => pile.length)));
      const step = Math.min(9, PILE_HEIGHT / highest);
      const base = bottom + 22 + step * highest;
      const heading = svgElement("text", { class: "cb-lane", x: 2, y: bottom + 14 }, `${glyph} ${label}, ${lane.length}`);
      heading.style.fill = `var(--cb-${theme})`; // a strict policy forbids the attribute
      labels.append(svgElement("line", { x1: 0, x2: width, y1: bottom, y2: bottom, stroke: "var(--cb-rule)" }), heading);
      for (const pile of piles) {
        const middle = x(dayNumber(pile[0].mark));
        pile.slice(0, PILE_LIMIT).forEach((item, height) => {
          const y = base - 6 - step * height;
          const [start, end] = item.span.map(dayNumber).map(x);
          if (end - start > 2) {
            const look = item.sure ? { "stroke-width": 3, "stroke-opacity": 0.5 } : { "stroke-width": 4, "stroke-opacity": 0.18 };
            bars.append(svgElement("line", { x1: start, x2: end, y1: y, y2: y, stroke: `var(--cb-${theme})`, ...look }));
          }
          const link = makeMark(item, theme, path, middle, y);
          marks.append(link);
          links.push(link);
        });
        if (pile.length > PILE_LIMIT) {
          labels.append(svgElement("text", { x: middle, y: base - 10 - step * PILE_LIMIT, "text-anchor": "middle" }, `+${pile.length - PILE_LIMIT}`));
        }
      }
      bottom = base;
    }
    const earlier = items.filter((item) => dayNumber(item.mark) < axis.first).length;
    const note = earlier ? `; ${earlier} of earlier days at its left end` : "";
    const name = `Timeline of ${countClaims(items.length)} in lanes by theme${note}. The list below has the same claims.`;
    const ground = drawGround(axis, x, data.landmarks, width, bottom);
    const svg = svgElement("svg", { viewBox: `0 0 ${width} ${bottom + 22}`, role: "group", "aria-label": name }, ground, labels, bars, marks);
    addKeys(svg, links);
    container.replaceChildren(svg);
  };
})();
