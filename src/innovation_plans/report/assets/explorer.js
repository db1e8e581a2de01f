
const PAGE = 50;
const FIELDS = ["region", "indicator", "period", "stated", "statedKey", "by", "outcome", "outcomeKey",
  "year", "gap", "gapKey", "verdict", "notes", "tiers", "sentences", "caveats", "inputs", "plan",
  "citation", "key"];
const data = JSON.parse(document.getElementById("data").textContent);
const rows = data.targets.map((parts) => Object.fromEntries(FIELDS.map((name, at) => [name, parts[at]])));
const table = document.getElementById("table");
const columns = [...table.tHead.rows[0].cells].map((cell) => cell.className.slice(2));
const controls = Object.fromEntries(
  ["region", "indicator", "period", "verdict"].map((name) => [name, document.getElementById(`by-${name}`)]),
);
controls.q = document.getElementById("search");
const view = { rows, page: 0, sorted: "", falling: false };
const collators = new Map();

const translated = (texts) => texts[position()];
const nameOf = (entry) => entry[1 + position()];
const codeAndNames = (entry) => entry.slice(0, 2 + TAGS.size); // with the names that are not shown
const regions = data.regions.map((region) => wordsOf(codeAndNames(region).join(" ")));
const code = (row, name) => data[`${name}s`][row[name]][0];

function make(tag, content = [], attributes = {}) {
  const element = document.createElement(tag);
  element.append(...[content].flat());
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function text(row) {
  row.text ??= fold(
    [
      ...codeAndNames(data.regions[row.region]), ...codeAndNames(data.indicators[row.indicator]),
      ...data.periods[row.period].slice(0, -1), ...row.stated, ...row.sentences, ...data.plans[row.plan],
      row.key, row.citation[2], data.sources[row.citation[0]][0],
    ].join(" "),
  );
  return row.text;
}

// The rows that match the filters, except those that are named.
function matching(...exceptions) {
  const found = searched(controls.q.value, regions);
  const active = ["region", "indicator", "period", "verdict"].filter((name) => !exceptions.includes(name) && controls[name].value);
  return rows.filter(
    (row) =>
      active.every((name) => code(row, name) === controls[name].value) &&
      found(regions[row.region], () => text(row)),
  );
}

function number(row) {
  const keys = { period: ["", data.periods[row.period].at(-1)], stated: row.statedKey, by: ["", row.by],
    outcome: row.outcomeKey, year: ["", row.year], gap: row.gapKey, verdict: ["", row.verdict] };
  return Object.hasOwn(keys, view.sorted) ? keys[view.sorted] : null;
}

function label(row) {
  if (view.sorted === "tier") return row.tiers;
  return nameOf(data[`${view.sorted}s`][row[view.sorted]]);
}

function compare(one, other) {
  const [a, b] = [number(one), number(other)];
  const turn = view.falling ? -1 : 1;
  const collator = collators.get(page.lang) ?? new Intl.Collator(page.lang, { numeric: true });
  collators.set(page.lang, collator);
  if (!a) return turn * collator.compare(label(one), label(other));
  const lacks = (a[1] === "") - (b[1] === ""); // rows without a number come last
  return lacks || turn * (collator.compare(a[0], b[0]) || Number(a[1]) - Number(b[1]));
}

function glyph(entry) {
  return make("span", make("b", entry.at(-1)), { "aria-hidden": "true", class: `chip ${entry[0]}` });
}

function chip(verdict) {
  const entry = data.verdicts[verdict];
  return make("span", [make("b", entry.at(-1), { "aria-hidden": "true" }), ` ${nameOf(entry)}`], {
    class: `chip ${entry[0]}`,
  });
}

function source(citation) {
  const [title, lang, publisher, date, tier, address, shown] = data.sources[citation[0]];
  const inner = address ? make("a", translated(title), { href: address, rel: "noopener noreferrer" }) : translated(title);
  const parts = [make("cite", inner, { lang })];
  if (publisher[0]) parts.unshift(make("bdi", translated(publisher)), ", ");
  if (date) parts.push(`, ${date}`);
  if (shown && !address) parts.push(`, ${shown}`);
  parts.push(" ", make("span", messageText("tier_note").replace("{tier}", tier), { class: "tag" }));
  if (citation[1]) parts.push(" ", make("bdi", citation[1]));
  if (citation[2]) parts.push(" ", make("q", citation[2], { lang: citation[3] }));
  return parts;
}

function input([figure, span, vintage, citation]) {
  const parts = [translated(figure)];
  if (span) parts.push(` (${[span, vintage].filter(Boolean).join(", ")})`);
  if (citation) parts.push(" ", ...source(citation));
  return make("li", parts);
}

function details(row) {
  const list = make("dl");
  const add = (name, content) => list.append(make("dt", messageText(name)), make("dd", content));
  if (row.caveats.length) add("caveats", make("ul", row.caveats.map((index) => make("li", translated(data.texts[index])))));
  if (row.inputs.length) add("inputs", make("ul", row.inputs.map(input)));
  add("plan", make("bdi", translated(data.plans[row.plan])));
  add("source", source(row.citation));
  add("key", make("code", row.key));
  return [make("p", translated(row.sentences)), list];
}

function texts(row) {
  return {
    region: nameOf(data.regions[row.region]), indicator: nameOf(data.indicators[row.indicator]),
    period: nameOf(data.periods[row.period]), stated: translated(row.stated), by: String(row.by),
    outcome: row.outcome ? translated(row.outcome) : "–", year: row.year ? translated(row.year) : "", gap: row.gap ? translated(row.gap) : "",
    verdict: nameOf(data.verdicts[row.verdict]), tier: row.tiers,
  };
}

function group(row) {
  const values = { ...texts(row), verdict: [chip(row.verdict)] };
  values.verdict.push(...row.notes.map((index) => make("small", translated(data.texts[index]))));
  const main = make("tr", columns.map((name, index) =>
    index ? make("td", values[name], { class: `c-${name}`, role: "cell" })
      : make("th", values[name], { class: `c-${name}`, scope: "row", role: "rowheader" })), { role: "row" });
  const id = `d${rows.indexOf(row)}`;
  const cell = make("td", [], { colspan: columns.length, role: "cell" });
  const more = make("tr", cell, { class: "more", id, role: "row" });
  more.hidden = true;
  const button = addButton(main.cells[0]);
  button.setAttribute("aria-controls", id);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (!cell.hasChildNodes()) cell.append(...details(row));
    more.hidden = !more.hidden;
    button.setAttribute("aria-expanded", String(!more.hidden));
  });
  return make("tbody", [main, more], { role: "rowgroup" });
}

