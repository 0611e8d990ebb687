#!/bin/sh
# Rebuilds every committed stylesheet, script and font. One line from the top of the repository:
#
#   (cd frontend && npm ci --ignore-scripts && ./build.sh)
#
# Nothing built here is needed at install time: the outputs are in git, with checksums.
set -eu
cd "$(dirname "$0")"
OUT=../src/goldenthread/web/kit/static/kit
AXE=../tests/web/axe
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mkdir -p "$OUT/font" "$AXE"

compile() { node_modules/.bin/sass --no-source-map --no-charset --style=compressed --quiet-deps \
  --load-path=. --load-path=node_modules "$1" "$WORK/$2"; }
count() { (grep -o -- "$1" "$2" || true) | wc -l | tr -d ' '; }
refuse() { echo "build.sh: $1" >&2; exit 1; }

compile scss/govuk.scss govuk.css
compile node_modules/@ministryofjustice/frontend/moj/all.scss moj.css
compile scss/goldenthread.scss goldenthread.css
compile scss/history.scss history.css
compile scss/network.scss network.css
compile scss/picture.scss picture.css
compile scss/plan.scss plan.css
compile scss/plan-own.scss plan-own.css
compile scss/replay.scss replay.css
compile scss/decisions.scss decisions.css

# MOJ configures the same Sass module as we do, so its font is replaced in the output.
found=$(count '"GDS Transport",arial,sans-serif' "$WORK/moj.css")
[ "$found" = 60 ] || refuse "expected 60 mentions of GDS Transport in MOJ's CSS, found $found"
node rebrand.mjs "$WORK/govuk.css" "$WORK/moj.css"
for sheet in govuk moj goldenthread history network picture plan plan-own replay decisions; do
  for word in 'GDS Transport' crown crest '#1d70b8' '#1a65a6' 'url(/assets'; do
    [ "$(count "$word" "$WORK/$sheet.css")" = 0 ] || refuse "$sheet.css still mentions $word"
  done
  cp "$WORK/$sheet.css" "$OUT/$sheet.css"
done

cp node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js "$WORK/govuk.js"
sed '/^\/\/# sourceMappingURL/d' "$WORK/govuk.js" > "$OUT/govuk.js"
cp node_modules/htmx.org/dist/htmx.min.js "$OUT/htmx.min.js"
fonts=node_modules/@fontsource-variable/atkinson-hyperlegible-next
cp "$fonts/files/atkinson-hyperlegible-next-latin-wght-normal.woff2" "$OUT/font/atkinson-latin.woff2"
cp "$fonts/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2" "$OUT/font/atkinson-latin-ext.woff2"
cp "$fonts/LICENSE" "$OUT/font/LICENCE.txt"
cp node_modules/axe-core/axe.min.js "$AXE/axe.min.js"

# The exact packages and their integrity hashes, as npm recorded them.
node -e '
const lock = require("./package-lock.json").packages, own = require("./package.json").devDependencies;
for (const name of Object.keys(own).sort()) {
  const entry = lock["node_modules/" + name];
  console.log([name, entry.version, entry.license, entry.integrity].join("  "));
}' > "$OUT/PACKAGES.txt"

BUILT="PACKAGES.txt font/LICENCE.txt font/atkinson-latin-ext.woff2 font/atkinson-latin.woff2 decisions.css goldenthread.css govuk.css govuk.js history.css htmx.min.js moj.css network.css picture.css plan-own.css plan.css replay.css"
(cd "$OUT" && sha256sum $BUILT > CHECKSUMS.sha256)
(cd "$AXE" && sha256sum axe.min.js > CHECKSUMS.sha256)
# What the outputs were built from, so that a test sees an edit that was not followed by a build.
sha256sum build.sh rebrand.mjs package.json package-lock.json scss/*.scss > SOURCES.sha256
echo "Built $(wc -l < "$OUT/CHECKSUMS.sha256") files into $OUT"
