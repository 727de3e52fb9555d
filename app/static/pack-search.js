// The search of a pack that opens from a memory stick: forgiving, and asks no server.
(function () {
  "use strict";
  var index = window.packIndex;
  var form = document.getElementById("pack-search");
  var box = document.getElementById("q");
  var told = document.getElementById("found");
  var list = document.getElementById("hits");
  if (!index || !form) { return; }

  var COMBINING = /[\u0300-\u036f]/g;
  var APOSTROPHES = /['’‘ʼ]/g;
  var NO_WORD = /[^\p{L}\p{N}]+/gu;
  var SNIPPET = 90; // characters on each side
  var WEIGHTS = { title: 8, keys: 4, text: 1 };

  // As the library compares words: no case, accents, apostrophes or marks.
  function fold(text) {
    return text.replace(APOSTROPHES, "").toLowerCase().normalize("NFKD").replace(COMBINING, "")
      .replace(NO_WORD, " ").trim();
  }

  var groups = index.groups.map(function (group) { return group.map(fold); });
  var entries = index.items.map(function (item) {
    return { item: item, title: " " + fold(item.title) + " ", keys: " " + fold(item.keys) + " ", text: " " + fold(item.text) + " " };
  });
  var known = new Set(entries.map(function (e) { return e.title + e.keys + e.text; }).join(" ").split(" "));
  known.delete("");

  // How many letters apart two words are; neighbours that changed places count once.
  function distance(a, b) {
    var before = [], row = [], next, i, j;
    for (j = 0; j <= b.length; j += 1) { row[j] = j; }
    for (i = 1; i <= a.length; i += 1) {
      next = [i];
      for (j = 1; j <= b.length; j += 1) {
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
          next[j] = Math.min(next[j], before[j - 2] + 1);
        }
      }
      before = row; row = next;
    }
    return row[b.length];
  }

  function isKnown(word) {
    if (known.has(word)) { return true; }
    return Array.from(known).some(function (other) { return other.startsWith(word); });
  }

  // The nearest word of the pack to one that nothing begins with.
  function corrected(word) {
    if (index.misspelt[word]) { return fold(index.misspelt[word]); }
    if (word.length < 4 || isKnown(word)) { return word; }
    var most = word.length < 8 ? 1 : 2, best = word, apart = most + 1;
    known.forEach(function (other) {
      if (Math.abs(other.length - word.length) > most) { return; }
      var found = distance(word, other);
      if (found < apart) { apart = found; best = other; }
    });
    return best;
  }

  // The parts of what was asked: each is a list of phrases that mean the same.
  function read(query) {
    var words = fold(query).split(" ").filter(Boolean), wanted = [], at = 0, length, phrase, same;
    while (at < words.length) {
      same = null;
      for (length = Math.min(6, words.length - at); length > 0 && !same; length -= 1) {
        phrase = words.slice(at, at + length).join(" ");
        same = groups.filter(function (group) { return group.includes(phrase); });
        same = same.length ? [].concat.apply([phrase], same) : null;
        if (same) { at += length; }
      }
      if (!same) { same = [corrected(words[at])]; at += 1; }
      wanted.push(same);
    }
    return wanted;
  }

  function weight(entry, phrases) {
    var best = 0;
    phrases.forEach(function (phrase, place) {
      Object.keys(WEIGHTS).forEach(function (field) {
        // Two letters begin too many words; a whole one is meant. So are words that mean the same.
        var asked = " " + phrase + (place > 0 || phrase.length < 3 ? " " : "");
        if (entry[field].includes(asked)) { best = Math.max(best, WEIGHTS[field] * (entry[field].includes(" " + phrase + " ") ? 2 : 1)); }
      });
    });
    return best;
  }

  function find(query) {
    var wanted = read(query);
    var found = entries.map(function (entry) {
      var weights = wanted.map(function (phrases) { return weight(entry, phrases); });
      return { entry: entry, met: weights.filter(Boolean).length, score: weights.reduce(function (a, b) { return a + b; }, 0) };
    }).filter(function (one) { return one.met > 0; });
    var all = found.filter(function (one) { return one.met === wanted.length; });
    found = all.length ? all : found;
    found.sort(function (a, b) { return b.met - a.met || b.score - a.score; });
    return { found: found, wanted: wanted, isWhole: all.length > 0 };
  }

  // Where a text, as written, has one of the phrases: folded words are looked at one by one.
  function place(text, phrases) {
    var words = Array.from(text.matchAll(/[\p{L}\p{N}'’‘ʼ\u0300-\u036f]+/gu));
    var folded = words.map(function (found) { return fold(found[0]); });
    for (var p = 0; p < phrases.length; p += 1) {
      var parts = phrases[p].split(" ");
      for (var at = 0; at + parts.length <= folded.length; at += 1) {
        var isHere = parts.every(function (part, n) {
          return n === parts.length - 1 ? folded[at + n].startsWith(part) : folded[at + n] === part;
        });
        if (isHere) {
          var last = words[at + parts.length - 1];
          return [words[at].index, last.index + last[0].length];
        }
      }
    }
    return null;
  }

  function snippet(text, wanted) {
    var line = document.createElement("span"), where = null, i;
    for (i = 0; i < wanted.length && !where; i += 1) { where = place(text, wanted[i]); }
    if (!where) { return null; }
    var start = Math.max(0, where[0] - SNIPPET), end = Math.min(text.length, where[1] + SNIPPET);
    start = start ? text.indexOf(" ", start) + 1 : 0;
    end = end < text.length ? text.lastIndexOf(" ", end) : end;
    start = Math.min(start, where[0]); end = Math.max(end, where[1]);
    var mark = document.createElement("mark");
    mark.textContent = text.slice(where[0], where[1]);
    line.append((start ? "… " : "") + text.slice(start, where[0]), mark, text.slice(where[1], end) + (end < text.length ? " …" : ""));
    return line;
  }

  function show() {
    var query = box.value.trim();
    list.replaceChildren();
    list.hidden = true;
    told.textContent = "";
    if (!fold(query)) { return; }
    var answer = find(query);
    answer.found.forEach(function (one) {
      var line = document.createElement("li"), link = document.createElement("a"), from = document.createElement("span");
      link.href = one.entry.item.page;
      link.textContent = one.entry.item.title;
      from.className = "quiet";
      from.textContent = one.entry.item.place;
      var cut = snippet(one.entry.item.text, answer.wanted);
      line.append(link, document.createElement("br"), from, document.createElement("br"), cut || one.entry.item.summary);
      list.append(line);
    });
    list.hidden = !answer.found.length;
    var count = answer.found.length === 1 ? "1 item" : answer.found.length + " items";
    told.textContent = !answer.found.length ? "Nothing in this pack has these words. All that is in it stands below."
      : count + (answer.isWhole ? "" : " with some of these words");
  }

  form.hidden = false;
  box.addEventListener("input", show);
  form.addEventListener("submit", function (event) { event.preventDefault(); show(); });
})();
