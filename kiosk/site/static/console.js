"use strict";
/* A counter's console: fetches its panel again when the hall changes, keys, the chime. */
const REFRESH_MS = 700;
const LATE_CHIME_MS = 10000;
const NOTICE_MS = 8000; // a word on why not stays so long, however often the panel is drawn anew
const seen = { calls: null, verbs: 0, refreshAt: 0, timer: 0, offset: 0, notice: null, noticeTimer: 0 };

function panel() { return document.getElementById("panel"); }

function refresh() {
  if (seen.timer) return;
  const wait = Math.max(30, seen.refreshAt + REFRESH_MS - Date.now());
  seen.timer = setTimeout(function () {
    seen.timer = 0;
    if (document.body.classList.contains("away")) return; // who is back is told at once
    seen.refreshAt = Date.now();
    htmx.ajax("GET", "/console/panel", { target: "#panel", swap: "outerHTML" })
      .catch(function () { /* htmx:sendError tells it too */ });
  }, wait);
}

function drawTimes() {
  const now = Date.now() + seen.offset;
  const hanoi = new Date(now + 7 * 3600 * 1000);
  document.getElementById("time").textContent = hanoi.toISOString().slice(11, 16);
  document.querySelectorAll("time[data-since]").forEach(function (time) {
    const until = time.dataset.until ? Date.parse(time.dataset.until) : now;
    const minutes = Math.max(0, Math.floor((until - Date.parse(time.dataset.since)) / 60000));
    time.textContent = minutes + "′";
  });
}

function chime() {
  document.getElementById("chime").play().catch(function () { /* the page is still untouched */ });
}

/* The answer to a button has a word on why not, or none; the panels that follow know of neither. */
function keepNotice(isAnswer) {
  const told = panel().querySelector(".notice[role=alert]");
  if (isAnswer) {
    clearTimeout(seen.noticeTimer);
    seen.notice = told;
    if (told) seen.noticeTimer = setTimeout(dropNotice, NOTICE_MS);
  } else if (seen.notice && !told) {
    panel().querySelector(".desk").prepend(seen.notice);
  }
}

function dropNotice() {
  if (seen.notice) seen.notice.remove();
  seen.notice = null;
}

function look() {
  seen.offset = Date.parse(panel().dataset.now) - Date.now();
  const calls = panel().dataset.calls.split(",").filter(Boolean);
  if (seen.calls !== null && calls.some(function (id) { return !seen.calls.includes(id); })) {
    chime();
  }
  seen.calls = calls;
  drawTimes();
}

document.addEventListener("keydown", function (event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (document.querySelector("dialog[open]") || document.body.classList.contains("away")) return;
  if (!/^Key[A-Z]$/.test(event.code)) return; // the key itself: Telex may be on
  const button = document.querySelector("[data-key=" + event.code.slice(3).toLowerCase() + "]");
  if (!button || button.disabled) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("htmx:beforeRequest", function (event) {
  const isVerb = event.detail.requestConfig.verb === "post";
  if (isVerb) seen.verbs += 1;
  event.detail.xhr.verbsBefore = seen.verbs;
});

document.addEventListener("htmx:beforeSwap", function (event) {
  if (event.detail.xhr.verbsBefore !== seen.verbs) event.detail.shouldSwap = false; // older news
});

document.addEventListener("htmx:afterSwap", function (event) {
  keepNotice(event.detail.requestConfig.verb === "post");
  look();
});
document.addEventListener("htmx:sendError", refresh);
document.addEventListener("visibilitychange", function () { if (!document.hidden) refresh(); });

listenToHall("/console/events", refresh, function (fresh) {
  document.body.classList.toggle("away", !fresh);
  if (fresh) refresh();
});
look();
setInterval(function () { // until somebody goes there
  if (seen.calls.some(function (id) { return id.endsWith("!"); })) chime();
}, LATE_CHIME_MS);
setInterval(drawTimes, 5000);
