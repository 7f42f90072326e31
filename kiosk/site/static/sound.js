"use strict";
/* A chime that a touch switches on: browsers play nothing on a page that nobody has touched.
   Needs #chime (the sound), #sound (the button) and #sound-word. */
const sound = { on: false };

function ring() {
  const chime = document.getElementById("chime");
  chime.currentTime = 0;
  chime.play().catch(function () { tellSound(false); });
}

function chimeIfOn() { if (sound.on) ring(); }

function tellSound(on) {
  const button = document.getElementById("sound");
  sound.on = on;
  button.classList.toggle("is-on", on);
  button.setAttribute("aria-pressed", String(on));
  document.getElementById("sound-word").textContent = on ? button.dataset.on : button.dataset.off;
}

document.getElementById("sound").addEventListener("click", function () {
  tellSound(!sound.on);
  chimeIfOn(); // to be heard once, and so allowed later
});
