
const table = document.getElementById("table");

function start() {
  const groups = [...table.tBodies];
  const search = document.getElementById("search");
  const verdict = document.getElementById("by-verdict");
  const period = document.getElementById("by-period");
  const unfold = document.getElementById("unfold");
  const shown = document.getElementById("shown");
  const texts = new Map();

  // Explicit roles, since a narrow screen shows the rows as cards.
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(roles)) {
    for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
  }

  function text(group) {
    if (!texts.has(group)) texts.set(group, fold(group.textContent));
    return texts.get(group);
  }

  function filter() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    for (const group of groups) {
      const matches =
        (!verdict.value || group.dataset.verdict === verdict.value) &&
        (!period.value || group.dataset.period === period.value) &&
        words.every((word) => text(group).includes(word));
      group.hidden = !matches;
      count += matches;
    }
    for (const span of shown.children) {
      span.textContent = span.dataset.text.replace("{shown}", count).replace("{all}", groups.length);
    }
  }

  function setOpen(group, open) {
    const button = group.querySelector("th button");
    button.setAttribute("aria-expanded", String(open));
    group.querySelector(".more").hidden = !open;
  }

  function compare(one, other, column, collator) {
    const [a, b] = [one, other].map((group) => group.rows[0].cells[column]);
    if (a.dataset.number === undefined) return collator.compare(visibleText(a), visibleText(b));
    if (!a.dataset.number || !b.dataset.number) return 0;
    const kinds = collator.compare(a.dataset.kind ?? "", b.dataset.kind ?? "");
    return kinds || Number(a.dataset.number) - Number(b.dataset.number);
  }

  function empty(group, column) {
    const cell = group.rows[0].cells[column];
    return cell.dataset.number === "" || !visibleText(cell);
  }

  function sort(head) {
    const column = head.cellIndex;
    const falling = head.getAttribute("aria-sort") === "ascending";
    for (const each of head.parentNode.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", falling ? "descending" : "ascending");
    const collator = new Intl.Collator(page.lang, { numeric: true });
    groups.sort((one, other) => {
      const lacks = empty(one, column) - empty(other, column); // rows without a number come last
      return lacks || (falling ? -1 : 1) * compare(one, other, column, collator);
    });
    table.append(...groups);
  }

  for (const head of table.tHead.rows[0].cells) {
    addButton(head).addEventListener("click", () => sort(head));
  }
  for (const group of groups) {
    const button = addButton(group.querySelector("th"));
    button.setAttribute("aria-controls", group.querySelector(".more").id);
    button.addEventListener("click", () => {
      setOpen(group, button.getAttribute("aria-expanded") !== "true");
    });
    setOpen(group, false);
  }
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    for (const group of groups) setOpen(group, open);
  });
  for (const control of [search, verdict, period]) control.addEventListener("input", filter);
  search.form.addEventListener("reset", () => setTimeout(filter));
  search.form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}

if (table) start();
showControls();
readAddress();
