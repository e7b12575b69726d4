// Searches as one types, moves by keys, and tells when the guides have changed. Every page works
// without it: it fetches the same pages as links and the form do.
"use strict";

const box = document.getElementById("q");
const status = document.getElementById("status");

// Search as one types: the main part of the page is replaced by that of the page for the text. The old
// one stays until the new one is here, and the last text typed wins.

let pending = null;
let speaking = 0;

// The address of the results for the text in the box, with the filters of the form.
function address() {
  const asked = new URLSearchParams(new FormData(box.form));
  if (box.value === "") asked.delete("q");
  return "/search" + (asked.size ? "?" + asked : "");
}

async function load(url, { isTyping = false, isNew = false } = {}) {
  pending?.abort();
  const own = (pending = new AbortController());
  const asked = new URL(url, location.href);
  if (isTyping) asked.searchParams.set("typing", "1");
  try {
    const answer = await fetch(asked, { signal: own.signal, headers: { accept: "text/html" } });
    const html = await answer.text();
    if (pending !== own) return;
    show(new DOMParser().parseFromString(html, "text/html"));
    if (isNew) scrollTo({ top: 0, behavior: "instant" });
  } catch (error) {
    if (error.name !== "AbortError") say("The server cannot be reached.", true);
  }
}

function show(page) {
  for (const id of ["main", "kept"]) {
    const [old, fresh] = [document, page].map((document) => document.getElementById(id));
    if (!old || !fresh) return location.reload();
    old.replaceChildren(...fresh.childNodes);
  }
  document.title = page.title;
  document.body.className = page.body.className;
  if (page.body.dataset.state) document.body.dataset.state = page.body.dataset.state;
  changed("");
  addCopying();
  const total = document.getElementById("found")?.dataset.total;
  if (total !== undefined) say(total === "1" ? "1 result" : total + " results");
}

// Says something to a screen reader, once the typing has paused.
function say(text, isSeen) {
  clearTimeout(speaking);
  speaking = setTimeout(() => (status.textContent = text), 500);
  if (isSeen) document.getElementById("news").textContent = text;
}

box.addEventListener("input", (event) => {
  if (event.isComposing) return;
  const url = address();
  // One step back leads from the results to where the search began.
  const began = history.state?.typed && location.pathname === "/search";
  history[began ? "replaceState" : "pushState"]({ typed: true }, "", url);
  load(url, { isTyping: true, isNew: true });
});

box.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const url = address();
  const isHere = location.pathname + location.search === url;
  history[isHere ? "replaceState" : "pushState"]({ typed: false }, "", url);
  load(url, { isNew: true });
});

addEventListener("popstate", () => {
  // A step within one page is one to a place in it.
  if (location.hash && document.getElementById(location.hash.slice(1))) return;
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  load(location.href);
});

// Keys. Those of single letters can be switched off.

const off = "hotseat.keys.off";

function areKeysOn() {
  try {
    return localStorage.getItem(off) === null;
  } catch {
    return true;
  }
}

function links() {
  return [...document.querySelectorAll(".hit h2 a, .outline a, .begin li > a, .values a")];
}

function focusBox() {
  box.focus();
  box.select();
}

addEventListener("keydown", (event) => {
  const { key, ctrlKey, metaKey, altKey } = event;
  const focused = document.activeElement;
  const isBox = focused === box;
  const all = links();
  const at = all.indexOf(focused);
  if (event.isComposing || event.defaultPrevented) return;
  if ((ctrlKey || metaKey) && !altKey && key === "k") {
    event.preventDefault();
    focusBox();
  } else if (ctrlKey || metaKey || altKey) {
    return;
  } else if (key === "ArrowDown" && (isBox || at >= 0)) {
    if (at + 1 < all.length) {
      event.preventDefault();
      all[at + 1].focus();
    }
  } else if (key === "ArrowUp" && at >= 0) {
    event.preventDefault();
    at === 0 ? focusBox() : all[at - 1].focus();
  } else if (key === "Escape" && !isBox) {
    const back = document.getElementById("back");
    back && focused === document.body ? back.click() : focusBox();
  } else if (key === "/" && areKeysOn() && !isField(focused)) {
    event.preventDefault();
    focusBox();
  } else if (at >= 0 && key.length === 1 && key !== " ") {
    // Typing on from a hit: the key itself goes into the box.
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
});

function isField(element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
}

// The line at the bottom about keys, with the switch.
function showKeys() {
  const line = document.getElementById("keys");
  const keys = areKeysOn() ? "Keys: / search, ↓ ↑ results, Enter open, Esc back " : "The key / is off ";
  const button = document.createElement("button");
  button.className = "quiet";
  button.type = "button";
  button.textContent = areKeysOn() ? "Switch off /" : "Switch on /";
  button.addEventListener("click", () => {
    try {
      areKeysOn() ? localStorage.setItem(off, "1") : localStorage.removeItem(off);
    } catch {
      return;
    }
    showKeys();
    line.querySelector("button").focus();
  });
  line.replaceChildren(keys, button);
}

// Code can be copied.
function addCopying() {
  if (!navigator.clipboard) return;
  for (const code of document.querySelectorAll(":not(.code) > pre > code")) {
    const button = document.createElement("button");
    button.className = "copy";
    button.type = "button";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    const frame = document.createElement("div");
    frame.className = "code";
    code.parentElement.replaceWith(frame);
    frame.append(code.parentElement, button);
  }
}

// The guides change: a line says so, and nothing moves unasked. One stream a page, none while hidden.

let news = null;

function changed(state) {
  const line = document.getElementById("news");
  if (!state || state === document.body.dataset.state) return line.replaceChildren();
  const link = document.createElement("a");
  link.href = location.href;
  link.textContent = "Show them";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    load(location.href);
  });
  line.replaceChildren("The guides have changed. ", link);
}

function listen() {
  if (document.hidden) {
    news?.close();
    news = null;
  } else if (!news) {
    news = new EventSource("/api/v1/events");
    news.addEventListener("state", (event) => changed(event.data));
  }
}

document.addEventListener("visibilitychange", listen);
// A page that is kept for the back button holds no connection.
addEventListener("pagehide", () => {
  news?.close();
  news = null;
});
addEventListener("pageshow", listen);

showKeys();
addCopying();
listen();
if (document.body.className === "start") box.focus();
