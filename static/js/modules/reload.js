// Reads the page anew every so many seconds, while somebody looks at it and types nothing. The link beside does the same.
export function mount(root) {
  const seconds = Number(root.dataset.reload);
  setInterval(() => {
    if (document.visibilityState === "visible" && !document.querySelector("main :focus")) location.reload();
  }, seconds * 1000);
}
