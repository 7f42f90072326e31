"use strict";
/* A counter's computer stays at its counter: it remembers which one, and who was there last. */
const form = document.querySelector("form");
for (const name of ["counter", "staff"]) {
  const known = localStorage.getItem("letan." + name);
  if (known !== null) form.elements[name].value = known;
}
if (form.elements.staff.value) form.elements.pin.focus();
form.addEventListener("submit", function () {
  for (const name of ["counter", "staff"]) localStorage.setItem("letan." + name, form.elements[name].value);
});
