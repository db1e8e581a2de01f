
const table = document.getElementById("table");
const { subject } = document.body.dataset;

function start() {
  const groups = [...table.tBodies];
  const search = document.getElementById("search");
  const verdict = document.getElementById("by-verdict");
  const period = document.getElementById("by-period");
  const unfold = document.getElementById("unfold");
  const texts = new Map();
  const regions = new Map(groups.map((group) => [group, wordsOf(group.dataset.region)]));

  // Explicit roles, since a narrow screen shows the rows as cards.
  const roles = { thead: "rowgroup", tbody: "rowgroup", tr: "row", td: "cell", "thead th": "columnheader", "tbody th": "rowheader" };
  table.setAttribute("role", "table");
  for (const [selector, role] of Object.entries(roles)) {
    for (const element of table.querySelectorAll(selector)) element.setAttribute("role", role);
  }

  function text(group) {
    if (!texts.has(group)) texts.set(group, fold(`${group.textContent} ${group.dataset.region} ${group.dataset.names}`));
    return texts.get(group);
  }

  function filter() {
    const found = searched(search.value, [...regions.values()]);
    let count = 0;
    for (const group of groups) {
      const matches =
        (!verdict.value || group.dataset.verdict === verdict.value) &&
        (!period.value || group.dataset.period === period.value) &&
        found(regions.get(group), () => text(group));
      group.hidden = !matches;
      count += matches;
    }
    showCount(count, groups.length);
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
  connect({ q: search, verdict, period }, filter);
  document.getElementById("copy-link").addEventListener("click", (event) => copy(event.currentTarget, location.href));
  document.getElementById("save-csv").addEventListener("click", () => {
    const heads = [...table.tHead.rows[0].cells].map(visibleText);
    const rows = groups.filter((group) => !group.hidden).map((group) => [
      ...[...group.rows[0].cells].map(visibleText), group.querySelector("code").textContent,
    ]);
    saveCsv(subject, [[...heads, messageText("key")], ...rows]);
  });
  filter();
}

// A picture as an image of twice its size.
function savePng(svg, name) {
  const { width, height } = svg.viewBox.baseVal;
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * 2, height * 2];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => save(name, blob, "image/png"));
  });
  const text = new XMLSerializer().serializeToString(svg);
  image.src = `data:image/svg+xml,${encodeURIComponent(text)}`;
}

[...document.querySelectorAll(".save-png")].forEach((button, at) => {
  const figure = button.closest("figure");
  button.addEventListener("click", () => {
    savePng(figure.querySelector(`.drawing[lang="${page.lang}"] svg`), fileName(subject, `picture-${at + 1}.png`));
  });
});

if (table) start();
showControls();
readAddress();
