"use strict";
/* Listens to the hall. The whole state comes at once and after every change; a beat every 4 s.
   Who hears nothing for STALE_MS is told so, and listens anew until somebody answers. */
const STALE_MS = 13000;
const AGAIN_MS = 2000;

function listenToHall(address, onHall, onFresh) {
  let source = null;
  let heard = Date.now();
  let fresh = true;

  function tell(isFresh) {
    if (isFresh !== fresh) {
      fresh = isFresh;
      onFresh(isFresh, heard);
    }
  }

  function hear() {
    heard = Date.now();
    tell(true);
  }

  function open() {
    if (source) source.close();
    source = new EventSource(address);
    source.addEventListener("beat", hear);
    source.addEventListener("hall", function (event) {
      hear();
      onHall(JSON.parse(event.data));
    });
    source.addEventListener("error", function () {
      if (source.readyState === EventSource.CLOSED) setTimeout(open, AGAIN_MS);
    });
  }

  setInterval(function () {
    if (Date.now() - heard < STALE_MS) return;
    tell(false);
    open(); // a connection that slept with its computer says nothing of it
  }, STALE_MS / 2);
  open();
}
