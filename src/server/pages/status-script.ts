/**
 * Keeps the page up to date while it is looked at. Elements stay the same ones, so focus, selection, scrolling and what is folded
 * out stay as well; only what is new is read out. The page's only script, served from here.
 */
export const statusScript = `
"use strict";
const everyMs = 2000;
const afterFailureMs = 10000;
const content = document.getElementById("content");
const news = document.getElementById("news");
const stale = document.getElementById("stale");
let tag = content.dataset.tag;
let ahead = Number(content.dataset.now) - Date.now();
let timer;
/** When Remit last answered, by its own clock. */
let asOf = Number(content.dataset.now);
let asking = false;

function keyOf(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.id : "";
}

function isSame(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
}

/** Makes one like the other, in place. */
function follow(old, next) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
    return;
  }
  if (old.isEqualNode(next)) return;
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== "open" && name !== "title") old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  followChildren(old, next);
}

function followChildren(old, next) {
  let place = old.firstChild;
  for (const child of [...next.childNodes]) {
    const key = keyOf(child);
    let mine = place;
    // What has gone before it is let go, so that what stays is never moved: moving would lose the focus.
    if (key !== "" && mine !== null && keyOf(mine) !== key) {
      const known = [...old.children].find((each) => each.id === key);
      if (known !== undefined && known.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_PRECEDING) {
        while (place !== known) {
          const gone = place;
          place = place.nextSibling;
          if (keyOf(gone) !== "" && [...next.children].some((each) => each.id === keyOf(gone))) old.append(gone);
          else gone.remove();
        }
        mine = known;
      }
    }
    if (mine !== null && isSame(mine, child)) {
      place = mine.nextSibling;
      follow(mine, child);
    } else {
      old.insertBefore(document.importNode(child, true), place);
    }
  }
  while (place !== null) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

/** A second, a minute, an hour, a day: as people say it. */
function ago(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < -1) return "in the future";
  if (seconds < 10) return "just now";
  if (seconds < 60) return Math.floor(seconds / 10) * 10 + " s ago";
  if (seconds < 3600) return Math.floor(seconds / 60) + " min ago";
  if (seconds < 2 * 86400) return Math.floor(seconds / 3600) + " h ago";
  return Math.floor(seconds / 86400) + " d ago";
}

function sayHowLongAgo() {
  const now = Date.now() + ahead;
  for (const time of document.querySelectorAll("time[data-ago]")) {
    const at = Date.parse(time.dateTime);
    const text = ago(now - at);
    const title = new Date(at).toISOString().slice(0, 19).replace("T", " ") + " UTC";
    if (time.title !== title) time.title = title;
    if (time.textContent !== text) time.textContent = text;
  }
}

function newsIn(root) {
  return new Map([...root.querySelectorAll("[data-news]")].map((each) => [each.id, each]));
}

function tell(before) {
  const texts = [];
  for (const [id, element] of newsIn(content)) {
    if (before.has(id)) continue;
    const about = element.closest("article")?.querySelector("h3 > span")?.textContent ?? "";
    texts.push(about + ": " + (element.querySelector("span")?.textContent ?? element.textContent));
  }
  if (texts.length > 0) news.textContent = texts.slice(-5).join(". ");
}

async function look() {
  const response = await fetch("/status/content", { headers: { "If-None-Match": tag }, cache: "no-store" });
  if (response.status !== 200 && response.status !== 304) throw new Error("HTTP " + response.status);
  asOf = Number(response.headers.get("X-Remit-Now"));
  ahead = asOf - Date.now();
  // Read to its end in any case, or the browser counts it as broken off.
  const text = await response.text();
  if (response.status === 304) return;
  const next = new DOMParser().parseFromString(text, "text/html");
  const before = newsIn(content);
  const wanted = document.createElement("div");
  wanted.append(...next.body.childNodes);
  followChildren(content, wanted);
  tag = response.headers.get("ETag");
  tell(before);
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden || asking) return;
  asking = true;
  let nextMs = everyMs;
  try {
    await look();
    stale.hidden = true;
    stale.textContent = "";
  } catch {
    nextMs = afterFailureMs;
    if (stale.hidden) {
      stale.hidden = false;
      stale.textContent = "Remit doesn't answer: this is how it stood at " + new Date(asOf).toISOString().slice(11, 19) + " UTC.";
    }
  }
  asking = false;
  sayHowLongAgo();
  timer = setTimeout(refresh, nextMs);
}

document.addEventListener("visibilitychange", refresh);
sayHowLongAgo();
timer = setTimeout(refresh, everyMs);
`;
