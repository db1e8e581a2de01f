"use strict";

const TAGS = new Map([["en", "en"], ["zh", "zh-Hans"]]);
const page = document.documentElement;
const spoken = () => (page.lang === "en" ? "en" : "zh");

// What is seen of an element in the language shown.
function seen(element) {
  const own = element.querySelector(`span[lang="${page.lang}"]`);
  return (own ?? element).textContent.trim();
}

function speak(tag) {
  page.lang = tag;
  for (const button of document.querySelectorAll(".switch button")) {
    button.setAttribute("aria-pressed", String(button.dataset.lang === tag));
  }
  for (const element of document.querySelectorAll("option[data-en], title[data-en]")) {
    element.textContent = element.dataset[spoken()];
  }
  page.dispatchEvent(new Event("spoken"));
}

// What was chosen is kept in the address, after the #, and nowhere else.
const kept = new URLSearchParams();

function keep(name, value) {
  if (value) kept.set(name, value);
  else kept.delete(name);
  history.replaceState(null, "", `#${kept}`);
}

function heed() {
  if (!location.hash.includes("=")) return; // a place on the page
  for (const name of [...kept.keys()]) kept.delete(name);
  for (const [name, value] of new URLSearchParams(location.hash.slice(1))) kept.set(name, value);
  const tag = TAGS.get(kept.get("lang"));
  if (tag && tag !== page.lang) speak(tag);
  page.dispatchEvent(new Event("heeded"));
}

function fold(text) {
  return text.normalize("NFKC").toLowerCase();
}

function unhide() {
  for (const element of document.querySelectorAll("[data-enhanced]")) element.hidden = false;
}

// The contents of an element go into a button of their own.
function buttoned(element) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...element.childNodes);
  element.append(button);
  return button;
}

for (const button of document.querySelectorAll(".switch button")) {
  button.addEventListener("click", () => {
    speak(button.dataset.lang);
    keep("lang", spoken());
  });
}
addEventListener("hashchange", heed);
