// Says at once that a chosen file is too large. The server says so too; this only saves the wait.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!field.matches?.("input[type=file][data-largest]")) return;
    const note = document.getElementById(`${field.id}-error`);
    const tooLarge = [...field.files].some((file) => file.size > Number(field.dataset.largest));
    note.hidden = !tooLarge;
    note.querySelector("span").textContent = tooLarge ? note.dataset.tooLarge : "";
    field.toggleAttribute("aria-invalid", tooLarge);
    if (tooLarge) {
      field.setAttribute("aria-invalid", "true");
      field.value = "";
    }
  });
})();
