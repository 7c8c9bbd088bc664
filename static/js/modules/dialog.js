// Turns what unfolds in place into a native modal dialog; the browser keeps the focus inside and closes it on Escape.
export function mount(root) {
  const summary = root.querySelector("summary");
  const box = root.querySelector(".dialog__box");
  const close = box.querySelector(".dialog__close");
  const dialog = document.createElement("dialog");
  const opener = document.createElement("button");
  dialog.className = "dialog-modal";
  dialog.setAttribute("aria-labelledby", box.getAttribute("aria-labelledby"));
  opener.type = "button";
  opener.className = summary.className;
  opener.setAttribute("aria-haspopup", "dialog");
  opener.append(...summary.childNodes);
  box.removeAttribute("role");
  box.removeAttribute("aria-labelledby");
  close.hidden = false;
  dialog.append(box);
  root.replaceWith(opener, dialog);
  opener.addEventListener("click", () => dialog.showModal());
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
}
