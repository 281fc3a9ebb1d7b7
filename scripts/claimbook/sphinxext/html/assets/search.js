// Searches the passages of all pages and the claims, by the index that search_index.py writes. A place is found if it has all words asked
// for, or their beginnings or other endings; numbers and ids of claims are found only as they are.
document.addEventListener("DOMContentLoaded", () => {
  const FIRST = 12; // results of a kind that are shown before a reader asks for more
  const CONTEXT = 260; // characters of a passage that are shown
  const TOKEN = /[a-z][a-z0-9]+-\d+(?![\p{L}\p{N}])|\d+(?:[.,]\d+)*(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu;
  const COMPOUND = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;
  const { pages, passages, claims, explorer, spellings } = window.claimbookSearch;
  const ids = new Set(claims.map((claim) => claim[1].toLowerCase()));
  const places = [
    ...passages.map(([page, anchor, text, own]) => ({ page, anchor, text, own, kind: "passages" })),
    ...claims.map(([page, anchor, text]) => ({ page, anchor, text, kind: "claims" })),
  ];
  const output = document.getElementById("search-results");
  const status = document.querySelector(".cb-search-status");
  const form = document.querySelector(".bd-search-container form");
  const field = form.querySelector("input");
  const stemmer = new Stemmer();
  const stems = new Map();

  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const isNumber = (token) => /^\d/.test(token);
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, /^[a-z]+$/.test(word) ? stemmer.stemWord(word) : word);
    return stems.get(word);
  };

  /** Return a compound without its hyphens, which readers write or leave out: `cease-fire`, `T-72`. Ids and ranges of numbers keep theirs. */
  const join = (compound) => (ids.has(compound) || !/\p{L}/u.test(compound) ? compound : compound.replaceAll("-", ""));

  /** Return the tokens of a folded text: ids of claims, numbers without their commas, words, and compounds as one word. */
  const tokenize = (folded) => [
    ...[...folded.matchAll(TOKEN)].flatMap(([token]) => {
      if (isNumber(token)) return [token.replace(/,(?=\d{3})/g, "")];
      return token.includes("-") && !ids.has(token) ? [token, ...token.split("-")] : [token];
    }),
    ...[...folded.matchAll(COMPOUND)].map(([compound]) => join(compound)).filter((word) => !word.includes("-")),
  ];

  const asToken = (word) => join(fold(word));
  const wordsSpelt = new Map(Object.entries(spellings).map(([other, words]) => [asToken(other), words.map(asToken)]));

  /** Check whether a token of a text is what a token of the question asks for, be it in another spelling of a name. */
  const answers = (token, asked) => {
    if (token === asked || wordsSpelt.get(asked)?.includes(token)) return true;
    if (isNumber(asked) || isNumber(token) || ids.has(asked)) return false;
    if (ids.has(token)) return /\d/.test(asked) && token.split("-")[0] === asked;
    return (asked.length > 2 && token.startsWith(asked)) || stem(token) === stem(asked);
  };

  let placesOf = null; // the places by token, made when first asked for
  const indexPlaces = () => {
    placesOf = new Map();
    places.forEach((place, number) => {
      const own = place.kind === "claims" ? [place.anchor.toLowerCase()] : [];
      for (const token of new Set([...own, ...tokenize(fold(place.text))])) {
        if (!placesOf.has(token)) placesOf.set(token, []);
        placesOf.get(token).push(number);
      }
    });
  };

  /** Return the places that have all tokens, in the order of the book. */
  const find = (asked) => {
    if (!placesOf) indexPlaces();
    const sets = asked.map((one) => new Set([...placesOf].filter(([token]) => answers(token, one)).flatMap(([, numbers]) => numbers)));
    return [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => a - b).map((number) => places[number]);
  };

  /** Return the words of a text as it is: offsets of those that answer one of the tokens. */
  const hits = (text, asked) => [...text.matchAll(/[\p{L}\p{N}\p{M}]+(?:[-.,][\p{L}\p{N}\p{M}]+)*/gu)]
    .filter(([word]) => tokenize(fold(word)).some((token) => asked.some((one) => answers(token, one))))
    .map((match) => [match.index, match.index + match[0].length]);

  /** Make the paragraph that shows a text around its first hit, with all hits in it marked. */
  const makeContext = (text, asked) => {
    const found = hits(text, asked);
    const first = found[0]?.[0] ?? 0;
    let start = 0;
    if (text.length > CONTEXT) {
      const sentence = text.slice(0, first).search(/[.?!][”"]?\s[^.?!]*$/) + 1;
      start = first - sentence < CONTEXT / 2 ? sentence : text.lastIndexOf(" ", first - CONTEXT / 3) + 1;
    }
    let end = Math.min(text.length, start + CONTEXT);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), found[0]?.[1] ?? 0);
    const paragraph = document.createElement("p");
    paragraph.className = "context";
    let done = start;
    paragraph.append(start > 0 ? "… " : "");
    for (const [from, to] of found.filter(([from, to]) => from >= start && to <= end)) {
      const mark = document.createElement("mark");
      mark.textContent = text.slice(from, to);
      paragraph.append(text.slice(done, from).replace(done === start ? /^\W+/ : /$^/, ""), mark);
      done = to;
    }
    paragraph.append(text.slice(done, end), end < text.length ? " …" : "");
    return paragraph;
  };

  const makeLink = (address, text) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = text;
    return link;
  };

  /** Make the item of a place in the list of results. */
  const makeItem = ({ page, anchor, text, own, kind }, asked) => {
    const item = document.createElement("li");
    const [address, title] = pages[page];
    const target = anchor ? `${address}#${anchor}` : address;
    const number = own && /^p(\d+)$/.exec(anchor)?.[1];
    item.append(makeLink(target, kind === "claims" ? `${anchor}, ${title}` : title + (number ? `, paragraph ${number}` : "")));
    item.append(makeContext(text, asked));
    return item;
  };

  /** Show the results of a kind below a heading, the first of them at once. */
  const showKind = (heading, found, asked) => {
    if (!found.length) return;
    const title = document.createElement("h2");
    title.textContent = heading;
    const list = document.createElement("ul");
    list.className = "search";
    list.append(...found.slice(0, FIRST).map((place) => makeItem(place, asked)));
    const section = document.createElement("section");
    section.append(title, list);
    output.append(section);
    if (found.length <= FIRST) return;
    const more = document.createElement("button");
    more.type = "button";
    more.textContent = `Show all ${found.length}`;
    more.addEventListener("click", () => {
      const added = found.slice(FIRST).map((place) => makeItem(place, asked));
      list.append(...added);
      more.remove();
      added[0].querySelector("a").focus();
    });
    section.append(more);
  };

  const count = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  /** Search for what an address asks. */
  const search = (query) => {
    output.replaceChildren();
    const asked = [...new Set(tokenize(fold(query).replace(COMPOUND, join)))].filter((token, _, all) => !all.some((other) => other.split("-").length > 1 && other.split("-").includes(token)));
    if (!asked.length) {
      status.textContent = query ? "Type a word, a number or the id of a claim." : "";
      return;
    }
    const found = find(asked);
    const named = found.filter((place) => place.kind === "claims" && asked.includes(place.anchor.toLowerCase()));
    const inPages = found.filter((place) => place.kind === "passages");
    const inClaims = [...named, ...found.filter((place) => place.kind === "claims" && !named.includes(place))];
    status.textContent = found.length
      ? `${count(inPages.length, "passage")} and ${count(inClaims.length, "claim")} have ${asked.length > 1 ? "all these words" : "this"}.`
      : "Nothing in the book has " + (asked.length > 1 ? "all these words." : "this.");
    if (named.length) showKind("The claim", named, asked);
    showKind("In the chapters", inPages, asked);
    showKind("In the claims", inClaims.filter((place) => !named.includes(place)), asked);
    if (explorer && inClaims.length > named.length) {
      const line = document.createElement("p");
      line.append(makeLink(`${explorer}#text=${encodeURIComponent(query)}`, "The same words among the claims in Explore"));
      output.append(line);
    }
    document.title = `${query} — ${document.title.replace(/^.* — /, "")}`;
  };

  const query = new URLSearchParams(location.search).get("q") ?? "";
  field.value = query;
  search(query);
  field.focus();
  field.select();
});
