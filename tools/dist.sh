#!/bin/sh
# Build wheel and sdist twice to the same bytes, check them with twine, and write the bill of materials
# (CycloneDX) of the wheel in an empty environment.
# Usage: PYTHON=path/to/python tools/dist.sh DIRECTORY ENVIRONMENT
# The new environment contains only the wheel and its dependencies.
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
# The archives contain the date of the last commit instead of the time of the build.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || echo 1700000000)}
export SOURCE_DATE_EPOCH
cd "$root"
"$python" -m hatchling build -d "$where"
"$python" -m hatchling build -d "$again/dist" >/dev/null 2>&1
for file in "$where"/*; do
	cmp "$file" "$again/dist/$(basename "$file")"
done
# The wheel built from the sdist must have the same bytes.
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
