// Copies the value, and says so. What is rich is copied as it looks, and as text where only text can be pasted.
export function mount(root) {
  const button = root.querySelector("button");
  const value = root.querySelector("input, textarea");
  const words = button.querySelector("span");
  const status = root.querySelector("[role=status]");
  if (!navigator.clipboard) return;
  const asked = words.textContent;
  button.hidden = false;
  value.addEventListener("focus", () => value.select());
  button.addEventListener("click", async () => {
    await copy(value.value, "copyRich" in root.dataset);
    words.textContent = status.textContent = button.dataset.copied;
    setTimeout(() => {
      words.textContent = asked;
      status.textContent = "";
    }, 2500);
  });
}

async function copy(text, rich) {
  if (!rich || !window.ClipboardItem) return navigator.clipboard.writeText(text);
  const as = (type) => new Blob([text], { type });
  return navigator.clipboard.write([new ClipboardItem({ "text/html": as("text/html"), "text/plain": as("text/plain") })]);
}
