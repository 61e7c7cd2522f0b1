/* Filters and sorts the items of a page that is already there: the explorer, the publications, the landscape.
 *
 * The page says everything: [data-explorer] holds the form of scripts/render/filters.py and the items. An item is a
 * [data-item] with data-<facet> (values separated by a bar), data-also (more words to find it by) and data-<order>
 * (what it is sorted by); one that is "later" is hidden at first, by the style sheet. A [data-group] without a visible
 * item is hidden; one that is a <details> opens while the list is narrowed. Where there are groups, a chosen order moves
 * the items into [data-items]. The address keeps the state. Material runs this file again at each visit to a page
 * (navigation.instant), so what it leaves on the document is taken back first.
 */
(() => {
  "use strict";
  const root = document.querySelector("[data-explorer]");
  if (window.asgiExplorer) window.asgiExplorer.abort();
  if (!root) return;
  const { pathname: home, hash } = location;
  const stop = (window.asgiExplorer = new AbortController());
  const { signal } = stop;

  const form = root.querySelector(".filters");
  const count = form.querySelector(".filters__count");
  const box = form.elements.q;
  const order = form.elements.sort;
  const list = root.querySelector("[data-items]");
  const head = [...root.querySelectorAll("[data-sort]")];
  const groups = [...root.querySelectorAll("[data-group]")];
  const jumps = [...root.querySelectorAll(".jumps a")].map((link) => ({
    link,
    target: document.getElementById(link.hash.slice(1)),
  }));
  const [one, many] = root.dataset.noun.split("|");
  const STEP = Number(root.dataset.limit) || Infinity;
  const LONGEST = 200; // characters of a search; the rest of a longer one is dropped
  const SHOWN = "[data-item]:not([hidden], [data-item=later])";
  let limit = STEP;
  const paper = matchMedia("print");
  let printing = paper.matches;
  const most = () => (printing ? Infinity : limit); // paper has no button for the rest

  /* Rows of a plain list leave the page while they are not shown: Material's bundle, which runs next, reads every link
   * of the page, and the browser styles every row. Items in groups stay where they are, and are hidden. */
  const moves = list && !groups.length;
  const rest = document.createDocumentFragment();
  const later = moves ? list.querySelectorAll("[data-item=later]") : [];
  if (later.length) {
    const range = document.createRange();
    range.setStartBefore(later[0]);
    range.setEndAfter(later[later.length - 1]);
    rest.append(range.extractContents());
  }
  /* Nor are the tiles of the landscape there while that bundle runs, but those on the screen. */
  const layers = [...root.querySelectorAll(".layer")];
  const below = layers.filter((layer) => layer.getBoundingClientRect().top > innerHeight);
  const away = below.map((layer) => {
    const place = layer.querySelector(".layer__groups");
    const tiles = document.createDocumentFragment();
    tiles.append(...place.childNodes);
    return { place, tiles };
  });

  /* Words ------------------------------------------------------------------------------------------------------- */

  const words = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];

  /* The edit distance (insert, delete, replace, swap neighbours) from `typed` to the nearest beginning of `word`, or
   * `most + 1`. A beginning, since people read results while they type. */
  function distance(typed, word, most) {
    if (word.length < typed.length - most) return most + 1;
    const width = Math.min(word.length, typed.length + most);
    let before = [];
    let last = Array.from({ length: width + 1 }, (_, column) => column);
    for (let row = 1; row <= typed.length; row++) {
      const now = [row];
      let least = row;
      for (let column = 1; column <= width; column++) {
        const same = typed[row - 1] === word[column - 1];
        let cost = Math.min(last[column] + 1, now[column - 1] + 1, last[column - 1] + (same ? 0 : 1));
        if (row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1])
          cost = Math.min(cost, before[column - 2] + 1);
        now.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = now;
    }
    return Math.min(...last.slice(Math.max(0, typed.length - most)));
  }

  const forgiven = (typed) => (typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2);

  /* Items ------------------------------------------------------------------------------------------------------- */

  const facets = [...form.querySelectorAll("[data-facet]")].map((element) => {
    const inputs = [...element.querySelectorAll("input")];
    return {
      element,
      name: element.dataset.facet,
      chosen: element.querySelector(".facet__chosen"),
      inputs,
      counts: inputs.map((input) => input.parentElement.querySelector(".facet__count")),
      places: new Map(inputs.map((input, at) => [input.value, at])),
      known: new Map(),
    };
  });

  /* The places, among the options of a facet, of the values that an attribute names. Few attributes differ. */
  function places({ places: options, known }, text) {
    if (!known.has(text)) {
      const found = text ? text.split("|").map((value) => options.get(value)) : [];
      known.set(text, found.filter((place) => place !== undefined));
    }
    return known.get(text);
  }

  const items = [];
  function collect() {
    for (const element of [...root.querySelectorAll("[data-item]"), ...rest.children]) {
      const activity = element.getAttribute("data-activity");
      items.push({
        element,
        place: items.length,
        home: element.parentElement,
        data: element.dataset,
        values: facets.map((facet) => places(facet, element.getAttribute(`data-${facet.name}`))),
        sleeps: activity === "dormant" || activity === "ended",
        shown: element.getAttribute("data-item") !== "later",
        get name() { return this.element.querySelector("a").textContent; },
      });
    }
  }

  /* From each word to the items that have it, with its weight: a name counts more than a tag, a tag more than the
   * sentence. Made when somebody goes to the search, so that the first letter need not wait. */
  let index = null;
  function indexed() {
    if (index) return index;
    index = new Map();
    const add = (text, item, weight) => {
      for (const word of words(text)) {
        const found = index.get(word) || index.set(word, new Map()).get(word);
        found.set(item, Math.max(found.get(item) || 0, weight));
      }
    };
    for (const item of items) {
      const texts = document.createTreeWalker(item.element, NodeFilter.SHOW_TEXT); // cells touch: no word spans two
      while (texts.nextNode()) add(texts.currentNode.data, item, 1);
      add(item.data.also || "", item, 4);
      add(item.name, item, 8);
      add(words(item.name).join(""), item, 10); // "fast api" finds FastAPI, "djangoninja" Django Ninja
    }
    return index;
  }

  /* The items that a word finds, with their weights. Words that begin with it, or hold it; where there is none, words
   * that a slip of the fingers away. */
  function matches(typed) {
    const found = new Map();
    const take = (word, factor) => {
      for (const [item, weight] of indexed().get(word)) found.set(item, Math.max(found.get(item) || 0, weight * factor));
    };
    for (const word of indexed().keys()) {
      const at = word.indexOf(typed);
      if (at === 0) take(word, word === typed ? 4 : 2);
      else if (at > 0 && typed.length > 2) take(word, 1);
    }
    if (found.size) return found;
    const most = forgiven(typed);
    for (let slips = 1; slips <= most && !found.size; slips++)
      for (const word of indexed().keys())
        if (distance(typed, word, slips) <= slips) take(word, word.length <= typed.length + slips ? 2 : 1);
    return found;
  }

  /* The items that have every word of a text, with the sum of the weights; null if there is nothing to look for. */
  function searched(text) {
    const typed = words(text.slice(0, LONGEST)).slice(0, 12);
    if (!typed.length) return null;
    const joined = typed.length > 1 ? indexed().get(typed.join("")) : null;
    let sum = null;
    for (const word of typed) {
      const found = matches(word);
      if (!sum) sum = found;
      else for (const [item, score] of sum) found.has(item) ? sum.set(item, score + found.get(item)) : sum.delete(item);
    }
    if (joined) for (const [item, weight] of joined) sum.set(item, Math.max(sum.get(item) || 0, weight * 8));
    return sum;
  }

  /* Names that look like a text, for when nothing was found. */
  function nearest(text) {
    const typed = words(text.slice(0, LONGEST)).join("");
    const pairs = (word) => new Set(Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => word.slice(at, at + 2)));
    const wanted = pairs(typed);
    return items
      .map((item) => {
        const has = pairs(words(item.name).join(""));
        const shared = [...wanted].filter((pair) => has.has(pair)).length;
        return { name: item.name, likeness: shared / (wanted.size + has.size || 1) };
      })
      .filter(({ likeness }) => likeness > 0.15)
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, 3)
      .map(({ name }) => name);
  }

  /* State and address ------------------------------------------------------------------------------------------- */

  function read() {
    const asked = new URLSearchParams(location.search);
    box.value = (asked.get("q") || "").slice(0, LONGEST);
    if (order) {
      order.value = asked.get("sort") || "";
      if (order.selectedIndex < 0) order.selectedIndex = 0;
    }
    for (const input of form.querySelectorAll("input[type=checkbox]"))
      input.checked = asked.getAll(input.name).includes(input.value);
    limit = STEP;
  }

  function address() {
    const state = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (value && !state.getAll(name).includes(value)) state.append(name, value);
    const query = state.toString();
    return location.pathname + (query ? `?${query}` : "") + location.hash;
  }

  /* A choice is a step back in the history; a letter is not. */
  function keep(step) {
    if (address() === location.pathname + location.search + location.hash) return;
    try {
      history[step ? "pushState" : "replaceState"](history.state, "", address());
    } catch { /* some browsers refuse more than a hundred in half a minute */ }
  }

  /* What is shown ----------------------------------------------------------------------------------------------- */

  let collator = null; // slow to make, and needed by few
  const figure = (item, key) => (item.data[key] === undefined ? -1 : Number(item.data[key])); // unknown comes last
  const numbers = (key) => (a, b) => figure(b, key) - figure(a, key);
  const newest = (key) => (a, b) => {
    const [first, second] = [a.data[key] || "", b.data[key] || ""]; // ISO dates, of which some are only years
    return first === second ? 0 : first < second ? 1 : -1;
  };
  const orders = {
    name: (a, b) => (collator ??= new Intl.Collator("en", { sensitivity: "base" })).compare(a.name, b.name),
    released: newest("released"),
    stars: numbers("stars"),
    downloads: numbers("downloads"),
    added: newest("added"),
    published: newest("published"),
  };

  function show() {
    const text = box.value;
    const found = searched(text);
    const chosen = facets.map(({ inputs }) => inputs.flatMap((input, at) => (input.checked ? [at] : [])));
    const dead = form.elements.dead;
    const activity = facets.findIndex(({ name }) => name === "activity");
    const awake = dead && !dead.checked && !(activity >= 0 && chosen[activity].length);
    const counts = facets.map(({ inputs }) => new Uint32Array(inputs.length));
    const shown = [];
    let sleeping = 0; // that would be shown, were they not hidden at first
    for (const item of items) {
      if (found && !found.has(item)) continue;
      let misses = 0;
      let missed = -1;
      for (let at = 0; at < facets.length; at++)
        if (chosen[at].length && !chosen[at].some((value) => item.values[at].includes(value))) {
          misses += 1;
          missed = at;
        }
      if (misses > 1) continue;
      const asleep = awake && item.sleeps;
      // An option counts what would be there if it were chosen: all other facets hold, its own does not.
      for (let at = 0; at < facets.length; at++)
        if ((!misses || missed === at) && (!asleep || at === activity))
          for (const value of item.values[at]) counts[at][value] += 1;
      if (misses) continue;
      if (asleep) sleeping += 1;
      else shown.push(item);
    }
    facets.forEach(({ chosen: label, counts: numbers }, at) => {
      write(label, chosen[at].length ? ` (${chosen[at].length})` : "");
      numbers.forEach((number, place) => write(number, String(counts[at][place])));
    });
    const filtered = chosen.some((values) => values.length);
    arrange(shown, found, filtered || Boolean(found));
    announce(shown.length, text, found, sleeping, filtered);
  }

  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ","); // Intl takes 20 ms to wake up

  /* What does not change is left alone, so that nothing is laid out or read aloud for it. */
  function write(element, text) {
    if (element.textContent !== text) element.textContent = text;
  }

  function display(item, shown) {
    if (item.shown === shown) return;
    item.shown = shown;
    if (shown) {
      item.data.item = "";
      offerChoice(item);
    }
    if (!moves) item.element.hidden = !shown;
  }

  function arrange(shown, found, narrowed) {
    const by = order ? order.value : "";
    if (orders[by]) shown.sort((a, b) => orders[by](a, b) || a.place - b.place);
    else if (found) shown.sort((a, b) => found.get(b) - found.get(a) || a.place - b.place);
    const visible = new Set(shown.slice(0, most()));
    for (const item of items) display(item, visible.has(item));
    if (moves) {
      const rows = Array.from(visible, ({ element }) => element);
      if (rows.length !== list.children.length || rows.some((row, at) => list.children[at] !== row)) list.replaceChildren(...rows);
    } else if (list && !orders[by]) {
      // The order of the page itself: back into the groups.
      if (list.firstElementChild) for (const item of items) item.home.append(item.element);
    } else if (list) {
      const inOrder = [...visible];
      if (inOrder.some((item, at) => list.children[at] !== item.element)) list.prepend(...inOrder.map(({ element }) => element));
    }
    for (const group of groups) {
      group.hidden = !group.querySelector(SHOWN);
      if (group.tagName === "DETAILS") group.open = narrowed;
    }
    for (const { link, target } of jumps) link.hidden = target.closest("[data-group]").hidden;
    for (const cell of head) {
      if (cell.dataset.sort === by) cell.setAttribute("aria-sort", by === "name" ? "ascending" : "descending");
      else cell.removeAttribute("aria-sort");
    }
    more.hidden = shown.length <= most();
    more.textContent = `Show all ${grouped(shown.length)} ${many}`;
  }

  function announce(number, text, found, sleeping, filtered) {
    const parts = [`${grouped(number)} ${number === 1 ? one : many}`];
    if (number > most()) parts.push(`the first ${limit} are shown`);
    write(count, parts.join(", "));
    const wake = found && sleeping > 0;
    hint.hidden = number > 0 && !wake;
    hint.replaceChildren(number ? "" : "Nothing fits all of that. ");
    if (wake || (sleeping && !number))
      offer(`Show dormant and ended too (${sleeping})`, () => (form.elements.dead.checked = true));
    if (number) return;
    if (filtered && (!found || found.size)) offer("Clear the filters", () => clear(false));
    const names = found && !found.size ? nearest(text) : [];
    if (names.length) hint.append("Did you mean: ");
    for (const name of names) offer(name, () => (box.value = name));
    const elsewhere = root.dataset.elsewhere;
    if (elsewhere && text.trim()) {
      const link = document.createElement("a");
      link.href = `${elsewhere}?${new URLSearchParams({ q: text.slice(0, LONGEST) })}`;
      link.textContent = root.dataset.elsewhereText;
      hint.append(" ", link);
    }
  }

  function offer(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "filters__offer";
    button.textContent = label;
    button.addEventListener("click", () => { act(); keep(true); show(); box.focus(); }, { signal });
    hint.append(button, " ");
  }

  function clear(search) {
    for (const input of form.querySelectorAll("input[type=checkbox]")) input.checked = false;
    if (search) box.value = "";
    if (search && order) order.selectedIndex = 0;
  }

  const hint = document.createElement("p");
  hint.className = "filters__hint";
  hint.hidden = true;
  form.append(hint);
  const more = document.createElement("button");
  more.type = "button";
  more.className = "md-button filters__more";
  more.hidden = true;
  root.append(more);

  /* What people do ---------------------------------------------------------------------------------------------- */

  /* Enter goes to the best result, where a second one opens it; on a phone it puts the keyboard away. */
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = root.querySelector(`${SHOWN} a`);
    if (first) first.focus();
  }, { signal });
  box.addEventListener("focus", () => setTimeout(indexed), { signal, once: true });
  form.addEventListener("input", (event) => {
    limit = STEP;
    keep(event.target !== box);
    show();
  }, { signal });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear(true);
    limit = STEP;
    keep(true);
    show();
  }, { signal });
  more.addEventListener("click", () => {
    const next = limit;
    limit = Infinity;
    show();
    const after = root.querySelectorAll(SHOWN)[next];
    if (after) after.querySelector("a").focus();
  }, { signal });
  /* Only the choices differ: Material, which listens after this file and would fetch the page again, need not know. */
  window.addEventListener("popstate", (event) => {
    if (!root.isConnected) stop.abort(); // on another page by now, where this file has not run
    else if (location.pathname === home && location.hash === hash) {
      event.stopImmediatePropagation();
      read();
      show();
    }
  }, { signal });

  const print = (begins) => {
    if (printing === begins || !("ready" in root.dataset)) return;
    printing = begins;
    show();
  };
  window.addEventListener("beforeprint", () => print(true), { signal });
  window.addEventListener("afterprint", () => print(false), { signal });
  paper.addEventListener("change", ({ matches }) => print(matches), { signal });

  for (const cell of head) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = cell.textContent;
    button.addEventListener("click", () => {
      order.value = order.value === cell.dataset.sort ? "" : cell.dataset.sort;
      keep(true);
      show();
    }, { signal });
    cell.replaceChildren(button);
  }

  /* Down from the search into the results, up and down between them, Escape back to the search. */
  root.addEventListener("keydown", (event) => {
    const inResults = event.target.closest("[data-item]");
    if (event.target !== box && !inResults) return;
    if (event.key === "Escape" && inResults) return box.focus();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const links = [...root.querySelectorAll(SHOWN)]
      .map((item) => item.querySelector("a"))
      .filter((link) => link.getClientRects().length); // not those in a closed group
    const at = inResults ? links.indexOf(inResults.querySelector("a")) : -1;
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (next < 0) box.focus();
    else if (links[next]) links[next].focus();
  }, { signal });

  /* On narrow screens the facets are folded. */
  const toggle = form.querySelector(".filters__toggle");
  toggle.addEventListener("click", () => {
    toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  }, { signal });

  /* One facet is open at a time; it closes when somebody goes elsewhere. It opens to where there is room. */
  for (const { element } of facets)
    element.addEventListener("toggle", () => {
      element.classList.remove("facet--end");
      const { right } = element.querySelector("fieldset").getBoundingClientRect();
      element.classList.toggle("facet--end", right > document.documentElement.clientWidth);
    }, { signal });
  const shut = (but) => { for (const { element } of facets) if (element !== but) element.open = false; };
  document.addEventListener("click", (event) => shut(event.target.closest("[data-facet]")), { signal });
  document.addEventListener("focusin", (event) => shut(event.target.closest("[data-facet]")), { signal });
  form.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target.closest("[data-facet][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  }, { signal });

  /* Choosing rows to compare. */
  const chosen = root.querySelector(".chosen");
  const MOST = 6;
  const slugs = new Set();
  function offerChoice(item) {
    const cell = item.element.querySelector(".choose");
    if (!cell || cell.firstChild) return;
    const input = document.createElement("input");
    input.type = "checkbox";
    input.name = "entries";
    input.value = item.data.slug;
    input.setAttribute("aria-label", `Compare ${item.name}`);
    input.autocomplete = "off"; // a reload would keep the tick and not the choice
    cell.append(input);
  }
  function choose({ target }) {
    if (target.name !== "entries") return;
    const full = target.checked && slugs.size === MOST;
    if (full) target.checked = false;
    if (target.checked) slugs.add(target.value);
    else slugs.delete(target.value);
    const bar = chosen.querySelector(".chosen__bar");
    bar.hidden = slugs.size === 0;
    bar.querySelector("button").disabled = slugs.size < 2;
    const said = slugs.size < 2 ? "Choose another one to compare" : `${slugs.size} chosen`;
    bar.querySelector("[role=status]").textContent = full ? `${said}: that is the most` : said;
  }
  if (chosen) {
    chosen.addEventListener("change", choose, { signal });
    chosen.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${chosen.getAttribute("action")}?entries=${[...slugs].join(",")}`;
    }, { signal });
  }

  /* In tasks of their own, since each is long on a slow phone. */
  const next = (task) => setTimeout(() => signal.aborted || task());
  next(() => {
    for (const { place, tiles } of away) place.append(tiles);
    collect();
    next(() => {
      for (const item of items) if (item.shown) offerChoice(item);
      read();
      show();
      form.hidden = false;
      for (const overview of root.querySelectorAll(".shades .switch")) overview.hidden = false; // names would be lost without tips
      root.dataset.ready = "";
      lay(layers);
    });
  });

  /* The layers of the landscape, of which the style sheet leaves out those that are not on the screen: one at a time. */
  function lay([layer, ...others]) {
    if (!layer) return;
    layer.dataset.laid = "";
    layer.getBoundingClientRect(); // in this task, not with the next one
    next(() => lay(others));
  }
})();
