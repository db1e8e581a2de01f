#!/bin/sh
# Builds what is released, as it is released: wheel and sdist, twice to the same bytes, checked by
# twine, with a bill of materials (CycloneDX) of the wheel in an empty environment.
# Usage: PYTHON=path/to/python tools/dist.sh DIRECTORY ENVIRONMENT
# The environment is made anew and holds the wheel and what the wheel needs, nothing else.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
where=$1
environment=$2
rm -rf "$where"
mkdir -p "$where"
where=$(cd "$where" && pwd)
python=$(cd "$(dirname "$PYTHON")" && pwd)/$(basename "$PYTHON")
again=$(mktemp -d)
trap 'rm -rf "$again"' EXIT
# The date of the last commit stands in the archives, so that the hour of the build does not.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH
cd "$root"
"$python" -m hatchling build -d "$where"
"$python" -m hatchling build -d "$again/dist" >/dev/null 2>&1
for file in "$where"/*; do
	cmp "$file" "$again/dist/$(basename "$file")"
done
# A wheel from the sdist has the bytes of the wheel from the tree.
mkdir "$again/sdist"
tar -xzf "$where"/*.tar.gz -C "$again/sdist" --strip-components 1
(cd "$again/sdist" && "$python" -m hatchling build -t wheel -d "$again/from-sdist" >/dev/null 2>&1)
cmp "$where"/*.whl "$again"/from-sdist/*.whl
"$python" -m twine check --strict "$where"/*.whl "$where"/*.tar.gz
rm -rf "$environment"
"$python" -m venv --without-pip "$environment"
inside="$environment/bin/python"
wheel=$(ls "$where"/*.whl)
"$python" -m pip --python "$inside" install --quiet "innovation-plans @ file://$wheel"
"$python" tools/write_bill.py "$wheel" "$inside"
ls -l "$where"
