// Finds the stored spans of a source in a copy of its text, by the same rules and with the same results as texts/finder.py; see there why.
window.claimbook = window.claimbook || {};

/**
 * Find all spans of one source in a copy of its text.
 *
 * @param {object} index - The copy, a `TextIndex`.
 * @param {object[]} selectors - The selectors: start, end, words, anchor, head, tail.
 * @param {number} length - The number of characters of the text that was annotated.
 * @returns {object[]} For each selector its status, start, end, words and places.
 */
window.claimbook.findSpans = (index, selectors, length) => {
  const EDGE = 3;
  const MAX_GROWTH = 2, MAX_INSERTED = 120, MIN_WORDS = 5, MIN_WORDS_MOVED = 10, NEIGHBOURS = 3;
  const SLACK = 6, DRIFT = 0.02, CLEARLY = 10, MAX_MOVE = 1500;

  /** Compare lists of numbers as Python compares tuples. */
  const compare = (one, other) => {
    for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return one[at] - other[at];
    return 0;
  };
  const asList = (placed) => [placed.old, placed.new, placed.oldEnd, placed.newEnd];
  const byPlace = (one, other) => compare(asList(one), asList(other));
  const keyOf = (selector) => [selector.start, selector.end, selector.words, selector.anchor, selector.head, selector.tail].join("/");
  const bisect = (list, isBefore) => {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  const tolerance = (distance) => SLACK + DRIFT * distance;
  const deviation = (placed, other) => {
    const starts = Math.abs((placed.new - other.new) - (placed.old - other.old));
    const ends = placed.old >= other.old
      ? Math.abs((placed.new - other.newEnd) - (placed.old - other.oldEnd))
      : Math.abs((other.new - placed.newEnd) - (other.old - placed.oldEnd));
    return Math.min(starts, ends);
  };
  const gap = (placed, other) => Math.max(placed.old - other.oldEnd, other.old - placed.oldEnd, 0);
  const agree = (placed, other) => deviation(placed, other) <= tolerance(Math.abs(placed.old - other.old));
  const nearness = (placed, others) => others.map((other) => [deviation(placed, other), gap(placed, other)]).sort(compare)[0];

  const distinct = new Map(selectors.map((selector) => [keyOf(selector), selector]));
  const ordered = [...distinct.values()].sort((one, other) => one.start - other.start || one.end - other.end);
  const candidates = new Map(ordered.map((selector) => [selector, index.findWords(selector)]));
  const matches = new Map();
  let placedSpans = [{ old: 0, new: 0, oldEnd: 0, newEnd: 0 }, { old: length, new: index.length, oldEnd: length, newEnd: index.length }];

  const placement = (selector, first) => ({
    old: selector.start, new: index.starts[first], oldEnd: selector.end, newEnd: index.ends[first + selector.words - 1],
  });
  const makeMatch = (status, start, end, words = 0, places = 1) => ({ status, start, end, words, places });
  const place = (selector, first) => {
    const status = index.distance(first, selector.start) === 0 ? "exact" : "moved";
    const placed = placement(selector, first);
    placedSpans.splice(bisect(placedSpans, (other) => byPlace(other, placed) <= 0), 0, placed);
    matches.set(selector, makeMatch(status, placed.new, placed.newEnd, selector.words));
  };
  const openSpans = () => ordered.filter((selector) => !matches.has(selector) && candidates.get(selector).length);

  /** Place the wordings that stand once and have shifted like a neighbour. */
  const placeAgreeing = () => {
    const once = ordered.filter((selector) => candidates.get(selector).length === 1);
    const all = [...once.filter((selector) => selector.words >= MIN_WORDS).map((selector) => placement(selector, candidates.get(selector)[0])), ...placedSpans];
    const single = [...new Map(all.map((placed) => [asList(placed).join(), placed])).values()].sort(byPlace);
    const certain = new Set(single.filter((placed, position) => {
      const others = [...single.slice(Math.max(position - NEIGHBOURS, 0), position), ...single.slice(position + 1, position + 1 + NEIGHBOURS)];
      return others.some((other) => agree(placed, other));
    }).map((placed) => asList(placed).join()));
    for (const selector of once) {
      const [first] = candidates.get(selector);
      if (!matches.has(selector) && certain.has(asList(placement(selector, first)).join())) place(selector, first);
    }
  };

  /** Return the nearest placed spans before a span, and those after it. */
  const neighbours = (selector) => {
    const position = bisect(placedSpans, (other) => byPlace(other, { old: selector.start, new: -1, oldEnd: 0, newEnd: 0 }) < 0);
    return [placedSpans.slice(Math.max(position - NEIGHBOURS, 0), position), placedSpans.slice(position, position + NEIGHBOURS)];
  };

  /** Check whether the first or last words of a span stand where its neighbours put it. */
  const isChangedNearby = (selector, before, after) => {
    if (!selector.head) return false;
    const edge = Math.min(EDGE, selector.words);
    for (const [digest, offset] of [[selector.head, selector.start], [selector.tail, selector.end]]) {
      for (const first of index.findRun(digest, edge)) {
        const found = offset === selector.end ? index.ends[first + edge - 1] : index.starts[first];
        for (const other of [...before.slice(-1), ...after.slice(0, 1)]) {
          if (Math.abs(found - other.new - (offset - other.old)) <= tolerance(Math.abs(offset - other.old))) return true;
        }
      }
    }
    return false;
  };

  /** Check whether the text around a place has changed as if a span had moved there. */
  const canHaveMoved = (selector, first) => {
    const placed = placement(selector, first);
    const byNew = [...placedSpans].sort((one, other) => one.new - other.new);
    const left = byNew.filter((other) => other.newEnd <= placed.new);
    const right = byNew.filter((other) => other.new >= placed.newEnd);
    if (!left.length || !right.length) return false;
    const start = left[left.length - 1], end = right[0];
    const growth = (end.new - start.new) - (end.old - start.old);
    const size = selector.end - selector.start;
    const before = (placed.new - start.new) - (placed.old - start.old);
    const after = growth - before;
    const stayed = start.old <= selector.start && selector.start <= end.old;
    if (stayed && (Math.min(before, after) >= -SLACK || Math.max(before, after) <= SLACK)) return true;
    if (selector.words < MIN_WORDS_MOVED) return false;
    if (!stayed) return growth >= size;
    return Math.min(Math.abs(before), Math.abs(after)) <= MAX_MOVE && Math.abs(growth + size) > SLACK + size / 10;
  };

  /** Choose the place of a span among those where its words stand; null if none is certain. */
  const choose = (selector) => {
    const [before, after] = neighbours(selector);
    const around = [...before, ...after];
    const options = candidates.get(selector).map((first) => [first, placement(selector, first)]);
    const near = options.filter(([, placed]) => around.some((other) => agree(placed, other))).map(([first]) => first);
    if (near.length) {
      const scores = options.map(([first, placed]) => [...nearness(placed, around), first]).sort(compare);
      const [[least, distance, best], ...others] = scores;
      const limit = CLEARLY * least + 2 * SLACK;
      const certain = others.every(([far, otherDistance]) => far > limit || 4 * distance + SLACK < otherDistance);
      return certain && near.includes(best) ? best : null;
    }
    if (selector.words < MIN_WORDS || isChangedNearby(selector, before, after)) return null;
    const between = options.filter(([, placed]) => (!before.length || before[before.length - 1].new <= placed.new)
      && (!after.length || placed.new <= after[0].new));
    for (const group of [between, options]) {
      if (group.length === 1 && canHaveMoved(selector, group[0][0])) return group[0][0];
    }
    return null;
  };

  const changed = (first, following, words, places) => makeMatch("changed", index.starts[first], index.ends[following - 1], words, places);

  /** Describe what is left of a span that was not placed. */
  const describeUnfound = (selector) => {
    const places = candidates.get(selector);
    if (places.length) {
      const first = places.reduce((best, one) => (index.distance(one, selector.start) < index.distance(best, selector.start) ? one : best));
      const placed = placement(selector, first);
      return makeMatch("unclear", placed.new, placed.newEnd, selector.words, places.length);
    }
    const missing = makeMatch("missing", selector.start, selector.end, 0, 0);
    if (!selector.head) return missing;
    const [before, after] = neighbours(selector);
    const edge = Math.min(EDGE, selector.words);
    const heads = index.findRun(selector.head, edge);
    const tails = index.findRun(selector.tail, edge);
    const longest = selector.words * MAX_GROWTH + MAX_INSERTED;
    const pairs = heads.flatMap((head) => tails.slice(bisect(tails, (tail) => tail < head))
      .filter((tail) => tail + edge - head <= longest).map((tail) => [head, tail + edge]));
    const others = [...before.slice(-1), ...after.slice(0, 1)];
    const off = ([first, following]) => {
      const start = index.starts[first], end = index.ends[following - 1];
      const startOff = Math.min(...others.map((other) => Math.abs(start - other.new - selector.start + other.old)));
      const endOff = Math.min(...others.map((other) => Math.abs(end - other.new - selector.end + other.old)));
      return [startOff + endOff, Math.abs(following - first - selector.words)];
    };
    if (pairs.length) {
      const [head, following] = pairs.reduce((best, one) => (compare(off(one), off(best)) < 0 ? one : best));
      return changed(head, following, following - head, pairs.length);
    }
    const single = [...heads, ...tails].map((first) => [first, first + edge]);
    return single.length === 1 && edge === EDGE ? changed(...single[0], 0, 1) : missing;
  };

  /** Withdraw places that were given to two spans which stood apart in the old text. */
  const withdrawShared = () => {
    const sharing = new Map();
    for (const [selector, match] of matches) {
      if (match.status !== "exact" && match.status !== "moved") continue;
      const key = `${selector.anchor}/${match.start}`;
      sharing.set(key, [...(sharing.get(key) ?? []), selector]);
    }
    for (const group of sharing.values()) {
      const starts = group.map((selector) => selector.start);
      if (Math.max(...starts) - Math.min(...starts) <= SLACK) continue;
      for (const selector of group) if (matches.get(selector).status === "moved") matches.set(selector, describeUnfound(selector));
    }
  };

  for (const selector of ordered) {
    const places = candidates.get(selector);
    if (places.length === 1 && index.distance(places[0], selector.start) === 0) place(selector, places[0]);
  }
  placeAgreeing();
  for (let open = openSpans(); open.length;) {
    for (const selector of open) {
      const chosen = choose(selector);
      if (chosen !== null) place(selector, chosen);
    }
    const remaining = openSpans();
    if (remaining.length === open.length) break;
    open = remaining;
  }
  for (const selector of ordered) if (!matches.has(selector)) matches.set(selector, describeUnfound(selector));
  withdrawShared();
  return selectors.map((selector) => matches.get(distinct.get(keyOf(selector))));
};

/** As `findSpans`, but spans whose words stand exactly where they stood keep their offsets, as in texts/stored_spans.py. */
window.claimbook.locateSpans = (index, selectors, length) => {
  const exact = selectors.map((selector) => index.standsExactly(selector));
  const found = exact.every(Boolean) ? [] : window.claimbook.findSpans(index, selectors, length);
  return selectors.map((selector, position) => {
    const match = found[position] ?? { status: "exact" };
    if (match.status !== "exact") return match;
    if (exact[position]) return { status: "exact", start: selector.start, end: selector.end, words: 0, places: 1 };
    return { ...match, status: "moved" };
  });
};
