"use strict";
/* Draws the hall that the stream tells; decides nothing. */
const LINES = 5;
const SERVICES = 8; // more than these: those for which somebody waits
const NOTICE_MS = 12000;
const state = { offset: 0, notices: [], notice: 0, announced: null, fresh: true, heard: 0, old: false };

function byId(id) { return document.getElementById(id); }

function twoDigits(number) { return String(number).padStart(2, "0"); }

function clockOf(milliseconds) {
  const hanoi = new Date(milliseconds + 7 * 3600 * 1000);
  return twoDigits(hanoi.getUTCHours()) + ":" + twoDigits(hanoi.getUTCMinutes());
}

function fill(list, template, things, put) {
  list.replaceChildren(...things.map(function (thing) {
    const line = byId(template).content.cloneNode(true);
    put(line, thing);
    return line;
  }));
}

function drawHall(hall) {
  state.offset = Date.parse(hall.now) - Date.now();
  if (hall.stale && !state.old) state.heard = Date.now();
  state.old = hall.stale; // the kiosk that leads is away
  drawStale();
  const over = Boolean(hall.closing) && hall.closing.over;
  const busy = hall.counters.some(function (counter) { return counter.ticket; });
  const latest = over && !busy ? undefined : hall.calls[0];
  const place = byId("latest");
  place.classList.toggle("has", Boolean(latest));
  place.classList.toggle("ended", over && !busy);
  if (latest) {
    byId("number").textContent = latest.number;
    byId("number").classList.toggle("long", latest.number.length > 4);
    byId("counter").textContent = latest.counter;
    byId("counter-en").textContent = latest.counter;
    if (state.announced !== null && state.announced !== latest.announcement) {
      place.classList.remove("new");
      void place.offsetWidth; // the animation begins anew
      place.classList.add("new");
      chimeIfOn();
    }
  }
  state.announced = latest ? latest.announcement : 0;
  fill(byId("calls"), "call-line", hall.calls.slice(1, 1 + LINES), function (line, call) {
    line.querySelector(".number").textContent = call.number;
    line.querySelector(".counter").textContent = call.counter;
  });
  const all = hall.waiting.length <= SERVICES;
  const shown = hall.waiting.filter(function (service) { return all || service.waiting; }).slice(0, SERVICES);
  byId("waiting").classList.toggle("many", shown.length > 6);
  fill(byId("waiting"), "waiting-line", shown, function (line, service) {
    line.querySelector(".name").textContent = service.name_vi;
    line.querySelector(".count").textContent = service.waiting;
  });
  const band = Boolean(hall.closing) && (busy || !over);
  state.notices = band ? [closingNotice(hall.closing)] : over ? [] : byTurns(hall);
  byId("notice").classList.toggle("closing", band);
  document.body.classList.toggle("closing", band);
  drawNotice();
  drawTime();
}

/* A text of the page in both languages; `places` are what stands in it for %1, %2 and %3. */
function said(key, vi, en) {
  const texts = byId("notice").dataset;
  function put(text, places) {
    return text.replace(/%([123])/g, function (all, place) { return places[place - 1]; });
  }
  return { text_vi: put(texts[key], vi), text_en: put(texts[key + "_en"], en) };
}

function closingNotice(closing) {
  const time = [clockOf(Date.parse(closing.at))];
  return said(closing.over ? "closed" : "closing", time, time);
}

/* Whose turn is near, which services have closed before the house, the house's notices. */
function byTurns(hall) {
  const numbers = ["", hall.near.join(", ")];
  const near = hall.near.length ? [said("soon", numbers, numbers)] : [];
  const closed = hall.closed_services.map(function (one) {
    const time = clockOf(Date.parse(one.at));
    const key = one.over ? "service_closed" : "service_closing";
    return said(key, [time, "", one.name_vi], [time, "", one.name_en]);
  });
  return near.concat(closed, hall.notices);
}

function drawNotice() {
  const notice = state.notices[state.notice % Math.max(state.notices.length, 1)];
  const english = document.createElement("span");
  english.lang = "en";
  english.textContent = notice ? notice.text_en || "" : "";
  byId("notice").classList.toggle("nothing", !notice);
  byId("notice").replaceChildren(notice ? notice.text_vi : "", english);
}

function drawTime() { byId("time").textContent = clockOf(Date.now() + state.offset); }

function drawStale() {
  document.body.classList.toggle("away", !state.fresh || state.old);
  const stale = byId("stale");
  stale.textContent = stale.dataset.text.replace("%1", clockOf(state.heard + state.offset));
}

listenToHall("/board/events", drawHall, function (fresh, heard) {
  state.fresh = fresh;
  if (!state.old) state.heard = heard;
  drawStale();
});
setInterval(drawTime, 5000);
setInterval(function () { state.notice += 1; drawNotice(); }, NOTICE_MS);
