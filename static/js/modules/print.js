// Shows the button that prints the page.
export function mount(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
