// The rules of the filters in a page, shared by the explorer and the ledger. They are the same as in
// explorer/filters.py and explorer/selection.py, which also write the data that they work on.
window.claimbook = window.claimbook || {};

/**
 * Make the rules for some filters.
 *
 * A setting has the values of each filter that is set, by the filter's name.
 * @param {{filters: object[], equivalents: Object<string, string>}} rules - What `filter_rules` in page.py returns.
 * @returns {object} The filters by name, and functions that read, write and apply settings.
 */
window.claimbook.makeFilters = (rules) => {
  const BLANK = /^[ \t\r\n]*$/;
  const SPACE = /[ \t\r\n]+/;
  const INNER_HYPHEN = /(?<=\p{L})-(?=[\p{L}\p{N}])|(?<=[\p{L}\p{N}])-(?=\p{L})/gu;
  const filters = new Map(rules.filters.map((filter) => [filter.name, { ...filter, values: filter.options.map(([value]) => value) }]));
  const equivalents = new Map(Object.entries(rules.equivalents));
  const isFacet = (filter) => filter.control === "several" || filter.control === "one";
  const named = (control) => [...filters.values()].find((filter) => filter.control === control);
  const [basis, from, to] = ["basis", "from", "to"].map(named);
  const defaultBasis = rules.basis ?? basis.values[0];

  /** Return a text as it is searched: see `fold_text`. */
  const fold = (text) => [...text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()]
    .map((character) => equivalents.get(character) ?? character).join("").replace(INNER_HYPHEN, "");

  /** Check whether a value is a day as YYYY-MM-DD. */
  const isDay = (value) => {
    if (!/^(?!0000)[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
    const day = new Date(value + "T00:00:00Z");
    return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value);
  };

  /** List the faults of the values that a link asks of a filter. */
  const faultsOf = (filter, values) => {
    if (values.length > 1 && filter.control !== "several") return [`${filter.name}: ${values.length} values; it takes one`];
    if (filter.values.length) return values.filter((value) => !filter.values.includes(value)).map((value) => `${filter.name}: there is no “${value}”`);
    if (filter.control === "from" || filter.control === "to") {
      return values.filter((value) => !isDay(value)).map((value) => `${filter.name}: “${value}” is not a day as YYYY-MM-DD`);
    }
    return [];
  };

  /** Remove the basis of days from a setting where it is the default. */
  const withoutDefault = (setting) => {
    if (basis && setting[basis.name]?.[0] === defaultBasis) delete setting[basis.name];
    return setting;
  };

  /** Read a fragment; return the setting of what can be read, and the faults of the rest. */
  const readFragment = (fragment) => {
    const asked = new Map();
    for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
      if (!asked.has(name)) asked.set(name, []);
      if (!BLANK.test(value) && !asked.get(name).includes(value)) asked.get(name).push(value);
    }
    const faults = [...asked.keys()].filter((name) => !filters.has(name)).map((name) => `there is no filter “${name}”`);
    const setting = {};
    for (const [name, filter] of filters) {
      const values = asked.get(name) ?? [];
      const wrong = faultsOf(filter, values);
      faults.push(...wrong);
      if (values.length && !wrong.length) setting[name] = filter.values.length ? filter.values.filter((value) => values.includes(value)) : values;
    }
    return [withoutDefault(setting), faults];
  };

  /** Encode a value as Python's `urlencode` does. */
  const encode = (text) => encodeURIComponent(text.replace(/\p{Cs}/gu, "?"))
    .replace(/[!'()*]/g, (sign) => "%" + sign.charCodeAt(0).toString(16).toUpperCase()).replace(/%20/g, "+");

  /** Write a setting as a fragment, in the order of the filters; empty where no filter is set. */
  const writeFragment = (setting) => {
    const pairs = [...filters.keys()].flatMap((name) => (setting[name] ?? []).map((value) => `${name}=${encode(value)}`));
    return pairs.length ? "#" + pairs.join("&") : "";
  };

  /** Return the range of days that a setting asks for: its basis, and first and last day, each empty where it is not set. */
  const dayRange = (setting) => ({
    basis: (basis && setting[basis.name]?.[0]) ?? defaultBasis,
    first: (from && setting[from.name]?.[0]) ?? "",
    last: (to && setting[to.name]?.[0]) ?? "",
  });

  /** Return a setting without its range of days. */
  const withoutDays = (setting) => Object.fromEntries(
    Object.entries(setting).filter(([name]) => ![from?.name, to?.name].includes(name)),
  );

  /** Return the claims, as `filter_values` in page.py writes them, that fit a setting. */
  const select = (claims, setting) => {
    const chosen = [...filters.values()].filter((filter) => setting[filter.name]);
    const facets = chosen.filter(isFacet).map(({ name }) => [name, new Set(setting[name])]);
    const words = chosen.filter((filter) => filter.control === "text")
      .flatMap(({ name }) => fold(setting[name][0]).split(SPACE).filter(Boolean).map((word) => [name, word]));
    const range = dayRange(setting);
    const { first, last } = range;
    if (first && last && first > last) return [];
    return claims.filter((claim) => {
      const [start, end] = claim.days[range.basis];
      return facets.every(([name, asked]) => claim.values[name].some((value) => asked.has(value)))
        && words.every(([name, word]) => claim.texts[name].includes(word))
        && (!(first || last) || (start !== "" && end >= first && (!last || start <= last)));
    });
  };

  /** Read a setting from the controls of a form, which are named as the filters are. */
  const readControls = (form) => {
    const setting = {};
    for (const [name, filter] of filters) {
      const controls = [...form.querySelectorAll(`[name="${name}"]`)];
      const values = filter.control === "several" && controls[0].type === "checkbox"
        ? controls.filter((control) => control.checked).map((control) => control.value)
        : [controls[0].value];
      if (values.some((value) => !BLANK.test(value))) setting[name] = values;
    }
    return withoutDefault(setting);
  };

  /** Set the controls of a form to a setting; to their defaults where a filter is not set. */
  const writeControls = (form, setting) => {
    for (const [name, filter] of filters) {
      const values = setting[name] ?? [];
      for (const control of form.querySelectorAll(`[name="${name}"]`)) {
        if (control.type === "checkbox") control.checked = values.includes(control.value);
        else control.value = values[0] ?? (filter.control === "basis" ? defaultBasis : "");
      }
    }
  };

  return { filters, defaultBasis, isFacet, fold, readFragment, writeFragment, dayRange, withoutDays, select, readControls, writeControls };
};
