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
  return text.normalize("NFKC").toLowerCase();
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
  const plain = String(text).replace(/^(?=[=@\t\r])/, "'");
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function saveCsv(rows) {
  save("targets.csv", `\ufeff${rows.map((row) => row.map(csvCell).join(",")).join("\r\n")}\r\n`, "text/csv");
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
