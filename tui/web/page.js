// Before textual.js connects, on load: where to, and in which colours the visitor likes to read.
const scheme = matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
document.querySelector(".opening").hidden = false;
const secure = location.protocol === "https:";
for (const terminal of document.querySelectorAll(".textual-terminal")) {
  terminal.dataset.sessionWebsocketUrl = `${secure ? "wss" : "ws"}://${location.host}/ws/${scheme}`;
}
// The first key goes to the calendar, without a click before it.
new MutationObserver((_, observer) => {
  const keys = document.querySelector(".xterm-helper-textarea");
  if (!keys || !document.body.classList.contains("-first-byte")) return;
  observer.disconnect();
  if (document.activeElement === document.body) keys.focus();
}).observe(document.body, { attributes: true, attributeFilter: ["class"] });
// Once the connection has ended, textual.js would go on telling it of the focus and of keys.
for (const kind of ["focus", "blur", "keydown"]) {
  document.addEventListener(kind, (event) => {
    if (document.body.classList.contains("-closed")) event.stopPropagation();
  }, true);
}
