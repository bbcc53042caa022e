// Copies an address at the press of a button and says so; without script the address is marked and copied by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  const told = document.querySelector("[data-copy-told]");
  if (told) told.textContent = button.dataset.copied;
});
