
const PAGE = 50;
const FIELDS = ["region", "indicator", "period", "stated", "statedKey", "by", "outcome", "outcomeKey",
  "year", "gap", "gapKey", "verdict", "reason", "tiers", "sentences", "caveats", "inputs", "plan",
  "place", "key"];
const data = JSON.parse(document.getElementById("data").textContent);
const rows = data.targets.map((parts) => Object.fromEntries(FIELDS.map((name, at) => [name, parts[at]])));
const table = document.getElementById("table");
const columns = [...table.tHead.rows[0].cells].map((cell) => cell.className.slice(2));
const controls = Object.fromEntries(
  ["region", "indicator", "period", "verdict"].map((name) => [name, document.getElementById(`by-${name}`)]),
);
controls.q = document.getElementById("search");
const view = { found: rows, page: 0, sorted: "", falling: false };
const collators = new Map();

const at = () => (spoken() === "en" ? 0 : 1);
const said = (pair) => pair[at()];
const named = (entry) => entry[1 + at()];
const code = (row, name) => data[`${name}s`][row[name]][0];

function make(tag, content = [], attributes = {}) {
  const element = document.createElement(tag);
  element.append(...[content].flat());
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function word(id) {
  return seen(document.querySelector(`[data-word="${id}"]`));
}

function text(row) {
  row.text ??= fold(
    [
      ...data.regions[row.region].slice(0, 3), ...data.indicators[row.indicator].slice(0, 3),
      ...data.periods[row.period].slice(0, 3), ...row.stated, ...row.sentences, ...data.plans[row.plan],
      row.key, row.place[2], data.sources[row.place[0]][0],
    ].join(" "),
  );
  return row.text;
}

// The rows that answer to the filters, to all of them or to all but one.
function answering(but) {
  const words = fold(controls.q.value).split(/\s+/).filter(Boolean);
  const asked = ["region", "indicator", "period", "verdict"].filter((name) => name !== but && controls[name].value);
  return rows.filter(
    (row) =>
      asked.every((name) => code(row, name) === controls[name].value) &&
      words.every((each) => text(row).includes(each)),
  );
}

function number(row) {
  const found = { period: ["", data.periods[row.period][3]], stated: row.statedKey, by: ["", row.by],
    outcome: row.outcomeKey, year: ["", row.year], gap: row.gapKey, verdict: ["", row.verdict] };
  return Object.hasOwn(found, view.sorted) ? found[view.sorted] : null;
}

function label(row) {
  if (view.sorted === "tier") return row.tiers;
  return named(data[`${view.sorted}s`][row[view.sorted]]);
}

function compare(one, other) {
  const [a, b] = [number(one), number(other)];
  const turn = view.falling ? -1 : 1;
  const collator = collators.get(page.lang) ?? new Intl.Collator(page.lang, { numeric: true });
  collators.set(page.lang, collator);
  if (!a) return turn * collator.compare(label(one), label(other));
  const lacks = (a[1] === "") - (b[1] === ""); // what has no number comes last
  return lacks || turn * (collator.compare(a[0], b[0]) || Number(a[1]) - Number(b[1]));
}

function chip(verdict) {
  const [name, , , glyph] = data.verdicts[verdict];
  return make("span", [make("b", glyph, { "aria-hidden": "true" }), ` ${named(data.verdicts[verdict])}`], {
    class: `chip ${name}`,
  });
}

function source(place) {
  const [title, tongue, publisher, date, tier, address, shown] = data.sources[place[0]];
  const inner = address ? make("a", title, { href: address, rel: "noopener noreferrer" }) : title;
  const parts = [make("cite", inner, { lang: tongue })];
  if (publisher) parts.unshift(make("bdi", publisher), ", ");
  if (date) parts.push(`, ${date}`);
  if (shown && !address) parts.push(`, ${shown}`);
  parts.push(" ", make("span", word("tier_note").replace("{tier}", tier), { class: "tag" }));
  if (place[1]) parts.push(" ", make("bdi", place[1]));
  if (place[2]) parts.push(" ", make("q", place[2]));
  return parts;
}

function input([what, figure, span, vintage, place]) {
  const parts = what === null ? [] : [`${said(data.texts[what])}: `];
  parts.push(said(figure));
  if (span) parts.push(` (${[span, vintage].filter(Boolean).join(", ")})`);
  if (place) parts.push(" ", ...source(place));
  return make("li", parts);
}

function details(row) {
  const list = make("dl");
  const add = (name, content) => list.append(make("dt", word(name)), make("dd", content));
  if (row.caveats.length) add("caveats", make("ul", row.caveats.map((each) => make("li", said(data.texts[each])))));
  if (row.inputs.length) add("inputs", make("ul", row.inputs.map(input)));
  add("plan", make("bdi", said(data.plans[row.plan])));
  add("source", source(row.place));
  add("key", make("code", row.key));
  return [make("p", said(row.sentences)), list];
}

function group(row) {
  const values = {
    region: named(data.regions[row.region]), indicator: named(data.indicators[row.indicator]),
    period: named(data.periods[row.period]), stated: said(row.stated), by: String(row.by),
    outcome: row.outcome ? said(row.outcome) : "–", year: row.year, gap: row.gap ? said(row.gap) : "",
    verdict: [chip(row.verdict)], tier: row.tiers,
  };
  if (row.reason !== null) values.verdict.push(make("small", said(data.texts[row.reason])));
  const main = make("tr", columns.map((name, place) =>
    place ? make("td", values[name], { class: `c-${name}`, role: "cell" })
      : make("th", values[name], { class: `c-${name}`, scope: "row", role: "rowheader" })), { role: "row" });
  const id = `d${rows.indexOf(row)}`;
  const cell = make("td", [], { colspan: columns.length, role: "cell" });
  const more = make("tr", cell, { class: "more", id, role: "row" });
  more.hidden = true;
  const button = buttoned(main.cells[0]);
  button.setAttribute("aria-controls", id);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => {
    if (!cell.hasChildNodes()) cell.append(...details(row));
    more.hidden = !more.hidden;
    button.setAttribute("aria-expanded", String(!more.hidden));
  });
  return make("tbody", [main, more], { role: "rowgroup" });
}

