/* Narrows the table of a page below /lab/, and shows one answer of it: what was observed, when, in which version.
 *
 * The page has every cell (scripts/render/matrix.py); what was observed stands in the data of the entry
 * (api/v1/entries/<slug>.json), which is asked for when somebody chooses a cell. The address keeps what was searched.
 * Material runs this file again at each visit (navigation.instant), so what it leaves on the document is taken back.
 */
(() => {
  "use strict";
  const table = document.querySelector(".matrix");
  if (window.asgiLab) window.asgiLab.abort();
  if (!table) return;
  const stop = (window.asgiLab = new AbortController());
  const { signal } = stop;

  const form = document.querySelector(".lab-filter");
  const { q, group, differs } = form.elements;
  const count = form.querySelector("output");
  const dialog = document.querySelector(".lab-answer");
  const heads = [...table.querySelectorAll("thead th")];
  const bodies = [...table.querySelectorAll("tbody")];
  const rows = [...table.querySelectorAll("tr[data-probe]")];
  const groups = rows.map((row) => row.parentElement.dataset.group);
  const texts = rows.map((row) => `${row.dataset.probe} ${row.cells[0].textContent}`.toLowerCase());

  /* Rows -------------------------------------------------------------------------------------------------------- */

  function narrow() {
    const words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const fits =
        words.every((word) => texts[at].includes(word)) &&
        (!group.value || groups[at] === group.value) &&
        !(differs.checked && "same" in row.dataset);
      row.hidden = !fits;
      shown += fits;
    });
    const filled = new Set(groups.filter((_, at) => !rows[at].hidden));
    for (const body of bodies) body.hidden = !filled.has(body.dataset.group);
    table.classList.toggle("matrix--differs", differs.checked);
    const columns = heads.slice(1);
    count.textContent =
      `${shown} of ${rows.length} probes, ${columns.filter(isShown).length} of ${columns.length} configurations`;
    const at = current();
    if (!at || at.parentElement.hidden || !isShown(at)) reach(firstCell());
  }

  const isShown = (cell) => !(differs.checked && cell.classList.contains("s"));

  function keep() {
    const parts = new URLSearchParams();
    if (q.value.trim()) parts.set("q", q.value.trim());
    if (group.value) parts.set("group", group.value);
    if (!differs.checked) parts.set("all", "yes");
    const query = parts.toString();
    history.replaceState(history.state, "", location.pathname + (query ? `?${query}` : "") + location.hash);
  }

  function restore() {
    const asked = new URLSearchParams(location.search);
    q.value = (asked.get("q") || "").slice(0, 100);
    group.value = asked.get("group") || "";
    if (group.selectedIndex < 0) group.value = "";
    differs.checked = asked.get("all") !== "yes";
  }

  /* Cells: one of them is in the order of the Tab key, and the arrows move it. ----------------------------------- */

  const current = () => table.querySelector("td[tabindex='0']");
  const firstCell = () => table.querySelector("tr[data-probe]:not([hidden]) td");

  function reach(cell, focus = false) {
    const before = current();
    if (before) before.removeAttribute("tabindex");
    if (!cell) return;
    cell.tabIndex = 0;
    if (focus) cell.focus();
  }

  function beside(cell, key) {
    const row = cell.parentElement;
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const step = key === "ArrowRight" ? "nextElementSibling" : "previousElementSibling";
      let next = cell[step];
      while (next && !isShown(next)) next = next[step];
      return next && next.matches("td") ? next : null;
    }
    const visible = rows.filter((one) => !one.hidden);
    const next = visible[visible.indexOf(row) + (key === "ArrowDown" ? 1 : -1)];
    return next ? next.cells[cell.cellIndex] : null;
  }

  /* One answer -------------------------------------------------------------------------------------------------- */

  const kept = new Map(); // the measurements of entries that were read, by slug

  async function measured(slug) {
    if (!kept.has(slug)) {
      const answer = await fetch(`${table.dataset.api}${slug}.json`, { signal });
      if (!answer.ok) throw new Error(String(answer.status));
      kept.set(slug, (await answer.json()).measured);
    }
    return kept.get(slug);
  }

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  function fill(pairs) {
    dialog.querySelector("dl").replaceChildren(
      ...pairs.filter(([, text]) => text).map(([name, text]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, text))),
    );
  }

  async function open(cell) {
    const row = cell.parentElement;
    const probe = row.dataset.probe;
    const link = row.cells[0].querySelector("a");
    const head = heads[cell.cellIndex];
    const { entry, subject } = head.dataset;
    const page = head.querySelector("a");
    const links = dialog.querySelector(".lab-answer__links");
    dialog.querySelector("h2").textContent = link.textContent;
    const known = [["Configuration", (page || head).textContent], ["Answer", cell.textContent]];
    fill([...known, ["Observed", "…"]]);
    links.replaceChildren(element("a", { href: link.href }, "What the probe does"));
    if (page) {
      const place = `${page.href.split("#")[0]}#${link.hash.slice(1)}`;
      links.append(" · ", element("a", { href: place }, "On the page of the entry"));
    }
    dialog.showModal();
    try {
      const one = (await measured(entry)).find((found) => found.subject === subject);
      const said = one && one.results[probe];
      if (!said) throw new Error("missing");
      fill([
        ...known,
        ["Observed", said.detail],
        ["Version", one.version],
        ["Options", one.options.join(" ")],
        ["Measured", one.measured],
        ["Paragraph", row.dataset.url && element("a", { href: row.dataset.url }, row.dataset.source)],
        ["Disputed", said.disputed && element("a", { href: said.disputed }, "The objection")],
      ]);
    } catch (error) {
      if (error.name !== "AbortError") fill([...known, ["Observed", "This could not be loaded. The links below have it."]]);
    }
  }

  table.addEventListener("click", (event) => {
    const cell = event.target.closest("tr[data-probe] td");
    if (!cell) return;
    reach(cell, true);
    open(cell);
  }, { signal });
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("tr[data-probe] td");
    if (!cell) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open(cell);
    } else if (event.key.startsWith("Arrow")) {
      const next = beside(cell, event.key);
      event.preventDefault();
      if (next) reach(next, true);
    }
  }, { signal });
  form.addEventListener("input", () => { narrow(); keep(); }, { signal });
  form.addEventListener("submit", (event) => event.preventDefault(), { signal });

  /* Material's bundle runs next, and measures and reads the whole page: most rows come back after it, a few at a time,
   * as laying all of them out at once would hold up whoever scrolls or types. */
  const [EARLY, AT_ONCE] = [12, 6];
  const rest = [...table.querySelectorAll("tbody > tr")].slice(EARLY).map((row) => [row, row.parentElement]);
  for (const [row] of rest) row.remove();
  for (const body of bodies) if (!body.rows.length) body.remove();
  setTimeout(() => {
    if (signal.aborted) return;
    table.classList.add("matrix--live");
    restore();
    form.hidden = false;
    narrow();
    later();
  });

  function later() {
    if (!rest.length || signal.aborted) return;
    for (const [row, body] of rest.splice(0, AT_ONCE)) {
      body.append(row);
      if (!body.isConnected) table.append(body);
    }
    if (!current()) reach(firstCell());
    requestAnimationFrame(() => setTimeout(later));
  }
})();
