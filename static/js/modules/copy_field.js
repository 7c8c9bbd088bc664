// Copies the value, and says so.
export function mount(root) {
  const button = root.querySelector("button");
  const value = root.querySelector("input");
  const words = button.querySelector("span");
  const status = root.querySelector("[role=status]");
  if (!navigator.clipboard) return;
  const asked = words.textContent;
  button.hidden = false;
  value.addEventListener("focus", () => value.select());
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(value.value);
    words.textContent = status.textContent = button.dataset.copied;
    setTimeout(() => {
      words.textContent = asked;
      status.textContent = "";
    }, 2500);
  });
}
