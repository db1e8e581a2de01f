"use strict";

const page = document.documentElement;
const switches = [...document.querySelectorAll(".switch button")];
const TAGS = new Map(switches.map((button) => [button.dataset.code, button.dataset.lang]));
const position = () => [...TAGS.values()].indexOf(page.lang); // of the language shown
const language = () => [...TAGS.keys()][position()];

// The text of an element in the language shown.
function visibleText(element) {
  const own = element.querySelector(`span[lang="${page.lang}"]`);
  return (own ?? element).textContent.trim();
}

function setLanguage(tag) {
  page.lang = tag;
  for (const button of switches) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === tag));
  }
  for (const element of document.querySelectorAll("option, head > title")) {
    element.textContent = element.dataset[language()];
  }
  page.dispatchEvent(new Event("language"));
}

// The choices are stored in the address, after the #, and nowhere else.
const choices = new URLSearchParams();

function store(name, value) {
  if (value) choices.set(name, value);
  else choices.delete(name);
  history.replaceState(null, "", `#${choices}`);
}

function readAddress() {
  if (!location.hash.includes("=")) return; // a section of the page
  for (const name of [...choices.keys()]) choices.delete(name);
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) choices.set(name, value);
  const tag = TAGS.get(choices.get("lang"));
  if (tag && tag !== page.lang) setLanguage(tag);
  page.dispatchEvent(new Event("address"));
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase().replaceAll("−", "-");
}

function wordsOf(names) {
  return new Set(fold(names).split(/[\s-]+/));
}

// The test of a row, by the words of the names of its region and its text: it has every word of the
// search. A word that is in the names of a region is for that region, not for texts that contain it.
function searched(query, regions) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const names = new Set(words.filter((word) => regions.some((region) => region.has(word))));
  return (region, text) =>
    words.every((word) => (names.has(word) ? region.has(word) : text().includes(word)));
}

// Set the controls to the choices of the address, and say which of them are not in the data. An option
// may be named by a word of its names, as GD for CN-GD.
function readChoices(controls) {
  const unknown = [];
  for (const [name, control] of Object.entries(controls)) {
    const value = choices.get(name) ?? "";
    control.value = value;
    if (control.value === value || !control.options) continue;
    const named = [...control.options].filter((option) =>
      wordsOf([option.value, ...Object.values(option.dataset)].join(" ")).has(fold(value)));
    control.value = named.length === 1 ? named[0].value : "";
    store(name, control.value);
    if (!control.value) unknown.push(value);
  }
  showUnknown(unknown);
}

function showUnknown(values) {
  const message = document.getElementById("unknown");
  message.hidden = !values.length;
  message.querySelector("bdi").textContent = values.join(", ");
}

// Keep the controls of a form and the address the same; `changed` shows what they choose.
function connect(controls, changed) {
  const read = () => {
    readChoices(controls);
    changed();
  };
  for (const [name, control] of Object.entries(controls)) {
    control.addEventListener("input", () => {
      store(name, control.value);
      showUnknown([]);
      changed();
    });
  }
  const { form } = controls.q;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    for (const name of Object.keys(controls)) choices.delete(name);
    store("lang", language());
    read();
  }));
  page.addEventListener("address", read);
}

// Say how many rows are shown; without any, a sentence is shown in place of the table.
function showCount(shown, all) {
  for (const span of document.querySelectorAll("#shown span")) {
    span.textContent = span.dataset.text.replace("{shown}", shown).replace("{all}", all);
  }
  document.getElementById("table").hidden = !shown;
  document.getElementById("nothing").hidden = shown > 0;
}

function showControls() {
  for (const element of document.querySelectorAll("[data-enhanced]")) element.hidden = false;
}

// Move the contents of an element into a button.
function addButton(element) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...element.childNodes);
  element.append(button);
  return button;
}

for (const button of switches) {
  button.addEventListener("click", () => {
    setLanguage(button.dataset.lang);
    store("lang", language());
  });
}
addEventListener("hashchange", readAddress);

function messageText(id) {
  return visibleText(document.querySelector(`[data-word="${id}"]`));
}

function fileName(...parts) {
  return parts.filter(Boolean).join("-");
}

// Nothing is sent: the file is made in the page.
function save(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// A text that begins like a formula is quoted for spreadsheet programs.
function csvCell(text) {
  const plain = String(text).replaceAll("−", "-").replace(/^(?=[=@\t\r])/, "'");
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function saveCsv(subject, rows) {
  save(fileName(subject, "targets.csv"), `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`, "text/csv");
}

async function copy(button, text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch { // without permission, as on some pages from a disk
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.classList.add("done");
  document.getElementById("copied").textContent = messageText("copied");
  setTimeout(() => {
    button.classList.remove("done");
    document.getElementById("copied").textContent = "";
  }, 2000);
}

document.getElementById("copy-citation").addEventListener("click", (event) => {
  copy(event.currentTarget, visibleText(document.getElementById("citation")));
});