function countByVerdict(shown) {
  const counts = data.verdicts.map(() => 0);
  for (const row of shown) counts[row.verdict] += 1;
  return counts;
}

// The bar is as long as all targets of the region; those of other verdicts than the chosen one are blank.
function paint(tile, shown, all) {
  const counts = countByVerdict(shown);
  const bar = tile.querySelector("svg");
  const space = "http://www.w3.org/2000/svg";
  bar.setAttribute("viewBox", `0 0 ${all.length || 1} 1`);
  bar.replaceChildren();
  let x = 0;
  counts.forEach((count, verdict) => {
    if (!count) return;
    const part = document.createElementNS(space, "rect");
    const looks = { class: data.verdicts[verdict][0], x, y: 0, width: count, height: 1 };
    for (const [name, value] of Object.entries(looks)) part.setAttribute(name, value);
    bar.append(part);
    x += count;
  });
  const kinds = counts.map((count, verdict) => ({ count, verdict })).filter((kind) => kind.count);
  const parts = kinds.map((kind) => `${kind.count} ${nameOf(data.verdicts[kind.verdict])}`).join(", ");
  const share = shown.length < all.length ? ` / ${all.length}` : "";
  const number = make("span", `${shown.length}${share.replaceAll(" ", "")}`, { "aria-hidden": "true" });
  const mark = kinds.length === 1 && !share ? [" ", glyph(data.verdicts[kinds[0].verdict])] : [];
  tile.title = tile.querySelectorAll(".full")[position()].textContent;
  tile.classList.toggle("bare", !shown.length);
  tile.querySelector(".count").replaceChildren(
    make("span", `: ${parts || 0}${share}`, { class: "unseen" }), number, ...mark,
  );
  tile.querySelector("button").setAttribute("aria-pressed", String(controls.region.value === tile.dataset.region));
}

