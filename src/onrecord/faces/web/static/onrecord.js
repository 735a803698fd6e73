// All pages work without this file. It lets Escape put away the note over a quotation.
(() => {
  "use strict";
  const reading = document.querySelector(".reading");
  if (!reading) return;
  const back = () => reading.classList.remove("no-notes");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") reading.classList.add("no-notes");
  });
  reading.addEventListener("focusin", back);
  reading.addEventListener("mouseover", (event) => {
    if (!event.target.closest(".said")) back();
  });
})();
