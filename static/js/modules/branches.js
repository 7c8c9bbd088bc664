// Shows only the questions that are asked of this person; the server ignores the others anyway.
export function mount(form) {
  const questions = [...form.querySelectorAll("[data-question]")].map((root) => ({
    root,
    name: root.dataset.question,
    onlyIf: JSON.parse(root.dataset.onlyIf || "[]"),
  }));
  const known = new Set(questions.map((question) => question.name));
  form.querySelectorAll(".asked__if").forEach((words) => words.remove());

  function chosen(name) {
    return [...form.querySelectorAll("input:checked")].filter((input) => input.name === name).map((input) => input.value);
  }

  function show() {
    const asked = new Set();
    for (const { root, name, onlyIf } of questions) {
      const applies = onlyIf.every(([other, wanted]) => {
        const key = `q-${other}`;
        if (!known.has(key)) return true; // answered before this page
        return asked.has(key) && chosen(key).some((value) => wanted.includes(value));
      });
      root.hidden = !applies;
      if (applies) asked.add(name);
    }
  }

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show);
  show();
}