function showRows(visible) {
  for (const body of [...table.tBodies]) body.remove();
  table.append(...visible.map(group));
}

function show() {
  const pages = Math.max(1, Math.ceil(view.rows.length / PAGE));
  view.page = Math.min(view.page, pages - 1);
  showRows(view.rows.slice(view.page * PAGE, (view.page + 1) * PAGE));
  document.getElementById("previous").disabled = view.page === 0;
  document.getElementById("next").disabled = view.page === pages - 1;
  document.getElementById("pages").hidden = pages === 1;
  showCount(view.rows.length, rows.length);
  for (const span of document.querySelectorAll("#page span")) {
    span.textContent = span.dataset.text.replace("{page}", view.page + 1).replace("{pages}", pages);
  }
}

function update() {
  view.rows = matching();
  if (view.sorted) view.rows.sort(compare);
  const around = byRegion(matching("region"));
  const ofAnyVerdict = byRegion(matching("region", "verdict"));
  for (const tile of document.querySelectorAll(".tile")) {
    paint(tile, around.get(tile.dataset.region) ?? [], ofAnyVerdict.get(tile.dataset.region) ?? []);
  }
  const counts = countByVerdict(view.rows);
  for (const count of document.querySelectorAll("#tally strong")) {
    count.textContent = counts[data.verdicts.findIndex((entry) => entry[0] === count.dataset.verdict)];
  }
  show();
}

function byRegion(shown) {
  const groups = new Map();
  for (const row of shown) {
    const name = code(row, "region");
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

for (const element of table.querySelectorAll("thead, thead tr")) element.setAttribute("role", element.tagName === "TR" ? "row" : "rowgroup");
table.setAttribute("role", "table");
for (const head of table.tHead.rows[0].cells) {
  head.setAttribute("role", "columnheader");
  addButton(head).addEventListener("click", () => {
    const name = head.className.slice(2);
    view.falling = view.sorted === name && !view.falling;
    view.sorted = name;
    for (const each of head.parentNode.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", view.falling ? "descending" : "ascending");
    view.page = 0;
    update();
  });
}
for (const tile of document.querySelectorAll(".tile")) {
  addButton(tile).addEventListener("click", () => {
    const same = controls.region.value === tile.dataset.region;
    controls.region.value = same ? "" : tile.dataset.region;
    controls.region.dispatchEvent(new Event("input"));
  });
}
connect(controls, () => {
  view.page = 0;
  update();
});
for (const name of ["region", "indicator"]) {
  for (const entry of data[`${name}s`]) {
    controls[name].querySelector(`[value="${CSS.escape(entry[0])}"]`).dataset.names = entry.at(-1);
  }
}
for (const [id, step] of [["previous", -1], ["next", 1]]) {
  document.getElementById(id).addEventListener("click", () => {
    view.page += step;
    show();
    document.getElementById("targets").focus();
  });
}
document.getElementById("save-csv").addEventListener("click", () => {
  const heads = [...table.tHead.rows[0].cells].map(visibleText);
  const shown = view.rows.map((row) => [...columns.map((name) => texts(row)[name]), row.key]);
  const subject = fileName(...["region", "indicator", "period", "verdict"].map((name) => controls[name].value));
  saveCsv(subject, [[...heads, messageText("key")], ...shown]);
});
document.getElementById("copy-link").addEventListener("click", (event) => copy(event.currentTarget, location.href));
document.getElementById("copy-embed").addEventListener("click", (event) => {
  const frame = make("iframe", [], { src: location.href, title: document.title, width: "100%", height: "800" });
  copy(event.currentTarget, frame.outerHTML);
});
page.addEventListener("language", update);
addEventListener("beforeprint", () => showRows(view.rows)); // paper has no pages to turn
addEventListener("afterprint", show);
showControls();
readAddress();
update();
