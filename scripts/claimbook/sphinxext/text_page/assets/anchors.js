// Words, hashes and selectors as in texts/anchors.py, to the letter. Offsets are in characters (code points), as the tables have them.
window.claimbook = window.claimbook || {};

/**
 * Make the functions on words.
 *
 * @param {{fold: Object<string, string>, combining: number[][]}} tables - Which characters change when their case is folded, and the ranges
 *   of those that are marks on the character before; both as Python has them, since what a browser has depends on its age.
 */
window.claimbook.makeAnchors = (tables) => {
  const EDGE = 3; // words in head and tail
  const WORD = /[\p{L}\p{N}]+/gu;
  const foldings = new Map(Object.entries(tables.fold));
  const marks = new Set(tables.combining.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => String.fromCodePoint(first + at))));
  const isCombining = (character) => marks.has(character);
  const casefold = (characters) => characters.map((character) => foldings.get(character) ?? character).join("");
  const isAscii = (character) => character < "\x80";

  /** Find the words of a folded text, with their offsets in it in characters. */
  const findWords = (folded) => {
    const words = [], starts = [], ends = [];
    let unit = 0, character = 0;
    const advance = (to) => {
      while (unit < to) {
        unit += folded.codePointAt(unit) > 0xffff ? 2 : 1;
        character += 1;
      }
      return character;
    };
    for (const match of folded.matchAll(WORD)) {
      words.push(match[0]);
      starts.push(advance(match.index));
      ends.push(advance(match.index + match[0].length));
    }
    return { words, starts, ends };
  };

  /** Normalize a text to NFKC and fold its case, letter by letter with its marks: see `_fold`. */
  const foldLetters = (characters) => {
    let folded = "";
    const starts = [], ends = [];
    const add = (piece, first, last) => {
      folded += piece;
      for (const _ of piece) {
        starts.push(first);
        ends.push(last);
      }
    };
    for (let start = 0; start < characters.length;) {
      // marks belong to the letter before them, but never to one before another stretch of ASCII
      let end = start + 1;
      while (end < characters.length && !isAscii(characters[end]) && isCombining(characters[end])) end += 1;
      const plain = end === start + 1 && isAscii(characters[start]);
      const letter = plain ? characters.slice(start, end) : [...characters.slice(start, end).join("").normalize("NFKC")];
      add(plain ? casefold(letter) : casefold(letter).normalize("NFKC"), start, end);
      start = end;
    }
    return { folded, starts, ends };
  };

  /** Split a text, given as its characters, into normalized words with their offsets in it. */
  const split = (characters) => {
    const simple = casefold(characters);
    if ([...simple].length === characters.length && simple.normalize("NFKC") === simple) return findWords(simple);
    const { folded, starts, ends } = foldLetters(characters);
    const found = findWords(folded);
    return { words: found.words, starts: found.starts.map((at) => starts[at]), ends: found.ends.map((at) => ends[at - 1]) };
  };

  const hash = (words) => window.sha256(words.join(" ")).slice(0, 16);

  /** A text in which the words of selectors are found quickly: see `TextIndex`. */
  class TextIndex {
    constructor(text) {
      this.characters = [...text];
      Object.assign(this, split(this.characters));
      this.runs = new Map();
    }

    get length() { return this.characters.length; }

    findRun(digest, size) {
      if (!this.runs.has(size)) {
        const runs = new Map();
        for (let first = 0; first + size <= this.words.length; first += 1) {
          const own = this.hashRun(first, size);
          if (!runs.has(own)) runs.set(own, []);
          runs.get(own).push(first);
        }
        this.runs.set(size, runs);
      }
      return this.runs.get(size).get(digest) ?? [];
    }

    findWords(selector) {
      if (!selector.head) return this.findRun(selector.anchor, selector.words);
      return this.findRun(selector.head, Math.min(EDGE, selector.words))
        .filter((first) => this.hashRun(first, selector.words) === selector.anchor);
    }

    hashRun(first, size) { return hash(this.words.slice(first, first + size)); }

    /** Measure the distance of a word from an offset, in characters; 0 where there is no other word between them. */
    distance(first, offset) {
      const previousEnd = first ? this.ends[first - 1] : 0;
      if (previousEnd <= offset && offset <= this.starts[first]) return 0;
      return Math.abs(this.starts[first] - offset);
    }

    /** Check whether the words of a selector are those at its offsets. */
    standsExactly(selector) {
      const { start, end, anchor } = selector;
      if (!(start >= 0 && start < end && end <= this.length)) return false;
      const { words } = split(this.characters.slice(start, end));
      return words.length > 0 && hash(words) === anchor;
    }
  }

  return { split, hash, TextIndex, EDGE };
};
