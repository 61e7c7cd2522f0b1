/* Puts entries beside each other: /compare/?entries=uvicorn,hypercorn&differ=yes
 *
 * The page has the rows (scripts/render/compare.py), `data/<slug>.json` the values of an entry, `names.json` every name.
 * The address says what is compared and nothing else does. Whatever it holds is only ever text here. Material runs
 * this file again at each visit (navigation.instant), so what it leaves on the document is taken back first.
 */
(() => {
  "use strict";
  const root = document.querySelector("[data-compare]");
  if (window.asgiCompare) window.asgiCompare.abort();
  if (!root) return;
  const stop = (window.asgiCompare = new AbortController());
  const { signal } = stop;

  const find = (selector) => root.querySelector(selector);
  const adding = find(".compare__add");
  const box = adding.querySelector("input");
  const options = adding.querySelector("datalist");
  const button = adding.querySelector("button");
  const status = find(".compare__status");
  const messages = find(".compare__messages");
  const bar = find(".compare__bar");
  const differ = bar.querySelector("input");
  const copy = find(".compare__copy");
  const scroll = find(".compared-scroll");
  const head = find("thead tr");
  const rows = [...root.querySelectorAll("[data-aspect]")];
  const sections = root.querySelectorAll(".compared__section th");
  const bodies = [...root.querySelectorAll("tbody")];
  const title = document.title;
  const MOST = Number(root.dataset.most);
  const LONGEST = 40; // characters of a wrong name that a message repeats
  const NAMED = 5; // wrong names that a message repeats
  const SLUG = /^(?=.{1,100}$)[a-z0-9]+(?:-[a-z0-9]+)*$/; // what may be asked for; no slug is longer
  let shown = []; // the slugs in the table
  let run = 0; // answers to an older question are dropped

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const hidden = (text) => element("span", { className: "hidden-text" }, text);
  const listed = (words) =>
    words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

  /* Data -------------------------------------------------------------------------------------------------------- */

  const kept = new Map(); // entries that were read, by slug; null for those that there are not
  let names = null;

  async function get(path) {
    const answer = await fetch(path, { signal });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  async function entry(slug) {
    if (!kept.has(slug)) kept.set(slug, await get(`data/${slug}.json`));
    return kept.get(slug);
  }

  /* Every slug with its name: read when somebody wants to add one, or named one that there is not. */
  async function everyName() {
    if (names) return names;
    names = new Map(Object.entries((await get("names.json")) || {}));
    options.replaceChildren(...[...names].map(([slug, name]) => element("option", { value: name }, slug)));
    return names;
  }

  const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "");

  /* The slugs that look most like a text: those that share most pairs of letters with it. */
  function nearest(text, most) {
    const pairs = (word) => new Set(Array.from({ length: Math.max(word.length - 1, 0) }, (_, at) => word.slice(at, at + 2)));
    const wanted = pairs(plain(text.slice(0, 100)));
    return [...names]
      .map(([slug, name]) => {
        const has = pairs(plain(slug));
        const shared = [...wanted].filter((pair) => has.has(pair)).length;
        return { slug, name, likeness: (2 * shared) / (wanted.size + has.size || 1) };
      })
      .filter(({ slug, likeness }) => likeness > 0.5 && !shown.includes(slug))
      .sort((a, b) => b.likeness - a.likeness)
      .slice(0, most);
  }

  /* Address ----------------------------------------------------------------------------------------------------- */

  /* What the address asks for, each once, in its order; `entries` may be there several times, as forms send it. */
  function asked() {
    const texts = new URLSearchParams(location.search).getAll("entries").flatMap((text) => text.split(","));
    return [...new Set(texts.map((text) => text.trim().toLowerCase()).filter(Boolean))];
  }

  function addressOf(slugs) {
    const parts = [slugs.length ? `entries=${slugs.join(",")}` : "", differ.checked ? "differ=yes" : ""];
    const query = parts.filter(Boolean).join("&");
    return location.pathname + (query ? `?${query}` : "");
  }

  function go(slugs) {
    history.pushState(history.state, "", addressOf(slugs));
    return show();
  }

  /* Messages ---------------------------------------------------------------------------------------------------- */

  function say(text, offers = []) {
    const message = element("p", { className: "compare__message" }, text);
    for (const { label, act } of offers) {
      const offer = element("button", { type: "button", className: "filters__offer" }, label);
      offer.addEventListener("click", act, { signal });
      message.append(" ", offer);
    }
    messages.append(message);
  }

  const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

  function sayUnknown(wrong) {
    const more = wrong.length > NAMED ? `, and ${wrong.length - NAMED} more` : "";
    const quoted = wrong.slice(0, NAMED).map((text) => `“${short(text)}”`).join(", ");
    const near = new Map(wrong.slice(0, NAMED).flatMap((text) => nearest(text, 2)).map((found) => [found.slug, found.name]));
    const offers = [...near].slice(0, 4).map(([slug, name]) => ({
      label: name,
      act: () => { go([...shown, slug].slice(0, MOST)); box.focus(); },
    }));
    say(`There is no entry ${quoted}${more}.${offers.length ? " Did you mean:" : ""}`, offers);
  }

  /* Table ------------------------------------------------------------------------------------------------------- */

  const link = (text, href) => element("a", { href }, text);

  function small(value, origins) {
    const [date, source, url] = origins[value.origin];
    const line = element("span", { className: "facts" });
    // Only addresses of the catalogue's own data get here, and only these two ways lead out.
    line.append(url && /^https?:/.test(url) ? link(source, url) : source, `, ${date}`);
    return line;
  }

  function cell(entry, id) {
    const value = entry.values[id];
    if (!value) return element("td", {}, element("span", { className: "unknown" }, "unknown"));
    const made = element("td");
    if (value.links) {
      value.links.forEach(([text, page], at) => {
        if (at) made.append(", ");
        made.append(link(text, root.dataset.root + page));
      });
    } else made.append(value.text);
    if (value.note) {
      const kind = value.odd ? "compared__odd" : "facts compared__note";
      made.append(element("span", { className: kind }, value.odd ? `≠ ${value.note}` : value.note));
    }
    if (value.origin !== undefined) made.append(small(value, entry.origins));
    return made;
  }

  function heading(entry, slug, slugs) {
    const remove = element("button", { type: "button", className: "compared__remove" }, "×", hidden(` Remove ${entry.name}`));
    remove.addEventListener("click", async () => {
      const at = slugs.indexOf(slug);
      await go(slugs.filter((other) => other !== slug));
      const others = root.querySelectorAll(".compared__remove");
      (others[Math.min(at, others.length - 1)] || box).focus();
    }, { signal });
    return element("th", { scope: "col" }, link(entry.name, root.dataset.root + entry.page), remove);
  }

  function fill(slugs, entries) {
    head.replaceChildren(head.firstElementChild, ...entries.map((entry, at) => heading(entry, slugs[at], slugs)));
    for (const section of sections) section.colSpan = entries.length + 1;
    for (const row of rows) {
      const id = row.dataset.aspect;
      const values = entries.map((entry) => entry.values[id]);
      const differs = new Set(values.map((value) => (value ? value.text : null))).size > 1;
      const first = row.firstElementChild;
      while (row.lastElementChild !== first) row.lastElementChild.remove();
      row.append(...entries.map((entry) => cell(entry, id)));
      row.classList.toggle("differs", differs);
      const mark = first.querySelector(".compared__mark");
      if (mark) mark.remove();
      if (differs) first.append(element("span", { className: "compared__mark" }, " ≠", hidden(" differs")));
      const nothing = "optional" in row.dataset && values.every((value) => !value || value.empty);
      row.hidden = nothing || (differ.checked && !differs);
    }
    for (const body of bodies) body.hidden = !body.querySelector("[data-aspect]:not([hidden])");
  }

  /* Reads the address and shows what it asks for. */
  async function show() {
    const mine = ++run;
    differ.checked = new URLSearchParams(location.search).get("differ") === "yes";
    const slugs = asked();
    let known, wrong;
    try {
      [known, wrong] = await chosen(slugs);
    } catch (error) {
      if (error.name === "AbortError" || mine !== run) return;
      messages.replaceChildren();
      status.textContent = "";
      root.classList.remove("compare--waits");
      return say("The entries could not be loaded.", [{ label: "Try again", act: show }]);
    }
    if (mine !== run || signal.aborted) return;
    shown = known.slice(0, MOST);
    const entries = shown.map((slug) => kept.get(slug));
    fill(shown, entries);
    messages.replaceChildren();
    if (wrong.length) sayUnknown(wrong);
    if (known.length > MOST)
      say(`${MOST} entries at a time: the first ${MOST} of ${known.length} are shown.`);
    announce(entries);
    root.classList.remove("compare--waits");
  }

  /* The slugs that there are, as many as can be shown already read, and the texts that are none. Nearly always all
   * are there; only when one is not, the list of names decides over the rest. */
  async function chosen(slugs) {
    const first = slugs.slice(0, MOST);
    if (slugs.length <= MOST && slugs.every((slug) => SLUG.test(slug))) {
      const found = await Promise.all(first.map(entry));
      if (found.every(Boolean)) return [first, []];
    }
    if (!slugs.length) return [[], []];
    const all = await everyName();
    const known = slugs.filter((slug) => all.has(slug));
    await Promise.all(known.slice(0, MOST).map(entry));
    return [known.filter((slug, at) => at >= MOST || kept.get(slug)), slugs.filter((slug) => !all.has(slug))];
  }

  function announce(entries) {
    const many = entries.length;
    const called = entries.map(({ name }) => name);
    const differing = rows.filter((row) => row.classList.contains("differs")).length;
    scroll.hidden = bar.hidden = many === 0;
    document.title = many ? title.replace("Compare", () => `${listed(called)} compared`) : title;
    status.textContent =
      many === 0 ? `Nothing is compared yet. Add two to ${MOST} entries, or choose them in the catalogue.`
      : many === 1 ? `${called[0]} alone. Add another one to compare it with.`
      : `${listed(called)}: ${differing} of ${rows.filter((row) => !row.hidden || differ.checked).length} rows differ.`;
    box.disabled = button.disabled = many >= MOST;
    box.placeholder = many >= MOST ? `${MOST} is the most: remove one first` : "Name of an entry";
    copy.textContent = "Copy address";
  }

  /* What people do ---------------------------------------------------------------------------------------------- */

  async function add() {
    const text = box.value.trim();
    if (!text) return;
    messages.replaceChildren();
    try {
      await everyName();
    } catch {
      return say("The names could not be loaded.", [{ label: "Try again", act: add }]);
    }
    const wanted = text.toLowerCase();
    const found = names.has(wanted) ? wanted : ([...names].find(([, name]) => name.toLowerCase() === wanted) || [])[0];
    if (!found) return sayUnknown([text]);
    box.value = "";
    if (shown.includes(found)) return say(`${names.get(found)} is there already.`);
    await go([...shown, found]);
    box.focus();
  }

  adding.addEventListener("submit", (event) => { event.preventDefault(); add(); }, { signal });
  box.addEventListener("focus", () => everyName().catch(() => {}), { signal });
  box.addEventListener("input", (event) => { // chosen from the list, by mouse or keyboard
    if (event.inputType === "insertReplacementText" || !event.inputType) add();
  }, { signal });
  differ.addEventListener("change", () => {
    history.pushState(history.state, "", addressOf(shown));
    show();
  }, { signal });
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(new URL(addressOf(shown), location.href).href);
      copy.textContent = "Copied";
      status.textContent = "The address was copied.";
    } catch {
      status.textContent = "The browser does not let this page copy; the address bar has the address.";
    }
  }, { signal });
  window.addEventListener("popstate", () => {
    if (root.isConnected) show();
    else stop.abort();
  }, { signal });

  adding.hidden = false;
  root.classList.toggle("compare--waits", asked().length > 0); // what follows is not seen until it need not move
  show();
})();
