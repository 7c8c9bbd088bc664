// What waits on this phone: reports that were written, whole; and what the page needs to be filled in. Nothing else is kept.
const NAME = "terrain";

function opened() {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("reports", { keyPath: "key" });
      asked.result.createObjectStore("packs");
    };
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function within(store, mode, act) {
  const base = await opened();
  try {
    return await new Promise((done, failed) => {
      const work = base.transaction(store, mode);
      const asked = act(work.objectStore(store));
      work.oncomplete = () => done(asked?.result);
      work.onerror = work.onabort = () => failed(work.error);
    });
  } finally {
    base.close();
  }
}

export const keepReport = (report) => within("reports", "readwrite", (store) => store.put(report));
export const dropReport = (key) => within("reports", "readwrite", (store) => store.delete(key));
export const readReport = (key) => within("reports", "readonly", (store) => store.get(key));
export const keepPack = (pack) => within("packs", "readwrite", (store) => store.put(pack, "pack"));
export const readPack = () => within("packs", "readonly", (store) => store.get("pack"));

// The oldest first: the order in which things happened.
export async function waiting() {
  const found = await within("reports", "readonly", (store) => store.getAll());
  return found.sort((one, other) => one.fields.written_at.localeCompare(other.fields.written_at));
}
