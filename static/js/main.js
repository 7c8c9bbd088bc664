// Nothing here is needed for a page to work: each behaviour is fetched only where a page asks for it.
const behaviours = {
  "[data-boss-search]": "boss_search",
  "[data-branches]": "branches",
  "[data-copy]": "copy_field",
  "[data-dialog]": "dialog",
  "[data-directory-map]": "directory_map",
  "[data-field-report]": "field_report",
  "[data-file-drop]": "file_drop",
  "[data-offline-check]": "offline_check",
  "[data-passkey]": "passkey",
  "[data-print]": "print",
  "[data-reload]": "reload",
  "[data-sticker-photo]": "sticker_photo",
};

// A form is sent once, however fast one clicks; going back makes it ready again.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-guard]") || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-disabled", "true"));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  });
});

// What must be corrected is read first.
document.querySelector("[data-focus]")?.focus();

for (const [selector, name] of Object.entries(behaviours)) {
  const roots = document.querySelectorAll(selector);
  if (roots.length) import(`./modules/${name}.js`).then(({ mount }) => roots.forEach(mount));
}
