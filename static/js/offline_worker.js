// Keeps one page, that of its scope, for when there is no network. It answers for nothing else.
const page = self.registration.scope;
const PATIENCE = 4000;

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(fetch(page, { cache: "no-cache" }).then(keep));
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (address.origin + address.pathname === page) event.respondWith(newestPage());
  } else if (address.pathname.startsWith("/static/")) {
    event.respondWith(newestFile(request, address));
  }
});

// The page as the site shows it now; as it was kept, where the site does not answer soon.
async function newestPage() {
  const kept = await caches.match(page);
  try {
    const answer = await fetch(page, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
    if (answer.ok) await keep(answer.clone());
    return answer;
  } catch (problem) {
    if (kept) return kept;
    throw problem;
  }
}

// A file whose address carries the mark of its content never changes; any other is asked for first.
async function newestFile(request, address) {
  const same = await caches.match(request);
  if (same && address.searchParams.has("v")) return same;
  try {
    return await fetch(request);
  } catch (problem) {
    const older = same ?? (await caches.match(request, { ignoreSearch: true }));
    if (older) return older;
    throw problem;
  }
}

// The page and every file that it names, all or nothing.
async function keep(answer) {
  const text = await answer.clone().text();
  const named = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1].replaceAll("&amp;", "&"));
  const store = await caches.open(page);
  await store.addAll([...new Set(named)]);
  await store.put(page, answer);
}
