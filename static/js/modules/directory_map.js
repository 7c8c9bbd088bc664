// The directory on a map: fetched only when it is unfolded, drawn from this site alone. The list says the same without it.
const fetchScript = (source) =>
  new Promise((done, fail) => {
    const script = document.createElement("script");
    Object.assign(script, { src: source, onload: done, onerror: fail });
    document.head.append(script);
  });

// In the layer of the base, so that our own layers have the last word.
async function fetchStyle(source) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`@layer base { ${await (await fetch(source)).text()} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

const element = (name, className, words, inside = []) => {
  const made = document.createElement(name);
  made.className = className;
  if (words) made.textContent = words;
  made.append(...inside);
  return made;
};

const spot = ({ geometry }) => [geometry.coordinates[1], geometry.coordinates[0]];

function popup(words, { name, place, label, code, mrc }) {
  const link = element("a", "", mrc ? words.list : words.verify);
  link.href = mrc ? `${words.mrcUrl}${encodeURIComponent(mrc)}` : `${words.verifyUrl}${encodeURIComponent(code)}?de=repertoire`;
  const told = [place, label].filter(Boolean).map((said) => element("p", "", said));
  return element("div", "map-popup", "", [element("p", "map-popup__name", name), ...told, link]);
}

function circle(L, count, words) {
  const size = 34 + 8 * Math.min(3, Math.floor(Math.log10(count)));
  const told = [element("span", "", String(count)), element("span", "sr-only", ` ${words.places}`)];
  return L.divIcon({ className: "map-spot", iconSize: [size, size], html: sized(element("div", "map-cluster", "", told), size) });
}

function sized(made, size) {
  made.style.inlineSize = made.style.blockSize = `${size}px`;
  return made;
}

function pin(L, { status }) {
  return L.divIcon({ className: "", iconSize: [22, 22], html: sized(element("div", `map-pin map-pin--${status}`), 22) });
}

// The names of regions from afar, those of MRC from near: under their place or above it, never cut by the edge, behind a spot or over another.
function names(L, map, pins, labels) {
  const layer = L.layerGroup().addTo(map);
  const frame = map.getContainer();
  const follow = () => {
    const kind = map.getZoom() >= 9 ? "mrc" : "region";
    const size = map.getSize();
    const { left, top } = frame.getBoundingClientRect();
    const taken = [...frame.querySelectorAll(".map-pin, .map-cluster, .leaflet-control")].map((one) => {
      const box = one.getBoundingClientRect();
      return { x: (box.left + box.right) / 2 - left, y: (box.top + box.bottom) / 2 - top, wide: box.width / 2, tall: box.height / 2 };
    });
    layer.clearLayers();
    for (const { name, at } of labels.filter((label) => label.kind === kind)) {
      const point = map.latLngToContainerPoint([at[1], at[0]]);
      if (point.x < 0 || point.y < 0 || point.x > size.x || point.y > size.y) continue;
      const wide = name.length * 4.3 + 4;
      const x = Math.max(wide, Math.min(size.x - wide, point.x));
      const isFree = (y) => y > 10 && y < size.y - 10 && !taken.some((one) => Math.abs(one.y - y) < one.tall + 9 && Math.abs(one.x - x) < one.wide + wide);
      const y = [28, -28].map((away) => point.y + away).find(isFree);
      if (y === undefined) continue;
      taken.push({ x, y, wide, tall: 9 });
      const iconAnchor = [120 + point.x - x, 12 + point.y - y];
      const icon = L.divIcon({ className: "", iconSize: [240, 24], iconAnchor, html: element("div", `map-label map-label--${kind}`, name) });
      layer.addLayer(L.marker([at[1], at[0]], { icon, interactive: false, keyboard: false, zIndexOffset: -1000 }));
    }
  };
  map.on("moveend resize", follow);
  pins.on("animationend", follow);
  follow();
}

async function draw(root, words) {
  const [leaflet, cluster] = words.scripts.split(" ");
  const answer = fetch(words.source).then((found) => found.json());
  await Promise.all([...words.styles.split(" ").map(fetchStyle), fetchScript(leaflet)]);
  await fetchScript(cluster);
  const L = window.L;
  const data = await answer;
  const map = L.map(root.querySelector(".directory-map__canvas"), { zoomControl: false, attributionControl: Boolean(words.tiles), minZoom: 4, maxZoom: 13 });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (words.tiles) L.tileLayer(words.tiles, { attribution: words.tilesBy, maxZoom: 13 }).addTo(map);
  const sum = (group) => group.getAllChildMarkers().reduce((total, one) => total + one.options.count, 0);
  const iconCreateFunction = (group) => circle(L, sum(group), words);
  const pins = L.markerClusterGroup({ showCoverageOnHover: false, maxClusterRadius: 64, iconCreateFunction });
  for (const feature of data.features) {
    const { kind, count = 1, name, label } = feature.properties;
    const icon = kind === "mrc" ? circle(L, count, words) : pin(L, feature.properties);
    const marker = L.marker(spot(feature), { icon, count, title: [name, label].join(" – ") });
    pins.addLayer(marker.bindPopup(() => popup(words, feature.properties)));
  }
  const spots = data.features.map(spot);
  map.fitBounds(spots.length ? spots : [[45, -79.5], [49.5, -64]], { padding: [30, 30], maxZoom: 10 });
  map.addLayer(pins);
  if (!words.tiles) names(L, map, pins, data.labels);
}

export function mount(root) {
  const wide = matchMedia("(min-width: 64rem)");
  const words = { ...root.dataset };
  let drawn = false;
  const follow = () => {
    if (wide.matches) root.open = true;
    if (!root.open || drawn) return;
    drawn = true;
    draw(root, words).catch(() => (root.querySelector("[data-map-fault]").hidden = false));
  };
  root.closest(".directory").classList.add("directory--with-map");
  root.closest(".directory__map").hidden = false;
  root.addEventListener("toggle", follow);
  wide.addEventListener("change", follow);
  follow();
}