function counted(found) {
  const counts = data.verdicts.map(() => 0);
  for (const row of found) counts[row.verdict] += 1;
  return counts;
}

function paint(tile, found) {
  const counts = counted(found);
  const bar = tile.querySelector("svg");
  const space = "http://www.w3.org/2000/svg";
  bar.setAttribute("viewBox", `0 0 ${found.length || 1} 1`);
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
  const kinds = counts.map((count, verdict) => ({ count, verdict })).filter((each) => each.count);
  const parts = kinds.map((each) => `${each.count} ${named(data.verdicts[each.verdict])}`).join(", ");
  const single = kinds.length === 1 ? data.verdicts[kinds[0].verdict] : null;
  tile.classList.toggle("bare", !found.length);
  tile.querySelector(".count").replaceChildren(
    make("span", `: ${parts || 0}`, { class: "unseen" }),
    single
      ? make("span", make("b", single[3]), { "aria-hidden": "true", class: `chip ${single[0]}` })
      : make("span", String(found.length), { "aria-hidden": "true" }),
  );
  tile.querySelector("button").setAttribute("aria-pressed", String(controls.region.value === tile.dataset.region));
}

function show() {
  const pages = Math.max(1, Math.ceil(view.found.length / PAGE));
  view.page = Math.min(view.page, pages - 1);
  const shown = view.found.slice(view.page * PAGE, (view.page + 1) * PAGE);
  for (const body of [...table.tBodies]) body.remove();
  table.append(...shown.map(group));
  document.getElementById("previous").disabled = view.page === 0;
  document.getElementById("next").disabled = view.page === pages - 1;
  const facts = { shown: view.found.length, all: rows.length, page: view.page + 1, pages };
  for (const span of document.getElementById("shown").children) {
    span.textContent = span.dataset.said.replace(/\{(\w+)\}/g, (_, name) => facts[name]);
  }
}

function update() {
  view.found = answering("");
  if (view.sorted) view.found.sort(compare);
  const around = grouped(answering("region"));
  for (const tile of document.querySelectorAll(".tile")) paint(tile, around.get(tile.dataset.region) ?? []);
  const counts = counted(view.found);
  for (const count of document.querySelectorAll("#tally strong")) {
    count.textContent = counts[data.verdicts.findIndex((each) => each[0] === count.dataset.verdict)];
  }
  show();
}

function grouped(found) {
  const groups = new Map();
  for (const row of found) {
    const name = code(row, "region");
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

function asked() {
  for (const [name, control] of Object.entries(controls)) {
    control.value = kept.get(name) ?? "";
    if (control.value !== (kept.get(name) ?? "")) control.value = ""; // a choice there is not
  }
  view.page = 0;
  update();
}

function choose(name) {
  keep(name, controls[name].value);
  view.page = 0;
  update();
}

for (const element of table.querySelectorAll("thead, thead tr")) element.setAttribute("role", element.tagName === "TR" ? "row" : "rowgroup");
table.setAttribute("role", "table");
for (const head of table.tHead.rows[0].cells) {
  head.setAttribute("role", "columnheader");
  buttoned(head).addEventListener("click", () => {
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
  buttoned(tile).addEventListener("click", () => {
    const same = controls.region.value === tile.dataset.region;
    controls.region.value = same ? "" : tile.dataset.region;
    choose("region");
  });
}
for (const name of Object.keys(controls)) controls[name].addEventListener("input", () => choose(name));
controls.q.form.addEventListener("submit", (event) => event.preventDefault());
controls.q.form.addEventListener("reset", () => setTimeout(() => {
  for (const name of Object.keys(controls)) kept.delete(name);
  keep("lang", spoken());
  asked();
}));
for (const [id, step] of [["previous", -1], ["next", 1]]) {
  document.getElementById(id).addEventListener("click", () => {
    view.page += step;
    show();
    document.getElementById("targets").focus();
  });
}
page.addEventListener("spoken", update);
page.addEventListener("heeded", asked);
unhide();
heed();
update();
