"use strict";
/* Where the server does not answer, the page says so until it does. */
function away() { document.body.classList.add("away"); }
document.addEventListener("htmx:sendError", away);
document.addEventListener("htmx:timeout", away);
document.addEventListener("htmx:responseError", away);
document.addEventListener("htmx:afterSwap", function () { document.body.classList.remove("away"); });
