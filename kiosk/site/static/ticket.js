"use strict";
/* Tells whose turn is near or come by the title, a short buzz and the chime. */
let told = document.getElementById("now").dataset.state;

document.addEventListener("htmx:afterSwap", function () {
  const now = document.getElementById("now");
  const state = now.dataset.state;
  if (now.dataset.title) document.title = now.dataset.title;
  if (state === told) return;
  told = state;
  if (state !== "called" && state !== "waiting soon") return;
  if (navigator.vibrate) navigator.vibrate([300, 150, 300]);
  chimeIfOn();
});

document.addEventListener("visibilitychange", function () {
  if (!document.hidden) document.body.dispatchEvent(new Event("look"));
});
