#!/bin/sh
# What a project that depends on the package sees: wheels in an empty environment, no source tree.
# Usage: PYTHON=path/to/python tools/downstream.sh DIRECTORY
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
where=$1
rm -rf "$where"
"$PYTHON" -m venv "$where"
where=$(cd "$where" && pwd)
inside="$where/bin/python"
"$inside" -m pip install --quiet --upgrade "pip>=25.1"
for project in . examples/eu-2020 examples/city-innovation; do
	"$PYTHON" -m pip wheel --quiet --no-deps --wheel-dir "$where/wheels" "$root/$project"
done
# By path, since a registry may know other packages of these names.
ours=$(ls "$where"/wheels/innovation_plans-*.whl)
"$inside" -m pip install --quiet "$ours[cli,testing]" \
	"$where"/wheels/eu_2020_targets-*.whl "$where"/wheels/city_innovation-*.whl pytest mypy
# From elsewhere, so that nothing of the source tree can be imported.
elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
for example in eu-2020 city-innovation; do
	cp -R "$root/examples/$example/tests" "$elsewhere/tests-$example"
done
cd "$elsewhere"
"$inside" -m mypy --strict --package eu_2020 --package city_innovation
"$inside" -m mypy --strict tests-eu-2020 tests-city-innovation "$root/tests/typing/api.py"
"$inside" -m pytest -q -p no:cacheprovider -W error --import-mode=importlib tests-eu-2020 tests-city-innovation
