// Looks for places as one types. The button beside does the same, one page at a time.
export function mount(form) {
  const input = form.querySelector("input[type=search]");
  let waiting, latest = "";

  async function look() {
    const text = input.value.trim();
    if (text === latest) return;
    latest = text;
    const question = new URLSearchParams(new FormData(form));
    const answer = await fetch(`${form.getAttribute("action")}?${question}`).catch(() => null);
    if (!answer?.ok || text !== latest) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("places");
    if (found) document.getElementById("places").replaceChildren(...found.childNodes);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 250);
  });
}
