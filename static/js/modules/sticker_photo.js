// Reads the QR of a sticker from a picture, where the browser itself can read codes; nothing is sent.
export async function mount(root) {
  if (!("BarcodeDetector" in window) || !(await BarcodeDetector.getSupportedFormats()).includes("qr_code")) return;
  const box = root.querySelector("[data-sticker-picture]");
  box.hidden = false;
  box.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const codes = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(file)).catch(() => []);
    if (codes.length) root.querySelector("input[type=text]").value = codes[0].rawValue;
  });
}
