// Makes room around the file field to drop a file into it.
export function mount(root) {
  const zone = root.querySelector(".file-drop__zone");
  const input = root.querySelector("input[type=file]");
  root.classList.add("file-drop--ready");
  root.querySelector("[data-file-drop-text]").hidden = false;
  const over = (is) => root.classList.toggle("file-drop--over", is);
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  zone.addEventListener("dragleave", () => over(false));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}
