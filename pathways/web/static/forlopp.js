// What a browser can do a little better than plain pages. Every page works without this file.
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("has-script");

  // Things that only a script can do are hidden until there is one.
  const show = (place) => place.querySelectorAll(".needs-script[hidden]").forEach((one) => one.removeAttribute("hidden"));

  // A summary of errors or a refusal takes the focus, as autofocus does on a whole page.
  const focusOn = (place) => place.querySelector("[data-focus]")?.focus();

  // Notices that came with the page are not read by themselves: a copy that is added afterwards is.
  const tell = (notices) => {
    const text = [...notices.children].map((one) => one.innerText.trim()).join(" ");
    if (!text) return;
    const copy = document.createElement("p");
    copy.className = "visually-hidden";
    setTimeout(() => {
      copy.textContent = text;
      notices.append(copy);
    }, 150);
    setTimeout(() => copy.remove(), 6000);
  };

  const say = (form, text) => {
    let place = form.querySelector("[data-draft-status]");
    if (!place) {
      place = document.createElement("p");
      place.className = "subtle small";
      place.setAttribute("role", "status");
      place.setAttribute("data-draft-status", "");
      form.append(place);
    }
    place.textContent = text;
  };

  // What is typed into form[data-draft="key"] while there is no connection is kept until it can be sent, and given
  // back to the same reader alone.
  const typed = (form) => [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !hidden(form, name));
  const hidden = (form, name) => form.elements.namedItem(name)?.type === "hidden";
  const keyOf = (form) => `forlopp-draft:${document.body.dataset.reader ?? ""}:${form.dataset.draft}`;

  const keep = (form) => {
    sessionStorage.setItem(keyOf(form), JSON.stringify(typed(form)));
    say(form, form.dataset.draftKept ?? "");
  };

  const restore = (form) => {
    const kept = sessionStorage.getItem(keyOf(form));
    if (!kept) return;
    const values = JSON.parse(kept);
    for (const field of form.elements) {
      const own = values.filter(([name]) => name === field.name).map(([, value]) => value);
      if (field.type === "checkbox" || field.type === "radio") field.checked = own.includes(field.value);
      else if (own.length && field.type !== "hidden" && field.type !== "file") field.value = own[0];
    }
    say(form, form.dataset.draftRestored ?? "");
  };

  // How much room is left in a text with a limit.
  const count = (area) => {
    const left = Number(area.dataset.max) - area.value.length;
    let place = area.parentElement.querySelector(".field__left");
    if (!place) {
      place = document.createElement("p");
      place.className = "field__left";
      place.setAttribute("aria-hidden", "true");
      area.after(place);
    }
    place.textContent = `${area.value.length} / ${area.dataset.max}`;
    place.classList.toggle("field__left--over", left < 0);
  };

  // Leaving a form marked data-guard with something unsent in it asks first.
  const unsent = new Set();
  addEventListener("beforeunload", (event) => {
    if ([...unsent].some((form) => form.isConnected)) event.preventDefault();
  });

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (event.target.dataset.max) count(event.target);
    if (form?.hasAttribute("data-guard")) unsent.add(form);
    if (form?.dataset.draft && !navigator.onLine) keep(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.draft && !navigator.onLine) {
      event.preventDefault();
      event.stopImmediatePropagation();
      keep(form);
      return;
    }
    unsent.delete(form);
    if (form.dataset.draft) sessionStorage.removeItem(keyOf(form));
  }, true);

  // An autosave that did not get through leaves its text here.
  document.addEventListener("htmx:error", (event) => {
    const form = event.target.closest?.("form[data-draft]");
    if (form) keep(form);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      const menu = document.querySelector("details[data-menu][open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    } else if (event.key === "/" && document.body.hasAttribute("data-keys") && !writing && !event.ctrlKey && !event.metaKey) {
      const search = document.querySelector("input[type=search], [data-search]");
      if (search) {
        event.preventDefault();
        search.focus();
      }
    }
  });

  const begin = (place) => {
    show(place);
    place.querySelectorAll("form[data-draft]").forEach(restore);
    place.querySelectorAll("textarea[data-max]").forEach(count);
    focusOn(place);
  };

  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    const place = target?.isConnected ? target : document.getElementById(target?.id);
    if (place) begin(place);
  });
  begin(document);
  const notices = document.getElementById("notices");
  if (notices) tell(notices);
})();
