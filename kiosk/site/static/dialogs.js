"use strict";
/* Dialogs: what opens one says in data-… what its fields hold, and what its [data-says] say. */
function openDialog(button) {
  const dialog = document.getElementById(button.dataset.opens);
  const form = dialog.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(button.dataset)) {
    if (form.elements[name]) form.elements[name].value = value;
    dialog.querySelectorAll("[data-says=" + name + "]").forEach(function (place) { place.textContent = value; });
  }
  dialog.showModal();
}

document.addEventListener("click", function (event) {
  const opens = event.target.closest("[data-opens]");
  if (opens) openDialog(opens);
  if (event.target.closest("[data-closes]")) event.target.closest("dialog").close();
});

document.addEventListener("htmx:beforeRequest", function (event) {
  const dialog = event.target.closest("dialog");
  if (dialog) dialog.close();
});

/* Two fields that must hold the same: the second names the first in data-same. */
document.addEventListener("input", function (event) {
  const form = event.target.form;
  if (!form) return;
  form.querySelectorAll("[data-same]").forEach(function (field) {
    const same = field.value === form.elements[field.dataset.same].value;
    field.setCustomValidity(same ? "" : field.dataset.differs);
  });
});
